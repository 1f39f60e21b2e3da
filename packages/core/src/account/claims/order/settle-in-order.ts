import { formatCents, sumOf, toCents } from '../../../kernel/cents.ts'
import { coverageParty, netContra } from '../../../kernel/effects.ts'
import type { CoverageId, LineId } from '../../../kernel/ids.ts'
import { together } from '../../ledger/working.ts'
import type { LineReading } from '../advice/reading.ts'
import type { Draft } from '../unit/draft.ts'
import { partyOf, type RemittedClaim } from '../unit/remitted-claim.ts'
import { moveBetweenPayers } from './between-payers.ts'
import type { ExplainedAhead } from './explained-ahead.ts'
import { type InOrder, inOrder } from './in-order.ts'
import { type LaterLine, laterLine } from './later-line.ts'

/**
 * Clarification 6, its end: rule N once more for the later payers, now that the earlier one has spoken itself. Within
 * what they had reported their reductions give way or take the rest, and what is open stands where it would had all
 * spoken in the order of benefits; what does not fit is a finding. `left` is what this payer's advice left to move.
 */
export const settleInOrder = (
  draft: Draft,
  remitted: RemittedClaim,
  lines: readonly LineReading[],
  ahead: ReadonlyMap<LineId, ExplainedAhead>,
  left: ReadonlyMap<LineId, number>,
): readonly string[] =>
  lines.flatMap((line) => {
    const spoke = ahead.get(line.lineId)
    if (!spoke) return []
    const later = spoke.later.map((adjudication) => laterLine(draft, adjudication, line.lineId))
    const all = (left.get(line.lineId) ?? 0) + spoke.explained
    const wanted = inOrder(draft, remitted, line, later, all)
    // What is given back must be there before it moves, and what is taken only when it has arrived.
    for (const [each, amount] of wanted.refits) if (amount < 0) refit(draft, each, amount)
    moveIntoOrder(draft, remitted, line.lineId, wanted)
    for (const [each, amount] of wanted.refits) if (amount > 0) refit(draft, each, amount)
    return findingsOf(draft, remitted, line.lineId, wanted)
  })

/** Posts more (or less, below zero) of the reduction that the later payer had reported. */
const refit = (draft: Draft, later: LaterLine, amount: number): void => {
  const { lineId, party, adjudication, coverageId, largest } = later
  if (!largest) return
  const moved = amount > 0 ? draft.move.take(lineId, party, amount) : draft.move.put(lineId, party, -amount)
  draft.emit({
    type: 'ContractualAdjustmentPosted',
    visitId: draft.visitId,
    adjudicationId: adjudication.event.adjudicationId,
    coverageId,
    lines: [{ lineId, group: largest.group, carc: largest.carc, amount: toCents(amount), reported: largest.amount }],
    ...together([moved]),
    contra: netContra([{ account: 'contractual', amount }]),
  })
}

/** From payers that owe more than they would, to those that owe less; what a reduction will still take stays with it. */
const moveIntoOrder = (draft: Draft, remitted: RemittedClaim, lineId: LineId, { owed, refits }: InOrder): void => {
  const rising = new Map([...refits].map(([each, amount]) => [each.coverageId, Math.max(0, amount)]))
  const over = (id: CoverageId): number =>
    draft.owed(lineId, coverageParty(id)) - (owed.get(id) ?? 0) - (rising.get(id) ?? 0)
  for (const to of owed.keys()) {
    for (const from of owed.keys()) {
      const amount = Math.min(over(from), -over(to))
      if (amount <= 0) continue
      const between = { from: coverageParty(from), to: coverageParty(to) }
      moveBetweenPayers(draft, remitted, { lineId, ...between, amount, arrives: 'together' })
    }
  }
}

const findingsOf = (
  draft: Draft,
  { coverage }: RemittedClaim,
  lineId: LineId,
  { refits }: InOrder,
): readonly string[] => {
  const refitted = sumOf(refits.values(), (amount) => amount)
  const own = draft.owed(lineId, partyOf(coverage))
  const beyond = sumOf(refits.keys(), ({ party, stays }) => draft.owed(lineId, party) - stays)
  const unfitted = own < 0 ? own : beyond
  return [
    ...(refitted === 0 ? [] : [`the later payer's reduction was refitted by ${formatCents(refitted)} (rule N)`]),
    ...(unfitted === 0 ? [] : [`the advices of two payers differ by ${formatCents(unfitted)} on a line`]),
  ]
}
