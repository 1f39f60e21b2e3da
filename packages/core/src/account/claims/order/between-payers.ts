import type { Party } from '../../../kernel/effects.ts'
import type { LineId } from '../../../kernel/ids.ts'
import { together } from '../../ledger/working.ts'
import type { Draft } from '../unit/draft.ts'
import type { RemittedClaim } from '../unit/remitted-claim.ts'

/** A part of a line that goes from one payer to another. */
interface Move {
  readonly lineId: LineId
  readonly from: Party
  readonly to: Party
  /** At most this much, cents: no more than is open there. */
  readonly amount: number
  /** In a layer of its own, or with what the other payer owes already. */
  readonly arrives: 'apart' | 'together'
}

/**
 * What is open at one payer becomes another's to explain, because a decision says that the order in which they spoke
 * was not the order of benefits. The note names that decision. It is no posting of it, so it carries no adjudication id:
 * a reversal negates what a payer decided (rule R), not whose turn it was to decide.
 */
export const moveBetweenPayers = (draft: Draft, { coverage, adjudicationId }: RemittedClaim, move: Move): void => {
  const { lineId, from, to } = move
  const taken = draft.move.take(lineId, from, move.amount)
  if (taken.taken === 0) return
  const put = move.arrives === 'apart' ? draft.move.putApart : draft.move.put
  draft.emit({
    type: 'ResponsibilityTransferred',
    visitId: draft.visitId,
    from,
    to,
    lines: [{ lineId, amount: taken.taken }],
    reason: { kind: 'cobChanged' },
    mode: 'economic',
    note: `${coverage.payerName} decided (adjudication ${adjudicationId})`,
    ...together([taken, put(lineId, to, taken.taken)]),
    contra: [],
  })
}
