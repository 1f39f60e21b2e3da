import type { AdjudicatedLine } from '../../account/claims/adjudication-events.ts'
import { type Asked, isSamePayer, meet } from '../../account/claims/identity/asked.ts'
import { chargesServing, decisionsOf, isRefusal } from '../../account/claims/identity/fitting.ts'
import { formBy } from '../../account/claims/identity/judge.ts'
import { chargesOnFile, type OnFile } from '../../account/claims/identity/on-file.ts'
import { inForce, submissionsOf } from '../../account/claims/state.ts'
import type { ClaimSubmitted } from '../../account/claims/submission-events.ts'
import { sentOf } from '../../account/claims/submitting/submitted-lines.ts'
import type { Visit } from '../../account/registration/state.ts'
import type { AccountState } from '../../account/rooms.ts'
import type { SubmittedClaim } from '../../documents/submission.ts'
import type { Candidate } from './search.ts'

// Whether a claim of the services that another one asks for has come. A visit may have several: a part that a payer's advice
// added to it is none of the claim that came for the rest.

/** The claims sent for a visit that are of a service of this one; all, where no charge says so. */
const sentFor = (state: AccountState, visit: Visit, asked: Asked): readonly ClaimSubmitted[] =>
  sentOf(
    submissionsOf(state.claims, visit.visitId),
    chargesServing(state, visit, asked).map(({ line }) => line),
  )

/** No claim of these services has come. */
export const isWithoutClaim = (state: AccountState, visit: Visit, asked: Asked): boolean =>
  sentFor(state, visit, asked).length === 0

/**
 * No original of it has come in the claim's place in the order of payers: what the desk, an advice or a replacement has said
 * of it may be said of this claim, and so may what a claim to its other payer has.
 */
export const isWithoutClaimTo =
  ({ destination: { sequence } }: SubmittedClaim, asked: Asked) =>
  (state: AccountState, visit: Visit): boolean =>
    sentFor(state, visit, asked).every(
      (sent) => sent.frequency.startsWith('7') || sent.frequency.startsWith('8') || sent.sequence !== sequence,
    )

/** Claims of it have come, and all of them went to other payers. */
export const isBilledElsewhere = (state: AccountState, visit: Visit, asked: Asked): boolean =>
  sentFor(state, visit, asked).every(({ coverageId }) => {
    const payer = state.coverage.coverages.get(coverageId)
    return payer !== undefined && !isSamePayer(payer, asked.payer)
  })

const formOf = (kind: Visit['kind']): 'facility' | 'practitioner' | undefined =>
  kind === 'unknown' ? undefined : kind === 'institutional' ? 'facility' : 'practitioner'

/**
 * A claim of the other form has come for it in the same place in the order of payers: what a facility bills (837I) and what
 * a practitioner does are two claims of one encounter, whatever number, day and code they share. So is a practitioner's of
 * what a payer has decided as a facility's, unless all is equal.
 */
export const isOfOtherForm =
  (claim: SubmittedClaim, asked: Asked) =>
  ({ state, visit, whole }: Candidate): boolean => {
    const form = formOf(visit.kind)
    const own = formOf(claim.kind)
    if (form !== undefined) return form !== own && !isWithoutClaimTo(claim, asked)(state, visit)
    const live = chargesOnFile(state, visit).filter(({ line }) => !line.voided)
    const isFacilitys = live.length > 0 && formBy(live.map(({ line }) => line.revenueCode)) === 'facility'
    return visit.openedFrom === 'remittance' && isFacilitys && own === 'practitioner' && !whole
  }

/**
 * The payer has refused all of these services that the visit has, or whoever has decided them: nothing of them is paid, nothing
 * the patient's. A claim of them under another number may be the same one, sent once more, or to whom it should have gone.
 */
export const isRefused = (state: AccountState, visit: Visit, asked: Asked): boolean => {
  const own = chargesServing(state, visit, asked)
  const byAll = inForce(state.claims, visit.visitId).flatMap(({ event }) => event.lines)
  return areRefused(decisionsOf(state, visit, asked), own) || areRefused(byAll, own)
}

/** The same of services that it has under another code, for the day and the charge of a line: coded anew, and sent once more. */
export const isRefusedRecoded = (state: AccountState, visit: Visit, asked: Asked): boolean =>
  areRefused(
    decisionsOf(state, visit, asked),
    chargesOnFile(state, visit).filter(
      ({ line, days }) =>
        !line.voided &&
        asked.lines.some((one) => one.charge === line.amount && (!one.days || !days || meet(one.days, days))),
    ),
  )

const areRefused = (decisions: readonly AdjudicatedLine[], charges: readonly OnFile[]): boolean => {
  const own = new Set(charges.map(({ line }) => line.lineId))
  const decided = decisions.filter(({ lineId }) => own.has(lineId))
  const refused = new Set(decided.map(({ lineId }) => lineId))
  return own.size > 0 && refused.size === own.size && decided.every(isRefusal)
}
