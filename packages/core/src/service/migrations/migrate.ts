import * as Effect from 'effect/Effect'
import { migrationAggregate, migrationStream } from '../../migration/migration.ts'
import { POLICY_STREAM } from '../../policy/practice-policy.ts'
import type { ReadError, UnreadableEvent } from '../../ports/errors.ts'
import type { MigrationProgress } from '../../ports/migration.ts'
import type { Desk } from '../desk.ts'
import { issue } from '../execute.ts'
import { load } from '../load.ts'
import type { ExecuteError } from '../service.ts'

/** How far something that takes long is: positions of the log. */
export type Tell = (done: number, of: number) => void

/**
 * What an older book lacks and this Daybook makes from its log (decision 0023). `run` may be killed between any two
 * appends and is then run again, from the beginning: what it finds made it leaves.
 */
export interface Migration {
  /** For good: what it makes otherwise one day is another migration, of another name. No space in it. */
  readonly name: string
  /** What it makes, to be read on: `references to people and numbers`. */
  readonly what: string
  /** Gives how many it made. */
  readonly run: (desk: Desk, tell: Tell) => Effect.Effect<number, ExecuteError>
}

const CAUSE = 'madeWith'

/** Recorded as a cause with the first event of a new book, which needs none of them. */
export const madeWith = (migrations: readonly Migration[]): Readonly<Record<string, string>> => ({
  [CAUSE]: migrations.map(({ name }) => name).join(' '),
})

const namedIn = (meta: string): readonly string[] => {
  const { cause } = JSON.parse(meta) as { readonly cause?: Readonly<Record<string, string>> }
  return cause?.[CAUSE]?.split(' ') ?? []
}

/** Those that the book was made with, or that it has behind it, apart. Reads, and needs no key. */
const pendingOf = (
  { service }: Desk,
  migrations: readonly Migration[],
): Effect.Effect<readonly Migration[], ReadError | UnreadableEvent> =>
  Effect.gen(function* () {
    const [first] = yield* service.store.readStream(POLICY_STREAM, { after: -1, limit: 1 })
    const needless = new Set(first ? namedIn(first.meta) : [])
    const pending: Migration[] = []
    for (const migration of migrations) {
      if (needless.has(migration.name)) continue
      const { state } = yield* load(service, migrationAggregate, migrationStream(migration.name))
      if (!state) pending.push(migration)
    }
    return pending
  })

/** Runs what is pending, one after the other in the order of the list, and records the end of each in the book. */
export const migrate = (
  desk: Desk,
  migrations: readonly Migration[],
  onProgress: (progress: MigrationProgress) => void = () => undefined,
): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const { service, actor } = desk
    for (const { name, what, run } of yield* pendingOf(desk, migrations)) {
      const { position: upTo } = yield* service.store.head
      const made = yield* run(desk, (done, of) => onProgress({ name, what, done, of }))
      const on = service.world.dayOf(service.world.now())
      const command = { type: 'RecordMigration', on, migration: name, made, upTo } as const
      const issued = { commandId: `migration:${name}`, actor }
      yield* Effect.catchTag(
        issue(service, migrationAggregate, () => undefined, migrationStream(name), command, issued),
        // Another process has recorded it, on another day or after another count.
        'CommandMismatch',
        () => Effect.void,
      )
      onProgress({ name, what, done: upTo, of: upTo, made })
    }
  })
