import { accept, type Decision, type Of, precondition, type RuleHit, rejectIfAny } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { PlacementCommand } from './commands.ts'
import type { AgencyNoticeId } from './events.ts'

type Tell = Of<PlacementCommand, 'TellAgency'>

const noticeHits = (
  { placement: { toTell, told } }: AccountState,
  { on }: Tell,
  id: AgencyNoticeId,
): readonly RuleHit[] => {
  const notice = toTell.get(id)
  if (notice) {
    return on < notice.effectiveDate
      ? [precondition('placement.beforeNotice', `notice ${id} came up on ${notice.effectiveDate}, not before`)]
      : []
  }
  const since = told.get(id)
  return since
    ? [precondition('placement.told', `the agency was told on ${since}`)]
    : [precondition('placement.noticeUnknown', `there is no notice ${id} on this account`)]
}

/** An agency was told what changed (reference §9.4, §9.5): what it has to be told is off the list. */
export const tellAgency = (state: AccountState, command: Tell, context: Context): Decision<AccountEvent> => {
  const notices = [...new Set(command.notices ?? state.placement.toTell.keys())]
  const refused = rejectIfAny([
    ...datingHits(state, command.on, context),
    ...notices.flatMap((id) => noticeHits(state, command, id)),
    ...(notices.length > 0 ? [] : [precondition('placement.nothingToTell', 'no agency has to be told anything')]),
  ])
  if (refused) return refused
  const { on: effectiveDate, how, reference } = command
  return accept<AccountEvent>([
    {
      type: 'AgencyTold',
      effectiveDate,
      notices,
      how,
      ...(reference === undefined ? {} : { reference }),
    },
  ])
}
