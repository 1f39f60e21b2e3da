import { coverageParty, type Party } from '../../../kernel/effects.ts'
import type { CoverageId, LineId } from '../../../kernel/ids.ts'
import type { AdjudicatedAdjustment } from '../adjudication-events.ts'
import { components, totalOf } from '../advice/reading.ts'
import type { Adjudication, AdjudicationPosting } from '../state.ts'
import { nextCoverage, type UnitSoFar } from '../unit/so-far.ts'
import { takenOff } from './explained-ahead.ts'

/** A later payer's word on one line that was posted before an earlier payer's. Cents. */
export interface LaterLine {
  readonly lineId: LineId
  readonly adjudication: Adjudication
  readonly coverageId: CoverageId
  readonly party: Party
  /** The reduction that it reported, and how much of it has been posted. */
  readonly reported: number
  readonly posted: number
  /** The reduction's largest component, whose reason code a refit carries. */
  readonly largest: AdjudicatedAdjustment | undefined
  /** What it explained beside its reduction: paid, capitated, withheld. */
  readonly fixed: number
  /** What it left unpaid at its own coverage (denied, pending, held), as far as that is open. */
  readonly stays: number
  /** What goes on from it to the next party: all of its share or, to the patient, as much as has gone. */
  readonly share: number
}

const isReduction = ({ type, contra }: AdjudicationPosting): boolean =>
  type === 'ContractualAdjustmentPosted' && contra[0]?.account === 'contractual'

const isTransfer = ({ type }: AdjudicationPosting): boolean => type === 'ResponsibilityTransferred'

export const laterLine = (unit: UnitSoFar, adjudication: Adjudication, lineId: LineId): LaterLine => {
  const { coverageId, lines } = adjudication.event
  const party = coverageParty(coverageId)
  const said = { adjustments: lines.filter((line) => line.lineId === lineId).flatMap((line) => line.adjustments) }
  const own = new Set([coverageId])
  const tookOff = (which: (posting: AdjudicationPosting) => boolean) =>
    takenOff({ postings: adjudication.postings.filter(which) }, lineId, own)
  const posted = tookOff(isReduction)
  const moved = tookOff(isTransfer)
  // To another payer a share goes on freely; to the patient as far as the gates let it, and the rest stays.
  const asked = totalOf(said, 'transfer')
  const toPayer = nextCoverage(unit, coverageId, lineId) !== undefined
  const share = toPayer ? Math.max(0, asked) : moved
  const unmoved = toPayer ? 0 : Math.max(0, asked - moved)
  const unpaid = totalOf(said, 'denial', 'pending', 'held', 'regulatory') + unmoved
  return {
    lineId,
    adjudication,
    coverageId,
    party,
    reported: totalOf(said, 'contractual'),
    posted,
    largest: components(said, 'contractual').toSorted((a, b) => b.amount - a.amount)[0],
    fixed: tookOff(() => true) - posted - moved,
    stays: Math.max(0, Math.min(unit.owed(lineId, party), unpaid)),
    share,
  }
}
