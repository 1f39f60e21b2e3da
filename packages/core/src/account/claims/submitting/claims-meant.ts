import { foldedNumber } from '../../../documents/control-number.ts'
import type { SubmittedClaim } from '../../../documents/submission.ts'
import type { LineId } from '../../../kernel/ids.ts'
import type { Context } from '../../context.ts'
import type { Coverage } from '../../coverage/state.ts'
import type { Line } from '../../ledger/state.ts'
import type { Visit } from '../../registration/state.ts'
import type { AccountState } from '../../rooms.ts'
import { type Asked, askedBySubmission } from '../identity/asked.ts'
import { chargesServing, isOfPayer } from '../identity/judge.ts'
import { adjudicationsOf, submissionsOf } from '../state.ts'
import type { ClaimSubmitted } from '../submission-events.ts'
import { contentOf } from './sent.ts'
import { frequencyOf } from './submitted-lines.ts'

// Which of the claims of a visit a replacement or a void is of. Late charges are a claim of their own, with a number of the
// payer of their own: whoever takes back the one says nothing of the other.

const isLate = ({ frequency }: ClaimSubmitted): boolean => frequency.startsWith('5')

/** The charges that the payer has decided under the number that REF F8 names. */
const decidedUnder = (state: AccountState, visit: Visit, { payer, originalReference = '' }: Asked): Set<LineId> => {
  const number = foldedNumber(originalReference)
  const decided = adjudicationsOf(state.claims, visit.visitId).filter(
    ({ event: { claimKey, coverageId } }) =>
      number !== '' &&
      foldedNumber(claimKey.payerControlNumber) === number &&
      isOfPayer(state, coverageId, claimKey.payerId, payer),
  )
  return new Set(decided.flatMap(({ event }) => event.lines.map(({ lineId }) => lineId)))
}

/**
 * Of the claims that stand those that are meant: of a void the one that says what it says; else those that REF F8 names or
 * that have a service of it; else all but late charges.
 */
const meantOf = (
  state: AccountState,
  context: Pick<Context, 'keyedHash'>,
  claim: SubmittedClaim,
  visit: Visit,
  standing: readonly ClaimSubmitted[],
): readonly ClaimSubmitted[] => {
  const said = contentOf(claim, context)
  const same = frequencyOf(claim) === '8' ? standing.filter(({ content }) => content === said) : []
  if (same.length > 0) return same
  const asked = askedBySubmission(claim)
  const own = decidedUnder(state, visit, asked)
  for (const { line } of chargesServing(state, visit, asked)) own.add(line.lineId)
  const named = standing.filter(({ lines }) => lines.some((line) => own.has(line)))
  if (named.length > 0) return named
  const whole = standing.filter((one) => !isLate(one))
  return whole.length > 0 ? whole : standing
}

/**
 * Whether a charge is of a claim that a replacement or a void (frequency 7, 8) takes the place of. What another claim to its
 * payer has charged, or none, is not: it stays as it is. Where no claim stands, all charges of the visit are. A claim to the
 * next payer may be of all of them at once: it says nothing here.
 */
export const meansCharge = (
  state: AccountState,
  context: Pick<Context, 'keyedHash'>,
  claim: SubmittedClaim,
  visit: Visit,
  { coverageId }: Coverage,
  charges: readonly Line[],
): ((charge: Line) => boolean) => {
  const live = new Set(charges.filter(({ voided }) => !voided).map(({ lineId }) => lineId))
  const all = submissionsOf(state.claims, visit.visitId).filter(({ lines }) => lines.some((line) => live.has(line)))
  const toPayer = all.filter((sent) => sent.coverageId === coverageId)
  const standing = toPayer.length > 0 ? toPayer : all
  if (standing.length === 0) return () => true
  const meant = new Set(meantOf(state, context, claim, visit, standing).flatMap(({ lines }) => lines))
  return ({ lineId }) => meant.has(lineId)
}
