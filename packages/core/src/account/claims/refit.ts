import { sumOf, toCents } from '../../kernel/cents.ts'
import { netContra, type Party } from '../../kernel/effects.ts'
import type { CoverageId, LineId } from '../../kernel/ids.ts'
import { together } from '../ledger/working.ts'
import type { AdjudicatedAdjustment } from './adjudication-events.ts'
import { moveBetweenPayers } from './between-payers.ts'
import type { Adjudication } from './state.ts'
import { dollars, emit, lineOf, newLayer, type Posting, partyOf, type Unit } from './unit.ts'

/** A later payer's word on one line that was posted while a stand-in spoke for the payer before it. */
interface LaterLine {
  readonly lineId: LineId
  readonly adjudication: Adjudication
  readonly coverageId: CoverageId
  readonly party: Party
  readonly reported: number
  /** Of what it reported, how much has been posted. */
  readonly posted: number
  /** The reduction's largest component, whose reason code a refit carries. */
  readonly largest?: AdjudicatedAdjustment | undefined
  /** What it left unpaid at its own coverage: denied, pending, held. */
  readonly stays: number
}

const staying: ReadonlySet<string> = new Set(['denial', 'pending', 'held', 'regulatory'])

const laterLine = (adjudication: Adjudication, lineId: LineId): LaterLine => {
  const adjustments = adjudication.event.lines
    .filter((line) => line.lineId === lineId)
    .flatMap((line) => line.adjustments)
  const reductions = adjustments.filter(({ disposition }) => disposition === 'contractual')
  const effects = adjudication.postings
    .filter(({ type, contra }) => type === 'ContractualAdjustmentPosted' && contra[0]?.account === 'contractual')
    .flatMap((posting) => posting.effects.filter((effect) => effect.lineId === lineId))
  const { coverageId } = adjudication.event
  return {
    lineId,
    adjudication,
    coverageId,
    party: { coverageId },
    reported: sumOf(reductions, ({ amount }) => amount),
    posted: -sumOf(effects, ({ amount }) => amount),
    largest: reductions.toSorted((a, b) => b.amount - a.amount)[0],
    stays: sumOf(
      adjustments.filter(({ disposition }) => staying.has(disposition)),
      ({ amount }) => amount,
    ),
  }
}

/** Posts more (or less, below zero) of the reduction that the later payer had reported. */
const refit = (unit: Unit, later: LaterLine, amount: number): void => {
  const { lineId, party, adjudication, coverageId, largest } = later
  if (!largest || amount === 0) return
  const fresh = newLayer(unit, lineOf(unit, lineId), party)
  const moved = amount > 0 ? unit.working.take(lineId, party, amount) : unit.working.put(lineId, party, -amount, fresh)
  emit(unit, {
    type: 'ContractualAdjustmentPosted',
    effectiveDate: unit.on,
    visitId: unit.visitId,
    adjudicationId: adjudication.event.adjudicationId,
    coverageId,
    lines: [{ lineId, group: largest.group, carc: largest.carc, amount: toCents(amount), reported: largest.amount }],
    ...together([moved]),
    contra: netContra([{ account: 'contractual', amount }]),
  })
}

/**
 * Clarification 6, its end: rule N once more for the later payer, now that the earlier one has spoken itself. Within
 * what it had reported its reduction gives way or takes the rest; what is left after that is a finding.
 */
export const refitLater = (unit: Unit, posting: Posting, lines: ReadonlyMap<LineId, Adjudication>): readonly string[] =>
  [...lines].flatMap(([lineId, adjudication]) => {
    const later = laterLine(adjudication, lineId)
    const own = partyOf(posting.coverage)
    const short = Math.min(Math.max(0, -unit.working.owed(lineId, own)), Math.max(0, later.posted))
    if (short > 0) {
      refit(unit, later, -short)
      moveBetweenPayers(unit, posting, { lineId, from: later.party, to: own, amount: short, arrives: 'together' })
    }
    const over = unit.working.owed(lineId, later.party) - later.stays
    // Where less is left than it had denied, its reduction was the earlier payer's, and gives way.
    const more =
      over > 0
        ? Math.min(over, Math.max(0, later.reported - later.posted + short))
        : -Math.min(-over, Math.max(0, later.posted - short))
    refit(unit, later, more)
    const left = unit.working.owed(lineId, own) < 0 ? unit.working.owed(lineId, own) : over - more
    return [
      ...(short > 0 || more !== 0
        ? [`the later payer's reduction was refitted by ${dollars(more - short)} (rule N)`]
        : []),
      ...(left === 0 ? [] : [`the advices of two payers differ by ${dollars(left)} on a line`]),
    ]
  })
