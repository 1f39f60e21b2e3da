import type { Day } from '../kernel/day.ts'
import { precondition, type RuleHit } from '../kernel/decision.ts'
import type { LineId } from '../kernel/ids.ts'
import { aheadHits } from '../policy/dated-ahead.ts'
import type { Context } from './context.ts'
import type { AccountState } from './rooms.ts'

// What every command of every facet must meet before its facet looks at it.

/** True where a day lies before the books of a converted account begin: nothing can be said of it. */
export const beforeTheBooks = (state: AccountState, on: Day): boolean =>
  state.ledger.booksBegin !== undefined && on < state.ledger.booksBegin

/** Preconditions of every command that dates a fact: the account is open, the day is in the books and not too far ahead. */
export const datingHits = (state: AccountState, on: Day, context: Context): readonly RuleHit[] => {
  const hits: RuleHit[] = []
  if (!state.registration.account) {
    hits.push(precondition('registration.notOpen', 'this account has not been opened', 'open the account first'))
  }
  hits.push(...aheadHits(on, context))
  if (beforeTheBooks(state, on)) {
    hits.push(
      precondition(
        'ledger.beforeTheBooks',
        `${on} is before the books of this account begin, ${state.ledger.booksBegin}`,
        'bring the balance forward instead',
      ),
    )
  }
  return hits
}

/** A command names each line once: twice would move its money twice. One hit for each line that is named again. */
export const twiceHits = (named: Iterable<LineId>): readonly RuleHit[] => {
  const seen = new Set<LineId>()
  const twice = new Set<LineId>()
  for (const line of named) {
    if (seen.has(line)) twice.add(line)
    seen.add(line)
  }
  return [...twice].map((line) => precondition('ledger.lineTwice', `line ${line} is named twice`))
}
