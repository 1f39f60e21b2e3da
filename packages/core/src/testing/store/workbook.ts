import { z } from 'zod'
import { count, freeText, oneOf } from '../../kernel/classes.ts'
import type { Day, Instant } from '../../kernel/day.ts'
import { event, makeCodec } from '../../kernel/event.ts'
import {
  type Append,
  type EventStoreShape,
  limits,
  NO_STREAM,
  type Receipt,
  type SealedEvent,
  type StoredEvent,
  type Token,
} from '../../ports/event-store.ts'
import { seal } from '../../service/seal.ts'
import { run } from './expectation.ts'
import type { BookUnderTest, StoreFixture } from './fixture.ts'

const noteTaken = event('NoteTaken', { text: freeText(limits.eventBytes), count: z.int().optional() })
const callMade = event('CallMade', { outcome: oneOf(['answered', 'noAnswer']), attempt: count() })
const letterSent = event('LetterSent', { text: freeText() })
export type Sample =
  | z.infer<typeof noteTaken.schema>
  | z.infer<typeof callMade.schema>
  | z.infer<typeof letterSent.schema>
const codec = makeCodec<Sample>([noteTaken, callMade, letterSent])

const day = '2026-11-20' as Day
export const note = (text: string): Sample => ({ type: 'NoteTaken', effectiveDate: day, text })
export const counted = (count: number): Sample => ({ type: 'NoteTaken', effectiveDate: day, text: '', count })
export const call = (attempt: number): Sample => ({
  type: 'CallMade',
  effectiveDate: day,
  outcome: 'noAnswer',
  attempt,
})
/** So many notes, `n0` `n1` …. */
export const notesOf = (count: number): readonly Sample[] => Array.from({ length: count }, (_, n) => note(`n${n}`))
export const textOf = ({ data }: Pick<StoredEvent, 'data'>): string => JSON.parse(data).text
export const letter = (text: string): Sample => ({ type: 'LetterSent', effectiveDate: day, text })

/** An instant so many milliseconds after 2026-11-21 09:00 UTC; less than an hour. */
export const instantAt = (milliseconds: number): Instant => {
  const pad = (value: number, width: number): string => String(value).padStart(width, '0')
  const minutes = Math.floor(milliseconds / 60_000)
  const seconds = Math.floor(milliseconds / 1_000) % 60
  return `2026-11-21T09:${pad(minutes, 2)}:${pad(seconds, 2)}.${pad(milliseconds % 1_000, 3)}Z` as Instant
}

/** A clock that stands still until it is set. */
export interface HandClock {
  readonly now: () => Instant
  readonly set: (milliseconds: number) => void
}
export const handClock = (milliseconds = 0): HandClock => {
  let at = milliseconds
  return {
    now: () => instantAt(at),
    set: (to) => {
      at = to
    },
  }
}

export const tokenOf = (receipt: Receipt): Token => ({ version: receipt.lastVersion, headHash: receipt.headHash })

/** What a case works with: an empty book, and sealed appends for it. */
export interface Workbook {
  readonly book: BookUnderTest
  readonly store: EventStoreShape
  readonly clock: HandClock
  readonly fixture: StoreFixture
  /** Milliseconds that a reader waits for what must come. */
  readonly patience: number
  readonly sealed: (
    stream: string,
    token: Token,
    events: readonly Sample[],
    meta?: object,
    closes?: boolean,
  ) => readonly SealedEvent[]
  /** A request of a new command, unless `command` names one. Its fingerprint is that of the command's id. */
  readonly request: (stream: string, token: Token, events: readonly Sample[], command?: string) => Append
  /** The same for another log. */
  readonly requestOf: (other: EventStoreShape, ...given: Parameters<Workbook['request']>) => Append
  /** The same, and it closes the stream. */
  readonly closing: Workbook['request']
  readonly close: Workbook['append']
  /** Appends by a store (the book's own by default) after what a token has seen. */
  readonly append: (stream: string, token: Token, events: readonly Sample[], by?: EventStoreShape) => Promise<Receipt>
}

/** Opens a book, runs a case over it and closes it, whatever happens. */
export const withWorkbook = async (
  fixture: StoreFixture,
  check: (workbook: Workbook) => Promise<void>,
): Promise<void> => {
  const clock = handClock()
  const book = await fixture.open({ clock: clock.now })
  let made = 0
  const sealedFor = (
    origin: string,
    ...[stream, token, events, meta = {}, closes = false]: Parameters<Workbook['sealed']>
  ) =>
    seal(
      codec,
      events,
      events.map(() => ({ id: fixture.newId(), salt: String(++made).padStart(32, '0'), meta })),
      { stream, token, origin, recordedAt: instantAt(0), actor: 'anna', sha256: fixture.sha256, closes },
    )
  const sealed: Workbook['sealed'] = (...given) => sealedFor(book.store.origin, ...given)
  const request: Workbook['request'] = (stream, token, events, command = `command-${++made}`) => ({
    stream,
    expected: token,
    commandId: command,
    fingerprint: fixture.sha256(command),
    events: sealed(stream, token, events),
  })
  const requestOf: Workbook['requestOf'] = ({ origin }, stream, token, events, command) => ({
    ...request(stream, token, events, command),
    events: sealedFor(origin, stream, token, events),
  })
  const closing: Workbook['request'] = (stream, token, events, command) => ({
    ...request(stream, token, events, command),
    events: sealed(stream, token, events, {}, true),
    closes: true,
  })
  const append: Workbook['append'] = (stream, token, events, by = book.store) =>
    run(by.append(request(stream, token, events)))
  const close: Workbook['append'] = (stream, token, events, by = book.store) =>
    run(by.append(closing(stream, token, events)))
  try {
    await check({
      book,
      store: book.store,
      clock,
      fixture,
      patience: fixture.patience ?? 20_000,
      sealed,
      request,
      requestOf,
      closing,
      append,
      close,
    })
  } finally {
    await book.close()
  }
}

/** Appends notes to some streams in turn, one event a command, and gives every event as the log then holds it. */
export const writeNotes = async (
  { append }: Workbook,
  streams: readonly string[],
  events: readonly Sample[],
): Promise<readonly Receipt[]> => {
  const tokens = new Map<string, Token>()
  const receipts: Receipt[] = []
  for (const [index, sample] of events.entries()) {
    const stream = streams[index % streams.length] as string
    const receipt = await append(stream, tokens.get(stream) ?? NO_STREAM, [sample])
    tokens.set(stream, tokenOf(receipt))
    receipts.push(receipt)
  }
  return receipts
}

/** One read of a whole stream or log, as far as a suite fills it. */
export const wholeStream = (store: EventStoreShape, stream: string): Promise<readonly StoredEvent[]> =>
  run(store.readStream(stream, { after: -1, limit: limits.page }))
export const wholeLog = (store: EventStoreShape): Promise<readonly StoredEvent[]> =>
  run(store.readAll({ after: 0, limit: limits.page }))

/** A second writer over the same data, with a clock that stands; the store itself where there can be none. */
export const anotherWriter = ({ book, store }: Workbook): Promise<EventStoreShape> =>
  book.newWriter ? book.newWriter({ clock: () => instantAt(0) }) : Promise.resolve(store)

/** Reads page after page until an empty one. */
export const paged = async <Row>(
  read: (last: Row | undefined) => Promise<readonly Row[]>,
  most: number,
): Promise<readonly Row[]> => {
  const rows: Row[] = []
  while (rows.length <= most) {
    const page = await read(rows.at(-1))
    if (page.length === 0) break
    rows.push(...page)
  }
  return rows
}
