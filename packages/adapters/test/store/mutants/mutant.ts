import type { Append, EventStoreShape, FoldedEvent, Receipt, StoredEvent } from '@daybook/core/ports'
import { appendOneByOne, Conflict, limits, readOneByOne, type Token } from '@daybook/core/ports'
import type { BookUnderTest, StoreFixture } from '@daybook/core/testing/store'
import * as Effect from 'effect/Effect'
import { tokenOf } from '../samples.ts'

/** Which of the stores of one book: 0 the first, from 1 those that were opened again or beside it. */
export interface Opened {
  readonly nth: number
}

/** A store with one fault, built over a right one. */
export interface Mutant {
  /** What it does wrong. */
  readonly fault: string
  /** The suite that must find it. */
  readonly suite: string
  readonly wrong: (right: EventStoreShape, opened: Opened) => Partial<EventStoreShape>
  /** A fault of the whole book, where one store alone can not show it. */
  readonly book?: (book: BookUnderTest) => Partial<BookUnderTest>
}

export const mutant = (suite: string, fault: string, wrong: Mutant['wrong']): Mutant => ({ suite, fault, wrong })

/** A fault in what an append answers. */
export const answering = (suite: string, fault: string, change: (receipt: Receipt) => Receipt): Mutant =>
  mutant(suite, fault, (right) => ({ append: (request) => Effect.map(right.append(request), change) }))

/** A fault in the events that are read, in whichever way. */
export const reading = (suite: string, fault: string, change: <E extends FoldedEvent>(event: E) => E): Mutant =>
  mutant(suite, fault, (right) => ({
    readStream: (...args) => Effect.map(right.readStream(...args), (events) => events.map(change)),
    readAll: (page) => Effect.map(right.readAll(page), (events) => events.map(change)),
    readForFold: (page) => Effect.map(right.readForFold(page), (events) => events.map(change)),
  }))

/** A fault in the text of data. */
export const texts = (suite: string, fault: string, change: (text: string) => string): Mutant =>
  reading(suite, fault, (event) => ({ ...event, data: change(event.data) }))

/** A fault in meta, which folds do not see. */
export const metas = (suite: string, fault: string, change: (text: string) => string): Mutant =>
  reading(suite, fault, (event) => ('meta' in event ? { ...event, meta: change(String(event.meta)) } : event))

export const headOf = (store: EventStoreShape, stream: string): Effect.Effect<Token> =>
  Effect.map(Effect.orDie(store.readStream(stream, { after: -1, limit: limits.page })), tokenOf)

/** The request as its writer would have made it, had it seen another head. */
export const rebased = (request: Append, head: Token): Append => ({
  ...request,
  expected: head,
  events: request.events.map((event, index) => (index === 0 ? { ...event, prev: head.headHash } : event)),
})

/** Events chained anew, whatever they named before. */
export const rechained = (request: Append): Append => {
  let prev = request.expected.headHash
  const events = request.events.map((event) => {
    const chained = { ...event, prev }
    prev = event.leaf
    return chained
  })
  return { ...request, events }
}

/** The receipt of an append that was not written. */
export const pretended = ({ stream, commandId, expected, events }: Append): Receipt => ({
  stream,
  commandId,
  firstVersion: expected.version + 1,
  lastVersion: expected.version + events.length,
  firstPosition: 1,
  lastPosition: events.length,
  headHash: events.at(-1)?.leaf ?? '-',
  committedAt: '2026-11-21T09:00:00.000Z' as StoredEvent['committedAt'],
  repeated: false,
})

/** The store with the fault: what it has no own way for goes the faulty way too. */
const breaking = ({ wrong }: Mutant, right: EventStoreShape, opened: Opened): EventStoreShape => {
  const faulty = wrong(right, opened)
  return {
    ...right,
    ...(faulty.append ? { appendMany: appendOneByOne(faulty.append) } : {}),
    ...(faulty.readStream ? { readMany: readOneByOne(faulty.readStream) } : {}),
    ...faulty,
    // Of a log that takes another one over it changes.
    get origin() {
      return faulty.origin ?? right.origin
    },
  }
}

/** A fixture of stores with the fault. */
export const broken = (one: Mutant, fixture: StoreFixture): StoreFixture => ({
  ...fixture,
  patience: 400,
  open: async (options) => {
    const book = await fixture.open(options)
    let nth = 0
    const faulty: BookUnderTest = {
      ...book,
      store: breaking(one, book.store, { nth: nth++ }),
      reopen: async () => breaking(one, await book.reopen(), { nth: nth++ }),
      newWriter:
        book.newWriter &&
        (async (writer) => breaking(one, (await book.newWriter?.(writer)) ?? book.store, { nth: nth++ })),
    }
    return { ...faulty, ...one.book?.(faulty) }
  },
})

/** A conflict on a stream that is said to be at a version. */
export const conflict = ({ stream, expected }: Append, actual: number) =>
  new Conflict({ stream, expected: expected.version, actual, message: '' })

/** Tries something else where the right store refuses for a reason. */
export const excusing = (
  suite: string,
  fault: string,
  tag: 'Conflict' | 'LimitExceeded' | 'Integrity' | 'ClockAhead' | 'StreamClosed',
  instead: (
    right: EventStoreShape,
    request: Append,
  ) => Effect.Effect<Receipt, Effect.Error<ReturnType<EventStoreShape['append']>>>,
): Mutant =>
  mutant(suite, fault, (right) => ({
    append: (request) => Effect.catchTag(right.append(request), tag, () => instead(right, request)),
  }))
