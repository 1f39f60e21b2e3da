import * as Effect from 'effect/Effect'
import pg from 'pg'
import { type Bell, bell } from '../head-beyond.ts'
import type { PostgresAddress } from './address.ts'
import { clientConfig } from './sessions.ts'

/** How a store learns that its log has grown: by its own appends, and by what the server tells of others'. */
export interface WakeUps {
  /** Listens, from the first call on; where that can not be, ends all the same: whoever waits looks every so often. */
  readonly listening: Effect.Effect<void>
  /** Ends when the log is known to be longer than a position. */
  readonly woken: (position: number) => Effect.Effect<void>
  /** This store has committed up to a position. */
  readonly grown: (position: number) => void
  readonly close: () => Promise<void>
}

/** One session listens for a store, made when somebody first waits, and again after it was lost. */
export const wakeUps = (address: PostgresAddress, book: number): WakeUps => {
  const rings: Bell = bell()
  let known = 0
  let closed = false
  let listener: Promise<pg.Client | undefined> | undefined

  const grown = (position: number): void => {
    if (position <= known) return
    known = position
    rings.ring()
  }

  const told = ({ payload = '' }: pg.Notification): void => {
    const [of, position] = payload.split(' ')
    if (Number(of) === book) grown(Number(position))
  }

  const listen = async (): Promise<pg.Client | undefined> => {
    const client = new pg.Client(clientConfig(address))
    // Said twice of one session, by its error and by its end: another one may listen by then.
    let isLost = false
    const lost = (): void => {
      if (isLost) return
      isLost = true
      listener = undefined
      // What was told meanwhile was not heard: whoever waits looks for himself.
      rings.ring()
    }
    client.on('notification', told).on('error', lost).on('end', lost)
    try {
      await client.connect()
      await client.query('LISTEN daybook')
      return client
    } catch {
      lost()
      await client.end().catch(() => {})
      return undefined
    }
  }

  return {
    listening: Effect.promise(async () => {
      if (closed) return
      listener ??= listen()
      await listener
    }),
    woken: (position) => rings.rung(() => known > position),
    grown,
    close: async () => {
      closed = true
      const client = await listener
      await client?.end().catch(() => {})
    },
  }
}
