import { type SqliteEventStore, sqliteEventStore } from '@daybook/adapters/sqlite'
import * as Effect from 'effect/Effect'

/** Opens a book's log in a file, new where there is none, works on it and closes it. */
export const onBook = <A>(path: string, work: (store: SqliteEventStore) => Promise<A>): Promise<A> =>
  Effect.runPromise(
    Effect.scoped(Effect.flatMap(sqliteEventStore({ path }), (store) => Effect.promise(() => work(store)))),
  )
