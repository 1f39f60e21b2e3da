import type { MigrationProgress } from '@daybook/core/ports'
import { type Desk, type ExecuteError, migrate, migrations } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import * as Semaphore from 'effect/Semaphore'
import { type KeyFault, orFault } from './errors.ts'
import type { BookSecret } from './secret.ts'

/** What comes before the first that an opening writes (decision 0023). */
export interface Migrating {
  /** Makes what an older book lacks. Without the key nothing: it waits for who has it. */
  readonly beforeWriting: Effect.Effect<void, ExecuteError>
  /** The same for what recognises patients and numbers. @throws KeyFault without the key. */
  readonly beforeRecognising: Effect.Effect<void, ExecuteError | KeyFault>
}

/** Calls that come meanwhile wait for its end. One that was given up, or failed, leaves the rest to the next call. */
export const migratingOf = (
  desk: Desk,
  secret: BookSecret,
  onProgress: ((progress: MigrationProgress) => void) | undefined,
): Migrating => {
  const turn = Semaphore.makeUnsafe(1)
  const asSystem: Desk = { ...desk, actor: { ...desk.actor, roles: ['system'] } }
  let isDone = false
  const once = Effect.suspend(() =>
    isDone
      ? Effect.void
      : Effect.map(migrate(asSystem, migrations, onProgress), () => {
          isDone = true
        }),
  )
  const beforeWriting = Effect.suspend(() => (isDone || !secret.isThere ? Effect.void : turn.withPermit(once)))
  return { beforeWriting, beforeRecognising: Effect.andThen(orFault(Effect.sync(secret.bytes)), beforeWriting) }
}
