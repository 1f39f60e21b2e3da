import type { ReadError } from '@daybook/core/ports'
import { accountStream } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { type NotFound, noAccount } from './errors.ts'
import type { OpenBook } from './open-book.ts'

/** Fails where a question names an account that nobody has opened: an empty list would read as an account that has none. */
export const isThere = ({ events }: OpenBook, account: string | undefined): Effect.Effect<void, NotFound | ReadError> =>
  Effect.gen(function* () {
    if (account === undefined) return
    const [first] = yield* events.readStream(accountStream(account), { after: -1, limit: 1 })
    if (!first) return yield* noAccount(account)
  })
