import { accept, type Decision, precondition, reject, rejectIfAny } from '../../../kernel/decision.ts'
import type { Context } from '../../context.ts'
import { datingHits } from '../../preconditions.ts'
import type { AccountEvent, AccountState } from '../../rooms.ts'
import type { ResolveWorkItem } from '../commands.ts'

/** A person closes a work item, saying what became of it. */
export const resolveWorkItem = (
  state: AccountState,
  command: ResolveWorkItem,
  context: Context,
): Decision<AccountEvent> => {
  const item = state.claims.workItems.get(command.workItem)
  if (!item)
    return reject([precondition('claims.workItemUnknown', `no open work item ${command.workItem} on this account`)])
  const rejection = rejectIfAny(datingHits(state, command.on, context))
  if (rejection) return rejection
  return accept<AccountEvent>([
    {
      type: 'ClaimWorkItemResolved',
      effectiveDate: command.on,
      visitId: item.visitId,
      workItemId: item.workItemId,
      reason: command.reason,
    },
  ])
}
