import * as Effect from 'effect/Effect'
import { precondition, reject } from '../kernel/decision.ts'
import type { GroupId, PersonId } from '../kernel/ids.ts'
import { groupStream, personStream } from '../kernel/streams.ts'
import type { PersonCommand } from '../person/commands.ts'
import type { ContactId } from '../person/contact-events.ts'
import type { PersonContext } from '../person/context.ts'
import { type GroupContext, group, MOVED } from '../person/group.ts'
import type { GroupCommand } from '../person/group-commands.ts'
import { begunFor } from '../person/group-state.ts'
import type { Others } from '../person/others.ts'
import { person } from '../person/person.ts'
import type { PersonState } from '../person/state.ts'
import { type Desk, uuidOf } from './desk.ts'
import { issue } from './execute.ts'
import { filesIn, loadGroup, loadPerson } from './person-files.ts'
import type { ContextOf, ExecuteError, Issued, Outcome } from './service.ts'

// Persons who are one human being (decision 0028): said on both files and on the group's stream, and decided there.

/** One command on a person, on its way: with whatever its decision is given. */
export interface Asked<C extends PersonCommand = PersonCommand> {
  readonly person: PersonId
  readonly command: C
  /** The command before its defaults. */
  readonly given: unknown
  readonly issued: Issued
  readonly contextOf: ContextOf<PersonContext>
}
type Of<Type extends PersonCommand['type']> = Asked<Extract<PersonCommand, { type: Type }>>

const isMoved = (outcome: Outcome): boolean => !outcome.ok && outcome.hits.some(({ rule }) => rule === MOVED)

const moved = [precondition(MOVED, 'the person is one with others')] as const

/** A person who is decided on alone: whoever finds that they are one with others is told so, and nothing is written. */
const personAlone: typeof person = {
  ...person,
  decide: (state, command, context) =>
    state.group !== undefined && context.others === undefined ? reject(moved) : person.decide(state, command, context),
}

const with_ =
  (contextOf: ContextOf<PersonContext>, more: Partial<PersonContext>): ContextOf<PersonContext> =>
  (at) => ({
    ...contextOf(at),
    ...more,
  })

const onFile = (
  desk: Desk,
  { person: id, command, given, issued, contextOf }: Asked,
  more: Partial<PersonContext> = {},
): Effect.Effect<Outcome, ExecuteError> =>
  issue(desk.service, personAlone, with_(contextOf, more), personStream(id), command, issued, { given })

const onGroup = (
  desk: Desk,
  id: GroupId,
  command: GroupCommand,
  { contextOf, issued, given }: Pick<Asked, 'contextOf' | 'issued'> & { readonly given?: unknown },
  more: Partial<GroupContext> = {},
): Effect.Effect<Outcome, ExecuteError> =>
  issue(
    desk.service,
    group,
    (at) => ({ ...contextOf(at), ...more }),
    groupStream(id),
    command,
    issued,
    given === undefined ? {} : { given },
  )

/** Decided without the others: nothing of them matters to it. */
const nobodyElse: Others = { files: [], begun: [] }

/** What a decision of a command on a person is given now. */
const contextNow = ({ person: id, issued, contextOf }: Asked, { service: { world } }: Desk): PersonContext => {
  const now = world.now()
  const { commandId, actor } = issued
  return contextOf({ commandId, stream: personStream(id), now, today: world.dayOf(now), actor })
}

/** Whether a file would refuse a command now: then nobody else is told of it. */
const isRefused = (desk: Desk, asked: Asked, file: PersonState, more: Partial<PersonContext>): boolean =>
  !person.decide(file, asked.command, { ...contextNow(asked, desk), ...more }).ok

/** A conflict is decided again on what the other left; more than this many in a row is given back. */
const ATTEMPTS = 32

const knownGroup = ({ service }: Desk, id: PersonId): GroupId | undefined =>
  (service.cache.get(personStream(id))?.state as PersonState | undefined)?.group?.groupId

/** Decides by all files where the person is one with others, and again where that has changed meanwhile. */
const byAllFiles = (
  desk: Desk,
  id: PersonId,
  alone: Effect.Effect<Outcome, ExecuteError>,
  inGroup: (groupId: GroupId) => Effect.Effect<Outcome, ExecuteError>,
): Effect.Effect<Outcome, ExecuteError> =>
  Effect.gen(function* () {
    // Who is one with others stays it, nearly always: what this process knows of them is a first guess that costs nothing.
    let groupId = knownGroup(desk, id)
    for (let attempt = 1; ; attempt++) {
      const outcome = yield* groupId === undefined ? alone : inGroup(groupId)
      if (!isMoved(outcome) || attempt >= ATTEMPTS) return outcome
      groupId = (yield* loadPerson(desk, id)).group?.groupId
    }
  })

