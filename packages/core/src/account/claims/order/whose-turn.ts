import type { LineId } from '../../../kernel/ids.ts'
import type { Coverage } from '../../coverage/state.ts'
import { type LineReading, totalOf } from '../advice/reading.ts'
import type { Draft } from '../unit/draft.ts'
import { partyOf, type RemittedClaim } from '../unit/remitted-claim.ts'
import type { UnitSoFar } from '../unit/so-far.ts'
import { moveBetweenPayers } from './between-payers.ts'
import { decidedBy, hasDecided } from './decisions.ts'
import type { ExplainedAhead } from './explained-ahead.ts'
import { isEarlierOnFile } from './rule-n.ts'

// A payer explains what is open at itself. Where an advice shows that the charge stands with another payer out of turn,
// it is brought to the payer that speaks, before that advice is posted.

/**
 * A later payer took its decision back before this payer spoke at all: the charge, which had come forward to it, is this
 * payer's to explain first.
 */
export const bringBackUndecided = (draft: Draft, remitted: RemittedClaim, lines: readonly LineReading[]): void => {
  const { coverage } = remitted
  for (const { lineId } of lines) {
    if (decidedBy(draft, coverage.coverageId, lineId).length > 0) continue
    for (const later of draft.coverages.values()) {
      if (later.patientId !== coverage.patientId || later.order <= coverage.order) continue
      if (!tookBackAll(draft, later, lineId) || isDecidedBefore(draft, later, lineId)) continue
      const from = partyOf(later)
      const amount = draft.owed(lineId, from)
      moveBetweenPayers(draft, remitted, { lineId, from, to: partyOf(coverage), amount, arrives: 'together' })
    }
  }
}

/** A payer has decided the line, and nothing of that stands. */
const tookBackAll = (unit: UnitSoFar, { coverageId }: Coverage, line: LineId): boolean => {
  const decided = decidedBy(unit, coverageId, line)
  return decided.length > 0 && decided.every(({ reversed }) => reversed)
}

/** Where a payer before this one has decided the line, what is open here is what that one left. */
const isDecidedBefore = (unit: UnitSoFar, { order }: Coverage, line: LineId): boolean =>
  [...unit.coverages.values()].some((each) => each.order < order && hasDecided(unit, each.coverageId, line))

/**
 * A later payer that is heard before the first: the charge still stands at an earlier coverage that has adjudicated
 * nothing, or nothing that stands. What is open there moves to this payer, whose advice explains it, the earlier payer's
 * part as a stand-in; where a part of the line is open at this payer already, as much as the advice explains beside it.
 */
export const bringForward = (
  draft: Draft,
  remitted: RemittedClaim,
  lines: readonly LineReading[],
  ahead: ReadonlyMap<LineId, ExplainedAhead>,
): void => {
  const to = partyOf(remitted.coverage)
  for (const line of lines) {
    const { lineId } = line
    const standsIn = totalOf(line, 'priorPayer') > 0 && !isEarlierOnFile(draft, remitted, line)
    if (draft.owed(lineId, to) > 0 && !standsIn) continue
    for (const earlier of unheardBefore(draft, remitted, lineId)) {
      const from = partyOf(earlier)
      const here = draft.owed(lineId, to)
      const explained = ahead.get(lineId)?.explained ?? 0
      const beside = here > 0 ? Math.max(0, line.charge - here - explained) : Number.POSITIVE_INFINITY
      const amount = Math.min(draft.owed(lineId, from), beside)
      moveBetweenPayers(draft, remitted, { lineId, from, to, amount, arrives: 'apart' })
    }
  }
}

/** Coverages before this one in the order of benefits with money on the line and no adjudication that stands. */
const unheardBefore = (unit: UnitSoFar, { coverage }: RemittedClaim, lineId: LineId): readonly Coverage[] =>
  [...unit.coverages.values()].filter(
    (earlier) =>
      earlier.patientId === coverage.patientId &&
      earlier.order < coverage.order &&
      unit.owed(lineId, partyOf(earlier)) > 0 &&
      !hasDecided(unit, earlier.coverageId, lineId),
  )
