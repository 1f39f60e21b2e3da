import * as Data from 'effect/Data'
import * as Effect from 'effect/Effect'
import type { Day } from '../../kernel/day.ts'
import type { CommandMismatch } from '../../ports/errors.ts'
import type { AssignReference } from '../../registry/registry.ts'
import { assignReference, type Desk, loadReference } from '../desk.ts'
import type { ExecuteError, Outcome } from '../service.ts'
import type { Place } from './place.ts'

// How one reference is assigned: by a command that its target names, so that again is safe.

/** Since a reference was looked up, more was noted under it: whoever was to open a visit by it looks again. */
export class Overtaken extends Data.TaggedError('Overtaken')<object> {}

/** The command's id names what is noted. Used before for another command, it says that this stands, in other words. */
export const once = <E extends { readonly _tag: string }>(assigning: Effect.Effect<Outcome, E | CommandMismatch>) =>
  Effect.catchTag(assigning, 'CommandMismatch', () => Effect.succeed(undefined))

/**
 * Notes whom a claim opens a visit for under name and birth day, with its services, by which another claim at that moment
 * sees whether both are of one visit. Fails where others were noted there since it was looked up.
 */
export const noteName = (
  desk: Desk,
  value: string,
  { accountId, patientId }: Pick<Place, 'accountId' | 'patientId'>,
  of: Pick<AssignReference, 'on' | 'patientKeys' | 'services'>,
  seen: number | undefined,
): Effect.Effect<void, ExecuteError | Overtaken> => {
  const command = {
    type: 'AssignReference',
    kind: 'person',
    target: { accountId, patientId },
    expectNone: false,
    ...of,
  } as const
  return Effect.flatMap(
    once(assignReference(desk, 'person', value, command, `person:${accountId}:${patientId}`, seen)),
    (outcome) => (outcome?.ok === false ? Effect.fail(new Overtaken()) : Effect.void),
  )
}

type Whose = Pick<Place, 'accountId' | 'patientId'>

const assignPerson = (desk: Desk, value: string, whose: Whose, on: Day, keys: readonly string[], expectNone: boolean) =>
  once(
    assignReference(
      desk,
      'person',
      value,
      {
        type: 'AssignReference',
        on,
        kind: 'person',
        target: { accountId: whose.accountId, patientId: whose.patientId },
        patientKeys: [...keys],
        expectNone,
      },
      `person:${whose.accountId}:${whose.patientId}`,
    ),
  )

/** Notes a person under one of their names, beside whomever it names already. */
export const noteAs = (
  desk: Desk,
  value: string,
  whose: Whose,
  on: Day,
  keys: readonly string[],
): Effect.Effect<void, ExecuteError> => Effect.asVoid(assignPerson(desk, value, whose, on, keys, false))

/**
 * Notes a person under an id that nobody had when it was looked up. First come first kept: of one account, what another has
 * noted stays. Where it names another account by now, whoever was to open this one fails, and looks again; one that is
 * there is noted beside the other.
 */
export const noteFirst = (
  desk: Desk,
  value: string,
  whose: Whose,
  { on, keys, isThere }: { readonly on: Day; readonly keys: readonly string[]; readonly isThere: boolean },
): Effect.Effect<void, ExecuteError | Overtaken> =>
  Effect.gen(function* () {
    const outcome = yield* assignPerson(desk, value, whose, on, keys, true)
    if (outcome?.ok !== false) return
    const entries = yield* loadReference(desk, 'person', value)
    if (entries.some(({ target }) => target.accountId === whose.accountId)) return
    if (!isThere) return yield* new Overtaken()
    yield* noteAs(desk, value, whose, on, keys)
  })