/** What happened is judged by all files, and stands on the person's own. */
export const reportedOnPerson = (desk: Desk, asked: Asked): Effect.Effect<Outcome, ExecuteError> =>
  byAllFiles(desk, asked.person, onFile(desk, asked), (groupId) =>
    Effect.gen(function* () {
      const { others } = yield* filesIn(desk, asked.person, groupId, yield* loadGroup(desk, groupId))
      return yield* onFile(desk, asked, others ? { others } : {})
    }),
  )

/** The id that the contact has, whichever stream lets it begin. */
const contactOf = (asked: Of<'BeginContact'>, desk: Desk): ContactId =>
  asked.command.contact ?? (contextNow(asked, desk).newId('contact') as ContactId)

/** On the group's stream, with all files read as they stood when the group did; then it stands on the person's own too. */
const beginInGroup = (desk: Desk, groupId: GroupId, asked: Of<'BeginContact'>): Effect.Effect<Outcome, ExecuteError> =>
  Effect.gen(function* () {
    const { person: id, command, issued } = asked
    // What their own file has taken before is answered by it.
    if (yield* desk.service.store.findCommand(personStream(id), issued.commandId)) {
      return yield* onFile(desk, asked, { others: nobodyElse })
    }
    const state = yield* loadGroup(desk, groupId)
    const { file, others, readAt } = yield* filesIn(desk, id, groupId, state)
    if (file.group?.groupId !== groupId) return reject(moved)
    const contact = contactOf(asked, desk)
    const read = { events: state.events, file, readAt }
    const begin = { type: 'BeginGroupContact', person: id, begin: { ...command, contact } } as const
    const outcome = yield* onGroup(desk, groupId, begin, asked, { ...(others ? { others } : {}), read })
    if (!outcome.ok) return outcome
    const begun = begunFor(yield* loadGroup(desk, groupId), id, contact)
    if (!begun) return outcome
    const { warnings } = outcome
    return yield* onFile(desk, asked, { others: nobodyElse, begun: { event: begun, warnings } })
  })

/** Asks to reach a person: of two who ask at once, about whichever of their files, one sees the other. */
export const beginOnPerson = (desk: Desk, asked: Of<'BeginContact'>): Effect.Effect<Outcome, ExecuteError> =>
  byAllFiles(desk, asked.person, onFile(desk, asked), (groupId) => beginInGroup(desk, groupId, asked))

/** One name for two persons, whoever says first that they are one: two who say it at once mean one group. */
const groupOf = ({ service }: Desk, one: PersonId, two: PersonId): GroupId =>
  uuidOf(service.world.keyedHash('group', [one, two].toSorted().join('|'))) as GroupId

const derived = ({ issued, contextOf }: Asked, part: string): Pick<Asked, 'issued' | 'contextOf'> => ({
  contextOf,
  issued: { ...issued, commandId: `${issued.commandId}:${part}` },
})

/** Says of two persons whether they are one: on the other's file, then on this one, then the group has both. */
export const judgeOnPerson = (desk: Desk, asked: Of<'JudgeLikePerson'>): Effect.Effect<Outcome, ExecuteError> =>
  Effect.gen(function* () {
    const { person: id, command } = asked
    const { other, same } = command
    const mine = yield* loadPerson(desk, id)
    const theirs = yield* loadPerson(desk, other)
    if (!theirs.person) return reject([precondition('person.unknown', `there is no person ${other} in this book`)])
    const groupId = mine.group?.groupId ?? theirs.group?.groupId ?? groupOf(desk, id, other)
    const isTogether = mine.group !== undefined && mine.group.groupId === theirs.group?.groupId
    const others = { files: isTogether ? [theirs] : [], begun: [] }
    const back = { ...command, other: id }
    const told = { ...asked, ...derived(asked, 'other'), person: other, command: back, given: back }
    const more = { ...(same ? { group: groupId } : {}), others }
    if (isRefused(desk, asked, mine, more)) return yield* onFile(desk, asked, more)
    const refused = yield* onFile(desk, told, { ...more, others: { files: isTogether ? [mine] : [], begun: [] } })
    if (!refused.ok) return refused
    const outcome = yield* onFile(desk, asked, more)
    if (outcome.ok && same) {
      const admit: GroupCommand = { type: 'AdmitMembers', on: command.on, persons: [id, other] }
      yield* onGroup(desk, groupId, admit, derived(asked, 'group'))
    }
    return outcome
  })

/** Takes a person out of the group: it lets them go, then their file says so. */
export const leaveOnPerson = (desk: Desk, asked: Of<'LeaveGroup'>): Effect.Effect<Outcome, ExecuteError> =>
  Effect.gen(function* () {
    const { person: id, command } = asked
    const { on, reason } = command
    const mine = yield* loadPerson(desk, id)
    const more = { others: nobodyElse }
    if (mine.group && !isRefused(desk, asked, mine, more)) {
      const release = { type: 'ReleaseMember', on, person: id, reason } as const
      yield* onGroup(desk, mine.group.groupId, release, derived(asked, 'group'))
    }
    return yield* onFile(desk, asked, more)
  })
