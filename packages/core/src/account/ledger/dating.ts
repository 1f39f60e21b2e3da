import { addDays, type Day } from '../../kernel/day.ts'
import { precondition, type RuleHit } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import type { AccountState } from '../state.ts'

/** True where a day lies before the books of a converted account begin: nothing can be said of it. */
export const beforeTheBooks = (state: AccountState, on: Day): boolean =>
  state.ledger.booksBegin !== undefined && on < state.ledger.booksBegin

/** A fact may be dated ahead by policy's days and no more: beyond, it is a slip, and no report would show the money. */
export const aheadHits = (on: Day, context: Pick<Context, 'today' | 'policy'>): readonly RuleHit[] => {
  const { futureDays } = context.policy.policy.posting
  if (on <= addDays(context.today, futureDays)) return []
  return [
    {
      rule: 'ledger.tooFarAhead',
      reason: `${on} is more than ${futureDays} days ahead of today, ${context.today}`,
      citation: 'policy posting.futureDays',
      jurisdiction: 'policy',
      earliest: addDays(on, -futureDays),
    },
  ]
}

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
