import type { AdviceClaim } from '../../../documents/advice.ts'
import { isPredetermination } from '../../../documents/claim-status.ts'
import type { ClaimReading } from '../advice/reading.ts'
import { type Adjudication, inForce } from '../state.ts'
import type { Draft } from '../unit/draft.ts'
import type { RemittedClaim } from '../unit/remitted-claim.ts'
import type { UnitSoFar } from '../unit/so-far.ts'
import { adjudicationOf } from './adjudication.ts'

// A payer that gets a claim twice decides it once, and says of the other that it is a duplicate.

/** Reason codes (CARC): an exact duplicate; paid in an earlier payment. */
const duplicateCarcs: readonly string[] = ['18', 'B13']

/** The payer decides nothing of the claim but that it is a duplicate. */
export const saysDuplicate = (claim: AdviceClaim): boolean => {
  const { lines } = claim
  const said = [claim, ...lines].flatMap(({ adjustments }) => adjustments).filter(({ amount }) => amount !== 0)
  return (
    !isPredetermination(claim) &&
    [claim, ...lines].every(({ paid }) => paid === 0) &&
    said.length > 0 &&
    said.every(({ group, carc }) => group !== 'PR' && duplicateCarcs.includes(carc))
  )
}

/**
 * The decision that stands and that the claim is a duplicate of: this payer has decided all of its lines, and has paid
 * or reduced one. Where it only denied them, its new word takes the place of the old one, as any other.
 */
export const decidedAlready = (
  unit: UnitSoFar,
  { coverage }: RemittedClaim,
  { lines }: ClaimReading,
): Adjudication | undefined => {
  const decided = inForce(unit.state.claims, unit.visitId).filter(
    ({ event }) => event.coverageId === coverage.coverageId,
  )
  const isDecided = lines.every(({ lineId }) =>
    decided.some(({ event }) => event.lines.some((line) => line.lineId === lineId)),
  )
  return isDecided ? decided.findLast(({ postings }) => postings.length > 0) : undefined
}

/** The fact alone: nothing of a duplicate is open, so nothing is denied. */
export const recordDuplicate = (
  draft: Draft,
  remitted: RemittedClaim,
  reading: ClaimReading,
  of: Adjudication,
  findings: readonly string[],
): void => {
  const adjudicated = reading.adjudicated.map((line) => ({
    ...line,
    adjustments: line.adjustments.map((adjustment) => ({ ...adjustment, disposition: 'none' as const })),
  }))
  const { payerControlNumber } = of.event.claimKey
  const first = payerControlNumber === '' ? '' : ` as ${payerControlNumber}`
  const told = `a duplicate of the claim that this payer has decided${first}: nothing is denied anew`
  const circumstances = { findings: [...findings, told], supersedes: undefined }
  draft.emit(adjudicationOf(draft, remitted, { ...reading, adjudicated }, circumstances))
}
