import type { Append, EventStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { kurrentEventStore } from '../../src/kurrentdb/index.ts'
import { type Opened, opened } from '../store/fixtures.ts'
import { impatient } from './fixture.ts'

/** Opens the log of a URL, with an index that is made anew unless a file is named. */
export const openedAt = (url: string, index?: string, patience = impatient): Promise<Opened> =>
  opened(kurrentEventStore({ url, index, patience }))

/** What an append came to: how it was answered, or by which error it failed. */
export const outcomeOf = (store: EventStoreShape, request: Append) =>
  Effect.runPromise(
    Effect.match(store.append(request), {
      onSuccess: ({ firstVersion, lastVersion, repeated }) => ({ firstVersion, lastVersion, repeated }),
      onFailure: ({ _tag }) => _tag,
    }),
  )
