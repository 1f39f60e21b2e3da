import {
  type Append,
  appendOneByOne,
  CommandMismatch,
  Conflict,
  type EventStoreShape,
  limits,
  type Receipt,
  readOneByOne,
  type StoredEvent,
  type Token,
} from '@daybook/core/ports'
import { eventStoreCases, type StoreFixture } from '@daybook/core/testing/store'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { memoryFixture } from './store/fixtures.ts'
import { tokenOf } from './store/samples.ts'

/** A store with one fault, built over a right one. */
type Mutant = (right: EventStoreShape) => Partial<EventStoreShape>

const headOf = (store: EventStoreShape, stream: string): Effect.Effect<Token> =>
  Effect.map(Effect.orDie(store.readStream(stream, { after: -1, limit: limits.page })), tokenOf)

/** The request as its writer would have made it, had it seen another head. */
const rebased = (request: Append, head: Token): Append => ({
  ...request,
  expected: head,
  events: request.events.map((event, index) => (index === 0 ? { ...event, prev: head.headHash } : event)),
})

const changed = (change: (event: StoredEvent) => StoredEvent) => (right: EventStoreShape) => ({
  readStream: (...args: Parameters<EventStoreShape['readStream']>) =>
    Effect.map(right.readStream(...args), (events) => events.map(change)),
  readAll: (...args: Parameters<EventStoreShape['readAll']>) =>
    Effect.map(right.readAll(...args), (events) => events.map(change)),
})

