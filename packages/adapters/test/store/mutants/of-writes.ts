import {
  type Append,
  ClockAhead,
  closesIn,
  type EventStoreShape,
  limits,
  type Receipt,
  StreamClosed,
} from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Result from 'effect/Result'
import { conflict, excusing, headOf, type Mutant, mutant, pretended, rebased, rechained } from './mutant.ts'

/** Its parts one by one, each a commit of its own. */
const partByPart =
  (right: EventStoreShape): EventStoreShape['append'] =>
  (request) =>
    request.events.length < 2
      ? right.append(request)
      : Effect.gen(function* () {
          let token = request.expected
          const receipts: Receipt[] = []
          for (const [index, event] of request.events.entries()) {
            const commandId = index === 0 ? request.commandId : `${request.commandId}+${index}`
            const { closes: _closes, ...part } = request
            const receipt = yield* right.append({ ...part, commandId, expected: token, events: [event] })
            token = { version: receipt.lastVersion, headHash: receipt.headHash }
            receipts.push(receipt)
            yield* Effect.sleep(0)
          }
          const [first, last] = [receipts[0] as Receipt, receipts.at(-1) as Receipt]
          return { ...last, ...first, lastVersion: last.lastVersion, lastPosition: last.lastPosition }
        })

const first = (request: Append, count: number): Append => ({ ...request, events: request.events.slice(0, count) })
const closed = 'closed streams'
const races = 'several writers'
const whole = 'the events of a command'
const sizes = 'limits'
const names = 'names of streams'
const ahead = 'a clock that stands years ahead'
const chain = 'the chain'

const parts: readonly Mutant[] = [
  mutant(whole, 'writes the events of a command one by one', (right) => ({ append: partByPart(right) })),
  excusing(whole, 'writes the events before one that can not be stored', 'Integrity', (right, request) =>
    request.events.length < 4 ? right.append(request) : right.append(first(request, 3)),
  ),
  excusing(whole, 'leaves out an event that is too large', 'LimitExceeded', (right, request) =>
    request.events.length === 5 ? right.append(first(request, 3)) : right.append(request),
  ),
  excusing(whole, 'makes a new id for an event whose id is there', 'Integrity', (right, request) =>
    right.append({ ...request, events: request.events.map((event, n) => ({ ...event, id: `${event.id}-${n}` })) }),
  ),
  excusing(whole, 'stores text that is not well-formed', 'Integrity', (right, request) =>
    right.append({
      ...request,
      events: request.events.map((event) => ({ ...event, data: event.data.toWellFormed() })),
    }),
  ),
  excusing(chain, 'chains events anew that do not chain', 'Integrity', (right, request) =>
    right.append(rechained(request)),
  ),
  mutant(races, 'both win: the later is written behind the first', (right) => ({
    append: (request) =>
      Effect.catchTag(right.append(request), 'Conflict', (error) =>
        error.actual === error.expected + 1
          ? Effect.flatMap(headOf(right, request.stream), (head) => right.append(rebased(request, head)))
          : Effect.fail(error),
      ),
  })),
  mutant(races, 'drops the later of two and says that it was written', (right) => ({
    append: (request) => Effect.catchTag(right.append(request), 'Conflict', () => Effect.succeed(pretended(request))),
  })),
]

