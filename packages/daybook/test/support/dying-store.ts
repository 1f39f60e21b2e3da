import type { EventStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'

/**
 * A store whose process dies: it commits so many appends, and (those in flight apart) nothing
 * after them. What the dead process had in its
 * memory is gone; what it had committed stands in the store behind.
 */
export const dyingAfter = (store: EventStoreShape, appends: number): EventStoreShape => {
  let left = appends
  return {
    ...store,
    append: (request) => {
      if (left <= 0) return Effect.die(new Error('killed'))
      // An append that only finds its first receipt again writes nothing.
      return Effect.tap(store.append(request), ({ repeated }) =>
        Effect.sync(() => {
          if (!repeated) left -= 1
        }),
      )
    },
  }
}
