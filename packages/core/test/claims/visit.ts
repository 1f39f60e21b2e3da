import type { AccountCommandInput, AccountEvent } from '../../src/account/index.ts'
import type { Office } from '../../src/testing/history.ts'
import { type Desk, office, openDesk } from '../support/desk.ts'

// Claims of several lines on one visit, from the few figures that a test is about. Cents.

export type Triple = readonly [group: string, carc: string, amount: number]

export interface LineSaid {
  readonly code?: string
  readonly submitted?: string
  readonly modifiers?: readonly string[]
  readonly charge: number
  readonly paid?: number
  readonly cas?: readonly Triple[]
  readonly remarks?: readonly string[]
  readonly controlNumber?: string
  readonly on?: string
  readonly units?: string
}

export interface ClaimSaid {
  readonly status?: string
  readonly charge?: number
  readonly paid?: number
  readonly icn?: string
  readonly pcn?: string
  readonly filing?: string
  readonly cas?: readonly Triple[]
  readonly remarks?: readonly string[]
  readonly lines?: readonly LineSaid[]
  readonly original?: string
  readonly crossover?: string
  readonly crossoverId?: string
  readonly patientPaid?: number
}

type Post = Extract<AccountCommandInput, { type: 'PostRemittedClaims' }>
type Claim = Post['claims'][number]

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
const triples = (list: readonly Triple[] = []) => list.map(([group, carc, amount]) => ({ group, carc, amount }))

/** A claim as an 835 states it. CLP03 and CLP04 are the sums of its lines where they are not given. */
export const said = (claim: ClaimSaid, number = 1): Claim => {
  const lines = claim.lines ?? []
  return {
    number,
    segment: number,
    patientControlNumber: claim.pcn ?? 'v1',
    status: claim.status ?? '1',
    charge: claim.charge ?? sum(lines.map((line) => line.charge)),
    paid: claim.paid ?? sum(lines.map((line) => line.paid ?? 0)) - sum((claim.cas ?? []).map(([, , amount]) => amount)),
    filingIndicator: claim.filing ?? '12',
    payerControlNumber: claim.icn ?? 'P1',
    patient: { id: 'M1', last: 'Roe', first: 'Jo' },
    ...(claim.crossover === undefined
      ? {}
      : { crossover: { name: claim.crossover, ...(claim.crossoverId ? { id: claim.crossoverId } : {}) } }),
    ...(claim.original ? { originalReference: claim.original } : {}),
    ...(claim.patientPaid === undefined ? {} : { patientPaid: claim.patientPaid }),
    adjustments: triples(claim.cas),
    remarks: [...(claim.remarks ?? [])],
    lines: lines.map((line, at) => ({
      number: at + 1,
      adjudicated: { qualifier: 'HC', code: line.code ?? '99213', modifiers: [...(line.modifiers ?? [])] },
      ...(line.submitted
        ? { submitted: { qualifier: 'HC', code: line.submitted, modifiers: [...(line.modifiers ?? [])] } }
        : {}),
      charge: line.charge,
      paid: line.paid ?? 0,
      unitsPaid: line.units ?? '1',
      ...(line.on ? { serviceFrom: line.on } : {}),
      ...(line.controlNumber ? { lineControlNumber: line.controlNumber } : {}),
      adjustments: triples(line.cas),
      remarks: [...(line.remarks ?? [])],
    })),
    defects: [],
    findings: [],
  }
}

/** The same claim taken back: CLP02 22, every figure negated. */
export const takenBack = (claim: ClaimSaid): ClaimSaid => {
  const negated = (list: readonly Triple[] = []): readonly Triple[] =>
    list.map(([group, carc, amount]) => [group, carc, -amount] as const)
  return {
    ...claim,
    status: '22',
    ...(claim.charge === undefined ? {} : { charge: -claim.charge }),
    ...(claim.paid === undefined ? {} : { paid: -claim.paid }),
    cas: negated(claim.cas),
    lines: (claim.lines ?? []).map((line) => ({
      ...line,
      charge: -line.charge,
      paid: -(line.paid ?? 0),
      cas: negated(line.cas),
    })),
  }
}

