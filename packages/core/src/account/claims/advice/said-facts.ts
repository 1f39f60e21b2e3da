import type { AdjudicationId, CoverageId, VisitId } from '../../../kernel/ids.ts'
import { type Fact, known, unknown } from '../../../rules/facts.ts'
import { qmbCarcs, qmbRemarks } from '../../../rules/ledger/patient-responsibility.ts'
import { nsaRemarks } from '../../../rules/nsa/balance-billing.ts'
import { type Adjudication, adjudicationsOf, type ClaimState, codeOf, inForce, openDenials } from '../state.ts'

// What payers' advices say of a patient or a service beyond the money (postings.md, clarification 1).

/** A remark or a reason code with an amount says that the patient is a Qualified Medicare Beneficiary (AR-05). */
export const saysQmb = (
  remarks: readonly string[],
  adjustments: readonly { readonly carc: string; readonly amount: number }[],
): boolean =>
  remarks.some((remark) => qmbRemarks.includes(remark)) ||
  adjustments.some(({ carc, amount }) => amount !== 0 && qmbCarcs.includes(carc))

/** CARC 303 speaks of the patient, 209 of its amount alone. */
const ofThePatient = ({ carc }: { readonly carc: string }): boolean => carc === '303'

/**
 * A decision says that the patient is a QMB: by a remark, or CARC 303, which speak of the patient and go with no decision that is
 * taken back; or, as long as it stands, by CARC 209 too.
 */
const decisionSaysQmb = ({ event }: Adjudication, stands: boolean): boolean => {
  const remarks = [...event.remarks, ...event.lines.flatMap((line) => line.remarks)]
  const adjustments = event.lines.flatMap((line) => line.adjustments)
  return !event.predetermination && saysQmb(remarks, stands ? adjustments : adjustments.filter(ofThePatient))
}

/** A remark says that the No Surprises Act protects the service (DS-07). */
export const saysProtected = (remarks: readonly string[]): boolean =>
  remarks.some((remark) => nsaRemarks.includes(remark))

/** A payer, or this one, has said of a visit that the patient is a QMB, in a decision that stands or did. */
export const isOfQmb = (state: ClaimState, visit: VisitId, coverage?: CoverageId): boolean =>
  adjudicationsOf(state, visit).some(
    (decision) =>
      (coverage === undefined || decision.event.coverageId === coverage) &&
      decisionSaysQmb(decision, !decision.reversed),
  )

/** Decisions of a payer that say of the patient that they are a QMB, whatever became of them. */
const qmbOf = ({ adjudications }: ClaimState, coverage: CoverageId): readonly Adjudication[] =>
  adjudications
    .by('code', ...[...qmbRemarks, ...qmbCarcs].map((code) => codeOf(coverage, code)))
    .filter((decision) => decisionSaysQmb(decision, false))

/**
 * `patient.qmb` for visits, by the advices on file (AR-05). Said in a decision that stands: known. Said only in one that
 * was taken back, and not in the one that took its place: the account contradicts itself, so that the status is unknown
 * (clarification 1) until `checked`, somebody's eligibility check, denies it. `undone` are taken back just now. So it is where the payer
 * of `coverage` has said it of another visit alone: a status that does not cover this day of service.
 */
export const qmbOnFile = (
  state: ClaimState,
  visits: readonly VisitId[],
  {
    undone = new Set(),
    checked,
    coverage,
  }: {
    readonly undone?: ReadonlySet<AdjudicationId>
    readonly checked?: boolean
    readonly coverage?: CoverageId
  } = {},
): Fact<boolean> => {
  const stands = ({ event, reversed }: Adjudication) => !reversed && !undone.has(event.adjudicationId)
  const said = state.adjudications
    .by('visit', ...visits)
    .filter((decision) => decisionSaysQmb(decision, stands(decision)))
  if (said.some(stands)) return known(true)
  const elsewhere =
    coverage === undefined ? [] : qmbOf(state, coverage).filter(({ event }) => !visits.includes(event.visitId))
  if (checked || (said.length === 0 && elsewhere.length === 0)) return known(false)
  const of =
    said.length > 0 ? 'in a decision that was taken back' : 'of another visit, and nothing says whether of this day too'
  return unknown(`a payer said so ${of}`)
}

/** The claim filing indicators (CLP06) by which a payer's decisions on these visits name the coverage's kind. */
export const filingSaid = (state: ClaimState, visits: readonly VisitId[], coverage: CoverageId): readonly string[] =>
  state.adjudications
    .by('visit', ...visits)
    .flatMap(({ event }) => (event.coverageId === coverage ? (event.filingIndicator ?? []) : []))

type Coded = readonly { readonly group: string; readonly carc: string }[]

/** A reason code says that workers' compensation answers for the service (WC-01); a share that is the patient's does not. */
export const saysWorkersComp = (codes: Coded): boolean =>
  codes.some(({ carc, group }) => carc === '19' && group !== 'PR')

/** A reason code says that a liability or no-fault carrier answers for the service (WC-01). */
export const saysLiability = (codes: Coded): boolean => codes.some(({ carc }) => carc === '20' || carc === '21')

/**
 * `service.nsaProtected` for visits, by the advices on file and remarks that come with the question (DS-07). A service
 * that a payer once called protected is: where only a decision says so that was taken back, nobody can tell.
 */
export const protectedOnFile = (
  state: ClaimState,
  visits: readonly VisitId[],
  remarks: readonly string[] = [],
  undone: ReadonlySet<AdjudicationId> = new Set(),
): Fact<boolean> => {
  if (saysProtected(remarks)) return known(true)
  const said = state.adjudications
    .by('visit', ...visits)
    .filter(({ event }) => saysProtected([...event.remarks, ...event.lines.flatMap((line) => line.remarks)]))
  if (said.some(({ event, reversed }) => !reversed && !undone.has(event.adjudicationId))) return known(true)
  return said.length === 0 ? known(false) : unknown('a payer said so in a decision that was taken back')
}

/**
 * The reason codes that payers' words on these visits give now, and those of denials that nobody has resolved. Of a line
 * the last decision of each payer that stands is its word.
 */
export const caseCodesOf = (
  state: ClaimState,
  visits: readonly VisitId[],
  undone: ReadonlySet<AdjudicationId> = new Set(),
): Coded =>
  visits.flatMap((visit) => {
    const words = new Map<string, Coded>()
    for (const { event } of inForce(state, visit)) {
      if (undone.has(event.adjudicationId)) continue
      for (const [line, all] of Map.groupBy(event.lines, ({ lineId }) => lineId)) {
        const codes = all.flatMap(({ adjustments }) => adjustments.filter(({ amount }) => amount !== 0))
        words.set(`${event.coverageId} ${line}`, codes)
      }
    }
    const denied = openDenials(state, visit).filter(({ event }) => !undone.has(event.adjudicationId))
    return [...denied.flatMap(({ event }): Coded => event.lines), ...[...words.values()].flat()]
  })
