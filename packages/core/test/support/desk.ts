import { hash } from 'node:crypto'
import { expect } from 'vitest'
import type { z } from 'zod'
import type { Writing } from '../../src/account/context.ts'
import type { AccountCommandInput } from '../../src/account/index.ts'
import type { adviceClaim } from '../../src/documents/advice.ts'
import { toDay } from '../../src/kernel/day.ts'
import type { DatumId, PersonId } from '../../src/kernel/ids.ts'
import type { PracticePolicy } from '../../src/policy/policy.ts'
import { presets } from '../../src/policy/presets.ts'
import type { Role } from '../../src/policy/roles.ts'
import { rules } from '../../src/rules/catalogue.ts'
import { makeCatalogue } from '../../src/rules/check.ts'
import { standingAt } from '../../src/testing/as-of.ts'
import { emptyHistory, eventsOf, type History, issue, type Office } from '../../src/testing/history.ts'
import { usZones } from '../../src/testing/us-zones.ts'

export const sha256 = (text: string): string => hash('sha256', text)

/** The Minnesota preset, of a practice that says who it is. */
export const practice: PracticePolicy = {
  ...presets.physicianPracticeMN,
  profile: {
    name: 'Lakeside Physicians, P.A.',
    address: ['100 Lake Street', 'Duluth, MN 55802'],
    phone: '218-555-0100',
    website: 'https://lakeside.example/pay',
    answers: 'billing office, Monday to Friday 8 to 5',
    waysToPay: ['By card at https://lakeside.example/pay', 'By check to the address above'],
    assistancePhone: '218-555-0101',
    assistanceUrl: 'https://lakeside.example/help',
    taglines: ['ATENCIÓN: si habla español, tiene a su disposición servicios gratuitos de asistencia lingüística.'],
  },
}

/** The guarantor may be written to, at one address. */
export const writeTo: Writing = {
  hits: [],
  warnings: [],
  passed: [],
  confidential: false,
  readAt: 'person-1@1',
  to: {
    channel: 'mail',
    name: 'Jo Roe',
    personId: 'person-1' as PersonId,
    datumId: 'datum-1' as DatumId,
    address: '12 Oak Avenue, Duluth, MN 55804',
  },
}

/** The house catalogue and the Minnesota preset, with a supervisor at the desk. */
export const office: Office = {
  policy: { version: 1, policy: practice },
  writing: () => writeTo,
  catalogue: makeCatalogue(rules, sha256),
  sha256,
  actor: { id: 'anna', roles: ['supervisor'] satisfies Role[] },
  localTime: usZones,
}

/** The same, but card and ACH money counts only when it has settled. */
export const settling: Office = {
  ...office,
  policy: {
    version: 1,
    policy: {
      ...practice,
      posting: { ...presets.physicianPracticeMN.posting, electronicTender: 'onSettlement' },
    },
  },
}

/** The same, but money on account waits for a person. */
export const byHand: Office = {
  ...office,
  policy: { version: 1, policy: { ...practice, onAccount: { ...practice.onAccount, unapplied: 'byHand' } } },
}

/** A desk in a test: gives commands day by day and keeps the history. */
export const openDesk = (at: Office = office) => {
  let history: History = emptyHistory
  const give = (input: AccountCommandInput, on: string) => {
    history = issue(history, input, on, at)
    const step = history.steps.at(-1)
    if (!step) throw new Error('no step')
    return step.decision
  }
  return {
    get history() {
      return history
    },
    get state() {
      return history.state
    },
    /** The command may pass or not. */
    tries: give,
    /** The command must pass; gives its events. */
    does: (input: AccountCommandInput, on: string) => {
      const decision = give(input, on)
      expect(decision.ok ? [] : decision.hits, `${input.type} is refused`).toEqual([])
      return decision.ok ? decision.events : []
    },
    /** The command must be refused; gives the ids of the rules that hit. */
    refused: (input: AccountCommandInput, on: string): readonly string[] => {
      const decision = give(input, on)
      expect(decision.ok, `${input.type} passes`).toBe(false)
      return decision.ok ? [] : decision.hits.map((hit) => hit.rule)
    },
    /** `pat 150 56d` by layer, credits and unapplied apart: how the worked vectors are written. */
    at: (asOf: string, knownAt: string) => {
      const { layers, unapplied, net } = standingAt(history, toDay(asOf), toDay(knownAt))
      return {
        layers: layers.map(({ party, amount, age }) => `${party} ${amount / 100} ${age}d`).sort(),
        unapplied: unapplied / 100,
        net: net / 100,
      }
    },
    events: () => eventsOf(history).map(({ event }) => event),
  }
}
export type Desk = ReturnType<typeof openDesk>

export const opened = (on: string, at: Office = office): Desk => {
  const desk = openDesk(at)
  desk.does({ type: 'OpenAccount', accountId: 'a1', on, guarantor: { name: 'Jo Roe', state: 'MN' } }, on)
  return desk
}

type ClaimInput = z.input<typeof adviceClaim>

/** A professional claim of one line, as an 835 would state it; amounts in cents. */
export const claimOf = (
  line: { readonly code?: string; readonly charge: number; readonly paid: number },
  adjustments: readonly (readonly [group: string, carc: string, amount: number])[],
  over: Partial<ClaimInput> = {},
): ClaimInput => ({
  number: 1,
  segment: 1,
  patientControlNumber: 'v1',
  status: '1',
  charge: line.charge,
  paid: line.paid,
  filingIndicator: '12',
  payerControlNumber: 'P1',
  patient: { id: 'M1', last: 'Roe', first: 'Jo' },
  adjustments: [],
  remarks: [],
  lines: [
    {
      number: 1,
      adjudicated: { qualifier: 'HC', code: line.code ?? '99213', modifiers: [] },
      charge: line.charge,
      paid: line.paid,
      adjustments: adjustments.map(([group, carc, amount]) => ({ group, carc, amount })),
      remarks: [],
    },
  ],
  defects: [],
  findings: [],
  ...over,
})

/** Posts one payer's advice on visit `v1`. */
export const remit = (
  claims: readonly ClaimInput[],
  on: string,
  over: Partial<Extract<AccountCommandInput, { type: 'PostRemittedClaims' }>> = {},
): AccountCommandInput => ({
  type: 'PostRemittedClaims',
  on,
  remittanceId: `remit-${on}`,
  payer: { payerId: 'acme', payerName: 'Acme Health' },
  capitation: false,
  claims: [...claims],
  visit: { known: 'v1' },
  ...over,
})

/** An account with coverage `cov` of payer Acme for its own patient, a visit `v1` and nothing charged yet. */
export const insured = (on: string, at: Office = office): Desk => {
  const desk = opened(on, at)
  desk.does(
    { type: 'AddCoverage', on, coverage: 'cov', payer: 'acme', payerName: 'Acme Health', filingIndicator: '12' },
    on,
  )
  return desk
}
