import { foldedNumber } from '../../../documents/control-number.ts'
import type { SubmittedClaim } from '../../../documents/submission.ts'
import type { LineId } from '../../../kernel/ids.ts'
import type { Context } from '../../context.ts'
import type { Coverage } from '../../coverage/state.ts'
import { linesOfVisit } from '../../ledger/balances.ts'
import type { Line } from '../../ledger/state.ts'
import type { Visit } from '../../registration/state.ts'
import type { AccountState } from '../../rooms.ts'
import { type Asked, askedBySubmission } from '../identity/asked.ts'
import { chargesServing, isOfPayer } from '../identity/fitting.ts'
import { adjudicationsOf, submissionsOf } from '../state.ts'
import type { ClaimSubmitted } from '../submission-events.ts'
import { contentOf } from './sent.ts'
import { frequencyOf } from './submitted-lines.ts'

// Which of the claims of a visit a replacement or a void is of. Late charges are a claim of their own, with a number of the
// payer of their own: whoever takes back the one says nothing of the other.

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

/** What stands for a claim: its charges, what it said, its total in cents. */
type Claim = Pick<ClaimSubmitted, 'lines' | 'content' | 'charge'> & Partial<Pick<ClaimSubmitted, 'frequency'>>

/**
 * Of a visit that no claim of ours has told of, what its payers have decided, each decision as the claim that it is of: advices
 * may have brought two claims of one number and day to one visit.
 */
const decidedClaims = (state: AccountState, visit: Visit, live: ReadonlySet<LineId>): readonly Claim[] =>
  adjudicationsOf(state.claims, visit.visitId)
    .map(({ event }) => ({ lines: event.lines.map(({ lineId }) => lineId), charge: event.chargeTotal }))
    .filter(({ lines }) => lines.some((line) => live.has(line)))

/** Claims that have a charge in common are one: what was replaced, and what replaced it. */
const areOne = (claims: readonly Claim[], live: ReadonlySet<LineId>): boolean => {
  const [first, ...others] = claims
  const own = new Set(first?.lines.filter((line) => live.has(line)))
  let left = others
  for (;;) {
    const near = left.filter(({ lines }) => lines.some((line) => own.has(line)))
    if (near.length === 0) return left.length === 0
    for (const { lines } of near) for (const line of lines) if (live.has(line)) own.add(line)
    left = left.filter((claim) => !near.includes(claim))
  }
}

const chargesOf = (state: AccountState, visit: Visit, amounts: readonly number[]): readonly LineId[] =>
  linesOfVisit(state.ledger, visit.visitId).flatMap(({ lineId, amount }) => (amounts.includes(amount) ? lineId : []))

/**
 * Of the claims that stand those that are meant: of a void the one that says what it says; else those that REF F8 names or
 * that have a service of it; of a replacement else those that have a charge of it, coded anew, or the only one. Undefined
 * where it may be one of several.
 */
const meantOf = (
  state: AccountState,
  context: Pick<Context, 'keyedHash'>,
  claim: SubmittedClaim,
  visit: Visit,
  { standing, live }: { readonly standing: readonly Claim[]; readonly live: ReadonlySet<LineId> },
): readonly Claim[] | undefined => {
  const said = contentOf(claim, context)
  const isVoid = frequencyOf(claim) === '8'
  const same = isVoid ? standing.filter(({ content }) => content === said) : []
  if (same.length > 0) return same
  const asked = askedBySubmission(claim)
  const having = (charges: Iterable<LineId>) => {
    const own = new Set(charges)
    return standing.filter(({ lines }) => lines.some((line) => live.has(line) && own.has(line)))
  }
  const own = [
    ...decidedUnder(state, visit, asked),
    ...chargesServing(state, visit, asked).map(({ line }) => line.lineId),
  ]
  const named = having(own)
  if (named.length > 0) return named
  // Its services are charges of which no claim has told: the desk's, or an advice's, and it is the first that does.
  const untold = own.filter((line) => live.has(line))
  if (untold.length > 0) return [{ lines: untold, charge: claim.charge }]
  // What it says was voided before, or an older book does not keep what its claim said.
  if (isVoid) return standing.filter(({ content, charge }) => content === undefined && charge === claim.charge)
  const charged = having(
    chargesOf(
      state,
      visit,
      asked.lines.map(({ charge }) => charge),
    ),
  )
  if (charged.length > 0) return charged
  // Late charges alone are no claim that another one of other services takes the place of: what they were added to has not come.
  const claims = standing.filter(({ frequency }) => !frequency?.startsWith('5'))
  return claims.length > 0 && areOne(standing, live) ? standing : undefined
}

/**
 * Whether a charge is of a claim that a replacement or a void (frequency 7, 8) takes the place of. What another claim to its
 * payer has charged, or none, is not: it stays as it is. Where no claim stands, all charges of the visit are, but
 * those of a decision that is not meant. A claim to the next payer may be of all of them at once: it says nothing here.
 * Undefined where it can not be told.
 */
export const meansCharge = (
  state: AccountState,
  context: Pick<Context, 'keyedHash'>,
  claim: SubmittedClaim,
  visit: Visit,
  { coverageId }: Coverage,
): ((charge: Line) => boolean) | undefined => {
  const live = new Set(
    linesOfVisit(state.ledger, visit.visitId).flatMap(({ voided, lineId }) => (voided ? [] : lineId)),
  )
  const all = submissionsOf(state.claims, visit.visitId).filter(({ lines }) => lines.some((line) => live.has(line)))
  const toPayer = all.filter((sent) => sent.coverageId === coverageId)
  const standing = toPayer.length > 0 ? toPayer : all
  const byDecision = standing.length === 0
  const decided = byDecision ? decidedClaims(state, visit, live) : []
  if (byDecision && decided.length === 0) return () => true
  const among = { standing: byDecision ? decided : standing, live }
  const claims = meantOf(state, context, claim, visit, among)
  const meant = claims && new Set(claims.flatMap(({ lines }) => lines))
  const apart = new Set(decided.flatMap(({ lines }) => lines))
  return meant && (({ lineId }) => meant.has(lineId) || (byDecision && !apart.has(lineId)))
}
