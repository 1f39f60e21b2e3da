import { existsSync, realpathSync } from 'node:fs'
import { shown } from '@daybook/core/kernel'
import { type EventStoreShape, NO_STREAM, type ReadError, type RecordedCommand } from '@daybook/core/ports'
import { accountStream, type ChainEnd } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { addressFor } from '../book/addresses.ts'
import type { MoveReport } from '../book/answers.ts'
import { invalidQuery, NotFound } from '../book/errors.ts'
import { exportAsked, placeAsked, questionGiven } from '../book/given.ts'
import type { ExportOptions } from '../book/moving-requests.ts'
import type { OpenBook } from '../book/open-book.ts'
import type { DaybookShape } from '../book/shape.ts'
import { openLog } from '../book/stores.ts'
import { type Address, withoutPassword } from '../book/url.ts'
import { sha256 } from '../book/world.ts'
import { headOfEmpty, headText } from '../check/book-head.ts'
import type { AccessUnrecorded } from '../privacy/errors.ts'
import { linesInto } from './log-file.ts'
import { commandLines, headerLine, type LogHeader, trailerLine } from './log-lines.ts'
import { chainAfter, type LogSource, logOfStore } from './log-source.ts'
import { type LooksMoved, looksBeside, looksOfStore } from './looks.ts'
import { forEachCommandsOf, headAfterCommands } from './recorded-commands.ts'
import { takeOver } from './take-over.ts'

/** Whether a text names a store, and no file: the schemes are known, a drive letter is none. */
export const isUrl = (text: string): boolean => /^(sqlite|memory|postgres|postgresql|esdb|kurrentdb)[+:]/i.test(text)

const isSameFile = (a: Address, b: Address): boolean =>
  a.kind === 'sqlite' && b.kind === 'sqlite' && existsSync(a.path) && realpathSync(a.path) === realpathSync(b.path)

/** How far the lines of a file have come: what its trailer says of them. */
interface Tally {
  readonly take: (commands: readonly RecordedCommand[]) => Effect.Effect<void, ReadError>
  readonly events: () => number
  readonly head: () => string
}

const tallyOf = ({ daybook, origin }: LogHeader): Tally => {
  let head = headOfEmpty(origin, sha256)
  let end: ChainEnd = NO_STREAM
  let events = 0
  return {
    take: (commands) => {
      events += commands.reduce((sum, command) => sum + command.events.length, 0)
      return daybook === 'log'
        ? Effect.map(headAfterCommands(head, commands, origin), (next) => {
            head = next
          })
        : Effect.map(chainAfter(end, commands, origin), (next) => {
            end = next
          })
    },
    events: () => events,
    head: () => (daybook === 'log' ? headText(head) : end.headHash),
  }
}

/** Writes a log into a new file, each event held against its hash on the way. */
const intoFile = (
  source: LogSource,
  to: string,
  onProgress: ExportOptions['onProgress'],
): Effect.Effect<MoveReport, ReadError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const { header } = source
      const file = yield* linesInto(to)
      const tally = tallyOf(header)
      yield* file.write([headerLine(header)])
      yield* source.each((commands) =>
        Effect.gen(function* () {
          yield* tally.take(commands)
          yield* file.write(commands.flatMap(commandLines))
          onProgress?.(tally.events(), header.upTo)
        }),
      )
      const [events, head] = [tally.events(), tally.head()]
      yield* file.write([trailerLine({ events, head, sha256: file.sha256() })])
      yield* file.finish
      return { to, origin: header.origin, events, before: 0, head }
    }),
  )

/** The access log beside an exported file, where anybody has looked. */
const looksIntoFile = (
  book: OpenBook,
  to: string,
): Effect.Effect<LooksMoved | undefined, ReadError | AccessUnrecorded> =>
  Effect.scoped(
    Effect.gen(function* () {
      const log = yield* book.accessLog.reading
      if (!log) return undefined
      const { events, head } = yield* intoFile(yield* logOfStore(log, 'the access log'), looksBeside(to), undefined)
      return { events, head }
    }),
  )

/** What moved, and the looks with it. */
export const withLooks = (moved: MoveReport, accesses: LooksMoved | undefined): MoveReport =>
  accesses ? { ...moved, accesses } : moved

/** One account's stream, as a source. Its positions are those of the log. */
const accountOf = (events: EventStoreShape, id: string): Effect.Effect<LogSource, ReadError | NotFound> =>
  Effect.gen(function* () {
    const stream = accountStream(id)
    const { position: upTo } = yield* events.head
    const [first] = yield* events.readStream(stream, { after: -1, limit: 1 })
    if (!first) {
      return yield* new NotFound({ kind: 'account', id, message: `nobody has opened the account ${shown(id)}` })
    }
    const header: LogHeader = { daybook: 'account', origin: events.origin, stream, upTo }
    return { name: stream, header, each: (use) => forEachCommandsOf(events, stream, use) }
  })

/** Writes the log, or one account of it, into a file; or has the empty book at a URL take all of it over. */
export const exportIn = (book: OpenBook): DaybookShape['export'] =>
  Effect.fn('Daybook.export')(function* (to, options = {}) {
    yield* questionGiven(placeAsked, to, 'to')
    yield* questionGiven(exportAsked, options)
    const { account, onProgress } = options
    if (account !== undefined) {
      if (isUrl(to)) return yield* invalidQuery('account', 'one account goes into a file, and into no other book')
      return yield* intoFile(yield* accountOf(book.events, account), to, onProgress)
    }
    const source = yield* logOfStore(book.events, book.url)
    if (!isUrl(to)) {
      const moved = yield* intoFile(source, to, onProgress)
      return withLooks(moved, yield* looksIntoFile(book, to))
    }
    return yield* Effect.scoped(
      Effect.gen(function* () {
        const address = yield* addressFor(to)
        if (isSameFile(address, book.address)) return yield* invalidQuery('to', 'this is the book itself')
        const target = yield* openLog(address)
        const moved = { to: withoutPassword(to), ...(yield* takeOver(source, target, onProgress)) }
        return withLooks(moved, yield* looksOfStore(yield* book.accessLog.reading, address))
      }),
    )
  })
