import { placeOf } from '../../../documents/claim-status.ts'
import { type Cents, formatCents, toCents } from '../../../kernel/cents.ts'
import type { LineId } from '../../../kernel/ids.ts'
import { components, type LineReading, totalOf } from '../advice/reading.ts'
import type { Draft } from '../unit/draft.ts'
import { partyOf, type RemittedClaim } from '../unit/remitted-claim.ts'
import { lineOf, type UnitSoFar } from '../unit/so-far.ts'
import { decisionsOn } from './decisions.ts'

// Two payers that each paid as the first one: rule N has nothing to fit, for neither speaks of the other.

/** Lines on which both payers paid as the first one, and there is not as much left as this one paid. */
export type BothFirst = ReadonlySet<LineId>

const saysFirst = (status: string): boolean => placeOf(status) === 1

/** Another payer has paid the line as the first one, in a decision that stands. */
const paidFirst = (unit: UnitSoFar, { coverage }: RemittedClaim, { lineId }: LineReading): boolean =>
  decisionsOn(unit, lineId).some(
    ({ event, reversed }) =>
      !reversed &&
      saysFirst(event.status) &&
      event.coverageId !== coverage.coverageId &&
      event.lines.some((line) => line.lineId === lineId && line.paid > 0),
  )

/**
 * The lines of a claim whose payer speaks as the first one, and leaves out what another has paid as the first one. On
 * them it keeps its payment alone: no reduction, no denial, no share to the patient. What it paid beyond what is open is
 * its credit, until somebody has found out who pays first (reference §1.10).
 */
export const bothFirst = (draft: Draft, remitted: RemittedClaim, lines: readonly LineReading[]): BothFirst =>
  new Set(
    saysFirst(remitted.claim.status)
      ? lines
          .filter(
            (line) =>
              line.paid > Math.max(0, draft.owed(line.lineId, partyOf(remitted.coverage))) &&
              components(line, 'priorPayer').length === 0 &&
              totalOf(line, 'contractual') >= 0 &&
              paidFirst(draft, remitted, line),
          )
          .map(({ lineId }) => lineId)
      : [],
  )

/** What the payer of this unit has paid too much, by line. Asked once its payment is posted. */
export const bothFirstFindings = (draft: Draft, { coverage }: RemittedClaim, both: BothFirst): readonly string[] =>
  [...both].flatMap((lineId) => {
    const over: Cents = toCents(Math.max(0, -draft.owed(lineId, partyOf(coverage))))
    if (over === 0) return []
    const charge = formatCents(lineOf(draft, lineId).amount)
    return [
      `two payers paid a line of ${charge} as the first one: ${formatCents(over)} is overpaid, and this payer’s; find out who pays first`,
    ]
  })

/** A line without what the payer says beside its payment, where another has paid it as the first one as well. */
export const paymentAlone = (lines: readonly LineReading[], both: BothFirst): readonly LineReading[] =>
  lines.map((line) => (both.has(line.lineId) ? { ...line, adjustments: [] } : line))
