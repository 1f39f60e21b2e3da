import { type EventStoreShape, Integrity, type ReadError, type StoredEvent } from '@daybook/core/ports'
import { leafOfStored } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { sha256 } from '../book/world.ts'
import { type BookHead, headAfter } from '../check/book-head.ts'

/** A command as a log has it: what it asked, by its fingerprint, and what it wrote, one event after the other. */
export interface RecordedCommand {
  readonly fingerprint: string
  readonly events: readonly StoredEvent[]
}

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

/** Goes through a log behind a position in its order, whole commands at a time; memory holds a page. */
export const forEachCommands = <E>(
  events: EventStoreShape,
  { after, upTo }: { readonly after: number; readonly upTo: number },
  use: (commands: readonly RecordedCommand[]) => Effect.Effect<void, E>,
): Effect.Effect<void, E | ReadError> =>
  Effect.gen(function* () {
    for (let done = after; done < upTo; ) {
      const page: readonly StoredEvent[] = yield* events.readAll({ after: done, upTo, limit: EVENTS_AT_ONCE })
      const runs = runsOf(page)
      // The last command of a full page may go on in the next one.
      const whole = page.length < EVENTS_AT_ONCE ? runs : runs.slice(0, -1)
      const commands: RecordedCommand[] = []
      for (const run of whole) commands.push(yield* recordedAs(events, run))
      const last = whole.at(-1)?.at(-1)
      if (last === undefined) return yield* broken(done + 1, 'the log has no event here')
      yield* use(commands)
      done = last.position
      yield* Effect.yieldNow
    }
  })

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
