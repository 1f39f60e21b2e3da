import { type AccessEvent, accessCodec, accessStream } from '@daybook/core/access'
import type { Instant } from '@daybook/core/kernel'
import { type EventStoreShape, NO_STREAM, type SealedEvent, type Token } from '@daybook/core/ports'
import { seal, type World } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { Scope } from 'effect/Scope'
import * as Semaphore from 'effect/Semaphore'
import { isNothingYet } from '../book/addresses.ts'
import { type Opening, openEvents } from '../book/stores.ts'
import type { Address } from '../book/url.ts'
import { AccessUnrecorded } from './errors.ts'

/** What was asked by one call, and by whom. */
export interface Look {
  readonly actor: string
  readonly records: readonly AccessEvent[]
}

/** The log of what was looked at in a book, beside it. */
export interface AccessLog {
  /** Where it is; undefined where the book is only read and nobody has named one. */
  readonly address: Address | undefined
  /** Writes a look down, durably. Nothing is shown before it stands. */
  readonly record: (look: Look) => Effect.Effect<void, AccessUnrecorded>
  /** The log to be read; undefined where nobody has looked at anything yet. Nothing is made by asking. */
  readonly reading: Effect.Effect<EventStoreShape | undefined, AccessUnrecorded, Scope>
}

/** Looks of one commit: those that came while the last one was written. */
const LOOKS_AT_ONCE = 200

interface Waiting extends Look {
  outcome?: Effect.Effect<void, AccessUnrecorded>
}

const unrecorded = (cause: unknown): AccessUnrecorded => {
  const why = cause instanceof Error ? cause.message : String(cause)
  const message = `nothing is shown: what was asked can not be written into the access log: ${why}`
  return new AccessUnrecorded({ message, cause })
}

const nowhere = (): AccessUnrecorded =>
  new AccessUnrecorded({
    message:
      'nothing is shown: the book is opened for reading only, and what is asked of a person must be written down: name where (--access-log URL, option accessLog)',
  })

/** Where a stream of looks has got to. */
interface Chain {
  readonly stream: string
  readonly token: Token
  readonly recordedAt: Instant | ''
}

/**
 * One stream an opening: nobody else writes to it, so that processes do not wait for each other. After a failure the next
 * look begins another one, since nobody knows whether the last was written.
 */
const writerTo = (opened: Effect.Effect<EventStoreShape, AccessUnrecorded>, world: World) => {
  const begun = (): Chain => ({ stream: accessStream(world.uuid()), token: NO_STREAM, recordedAt: '' })
  let chain = begun()
  const written = (looks: readonly Look[]): Effect.Effect<void, AccessUnrecorded> =>
    Effect.gen(function* () {
      const store = yield* opened
      const { stream, token: expected } = chain
      const now = world.now()
      const recordedAt = chain.recordedAt > now ? (chain.recordedAt as Instant) : now
      const commandId = world.uuid()
      const meta = { commandId }
      const events: SealedEvent[] = []
      let token = expected
      for (const { actor, records } of looks) {
        const place = { stream, token, origin: store.origin, recordedAt, actor, sha256: world.sha256 }
        const envelopes = records.map(() => ({ id: world.uuid(), salt: world.salt(), meta }))
        const sealed = seal(accessCodec, records, envelopes, place)
        events.push(...sealed)
        token = { version: token.version + sealed.length, headHash: sealed.at(-1)?.leaf ?? token.headHash }
      }
      const fingerprint = world.sha256(events.map(({ leaf }) => leaf).join('\n'))
      yield* Effect.mapError(store.append({ stream, expected, commandId, fingerprint, events }), unrecorded)
      chain = { stream, token, recordedAt }
    }).pipe(
      Effect.catchDefect((defect) => Effect.fail(unrecorded(defect))),
      Effect.tapError(() =>
        Effect.sync(() => {
          chain = begun()
        }),
      ),
    )
  const turn = Semaphore.makeUnsafe(1)
  const waiting: Waiting[] = []
  const next: Effect.Effect<void> = Effect.suspend(() => {
    const batch = waiting.splice(0, LOOKS_AT_ONCE)
    return Effect.match(written(batch), {
      onSuccess: () => {
        for (const each of batch) each.outcome = Effect.void
      },
      onFailure: (error) => {
        for (const each of batch) each.outcome = Effect.fail(error)
      },
    })
  })
  return (look: Look): Effect.Effect<void, AccessUnrecorded> =>
    Effect.suspend(() => {
      const mine: Waiting = { ...look }
      waiting.push(mine)
      const until: Effect.Effect<void, AccessUnrecorded> = Effect.suspend(
        () => mine.outcome ?? Effect.andThen(Effect.uninterruptible(next), until),
      )
      return turn.withPermit(until)
    })
}

/** The access log at an address: opened, and made where there is none, with the first look. */
export const accessLogAt = (
  address: Address | undefined,
  world: World,
  opening: Opening,
): Effect.Effect<AccessLog, never, Scope> =>
  Effect.map(Scope, (scope) => {
    if (address === undefined) {
      return { address, record: () => Effect.fail(nowhere()), reading: Effect.succeed(undefined) }
    }
    let store: EventStoreShape | undefined
    const opened: Effect.Effect<EventStoreShape, AccessUnrecorded> = Effect.suspend(() =>
      store
        ? Effect.succeed(store)
        : openEvents(address, opening).pipe(
            Effect.provideService(Scope, scope),
            Effect.mapError(unrecorded),
            Effect.tap((found) =>
              Effect.sync(() => {
                store = found
              }),
            ),
          ),
    )
    const asItIs = address.kind === 'sqlite' ? { ...address, readOnly: true } : address
    const reading = Effect.suspend(() => {
      if (store) return Effect.succeed(store)
      if (address.kind === 'memory') return Effect.succeed(undefined)
      return Effect.flatMap(isNothingYet(address), (isNone) =>
        isNone ? Effect.succeed(undefined) : openEvents(asItIs, opening),
      ).pipe(
        Effect.mapError(
          (cause) => new AccessUnrecorded({ message: `the access log can not be read: ${cause.message}`, cause }),
        ),
      )
    })
    return { address, record: writerTo(opened, world), reading }
  })
