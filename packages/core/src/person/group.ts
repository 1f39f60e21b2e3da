import type { Aggregate } from '../kernel/aggregate.ts'
import { accept, type Decision, precondition, reject } from '../kernel/decision.ts'
import type { PersonContext } from './context.ts'
import { decideContact } from './decide-contact.ts'
import { type GroupCommand, groupCommand } from './group-commands.ts'
import { type GroupEvent, groupCodec } from './group-events.ts'
import { begunFor, foldGroup, type GroupState, newGroup } from './group-state.ts'
import type { PersonState } from './state.ts'

// One human being who is in the book as several persons (decision 0028). Files stay apart; what is asked for any of them is
// decided here, on one stream, with all files read: of two who ask at once, about two accounts, one sees the other.

/** What a group decides with: all files, as they were read when the group had so many events. */
export interface GroupContext extends PersonContext {
  readonly read?: { readonly events: number; readonly file: PersonState; readonly readAt: string } | undefined
}

/** Somebody else was let before: the files must be read again. */
export const MOVED = 'group.moved'

const begin = (
  state: GroupState,
  { person, begin: command }: Extract<GroupCommand, { type: 'BeginGroupContact' }>,
  context: GroupContext,
): Decision<GroupEvent> => {
  const { read } = context
  if (!read || read.events !== state.events) return reject([precondition(MOVED, 'it was decided on since')])
  if (command.contact !== undefined && begunFor(state, person, command.contact)) {
    return reject([precondition('contact.known', `contact ${command.contact} was used before`)])
  }
  const decision = decideContact.BeginContact(read.file, command, context)
  if (!decision.ok) return decision
  return {
    ...decision,
    inputs: { files: read.readAt },
    events: decision.events.flatMap((event) =>
      event.type === 'ContactBegun' ? [{ ...event, type: 'GroupContactBegun' as const, personId: person }] : [],
    ),
  }
}

const decide = (state: GroupState, command: GroupCommand, context: GroupContext): Decision<GroupEvent> => {
  switch (command.type) {
    case 'AdmitMembers':
      return accept(
        command.persons
          .filter((personId) => !state.members.has(personId))
          .map((personId) => ({ type: 'GroupMemberAdmitted', effectiveDate: command.on, personId })),
      )
    case 'ReleaseMember': {
      const { on, person: personId, reason } = command
      if (!state.members.has(personId)) return accept([])
      return accept([{ type: 'GroupMemberReleased', effectiveDate: on, personId, reason }])
    }
    case 'BeginGroupContact':
      return begin(state, command, context)
  }
}

export const group: Aggregate<GroupState, GroupCommand, GroupEvent, GroupContext> = {
  name: 'group',
  codec: groupCodec,
  commandSchema: groupCommand,
  initial: newGroup,
  fold: foldGroup,
  decide,
}
