import { addDays, type Day } from '../../kernel/day.ts'
import { accept, type Decide, precondition, type RuleHit, rejectIfAny } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { WorkCommand } from './commands.ts'
import { type Piece, pieceKey } from './state.ts'

const commonHits = (
  state: AccountState,
  { on, queue, subject }: Piece & { readonly on: Day },
  context: Context,
): readonly RuleHit[] => [
  ...datingHits(state, on, context),
  ...(on > context.today ? [precondition('work.ahead', `${on} has not come yet`)] : []),
  ...(subject !== undefined && queue === undefined
    ? [precondition('work.noQueue', 'a subject stands in a queue: name it')]
    : []),
]

export const decide: Decide<AccountState, WorkCommand, AccountEvent, Context> = {
  AssignWork: (state, { on, queue, subject, to }, context) => {
    const has = state.work.assigned.get(pieceKey({ queue, subject }))?.to
    return (
      rejectIfAny([
        ...commonHits(state, { on, queue, subject }, context),
        ...(has === to ? [precondition('work.theirs', `${to} has it already`)] : []),
      ]) ?? accept<AccountEvent>([{ type: 'WorkItemAssigned', effectiveDate: on, queue, subject, to }])
    )
  },
  UnassignWork: (state, { on, queue, subject }, context) =>
    rejectIfAny([
      ...commonHits(state, { on, queue, subject }, context),
      ...(state.work.assigned.has(pieceKey({ queue, subject }))
        ? []
        : [precondition('work.nobodys', 'nobody in particular has it')]),
    ]) ?? accept<AccountEvent>([{ type: 'WorkItemUnassigned', effectiveDate: on, queue, subject }]),
  SnoozeWork: (state, { on, queue, subject, until, reason }, context) => {
    const { snoozeDays } = context.policy.policy.work
    const last = addDays(on, snoozeDays)
    return (
      rejectIfAny([
        ...commonHits(state, { on, queue, subject }, context),
        ...(until <= on ? [precondition('work.snoozedBack', `${until} is no later day than ${on}`)] : []),
        ...(until > last
          ? [precondition('work.snoozedTooFar', `policy puts work off for ${snoozeDays} days at most, until ${last}`)]
          : []),
      ]) ?? accept<AccountEvent>([{ type: 'WorkItemSnoozed', effectiveDate: on, queue, subject, until, reason }])
    )
  },
}