const closing: readonly Mutant[] = [
  excusing(closed, 'says that it has written to a closed stream', 'StreamClosed', (_right, request) =>
    Effect.succeed(pretended(request)),
  ),
  mutant(closed, 'has a conflict where a closed stream was seen at another version', (right) => ({
    append: (request) =>
      Effect.catchTag(
        right.append(request),
        'StreamClosed',
        (error): ReturnType<EventStoreShape['append']> =>
          Effect.fail(error.version === request.expected.version ? error : conflict(request, error.version)),
      ),
  })),
  mutant(closed, 'looks whether the stream is closed before the command id', (right) => ({
    append: (request) =>
      Effect.flatMap(Effect.orDie(right.readStream(request.stream, { after: -1, limit: limits.page })), (events) =>
        closesIn(events.at(-1)?.meta ?? '')
          ? Effect.fail(new StreamClosed({ stream: request.stream, version: events.length - 1, message: '' }))
          : right.append(request),
      ),
  })),
  mutant(closed, 'says another version, and that it may be sent again', (right) => ({
    append: (request) =>
      Effect.catchTag(right.append(request), 'StreamClosed', ({ stream }) =>
        Effect.fail(Object.assign(new StreamClosed({ stream, version: -1, message: '' }), { retry: 'safe' as const })),
      ),
  })),
  mutant(closed, 'knows only in its own process that a stream is closed', (right, { nth }) =>
    nth === 0
      ? {}
      : {
          append: (request) =>
            Effect.catchTag(right.append(request), 'StreamClosed', () => Effect.succeed(pretended(request))),
        },
  ),
  mutant(closed, 'closes nothing within a batch', (right) => ({
    appendMany: (requests) =>
      Effect.map(right.appendMany(requests), (answers) =>
        answers.map((answer, at) =>
          Result.isFailure(answer) && answer.failure._tag === 'StreamClosed'
            ? Result.succeed(pretended(requests[at] as Append))
            : answer,
        ),
      ),
  })),
  mutant(closed, 'marks no stream as closed', (right) => ({
    streams: (page) => Effect.map(right.streams(page), (found) => found.map((one) => ({ ...one, closed: false }))),
  })),
  mutant(closed, 'marks every stream as closed', (right) => ({
    streams: (page) => Effect.map(right.streams(page), (found) => found.map((one) => ({ ...one, closed: true }))),
  })),
  excusing(closed, 'closes a stream whatever its events say', 'Integrity', (right, { closes: _closes, ...request }) =>
    right.append({
      ...request,
      events: request.events.map((event) => (closesIn(event.meta) ? { ...event, meta: '{}' } : event)),
    }),
  ),
  mutant(closed, 'takes every word of closing for closing', (right) => ({
    append: (request) =>
      request.closes || !request.events.some(({ meta }) => meta.includes('"closes"'))
        ? right.append(request)
        : Effect.fail(new StreamClosed({ stream: request.stream, version: 0, message: '' })),
  })),
  mutant(closed, 'closes all streams with one', (right) => {
    let isClosed = false
    return {
      append: (request) =>
        isClosed
          ? Effect.fail(new StreamClosed({ stream: request.stream, version: 1, message: '' }))
          : Effect.tap(right.append(request), () =>
              Effect.sync(() => {
                isClosed = request.closes ?? false
              }),
            ),
    }
  }),
  mutant(closed, 'does not store the event that closes a stream', (right) => ({
    append: (request) => (request.closes ? Effect.succeed(pretended(request)) : right.append(request)),
  })),
  mutant(closed, 'forgets the commands of a stream that is closed', (right) => ({
    findCommand: (stream, id) =>
      Effect.flatMap(right.streams({ prefix: stream, after: '', limit: 1 }), ([one]) =>
        one?.closed ? Effect.succeed(undefined) : right.findCommand(stream, id),
      ),
  })),
]

const beyond: readonly Mutant[] = [
  excusing(sizes, 'has no limit for an event', 'LimitExceeded', (right, request) =>
    right.append({ ...request, events: request.events.slice(0, 1).map((event) => ({ ...event, data: '{}' })) }),
  ),
  mutant(sizes, 'has a smaller limit for an event', (right) => ({
    append: (request) =>
      request.events.some(({ data }) => data.length > limits.eventBytes - 200)
        ? Effect.fail(conflict(request, -1))
        : right.append(request),
  })),
  excusing(sizes, 'takes more events than an append has', 'LimitExceeded', (right, request) =>
    right.append(first(request, 1_000)),
  ),
  mutant(sizes, 'takes fewer events than an append has', (right) => ({
    append: (request) => (request.events.length > 900 ? Effect.fail(conflict(request, -1)) : right.append(request)),
  })),
  excusing(sizes, 'writes an append without an event', 'LimitExceeded', (right, request) =>
    request.events.length > 0 ? right.append(request) : Effect.succeed(pretended(request)),
  ),
  excusing(names, 'takes every name', 'LimitExceeded', (right, request) =>
    right.append({ ...request, stream: `x${request.stream.length}` }),
  ),
  mutant(names, 'cuts names at 100 letters', (right) => ({
    append: (request) => right.append({ ...request, stream: request.stream.slice(0, 100) }),
    readStream: (stream, page) => right.readStream(stream, page),
  })),
  mutant(names, 'keeps names in small letters', (right) => ({
    append: (request) => right.append({ ...request, stream: request.stream.toLowerCase() }),
    readStream: (stream, page) => right.readStream(stream.toLowerCase(), page),
  })),
  mutant(names, 'takes no dots and colons in names', (right) => ({
    append: (request) => right.append({ ...request, stream: request.stream.replace(/[.:]/g, '_') }),
  })),
  mutant(names, 'takes no names of one letter', (right) => ({
    append: (request) => (request.stream.length === 1 ? Effect.fail(conflict(request, -1)) : right.append(request)),
  })),
  excusing(ahead, 'writes an event of 2099', 'ClockAhead', (right, request) =>
    right.append({
      ...request,
      events: request.events.map((event) => ({
        ...event,
        recordedAt: '2026-11-21T09:00:00.000Z' as typeof event.recordedAt,
      })),
    }),
  ),
  mutant(ahead, 'looks at the clock before the command id, and in an empty log', (right) => ({
    append: (request) =>
      request.events.some(({ recordedAt }) => recordedAt > '2098')
        ? Effect.fail(new ClockAhead({ last: '', now: '2099-01-01T00:00:00.000Z', message: '' }))
        : right.append(request),
  })),
]

/** Bugs in writing whole commands, in closed streams and in limits. */
export const ofWrites: readonly Mutant[] = [...parts, ...closing, ...beyond]
