import type { PersonId } from '../kernel/ids.ts'
import type { ContactId } from './contact-events.ts'
import type { GroupContactBegun, GroupEvent } from './group-events.ts'

/** Several persons of the book who are one human being. */
export interface GroupState {
  readonly members: ReadonlySet<PersonId>
  /** What was begun while they were one, in order. */
  readonly begun: readonly GroupContactBegun[]
  /** Its events so far: tells two states of one group apart. */
  readonly events: number
}

export const newGroup: GroupState = { members: new Set(), begun: [], events: 0 }

/** What was begun for a person under an id. */
export const begunFor = ({ begun }: GroupState, person: PersonId, contact: ContactId): GroupContactBegun | undefined =>
  begun.find(({ personId, contactId }) => personId === person && contactId === contact)

/** Folds events onto a state; the given state stays as it is. */
export const foldGroup = (state: GroupState, events: readonly GroupEvent[]): GroupState => {
  if (events.length === 0) return state
  const members = new Set(state.members)
  const begun = [...state.begun]
  for (const event of events) {
    if (event.type === 'GroupMemberAdmitted') members.add(event.personId)
    else if (event.type === 'GroupMemberReleased') members.delete(event.personId)
    else begun.push(event)
  }
  return { members, begun, events: state.events + events.length }
}
