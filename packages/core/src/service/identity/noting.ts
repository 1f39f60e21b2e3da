import * as Data from 'effect/Data'
import * as Effect from 'effect/Effect'
import type { Day } from '../../kernel/day.ts'
import type { CommandMismatch } from '../../ports/errors.ts'
import type { AssignReference } from '../../registry/registry.ts'
import { assignReference, type Desk } from '../desk.ts'
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

/** Notes a person under one of their names. First come first kept: what another has noted of the id stays. */
export const noteAs = (
  desk: Desk,
  value: string,
  { accountId, patientId }: Pick<Place, 'accountId' | 'patientId'>,
  on: Day,
  keys: readonly string[],
  expectNone: boolean,
): Effect.Effect<void, ExecuteError> =>
  Effect.asVoid(
    once(
      assignReference(
        desk,
        'person',
        value,
        {
          type: 'AssignReference',
          on,
          kind: 'person',
          target: { accountId, patientId },
          patientKeys: [...keys],
          expectNone,
        },
        `person:${accountId}:${patientId}`,
      ),
    ),
  )
