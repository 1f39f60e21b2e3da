import * as Effect from 'effect/Effect'
import type { GroupId, PersonId } from '../kernel/ids.ts'
import { groupStream, personStream } from '../kernel/streams.ts'
import { group } from '../person/group.ts'
import type { GroupState } from '../person/group-state.ts'
import type { Others } from '../person/others.ts'
import { person } from '../person/person.ts'
import type { PersonState } from '../person/state.ts'
import type { ReadError, UnreadableEvent } from '../ports/errors.ts'
import type { Desk } from './desk.ts'
import { load } from './load.ts'
import type { Loaded } from './state-cache.ts'

// The files of one human being. A person is one of a group where both say so: the group's stream and their own.

type Reading<A> = Effect.Effect<A, ReadError | UnreadableEvent>

const loadFile = (desk: Desk, id: string): Reading<Loaded<PersonState>> => load(desk.service, person, personStream(id))

export const loadPerson = (desk: Desk, personId: string): Reading<PersonState> =>
  Effect.map(loadFile(desk, personId), ({ state }) => state)

export const loadGroup = (desk: Desk, id: GroupId): Reading<GroupState> =>
  Effect.map(load(desk.service, group, groupStream(id)), ({ state }) => state)

/** A person's file, and the same human being's others. */
export interface Files {
  readonly file: PersonState
  readonly others?: Others
  /** What was read, by stream and version, for the record. */
  readonly readAt: string
}

/** The file of a person, with what the others of a group say, as the group stands. */
export const filesIn = (desk: Desk, id: PersonId, groupId: GroupId, { members, begun }: GroupState): Reading<Files> =>
  Effect.gen(function* () {
    const own = yield* loadFile(desk, id)
    const readAt = [`${personStream(id)}@${own.token.version}`]
    const files: PersonState[] = []
    for (const other of members.has(id) ? members : []) {
      if (other === id) continue
      const { state, token } = yield* loadFile(desk, other)
      if (state.group?.groupId !== groupId) continue
      files.push(state)
      readAt.push(`${personStream(other)}@${token.version}`)
    }
    return { file: own.state, others: { files, begun }, readAt: readAt.join(' ') }
  })

/** The same, whether they are of a group or not. */
export const filesOf = (desk: Desk, id: PersonId): Reading<Files> =>
  Effect.gen(function* () {
    const { state, token } = yield* loadFile(desk, id)
    if (!state.group) return { file: state, readAt: `${personStream(id)}@${token.version}` }
    const { groupId } = state.group
    return yield* filesIn(desk, id, groupId, yield* loadGroup(desk, groupId))
  })
