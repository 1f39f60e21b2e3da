import {
  type EventStoreShape,
  Integrity,
  NO_STREAM,
  type ReadError,
  type RecordedCommand,
  Unavailable,
} from '@daybook/core/ports'
import { type ChainEnd, verifyChain } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { sha256 } from '../book/world.ts'
import { type BookHead, headOfEmpty, headText } from '../check/book-head.ts'
import { type Piece, piecesOf } from './exported-log.ts'
import type { LogHeader } from './log-lines.ts'
import { forEachCommands, headAfterCommands } from './recorded-commands.ts'

/** A log that is read from its beginning, wherever it stands. */
export interface LogSource {
  /** What it is called in messages. */
  readonly name: string
  readonly header: LogHeader
  /** All of it, whole commands at a time. */
  readonly each: <E>(
    use: (commands: readonly RecordedCommand[]) => Effect.Effect<void, E>,
  ) => Effect.Effect<void, E | ReadError>
}

/** The log of a book, up to where it stands now. */
export const logOfStore = (events: EventStoreShape, name: string): Effect.Effect<LogSource, ReadError> =>
  Effect.gen(function* () {
    const { position: upTo } = yield* events.head
    const secretCheck = yield* events.secretCheck
    const header: LogHeader = { daybook: 'log', origin: events.origin, upTo, secretCheck }
    return { name, header, each: (use) => forEachCommands(events, upTo, use) }
  })

const readFault = (path: string, cause: unknown): ReadError => {
  if (cause instanceof Integrity || cause instanceof Unavailable) return cause
  return new Unavailable({ message: `${path}: ${String(cause)}`, cause })
}

/** Goes through a file to its end. */
const eachPiece = <E>(
  path: string,
  use: (piece: Piece) => Effect.Effect<void, E>,
): Effect.Effect<void, E | ReadError> =>
  Effect.acquireUseRelease(
    Effect.sync(() => piecesOf(path)),
    (pieces) =>
      Effect.gen(function* () {
        for (;;) {
          const next = yield* Effect.tryPromise({ try: () => pieces.next(), catch: (cause) => readFault(path, cause) })
          if (next.done === true) return
          yield* use(next.value)
        }
      }),
    (pieces) => Effect.promise(() => pieces.return(undefined)),
  )

/** What a file was found to be, once all of it was looked at. */
export interface VerifiedFile {
  readonly header: LogHeader
  readonly events: number
  /** Of a whole log its head, `@position:hash`; of an account the last leaf of its stream. */
  readonly head: string
}

/** The last leaf of one stream's commands, each event held against the one before it. */
export const chainAfter = (
  end: ChainEnd,
  commands: readonly RecordedCommand[],
  origin: string,
): Effect.Effect<ChainEnd, Integrity> =>
  Effect.suspend(() => {
    const chain = verifyChain(
      commands.flatMap(({ events }) => events),
      sha256,
      origin,
      end,
    )
    return chain.ok ? Effect.succeed(chain.end) : Effect.fail(new Integrity({ message: chain.fault.message }))
  })

/**
 * Goes through a whole file: its bytes against the hash on its last line, every event against its leaf, and the head that they
 * give against the one that it names. Fails with Integrity where any of it does not fit.
 */
export const verifiedFile = (
  path: string,
  onProgress?: (done: number, of: number) => void,
): Effect.Effect<VerifiedFile, ReadError> =>
  Effect.gen(function* () {
    let header: LogHeader | undefined
    let head: BookHead = { position: 0, hash: '' }
    let end: ChainEnd = NO_STREAM
    let events = 0
    let said: string | undefined
    yield* eachPiece(path, (piece) => {
      if ('header' in piece) {
        header = piece.header
        head = headOfEmpty(header.origin, sha256)
      } else if ('trailer' in piece) said = piece.trailer.head
      else if (header) {
        events += piece.commands.reduce((sum, command) => sum + command.events.length, 0)
        onProgress?.(events, Math.max(events, header.upTo))
        if (header.daybook === 'log') {
          return Effect.map(headAfterCommands(head, piece.commands, header.origin), (next) => {
            head = next
          })
        }
        return Effect.map(chainAfter(end, piece.commands, header.origin), (next) => {
          end = next
        })
      }
      return Effect.void
    })
    if (!header) return yield* new Integrity({ message: `${path} is empty` })
    const found = header.daybook === 'log' ? headText(head) : end.headHash
    if (found !== said)
      return yield* new Integrity({ message: `${path}: its events give the head ${found}, and it names ${said}` })
    return { header, events, head: found }
  })

/** The log in a file that was verified. */
export const logOfFile = (path: string, { header }: VerifiedFile): LogSource => ({
  name: path,
  header,
  each: (use) => eachPiece(path, (piece) => ('commands' in piece ? use(piece.commands) : Effect.void)),
})
