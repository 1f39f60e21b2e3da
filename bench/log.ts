import { type AccountEvent, accountCodec } from '@daybook/core/account'
import type { Instant } from '@daybook/core/kernel'
import { type EventStoreShape, limits, NO_STREAM, type StoredEvent } from '@daybook/core/ports'
import { seal } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { deskOn } from './desk.ts'

const AN_APPEND = 40

/**
 * Writes events to a log, sealed as a command's are: forty of a stream at a time, stream after stream in turn. A turn of
 * all streams is written at once, so that a long log waits for few commits.
 */
export const writeLog = (store: EventStoreShape, events: readonly AccountEvent[], streams: readonly string[]) =>
  Effect.gen(function* () {
    const { world } = deskOn(store).service
    const tokens = new Map<string, { version: number; headHash: string }>()
    const append = (at: number, stream: string) => {
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
    const aTurn = streams.length * AN_APPEND
    for (let from = 0; from < events.length; from += aTurn) {
      const turn = streams
        .map((stream, n) => [from + n * AN_APPEND, stream] as const)
        .filter(([at]) => at < events.length)
      yield* Effect.forEach(turn, ([at, stream]) => append(at, stream), { concurrency: 'unbounded', discard: true })
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
