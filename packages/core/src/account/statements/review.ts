import type { StatementContent } from '../../documents/statement/content.ts'
import type { Day } from '../../kernel/day.ts'
import type { Earliest } from '../../kernel/decision.ts'
import { type Context, type GateResult, latestAt } from '../context.ts'
import type { AccountState } from '../rooms.ts'
import { draftStatement } from './issue.ts'

export interface StatementReview extends Pick<GateResult, 'hits' | 'warnings' | 'passed'> {
  readonly pass: boolean
  /** What would be printed today. */
  readonly content: StatementContent
  /** From when on all that stands against it would let it pass, where each reason names a day. */
  readonly earliest?: Earliest
  /** The day of the next step, where one is to come. */
  readonly dueOn?: Day
}

/** What the next statement or letter would be, with every reason against it. Decides nothing. */
export const reviewStatement = (state: AccountState, context: Context): StatementReview => {
  const { content, next, hits, warnings, passed } = draftStatement(state, context, context.today)
  const earliest = latestAt(hits, context)
  return {
    pass: hits.length === 0,
    hits,
    warnings,
    passed,
    content,
    ...(earliest === undefined ? {} : { earliest }),
    ...(next.dueOn === undefined ? {} : { dueOn: next.dueOn }),
  }
}
