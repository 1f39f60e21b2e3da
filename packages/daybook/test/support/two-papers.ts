import { type Desk, executeOnAccount, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { controlOf, entries } from './books.ts'
import { type AdviceOf, advice, type ClaimOf, type LineOf, type SubmittedOf, submission } from './documents.ts'

// A claim and what a payer says of it, from what a test is about: all else is one patient, one payer, one service of 100.00,
// of which 60.00 is paid and 40.00 is the patient's.

const run = <A, E>(effect: Effect.Effect<A, E>) => Effect.runPromise(effect)

export const exam: LineOf = { code: '99213', charge: 10_000 }
export const blood: LineOf = { code: '85025', charge: 3_000 }
export const jane = { last: 'DOE', first: 'JANE', born: '1980-01-01' } as const
export const acme = { payer: 'ACME', member: 'M1' } as const
export const beta = { payer: 'BETA', member: 'B1', sequence: 'S' } as const
/** The patient as ACME's advices name her. */
export const janeAtAcme = { id: 'M1', last: 'DOE', first: 'JANE' } as const
export const janeAtBeta = { id: 'B1', last: 'DOE', first: 'JANE' } as const

const listOf = <T>(of: T | readonly T[]): readonly T[] => (Array.isArray(of) ? of : [of as T])

/** Takes in an 837; what became of each claim, and the rule by which it is held. */
export const send = async (
  desk: Desk,
  of: Partial<SubmittedOf> | readonly Partial<SubmittedOf>[] = {},
  created = '2026-01-12',
): Promise<readonly string[]> => {
  const claims = listOf(of).map((claim) => ({ pcn: 'V1', patient: jane, to: acme, lines: [exam], ...claim }))
  const report = await run(submitClaims(desk, submission(claims, { created })))
  return report.claims.map(({ outcome, heldBy }) => (heldBy ? `${outcome}: ${heldBy}` : outcome))
}

/** A line of which the payer leaves 40 hundredths, or what is said, to the patient. */
export const decided = (line: LineOf, paid = (line.charge * 6) / 10): LineOf => {
  const share = line.charge - paid
  return { ...line, paid, ...(share === 0 ? {} : { cas: [['PR', '1', share]] }) }
}
/** The same taken back. */
export const takenBack = (line: LineOf, paid?: number): LineOf => {
  const { charge, paid: was = 0, cas = [], ...rest } = decided(line, paid)
  return { ...rest, charge: -charge, paid: -was, cas: cas.map(([group, carc, amount]) => [group, carc, -amount]) }
}

let advices = 0

/** Takes in an 835, opening what is missing unless it is told not to; how many claims post, and by which rules others are held. */
export const remit = async (
  desk: Desk,
  of: Partial<ClaimOf> | readonly Partial<ClaimOf>[] = {},
  { openMissing = true, ...more }: Partial<AdviceOf> & { readonly openMissing?: boolean } = {},
) => {
  advices += 1
  const claims = listOf(of).map((claim, at) => ({
    pcn: 'V1',
    icn: `P${advices}-${at}`,
    patient: janeAtAcme,
    lines: [decided(exam)],
    ...claim,
  }))
  const document = advice({ trace: `TRACE${advices}`, method: 'ACH', ...more, claims })
  const { postedClaims, held } = await run(receiveRemittance(desk, document, { openMissing }))
  return { posted: postedClaims, held: held.flatMap(({ hits }) => hits.map(({ rule }) => rule)) }
}

export const accountAt = (n: number): string => `01a00000-0000-7000-8000-00000000000${n}`
/** Commands of the desk on one account, none of which may be refused. */
export const atDesk = async (desk: Desk, commands: readonly object[], n = 1): Promise<void> => {
  for (const [at, command] of commands.entries()) {
    const outcome = await run(
      executeOnAccount(desk, accountAt(n), command, `d${n}-${at}-${JSON.stringify(command).length}`),
    )
    if (!outcome.ok) throw new Error(outcome.hits.map(({ reason }) => reason).join('; '))
  }
}
const on = '2026-01-10'
/** The account and its patient, and the coverage where a member id is given. */
export const registered = (who: object = jane, member = 'M1', n = 1): readonly object[] => [
  { type: 'OpenAccount', accountId: accountAt(n), on, guarantor: { name: 'JANE DOE' } },
  { type: 'RegisterPatient', on, patient: 'p1', ...who },
  ...(member === ''
    ? []
    : [
        {
          type: 'AddCoverage',
          on,
          patient: 'p1',
          coverage: 'c1',
          payer: 'ACME',
          payerName: 'ACME HEALTH',
          memberId: member,
        },
      ]),
]
export const visitOf = (number?: string): object => ({
  type: 'OpenVisit',
  on,
  visit: 'v1',
  patient: 'p1',
  ...(number === undefined ? {} : { patientControlNumber: number }),
})
export const charged = (line: LineOf, day = on): object => ({
  type: 'PostCharge',
  on: day,
  visit: 'v1',
  line: `l-${line.code}`,
  code: line.code,
  amount: line.charge,
})

/** What a book has come to. Cents; decisions as `CLP07: whose visit`, in their order. */
export const bookOf = async (desk: Desk) => {
  const log = await entries(desk)
  const control = controlOf(log)
  const count = (type: string) => log.filter(({ event }) => event.type === type).length
  const names = new Map<string, string>()
  const whose = new Map<string, string>()
  const decisions: string[] = []
  let patient = 0
  for (const { stored, event } of log) {
    if (event.type === 'PatientRegistered') {
      const { first, suffix } = event
      names.set(`${stored.stream} ${event.patientId}`, [first, suffix].filter((part) => part !== undefined).join(' '))
    }
    if (event.type === 'VisitOpened') whose.set(event.visitId, names.get(`${stored.stream} ${event.patientId}`) ?? '')
    if (event.type === 'ClaimAdjudicated') {
      decisions.push(`${event.claimKey.payerControlNumber}: ${whose.get(event.visitId)}`)
    }
    if ('effects' in event) {
      for (const { party, amount } of event.effects) if (party === 'patient') patient += amount
    }
  }
  return {
    charged: 0 - (control['revenue'] ?? 0),
    patient,
    clearing: Object.entries(control)
      .filter(([account]) => account.startsWith('payerClearing'))
      .map(([, amount]) => amount),
    accounts: count('AccountOpened'),
    visits: count('VisitOpened'),
    patients: count('PatientRegistered'),
    decisions,
  }
}
