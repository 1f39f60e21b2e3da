import { type AccountEvent, accountCodec } from '@daybook/core/account'
import type { Instant } from '@daybook/core/kernel'
import { type EventStoreShape, limits, NO_STREAM, type StoredEvent } from '@daybook/core/ports'
import { seal } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { deskOn } from './desk.ts'

const AN_APPEND = 40

/**
 * Writes an account's events to each of these streams, sealed as a command's are: forty to every stream, then the next
 * forty. What all streams get in one turn is written at once, so that a long log waits for few commits.
 */
export const writeLog = (store: EventStoreShape, events: readonly AccountEvent[], streams: readonly string[]) =>
  Effect.gen(function* () {
    const { world } = deskOn(store).service
    const tokens = new Map<string, { version: number; headHash: string }>()
    const append = (stream: string, at: number) => {
      const token = tokens.get(stream) ?? NO_STREAM
      const drafts = events.slice(at, at + AN_APPEND)
      const commandId = `c${at}`
      const meta = { commandId }
      const envelopes = drafts.map(() => ({ id: world.uuid(), salt: world.salt(), meta }))
      const recordedAt = '2026-11-21T12:00:00.000Z' as Instant
      const place = { stream, token, origin: store.origin, recordedAt, actor: 'bench', sha256: world.sha256 }
      const sealed = seal(accountCodec, drafts, envelopes, place)
      return Effect.map(
        store.append({ stream, expected: token, commandId, fingerprint: commandId, events: sealed }),
        ({ lastVersion, headHash }) => tokens.set(stream, { version: lastVersion, headHash }),
      )
    }
    for (let at = 0; at < events.length; at += AN_APPEND) {
      yield* Effect.forEach(streams, (stream) => append(stream, at), { concurrency: 'unbounded', discard: true })
    }
  })

/** The whole log. */
export const readLog = (store: EventStoreShape) =>
  Effect.gen(function* () {
    const events: StoredEvent[] = []
    for (;;) {
      const page = yield* store.readAll({ after: events.length, limit: limits.page })
      events.push(...page)
      if (page.length < limits.page) return events
    }
  })
