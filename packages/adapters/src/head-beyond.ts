import type { EventStoreShape } from '@daybook/core/ports'
import * as Clock from 'effect/Clock'
import * as Effect from 'effect/Effect'

/** Timers take no longer time, milliseconds: a longer one would end at once. */
const LONGEST = 2 ** 31 - 1

/** Wakes those of one process who wait for a log to grow. */
export interface Bell {
  /** The log has grown: whoever waits looks again. */
  readonly ring: () => void
  /** Ends at the next ring; at once where `isPast` holds already, which is asked as the wait begins. */
  readonly rung: (isPast: () => boolean) => Effect.Effect<void>
}

export const bell = (): Bell => {
  let waiting = new Set<() => void>()
  return {
    ring: () => {
      const woken = waiting
      waiting = new Set()
      for (const wake of woken) wake()
    },
    rung: (isPast) =>
      Effect.callback<void>((resume) => {
        const wake = () => resume(Effect.void)
        // Asked and put down in one step: nothing can come in between.
        if (isPast()) return wake()
        waiting.add(wake)
        return Effect.sync(() => waiting.delete(wake))
      }),
  }
}

/**
 * `headBeyond` of a store that can ask for its head, and is woken by some of the writers or by all of them: it looks when it
 * is woken, and every so often for what nobody told it.
 */
export const headBeyondBy =
  (
    head: EventStoreShape['head'],
    { woken, everyMs }: { readonly woken: (position: number) => Effect.Effect<void>; readonly everyMs: number },
  ): EventStoreShape['headBeyond'] =>
  (position, withinMs) =>
    Effect.gen(function* () {
      const end = (yield* Clock.currentTimeMillis) + withinMs
      for (;;) {
        const found = yield* head
        const left = end - (yield* Clock.currentTimeMillis)
        if (found.position > position || left <= 0) return found
        yield* Effect.raceFirst(woken(position), Effect.sleep(Math.min(left, everyMs, LONGEST)))
      }
    })
