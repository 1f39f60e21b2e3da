import { existsSync } from 'node:fs'
import { type AppendError, adoptionOf, type EventStoreShape, type ReadError } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { isNothingYet } from '../book/addresses.ts'
import type { DriverMissing } from '../book/errors.ts'
import { openLog } from '../book/stores.ts'
import { type Address, withoutPassword } from '../book/url.ts'
import { accessAddress, BESIDE } from '../privacy/access-address.ts'
import { type LogSource, logOfFile, logOfStore, verifiedFile } from './log-source.ts'
import { type TakenOver, takeOver } from './take-over.ts'

// The access log moves with its book: beside an exported file as `FILE.access`, beside a book as its own is.

/** How much of the access log moved. */
export type LooksMoved = Pick<TakenOver, 'events' | 'head'>

/** The file of looks beside an exported file. */
export const looksBeside = (path: string): string => `${path}.${BESIDE}`

type Moving<A> = Effect.Effect<A, ReadError | AppendError | DriverMissing>

/**
 * Has the access log beside a book take another one over. What was taken over to its end stays as it is: looks at the other
 * book that came later are in its own log.
 */
const takenOver = (source: LogSource, book: Address): Moving<LooksMoved | undefined> =>
  Effect.scoped(
    Effect.gen(function* () {
      if (book.kind === 'memory') return undefined
      const target = yield* openLog(accessAddress(book))
      const { position } = yield* target.head
      const begun = yield* adoptionOf(target).begun
      if (position > 0 && !begun && target.origin === source.header.origin) return undefined
      const { events, head } = yield* takeOver(source, target)
      return { events, head }
    }),
  )

/** From the access log of an open book. */
export const looksOfStore = (log: EventStoreShape | undefined, book: Address): Moving<LooksMoved | undefined> =>
  log
    ? Effect.flatMap(logOfStore(log, 'the access log'), (source) => takenOver(source, book))
    : Effect.succeed(undefined)

/** From what lies beside an exported file. */
export const looksOfFile = (path: string, book: Address): Moving<LooksMoved | undefined> =>
  Effect.gen(function* () {
    const from = looksBeside(path)
    if (!existsSync(from)) return undefined
    return yield* takenOver(logOfFile(from, yield* verifiedFile(from)), book)
  })

/** From what stands beside a book that is not open. */
export const looksOfBook = (from: Address, book: Address): Moving<LooksMoved | undefined> =>
  Effect.scoped(
    Effect.gen(function* () {
      const address = accessAddress(from)
      if (address.kind === 'memory' || (yield* isNothingYet(address))) return undefined
      const log = yield* openLog(address.kind === 'sqlite' ? { ...address, readOnly: true } : address)
      const name = address.kind === 'sqlite' ? address.path : withoutPassword(address.url)
      return yield* takenOver(yield* logOfStore(log, name), book)
    }),
  )
