import * as Effect from 'effect/Effect'
import * as Semaphore from 'effect/Semaphore'
import type { Instant } from '../kernel/day.ts'
import type { Token } from '../ports/event-store.ts'

/** A stream folded up to some version: all of it, or a first part. */
export interface Loaded<S> {
  readonly state: S
  readonly token: Token
  /** Of its last event. */
  readonly recordedAt?: Instant | undefined
}

interface Lane {
  readonly semaphore: Semaphore.Semaphore
  users: number
}

/**
 * What this process knows of streams: folded states, so that a command on a long account reads only what is new, and
 * whose turn it is. An entry is a first part of its stream, never more: whoever answers from it must ask the store
 * whether it is all. Bounded: what was not used for the longest time goes first, in halves.
 */
export class StateCache {
  #recent = new Map<string, Loaded<unknown>>()
  #before = new Map<string, Loaded<unknown>>()
  readonly #lanes = new Map<string, Lane>()
  readonly #size: number
  constructor(size = 10_000) {
    this.#size = size
  }

  get(stream: string): Loaded<unknown> | undefined {
    const recent = this.#recent.get(stream)
    if (recent) return recent
    const entry = this.#before.get(stream)
    if (entry) this.#keep(stream, entry)
    return entry
  }

  /** Keeps the longer of what it has and what is given. */
  set(stream: string, entry: Loaded<unknown>): void {
    const known = this.#recent.get(stream) ?? this.#before.get(stream)
    if (known && known.token.version > entry.token.version) return
    this.#keep(stream, entry)
  }

  #keep(stream: string, entry: Loaded<unknown>): void {
    this.#recent.set(stream, entry)
    if (this.#recent.size * 2 <= this.#size) return
    this.#before = this.#recent
    this.#recent = new Map()
  }

  /** One after the other on one stream: side by side all but one would decide for nothing. */
  inTurn<A, E>(stream: string, effect: Effect.Effect<A, E>): Effect.Effect<A, E> {
    return Effect.suspend(() => {
      const lane = this.#lanes.get(stream) ?? { semaphore: Semaphore.makeUnsafe(1), users: 0 }
      lane.users += 1
      this.#lanes.set(stream, lane)
      const leave = Effect.sync(() => {
        lane.users -= 1
        if (lane.users === 0) this.#lanes.delete(stream)
      })
      return Effect.ensuring(lane.semaphore.withPermit(effect), leave)
    })
  }
}
