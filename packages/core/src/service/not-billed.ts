import { review } from '../account/account.ts'
import type { Given } from '../account/context.ts'
import { openLines, owedOn } from '../account/ledger/balances.ts'
import type { AccountState } from '../account/rooms.ts'
import type { Day } from '../kernel/day.ts'
import type { RuleHit } from '../kernel/decision.ts'
import { PATIENT } from '../kernel/effects.ts'

/**
 * Why nothing of what the patient owes on an account may be asked for on a day (a dispute freezes it): whoever wants to
 * reach somebody to collect is told so too. Empty where one line may be asked for, or none is owed.
 */
export const notBilled = (state: AccountState, given: Given, on: Day): readonly RuleHit[] => {
  const owed = openLines(state.ledger).filter(({ lineId }) => owedOn(state.ledger, lineId, PATIENT) > 0)
  const against = owed.map(({ lineId }) => review('billLines', state, given, { lines: [lineId], on }).hits)
  if (against.some((hits) => hits.length === 0)) return []
  return [...new Map(against.flat().map((hit) => [hit.rule, hit])).values()]
}
