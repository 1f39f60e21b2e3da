import type { EventStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'

/** What a reader sees who follows the log while it grows. */
export const follow = async (store: EventStoreShape, goesOn: () => boolean): Promise<readonly number[]> => {
  const seen: number[] = []
  for (;;) {
    const last = goesOn()
    await Effect.runPromise(store.headBeyond(seen.length, 200))
    const page = await Effect.runPromise(store.readAll({ after: seen.at(-1) ?? 0, limit: 500 }))
    seen.push(...page.map(({ position }) => position))
    if (!last && page.length === 0) return seen
  }
}
