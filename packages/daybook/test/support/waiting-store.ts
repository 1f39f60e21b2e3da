import { setImmediate } from 'node:timers/promises'
import type { EventStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'

/** How many turns of the event loop each append waits, and each batch after its reading, over and over. */
export const turns: fc.Arbitrary<readonly number[]> = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 12 })

/**
 * A store as other fibers and other processes see it: each append waits some turns of the event loop first, and what a
 * batch has read ahead is some turns old, so that whatever may come in between does.
 */
export const waiting = (store: EventStoreShape, waits: readonly number[]): EventStoreShape => {
  let waited = 0
  const wait = async (): Promise<void> => {
    for (let turn = waits[waited++ % waits.length] ?? 0; turn > 0; turn--) await setImmediate()
  }
  return {
    ...store,
    append: (request) => Effect.andThen(Effect.promise(wait), store.append(request)),
    readMany: (pages) => Effect.tap(store.readMany(pages), () => Effect.promise(wait)),
  }
}
