import type { CoverageId, LineId } from '../../../kernel/ids.ts'
import { netResponsibility } from '../advice/patient-share.ts'
import { type LineReading, totalOf } from '../advice/reading.ts'
import type { RemittedClaim } from '../unit/remitted-claim.ts'
import { nextCoverage, type UnitSoFar } from '../unit/so-far.ts'
import { decisionsOn } from './decisions.ts'
import { explainedBy } from './explained-ahead.ts'
import type { LaterLine } from './later-line.ts'

/** What a line would be, had its payers spoken in the order of benefits. Cents. */
export interface InOrder {
  /** What each coverage would owe, in their order. */
  readonly owed: ReadonlyMap<CoverageId, number>
  /** How much of each later payer's reduction would be posted more, or less, than is. */
  readonly refits: ReadonlyMap<LaterLine, number>
}

/** What this payer hands on of what its advice left: its share, and not what it denied or has not decided. */
const handedOn = (line: LineReading, left: number): number => {
  const stays = totalOf(line, 'denial', 'pending', 'regulatory')
  return Math.min(Math.max(0, netResponsibility(line)), Math.max(0, left - stays))
}

/** A payer between two that spoke, which has not spoken itself. */
const silentBetween = (unit: UnitSoFar, before: CoverageId, after: LaterLine): CoverageId | undefined => {
  const next = nextCoverage(unit, before, after.lineId)
  return next && next.coverageId !== after.coverageId ? next.coverageId : undefined
}

/** A payer that decided the line and took that back: nothing of it stands. */
const tookBack = (unit: UnitSoFar, coverage: CoverageId, line: LineId): boolean =>
  decisionsOn(unit, line).some(({ event, reversed }) => reversed && event.coverageId === coverage)

/** All that a later payer has explained of the line. */
const explains = ({ fixed, reported, stays, share }: LaterLine): number => fixed + reported + stays + share

/** Rule N: what is not explained otherwise is reduced, within what was reported. A negative reduction stays as it is. */
const reductionOf = (later: LaterLine, reached: number): number => {
  if (later.reported < 0) return later.posted
  const wanted = reached - later.fixed - later.stays - later.share
  return Math.max(0, Math.min(wanted, later.reported))
}

/** Walks down the payers: each reduces what the one before it left, as rule N says. `left` is what this payer leaves. */
export const inOrder = (
  unit: UnitSoFar,
  { coverage }: RemittedClaim,
  line: LineReading,
  later: readonly LaterLine[],
  left: number,
): InOrder => {
  const { lineId } = line
  const owed = new Map<CoverageId, number>()
  const refits = new Map<LaterLine, number>()
  let last = coverage.coverageId
  let share = handedOn(line, left)
  owed.set(last, left - share)
  for (const [at, each] of later.entries()) {
    const silent = silentBetween(unit, last, each)
    if (silent && tookBack(unit, silent, lineId)) {
      // Its reversal has settled with those after it already; its next decision will once more.
      const rest = later.slice(at).map(({ adjudication }) => adjudication)
      owed.set(silent, share - explainedBy(unit, rest, lineId))
      return { owed, refits }
    }
    // What the later payer did not explain waits at the one between them.
    const reached = silent ? Math.max(0, Math.min(share, explains(each))) : share
    if (silent) owed.set(silent, share - reached)
    const reduction = reductionOf(each, reached)
    refits.set(each, reduction - each.posted)
    const rest = reached - each.fixed - reduction
    const toPayer = nextCoverage(unit, each.coverageId, lineId) !== undefined
    share = toPayer ? Math.min(each.share, Math.max(0, rest - each.stays)) : each.share
    owed.set(each.coverageId, rest - share)
    last = each.coverageId
  }
  const after = nextCoverage(unit, last, lineId)
  if (after && share > 0) owed.set(after.coverageId, share)
  return { owed, refits }
}