/** By the beginning of the suite's name that must find it, and the fault. */
const mutants: Readonly<Record<string, Mutant>> = {
  'B10 two commands | writes whatever version was expected': (right) => ({
    append: (request) => Effect.flatMap(headOf(right, request.stream), (head) => right.append(rebased(request, head))),
  }),
  'B2 the same version with another head hash | does not compare the head hash': (right) => ({
    append: (request) =>
      Effect.flatMap(headOf(right, request.stream), (head) =>
        right.append(head.version === request.expected.version ? rebased(request, head) : request),
      ),
  }),
  'B3 a command sent again | looks at the version before the command id': (right) => ({
    append: (request) =>
      Effect.flatMap(headOf(right, request.stream), (head) =>
        head.version === request.expected.version
          ? right.append(request)
          : Effect.fail(
              new Conflict({
                stream: request.stream,
                expected: request.expected.version,
                actual: head.version,
                message: '',
              }),
            ),
      ),
  }),
  'B4 a command id used | takes any command with a known id for a repeat': (right) => ({
    append: (request) =>
      Effect.flatMap(right.findCommand(request.stream, request.commandId), (known) =>
        known ? Effect.succeed(known.receipt) : right.append(request),
      ),
  }),
  'B3 a command sent again | takes every repeat for a mismatch': (right) => ({
    append: (request) =>
      Effect.flatMap(right.append(request), (receipt) =>
        receipt.repeated
          ? Effect.fail(new CommandMismatch({ stream: request.stream, commandId: request.commandId, message: '' }))
          : Effect.succeed(receipt),
      ),
  }),
  'B3 a command sent again | writes a repeated command again': (right) => {
    let sent = 0
    return {
      append: (request) =>
        Effect.map(right.append({ ...request, commandId: `${request.commandId}-${++sent}` }), (receipt) => ({
          ...receipt,
          commandId: request.commandId,
        })),
    }
  },
  'B3 a command sent again | keeps one command id for all streams': (right) => {
    const first = new Map<string, Receipt>()
    return {
      append: (request) => {
        const known = first.get(request.commandId)
        if (known && known.stream !== request.stream) return Effect.succeed({ ...known, repeated: true })
        return Effect.tap(right.append(request), (receipt) => Effect.sync(() => first.set(request.commandId, receipt)))
      },
    }
  },
  'B3 the records of all commands | lists them inclusively': (right) => ({
    commands: ({ after, ...page }) =>
      Effect.map(right.commands({ limit: limits.page }), (all) => {
        const last = all.findIndex((one) => one.stream === after?.stream && one.commandId === after.commandId)
        return all.slice(Math.max(0, last), Math.max(0, last) + page.limit)
      }),
  }),
  'B3 the records of all commands | lists one of each command id': (right) => ({
    commands: (page) =>
      Effect.map(right.commands(page), (entries) => [
        ...new Map(entries.map((entry) => [entry.commandId, entry])).values(),
      ]),
  }),
  'B9 the events of a command | writes the events of a command one by one': (right) => ({
    append: (request) =>
      request.events.length < 2
        ? right.append(request)
        : Effect.gen(function* () {
            let token = request.expected
            const receipts: Receipt[] = []
            for (const [index, event] of request.events.entries()) {
              const commandId = index === 0 ? request.commandId : `${request.commandId}+${index}`
              const receipt = yield* right.append({ ...request, commandId, expected: token, events: [event] })
              token = { version: receipt.lastVersion, headHash: receipt.headHash }
              receipts.push(receipt)
              yield* Effect.yieldNow
            }
            const [first, last] = [receipts[0] as Receipt, receipts.at(-1) as Receipt]
            return { ...last, ...first, lastVersion: last.lastVersion, lastPosition: last.lastPosition }
          }),
  }),
  'N22 reading | reads pages inclusively': (right) => ({
    readAll: (page) => right.readAll({ ...page, after: Math.max(0, page.after - 1) }),
  }),
  'N21 readAll | forgets where to stop': (right) => ({ readAll: ({ upTo: _upTo, ...page }) => right.readAll(page) }),
  'N21 readAll | filters types after the page is cut': (right) => ({
    readAll: ({ types, ...page }) =>
      Effect.map(right.readAll(page), (events) => events.filter(({ type }) => types?.includes(type) ?? true)),
  }),
  'a page of more than | cuts large pages short in silence': (right) => ({
    readAll: (page) =>
      right.readAll({
        ...page,
        limit: Number.isSafeInteger(page.limit) && page.limit > 0 ? Math.min(page.limit, 10_000) : 1,
      }),
    readStream: (stream, page) => right.readStream(stream, { ...page, limit: Math.min(page.limit, 10_000) }),
    streams: (page) => right.streams({ ...page, limit: Math.min(page.limit, 10_000) }),
  }),
  'every field of a sealed event | keeps JSON, not text': changed((event) => ({
    ...event,
    data: JSON.stringify(JSON.parse(event.data)),
  })),
  'every field of a sealed event | normalises Unicode': changed((event) => ({
    ...event,
    data: event.data.normalize('NFC'),
  })),
  'B1 versions | counts versions from 1': changed((event) => ({ ...event, version: event.version + 1 })),
  'C3 committedAt | stamps by the clock of each writer': changed((event) => ({
    ...event,
    committedAt: event.position % 2 === 0 ? event.recordedAt : event.committedAt,
  })),
  'C3 positionAt | answers a time with the position after it': (right) => ({
    positionAt: (t) => Effect.map(right.positionAt(t), (position) => position + 1),
  }),
  'C3 positionAt | answers every time with the head': (right) => ({
    positionAt: () => Effect.map(right.head, ({ position }) => position),
  }),
  'streams are listed | lists streams in the order of their making': (right) => ({
    streams: ({ limit }) =>
      Effect.map(right.readAll({ after: 0, limit: limits.page }), (events) =>
        [...new Set(events.map(({ stream }) => stream))]
          .slice(0, limit)
          .map((stream) => ({ stream, version: 0, closed: false })),
      ),
  }),
  'an event of | has no limit for an event': (right) => ({
    append: (request) =>
      Effect.catchTag(right.append(request), 'LimitExceeded', () =>
        right.append({ ...request, events: request.events.slice(0, 1).map((event) => ({ ...event, data: '{}' })) }),
      ),
  }),
  'the check value of the secret | gives what it was given, not what it keeps': (right) => ({
    keepSecretCheck: (value) => Effect.as(right.keepSecretCheck(value), value),
  }),
}

const broken = (mutant: Mutant): StoreFixture => {
  const breaking = (right: EventStoreShape): EventStoreShape => {
    const wrong = mutant(right)
    return {
      ...right,
      ...(wrong.append ? { appendMany: appendOneByOne(wrong.append) } : {}),
      ...(wrong.readStream ? { readMany: readOneByOne(wrong.readStream) } : {}),
      ...wrong,
    }
  }
  return {
    ...memoryFixture,
    patience: 400,
    open: async (options) => {
      const book = await memoryFixture.open(options)
      return {
        ...book,
        store: breaking(book.store),
        reopen: async () => breaking(await book.reopen()),
        newWriter: book.newWriter && (async (writer) => breaking((await book.newWriter?.(writer)) ?? book.store)),
      }
    },
  }
}

describe('the contract finds a store with one fault, by the suite that is about it', () => {
  it.each(Object.entries(mutants))('finds: %s', async (fault, mutant) => {
    const fixture = broken(mutant)
    const failed: string[] = []
    await Promise.all(eventStoreCases.map((one) => one.run(fixture).catch(() => failed.push(one.name))))
    const about = fault.split(' | ', 1)[0] as string
    expect(failed.filter((name) => name.startsWith(about))).not.toEqual([])
  })
})
