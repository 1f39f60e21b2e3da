import * as Effect from 'effect/Effect'
import { bell } from '../head-beyond.ts'
import { prefixOf } from './address.ts'
import type { Connection, Following } from './connection.ts'

/** Wakes those who wait for the log to grow, whoever writes. */
export interface Follower {
  /** Ends when something may have been written behind a position. */
  readonly woken: (position: number) => Effect.Effect<void>
  readonly stop: () => void
}

/** One subscription for all who wait, begun when the first one does. */
export const followerOf = (connection: Connection, tenant: string): Follower => {
  const grown = bell()
  let following: Following | undefined
  return {
    woken: () =>
      Effect.suspend(() => {
        following ??= connection.follow(prefixOf(tenant), grown.ring)
        return grown.rung(() => false)
      }),
    stop: () => following?.stop(),
  }
}