/** Posts a unit of one payer's advice on visit `v1`. */
export const pays = (
  payer: 'acme' | 'beta' | 'gamma',
  claims: ClaimSaid | readonly ClaimSaid[],
  on: string,
  over: Partial<Post> = {},
): Post => ({
  type: 'PostRemittedClaims',
  on,
  remittanceId: `remit-${payer}-${on}`,
  payer: { payerId: payer, payerName: `${payer} health` },
  capitation: false,
  claims: ('length' in claims ? claims : [claims]).map((claim, at) => said(claim, at + 1)),
  visit: { known: 'v1' },
  ...over,
})

/** A visit that no account has yet: opened with the posting of its claim. */
export const opens = { open: { accountId: 'a1', patientId: 'pt1', visitId: 'v1' } } as const

export interface VisitOf {
  readonly charges: readonly {
    readonly line: string
    readonly amount: number
    readonly code?: string
    readonly controlNumber?: string
    readonly units?: string
  }[]
  readonly payers?: readonly ('acme' | 'beta' | 'gamma')[]
  readonly filing?: Readonly<Record<string, string>>
  readonly capitated?: boolean
  readonly at?: Office
}

export const SERVED = '2026-01-10'

/** An account with coverages, in this order, and the charges of visit `v1`, billed to the first. */
export const visitWith = ({
  charges,
  payers = ['acme'],
  filing = {},
  capitated = false,
  at = office,
}: VisitOf): Desk => {
  const desk = openDesk(at)
  desk.does(
    {
      type: 'OpenAccount',
      accountId: 'a1',
      on: SERVED,
      guarantor: { name: 'Jo Roe', born: '1980-02-01', state: 'MN', standing: 'confirmed' },
    },
    SERVED,
  )
  for (const payer of payers) {
    desk.does(
      {
        type: 'AddCoverage',
        on: SERVED,
        coverage: payer,
        payer,
        payerName: `${payer} health`,
        filingIndicator: filing[payer] ?? '12',
        ...(capitated ? { capitated } : {}),
      },
      SERVED,
    )
  }
  for (const { line, amount, code = '99213', controlNumber, units } of charges) {
    desk.does(
      {
        type: 'PostCharge',
        on: SERVED,
        visit: 'v1',
        line,
        code,
        amount,
        ...(controlNumber ? { lineControlNumber: controlNumber } : {}),
        ...(units ? { units } : {}),
      },
      SERVED,
    )
  }
  return desk
}

type Of<T extends AccountEvent['type']> = Extract<AccountEvent, { type: T }>

/** All events of one type, oldest first. */
export const all = <T extends AccountEvent['type']>(desk: Desk, type: T): readonly Of<T>[] =>
  desk.events().flatMap((event) => (event.type === type ? [event as Of<T>] : []))

/** What each party owes on each line: `l1 patient` → cents; zeros left out. */
export const owed = (desk: Desk): Readonly<Record<string, number>> => {
  const found: Record<string, number> = {}
  for (const { lineId, party, active, placed } of desk.state.ledger.layers.values()) {
    const key = `${lineId} ${party === 'patient' ? party : party.coverageId}`
    found[key] = (found[key] ?? 0) + active + placed
  }
  return Object.fromEntries(Object.entries(found).filter(([, amount]) => amount !== 0))
}

export const control = (desk: Desk): Readonly<Record<string, number>> =>
  Object.fromEntries([...desk.state.ledger.control].filter(([, amount]) => amount !== 0))

/** Credits that stand, with whose they are. */
export const credits = (desk: Desk) =>
  [...desk.state.credits.credits.values()].map(({ owner, amount, provisional }) => ({ owner, amount, provisional }))
