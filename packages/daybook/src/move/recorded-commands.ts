import {
  type EventStoreShape,
  Integrity,
  type ReadError,
  type RecordedCommand,
  type StoredEvent,
} from '@daybook/core/ports'
import { leafOfStored } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { sha256 } from '../book/world.ts'
import { type BookHead, headAfter } from '../check/book-head.ts'

/** More than a command writes: a page then has at least one whole. */
const EVENTS_AT_ONCE = 2_000

/** Runs of events that one command has written. */
const runsOf = (page: readonly StoredEvent[]): readonly (readonly StoredEvent[])[] => {
  const runs: StoredEvent[][] = []
  for (const event of page) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last?.stream === event.stream && last.commandId === event.commandId) run.push(event)
    else runs.push([event])
  }
  return runs
}

const broken = (position: number, what: string): Integrity =>
  new Integrity({ message: `@${position}: ${what}; daybook check says more` })

const recordedAs = (events: EventStoreShape, run: readonly StoredEvent[]): Effect.Effect<RecordedCommand, ReadError> =>
  Effect.flatMap(
    Effect.sync(() => [run[0], run.at(-1)] as const),
    ([first, last]) => {
      if (!first || !last) return Effect.die('a run has an event')
      return Effect.flatMap(events.findCommand(first.stream, first.commandId), (record) => {
        const { firstPosition, lastPosition } = record?.receipt ?? {}
        return record && firstPosition === first.position && lastPosition === last.position
          ? Effect.succeed({ fingerprint: record.fingerprint, events: run })
          : Effect.fail(broken(first.position, `the record of command ${first.commandId} does not fit what it wrote`))
      })
    },
  )

/** Goes through pages of events, whole commands at a time, until one is not full; memory holds a page. */
const forEachRun = <E>(
  events: EventStoreShape,
  read: (last: StoredEvent | undefined) => Effect.Effect<readonly StoredEvent[], ReadError>,
  use: (commands: readonly RecordedCommand[]) => Effect.Effect<void, E>,
): Effect.Effect<void, E | ReadError> =>
  Effect.gen(function* () {
    for (let last: StoredEvent | undefined; ; ) {
      const page: readonly StoredEvent[] = yield* read(last)
      const isLast = page.length < EVENTS_AT_ONCE
      // The last command of a full page may go on in the next one.
      const runs = isLast ? runsOf(page) : runsOf(page).slice(0, -1)
      const commands: RecordedCommand[] = []
      for (const run of runs) commands.push(yield* recordedAs(events, run))
      if (commands.length > 0) yield* use(commands)
      if (isLast) return
      last = runs.at(-1)?.at(-1)
      yield* Effect.yieldNow
    }
  })

/** Goes through a log in its order, up to a position. */
export const forEachCommands = <E>(
  events: EventStoreShape,
  upTo: number,
  use: (commands: readonly RecordedCommand[]) => Effect.Effect<void, E>,
): Effect.Effect<void, E | ReadError> =>
  forEachRun(events, (last) => events.readAll({ after: last?.position ?? 0, upTo, limit: EVENTS_AT_ONCE }), use)

/** Goes through one stream. */
export const forEachCommandsOf = <E>(
  events: EventStoreShape,
  stream: string,
  use: (commands: readonly RecordedCommand[]) => Effect.Effect<void, E>,
): Effect.Effect<void, E | ReadError> =>
  forEachRun(events, (last) => events.readStream(stream, { after: last?.version ?? -1, limit: EVENTS_AT_ONCE }), use)

/** The head of a book after more commands. Fails where an event is not what was sealed, or is not the next one. */
export const headAfterCommands = (
  before: BookHead,
  commands: readonly RecordedCommand[],
  origin: string,
): Effect.Effect<BookHead, Integrity> =>
  Effect.suspend(() => {
    let head = before
    for (const { fingerprint, events } of commands) {
      for (const event of events) {
        const { position } = event
        if (position !== head.position + 1) return Effect.fail(broken(position, `it follows @${head.position}`))
        if (leafOfStored(event, origin, sha256) !== event.leaf) {
          return Effect.fail(broken(position, 'its bytes do not give its leaf hash'))
        }
        head = headAfter(head, event, { fingerprint }, sha256)
      }
    }
    return Effect.succeed(head)
  })
