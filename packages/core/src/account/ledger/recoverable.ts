import { sumOf } from '../../kernel/cents.ts'
import { type Party, sameParty } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { WriteOffCategory } from '../../kernel/write-off-categories.ts'
import type { Adjustment } from './adjustments-state.ts'
import type { LedgerState } from './state.ts'

/**
 * Given up because nobody was going to pay: money that comes all the same restores them before it is anybody's credit
 * (law F3). What was forgiven, agreed on or protected by law stays so.
 */
const givenUp: ReadonlySet<WriteOffCategory> = new Set(['smallDebit', 'administrative', 'timeLimit'])

/** A write-off that money restores, and how much of it is left on the lines in question, cents. */
export interface Recoverable {
  readonly adjustment: Adjustment
  readonly amount: number
}

const leftOf = (adjustment: Adjustment, of: (line: LineId) => boolean): number =>
  sumOf(adjustment.parts, (part) => (of(part.lineId) ? part.amount - part.reversed : 0))

/** What a party's money would restore, on a line where named; the latest first. */
export const recoverable = (
  { adjustments }: Pick<LedgerState, 'adjustments'>,
  party: Party,
  line?: LineId,
): readonly Recoverable[] => {
  const asked = line === undefined ? [...adjustments.values()] : adjustments.by('line', line)
  return asked.toReversed().flatMap((adjustment): readonly Recoverable[] => {
    if (!givenUp.has(adjustment.category) || !sameParty(adjustment.party, party)) return []
    const amount = leftOf(adjustment, (each) => line === undefined || each === line)
    return amount > 0 ? [{ adjustment, amount }] : []
  })
}
