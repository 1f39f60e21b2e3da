import type { AccountState } from '../../account/index.ts'
import { linesOfVisit } from '../../account/ledger/balances.ts'
import type { Line } from '../../account/ledger/state.ts'
import type { AccountCommandInput } from '../../account/rooms.ts'
import { clearOf } from '../../kernel/classes.ts'
import { addDays, type Day } from '../../kernel/day.ts'
import type { VisitId } from '../../kernel/ids.ts'
import type { Random } from '../random.ts'
import { amount, type Generate, type Moment, recently, visits } from './moment.ts'

// Claims that the practice sends: an 837 for a visit.

type Claim = Extract<AccountCommandInput, { type: 'RecordSubmittedClaim' }>['claim']
type Coverage = Claim['destination']
type SubmittedLine = Claim['lines'][number]

const payer = (payerName: string, sequence: string, memberId?: string): Coverage => ({
  sequence,
  relationship: '18',
  filingIndicator: '12',
  payerName,
  subscriber: {},
  ...(payerName === '' ? {} : { payerId: payerName }),
  ...(memberId === undefined ? {} : { memberId }),
})

/** A coverage on file as a claim names it; else one that the claim brings, or only hints at. */
const somePayer = (random: Random, state: AccountState, sequence: string): Coverage => {
  const known = [...state.coverage.coverages.values()].filter(({ stub }) => !stub)
  if (known.length === 0 || random.oneIn(4)) return payer(random.pick(['acme', 'beta', 'gamma']), sequence)
  const { payerId, memberId } = random.pick(known)
  return payer(payerId, sequence, clearOf(memberId))
}

const asCharged = (line: Line, at: number): SubmittedLine => ({
  number: at + 1,
  code: line.code,
  modifiers: [...line.modifiers],
  charge: line.amount,
  units: line.units,
  diagnosisPointers: [1],
  serviceFrom: line.dosFrom,
  serviceTo: line.dosTo,
})

const newLine = (random: Random, number: number, on: Day): SubmittedLine => ({
  number,
  code: random.pick(['99213', '80053']),
  modifiers: [],
  charge: amount(random),
  units: '1',
  diagnosisPointers: [1],
  serviceFrom: on,
})

const claimOf = (
  random: Random,
  { state, number }: Moment,
  visit: string,
  frequency: string,
  lines: readonly SubmittedLine[],
): Claim => ({
  number: 1,
  segment: 1,
  kind: 'professional',
  patientControlNumber: visit,
  charge: lines.reduce((sum, line) => sum + line.charge, 0),
  frequency,
  billingProvider: { name: 'Clinic' },
  diagnoses: [],
  patient: { last: 'Roe', first: 'Jo', id: 'M1' },
  destination: somePayer(random, state, random.pick(['P', 'P', 'S'])),
  otherCoverages: random.oneIn(4) ? [payer('', 'T')] : [],
  lines: [...lines],
  defects: [],
  // Now and then what the reading of a claim finds and posts all the same (duty F44).
  findings: number % 4 === 0 ? ['DMG02 is not a day'] : [],
})

/** A visit that the book has not heard of: its claim opens it, with what was charged. */
const first = (random: Random, moment: Moment): Pick<Submitted, 'claim' | 'visit'> => {
  const visitId = random.oneIn(2) ? random.pick(visits) : `v${moment.number}`
  const on = recently(random, moment.today)
  const lines = [newLine(random, 1, on), ...(random.oneIn(2) ? [newLine(random, 2, on)] : [])]
  const patients = [...moment.state.registration.patients.keys()]
  const patientId = patients.length > 0 ? random.pick(patients) : 'pt1'
  return {
    visit: { open: { accountId: 'a1', patientId, visitId } },
    claim: claimOf(random, moment, visitId, '1', lines),
  }
}
type Submitted = Extract<AccountCommandInput, { type: 'RecordSubmittedClaim' }>

/** Sent again: to the next payer, as a replacement of what is on file, as its void, with late charges, or changed. */
const again = (random: Random, moment: Moment, visit: VisitId): Pick<Submitted, 'claim' | 'visit'> => {
  const lines = linesOfVisit(moment.state.ledger, visit).filter(({ voided }) => !voided)
  const said = lines.map(asCharged)
  const late = newLine(random, said.length + 1, addDays(moment.today, -random.int(0, 9)))
  const [frequency, sent] = random.pick([
    ['1', said],
    ['1', said],
    ['5', [...said, late]],
    ['7', said.slice(1)],
    ['7', [...said.slice(1), late]],
    ['8', said],
    ['1', [...said, late]],
  ] as const)
  return { visit: { known: visit }, claim: claimOf(random, moment, visit, frequency, sent) }
}

export const submitClaim: Generate<'RecordSubmittedClaim'> = (random, moment) => {
  const open = [...moment.state.registration.visits.keys()]
  const said = open.length === 0 || random.oneIn(4) ? first(random, moment) : again(random, moment, random.pick(open))
  return { type: 'RecordSubmittedClaim', on: moment.today, ...said }
}
