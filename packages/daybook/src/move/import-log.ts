import { type AppendError, type ReadError, Unavailable } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { Scope } from 'effect/Scope'
import { addressFor, isNothingYet } from '../book/addresses.ts'
import type { MoveReport } from '../book/answers.ts'
import { type InvalidQuery, invalidQuery } from '../book/errors.ts'
import { importLogAsked, placeAsked, questionGiven } from '../book/given.ts'
import type { ImportLogOptions } from '../book/moving-requests.ts'
import type { MoveError } from '../book/shape.ts'
import { openLog } from '../book/stores.ts'
import { withoutPassword } from '../book/url.ts'
import { isUrl, withLooks } from './export.ts'
import { type LogSource, logOfFile, logOfStore, verifiedFile } from './log-source.ts'
import { looksOfBook, looksOfFile } from './looks.ts'
import { takeOver } from './take-over.ts'

/** A file that was looked at from its first byte to its last before anything of it is taken. */
const sourceIn = (
  path: string,
  options: ImportLogOptions,
): Effect.Effect<LogSource | MoveReport, ReadError | InvalidQuery> =>
  Effect.gen(function* () {
    const { dryRun = false, onProgress } = options
    const file = yield* verifiedFile(path, onProgress)
    const { header, events, head } = file
    if (dryRun) return { to: path, origin: header.origin, events, before: 0, head }
    if (header.daybook === 'log') return logOfFile(path, file)
    const what = `${path} is one account (${header.stream}): it is read and verified, and no book takes it over`
    return yield* invalidQuery('from', what)
  })

const storeAt = (url: string): Effect.Effect<LogSource, MoveError | ReadError, Scope> =>
  Effect.gen(function* () {
    const address = yield* addressFor(url)
    // What is only read is not made, nor put right.
    const name = withoutPassword(url)
    if (yield* isNothingYet(address)) return yield* new Unavailable({ message: `there is no book at ${name}` })
    const events = yield* openLog(address.kind === 'sqlite' ? { ...address, readOnly: true } : address)
    return yield* logOfStore(events, name)
  })

/** Takes a log over into the empty book at a URL; the one implementation of both APIs. */
export const importLogInto = (
  from: string,
  to: string,
  options: ImportLogOptions = {},
): Effect.Effect<MoveReport, MoveError | AppendError> =>
  Effect.scoped(
    Effect.gen(function* () {
      yield* questionGiven(placeAsked, from, 'from')
      yield* questionGiven(placeAsked, to, 'to')
      yield* questionGiven(importLogAsked, options)
      if (isUrl(from) && options.dryRun === true) {
        return yield* invalidQuery('dryRun', 'a file is looked at; for a book there is check')
      }
      const source = isUrl(from) ? yield* storeAt(from) : yield* sourceIn(from, options)
      if ('to' in source) return source
      const address = yield* addressFor(to)
      const target = yield* openLog(address)
      const moved = { to: withoutPassword(to), ...(yield* takeOver(source, target, options.onProgress)) }
      const looks = isUrl(from) ? looksOfBook(yield* addressFor(from), address) : looksOfFile(from, address)
      return withLooks(moved, yield* looks)
    }),
  )
