import {
  type AppendError,
  adoptionOf,
  type EventStoreShape,
  Integrity,
  type ReadError,
  ReadOnly,
  type RecordedCommand,
} from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { sha256 } from '../book/world.ts'
import { type BookHead, headOfEmpty, headText } from '../check/book-head.ts'
import type { LogSource } from './log-source.ts'
import { forEachCommands, headAfterCommands } from './recorded-commands.ts'

/** A log that was taken over, whole. */
export interface TakenOver {
  readonly origin: string
  readonly events: number
  /** How many of them an earlier call that was stopped had taken. */
  readonly before: number
  /** The head of both, `@position:hash`. */
  readonly head: string
}

/** Events of one part: as much as others wait for, and is lost when it is stopped. */
const EVENTS_OF_A_PART = 500

const partsOf = (commands: readonly RecordedCommand[]): readonly (readonly RecordedCommand[])[] => {
  const parts: RecordedCommand[][] = []
  let room = 0
  for (const command of commands) {
    const part = parts.at(-1)
    if (part && command.events.length <= room) part.push(command)
    else parts.push([command])
    room = (part && command.events.length <= room ? room : EVENTS_OF_A_PART) - command.events.length
  }
  return parts
}

const lastOf = (commands: readonly RecordedCommand[]): number => commands.at(-1)?.events.at(-1)?.position ?? 0

const hasItsOwn = (events: number): ReadOnly =>
  new ReadOnly({
    message: `the book has ${events} events of its own: a log is taken over into an empty one, and into no other`,
  })

/** What is there already must be what the source has there: another log of one origin is another history. */
const alike = (
  target: EventStoreShape,
  commands: readonly RecordedCommand[],
  name: string,
): Effect.Effect<void, ReadError> => {
  const events = commands.flatMap((command) => command.events)
  const first = events[0]?.position ?? 1
  const page = target.readAll({ after: first - 1, upTo: lastOf(commands), limit: Math.max(1, events.length) })
  return Effect.flatMap(page, (there) => {
    const other = events.find(({ leaf, committedAt, commandId }, at) => {
      const one = there[at]
      return one?.leaf !== leaf || one.committedAt !== committedAt || one.commandId !== commandId
    })
    if (!other) return Effect.void
    const message = `what was taken over until now is another log than ${name}, from @${other.position} on: begin with an empty one`
    return Effect.fail(new Integrity({ message }))
  })
}

const headOf = (target: EventStoreShape, origin: string): Effect.Effect<BookHead, ReadError> =>
  Effect.gen(function* () {
    const { position: upTo } = yield* target.head
    let head = headOfEmpty(origin, sha256)
    yield* forEachCommands(target, upTo, (commands) =>
      Effect.map(headAfterCommands(head, commands, origin), (next) => {
        head = next
      }),
    )
    return head
  })

/**
 * Takes a log over into an empty one, event by event as it is there: origin, positions, times, commands, and the check value of
 * the secret. Stopped at any moment, it goes on where it was; until it has come to its end the log takes nothing else. What
 * was taken is read back, and must give the head of the source.
 * Fails with ReadOnly where the target has events of its own, Integrity where anything does not fit.
 */
export const takeOver = (
  source: LogSource,
  target: EventStoreShape,
  onProgress?: (done: number, of: number) => void,
): Effect.Effect<TakenOver, ReadError | AppendError> =>
  Effect.gen(function* () {
    const { origin, secretCheck, upTo } = source.header
    const { position: before } = yield* target.head
    const begun = yield* adoptionOf(target).begun
    if (before > 0 && !begun && target.origin !== origin) return yield* hasItsOwn(before)
    let head = headOfEmpty(origin, sha256)
    yield* source.each((commands) =>
      Effect.gen(function* () {
        head = yield* headAfterCommands(head, commands, origin)
        const there = commands.filter(({ events }) => (events.at(-1)?.position ?? 0) <= before)
        const missing = commands.slice(there.length)
        if (begun && there.length > 0) yield* alike(target, there, source.name)
        for (const part of partsOf(missing)) {
          yield* adoptionOf(target).take({ origin, commands: part })
          onProgress?.(lastOf(part), upTo)
        }
      }),
    )
    const found = yield* headOf(target, origin)
    if (headText(found) !== headText(head)) {
      const message = `what was taken over gives the head ${headText(found)}, ${source.name} has ${headText(head)}`
      return yield* new Integrity({ message })
    }
    yield* adoptionOf(target).finish(secretCheck)
    return { origin, events: head.position, before, head: headText(head) }
  })
