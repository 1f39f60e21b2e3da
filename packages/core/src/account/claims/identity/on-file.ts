import { identifierOf, type NamedPatient } from '../../../documents/patients.ts'
import { sumOf } from '../../../kernel/cents.ts'
import { clearOf } from '../../../kernel/classes.ts'
import type { Day } from '../../../kernel/day.ts'
import type { PatientId, VisitId } from '../../../kernel/ids.ts'
import { linesOfVisit } from '../../ledger/balances.ts'
import type { Line } from '../../ledger/state.ts'
import type { Visit } from '../../registration/state.ts'
import type { AccountState } from '../../rooms.ts'
import { adjudicationsOf, submissionsOf } from '../state.ts'
import { type Asked, isSamePayer, type Span } from './asked.ts'
import { type Service, serviceOf } from './services.ts'

/** A charge as claims are compared with it. */
export interface OnFile {
  readonly line: Line
  readonly service: Service
  /** Undefined where the paper named no day. */
  readonly days: Span | undefined
}

export const onFile = (line: Line): OnFile => ({
  line,
  service: serviceOf(line.code, line.revenueCode),
  days: line.daysAssumed ? undefined : { from: line.dosFrom, to: line.dosTo },
})

/** An older book does not mark the days that it assumed: those of a remittance without days are its own. */
const assumedOf = ({ openedFrom, openedOn }: Visit, line: Line): Line =>
  line.daysAssumed === undefined && openedFrom === 'remittance' && line.dosFrom === openedOn
    ? { ...line, daysAssumed: true }
    : line

/** The charges of a visit, voided ones too. */
export const chargesOnFile = ({ ledger }: AccountState, visit: Visit): readonly OnFile[] =>
  linesOfVisit(ledger, visit.visitId).map((line) => onFile(assumedOf(visit, line)))

/** A patient as the account names them; one who is the guarantor and has no name of their own has theirs. */
export const nameOnFile = ({ registration }: AccountState, patientId: PatientId): NamedPatient => {
  const patient = registration.patients.get(patientId)
  const said = { last: clearOf(patient?.last), first: clearOf(patient?.first), suffix: clearOf(patient?.suffix) }
  const isNamed = said.last !== undefined || said.first !== undefined
  const isGuarantor = patient?.relationshipToGuarantor === 'self'
  const born = clearOf(patient?.born) ?? (isGuarantor ? clearOf(registration.guarantor?.born) : undefined)
  const name = isNamed || !isGuarantor ? said : nameFrom(clearOf(registration.guarantor?.name))
  return { ...name, born: born as Day | undefined }
}

/** The same, and the names that payers have corrected it to (NM1 74), each with what they have not corrected. */
export const namesOnFile = (state: AccountState, patientId: PatientId): readonly NamedPatient[] => {
  const name = nameOnFile(state, patientId)
  const corrected = state.registration.corrected.get(patientId) ?? []
  return [
    name,
    ...corrected.map(({ last, first, suffix }) => ({
      last: clearOf(last) ?? name.last,
      first: clearOf(first) ?? name.first,
      suffix: clearOf(suffix) ?? name.suffix,
      born: name.born,
    })),
  ]
}

/** The ids by which payers of the claim know the patient on file. */
export const idsOnFile = (state: AccountState, patientId: PatientId, { members }: Asked): ReadonlySet<string> =>
  new Set(
    state.coverage.coverages
      .by('patient', patientId)
      .filter((coverage) => members.some(({ payer }) => isSamePayer(payer, coverage)))
      .map((coverage) => identifierOf({ id: clearOf(coverage.memberId) }))
      .filter((id) => id !== ''),
  )

/** How the member ids of a claim go with those of a patient on file, payer by payer. */
export const comparedIds = (
  state: AccountState,
  patientId: PatientId,
  { members, notedAs }: Asked,
): 'equal' | 'another' | 'none' => {
  if (notedAs?.has(patientId)) return 'equal'
  const known = state.coverage.coverages.by('patient', patientId).flatMap((coverage) => {
    const id = identifierOf({ id: clearOf(coverage.memberId) })
    return id === '' ? [] : [{ coverage, id }]
  })
  const pairs = members.flatMap((member) =>
    known.filter(({ coverage }) => isSamePayer(member.payer, coverage)).map(({ id }) => id === member.id),
  )
  return pairs.includes(true) ? 'equal' : pairs.length > 0 ? 'another' : 'none'
}

/** A name that was not taken apart: the last word is the family's, or what stands before a comma. */
export const nameFrom = (name: string | undefined): { readonly last?: string; readonly first?: string } => {
  if (name === undefined) return {}
  const [before, after] = name.split(',')
  if (after !== undefined) return { last: before ?? '', first: after }
  const words = name.trim().split(/\s+/)
  return { last: words.at(-1) ?? '', first: words.slice(0, -1).join(' ') }
}

/** The total charges by which a claim of the visit may go: what stands, what was sent, what payers decided. Cents. */
export const totalsOnFile = (
  { claims }: AccountState,
  visit: VisitId,
  charges: readonly OnFile[],
): ReadonlySet<number> =>
  new Set([
    sumOf(
      charges.filter(({ line }) => !line.voided),
      ({ line }) => line.amount,
    ),
    ...submissionsOf(claims, visit).map(({ charge }) => Math.abs(charge)),
    ...adjudicationsOf(claims, visit).map(({ event }) => Math.abs(event.chargeTotal)),
  ])

/** Every number that the visit has had: the desk's, those of its claims, and those under which payers decided. */
export const numbersOf = ({ claims }: AccountState, visit: Visit): readonly string[] => [
  ...new Set([
    ...(visit.patientControlNumber ? [visit.patientControlNumber] : []),
    ...submissionsOf(claims, visit.visitId).map(({ patientControlNumber }) => patientControlNumber),
    ...adjudicationsOf(claims, visit.visitId).map(({ event }) => event.claimKey.patientControlNumber),
  ]),
]
