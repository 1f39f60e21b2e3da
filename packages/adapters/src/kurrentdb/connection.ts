import { setTimeout as wait } from 'node:timers/promises'
import { Unavailable } from '@daybook/core/ports'
import type { KurrentAddress } from './address.ts'
import {
  type Driver,
  type Events,
  loadDriver,
  makeDriver,
  type Position,
  type Proposed,
  type Recorded,
} from './driver.ts'
import { type Failure, failureOf, isNotFound, Silence, unavailable } from './failures.ts'

/** How long is waited, in milliseconds. */
export interface Patience {
  /** For one answer of the server, or for the next event of a read. */
  readonly answer: number
  /** For a call with all its repetitions. */
  readonly call: number
}
export const usualPatience: Patience = { answer: 10_000, call: 30_000 }

/** The pauses between repetitions, in milliseconds. */
const PAUSES = [10, 25, 50, 100, 200, 400]

/** A follower of the log: what it calls when something may have been written. */
export interface Following {
  readonly stop: () => void
}

export interface Connection {
  readonly label: string
  /**
   * Appends at an exact revision, −1 where there is no stream, and goes on with the same ids until it knows: a repeat at an
   * exact revision is answered with what stands there. `unknown` when patience ends first.
   */
  readonly append: (stream: string, expected: number, events: readonly Proposed[]) => Promise<'written' | Failure>
  /** Events of a stream from a revision on; undefined where the server finds no stream. */
  readonly readStream: (stream: string, from: number, limit: number) => Promise<readonly Recorded[] | undefined>
  /** Events of the whole log from a position on, with the one that stands there. */
  readonly readAll: (from: Position | 'start', limit: number) => Promise<readonly Recorded[]>
  /** Calls `woken` after each event of streams with a prefix, from now on and until it is stopped. */
  readonly follow: (prefix: string, woken: () => void) => Following
  /** Whether the server answers now, without repetitions. */
  readonly ping: () => Promise<void>
  readonly close: () => Promise<void>
}

const within = async <A>(milliseconds: number, work: Promise<A>): Promise<A> => {
  const timer = new AbortController()
  try {
    const silence = wait(milliseconds, undefined, { signal: timer.signal, ref: false }).then(() => {
      throw new Silence(`no answer in ${milliseconds} ms`)
    })
    return await Promise.race([work, silence])
  } finally {
    timer.abort()
  }
}

/** An event that was delivered a second time. */
const isSame = (event: Recorded, before: Recorded | undefined): boolean =>
  before !== undefined && before.streamId === event.streamId && before.revision === event.revision

/** All events of a read, each once. What is heard resets the clock: only silence is a fault. */
const collected = (events: Events, silence: number): Promise<readonly Recorded[]> =>
  new Promise((resolve, reject) => {
    const found: Recorded[] = []
    const late = (): void => {
      // A read that is cancelled says nothing more: nobody waits for it.
      void events.cancel?.().catch(() => {})
      reject(new Silence(`no event in ${silence} ms`))
    }
    let timer = setTimeout(late, silence)
    const done = (end: () => void) => (): void => {
      clearTimeout(timer)
      end()
    }
    events.on('data', ({ event }) => {
      clearTimeout(timer)
      timer = setTimeout(late, silence)
      if (event && !isSame(event, found.at(-1))) found.push(event)
    })
    events.on('error', (error) => done(() => reject(error))())
    events.on(
      'end',
      done(() => resolve(found)),
    )
    events.on(
      'close',
      done(() => reject(new Silence('the read was closed'))),
    )
  })

/**
 * A connection that outlives its channels. The driver waits for ever for a server that is dead, and takes an answer that
 * was lost for a failure: every call has a time of its own here, and is made again, on a new channel where the old one was
 * silent, until patience ends.
 */
export const connect = async (
  { connection, label }: Pick<KurrentAddress, 'connection' | 'label'>,
  patience: Patience = usualPatience,
): Promise<Connection> => {
  const module = await loadDriver()
  let driver = makeDriver(module, connection)
  const abandoned = new Set<Driver>()
  let closed = false

  /** The next call gets another channel; what still waits on the old one has a time of its own. */
  const abandon = (old: Driver): void => {
    if (driver !== old) return
    abandoned.add(old)
    driver = makeDriver(module, connection)
  }

  /** Makes a call until it is answered, one way or the other. `last` is what is given when patience ends. */
  const insisting = async <A>(
    make: (driver: Driver) => Promise<A>,
    last: (error: unknown) => A,
  ): Promise<A | Failure> => {
    const begun = Date.now()
    for (let tries = 0; ; tries++) {
      if (closed) return new Unavailable({ message: `${label} is closed` })
      const used = driver
      try {
        return await make(used)
      } catch (error) {
        const failure = failureOf(error, label)
        if (failure !== 'unknown') return failure
        if (error instanceof Silence) abandon(used)
        if (Date.now() - begun >= patience.call) return last(error)
        await wait(PAUSES[Math.min(tries, PAUSES.length - 1)] ?? 0)
      }
    }
  }

  /** A read: what can not be answered is thrown, as an error of the port. */
  const reading = async <A>(make: (driver: Driver) => Promise<A>): Promise<A> => {
    const begun = Date.now()
    const answer = await insisting(
      async (used) => ({ found: await make(used) }),
      (error) => {
        throw unavailable(label, Date.now() - begun, error)
      },
    )
    if (typeof answer === 'object' && 'found' in answer) return answer.found
    throw typeof answer === 'object' ? answer : new Unavailable({ message: `${label}: ${answer}` })
  }

  const leader = { requiresLeader: true }

  return {
    label,
    append: async (stream, expected, events) => {
      const expectedRevision = expected < 0 ? 'no_stream' : BigInt(expected)
      const options = { ...leader, expectedRevision, deadline: patience.answer } as const
      return insisting<'written' | 'unknown'>(
        async (used) => {
          await within(patience.answer, used.appendToStream(stream, events, options))
          return 'written'
        },
        () => 'unknown',
      )
    },
    readStream: (stream, from, limit) =>
      reading(async (used) => {
        const options = { ...leader, fromRevision: BigInt(from), maxCount: limit }
        try {
          return await collected(used.readStream(stream, options), patience.answer)
        } catch (error) {
          if (isNotFound(error)) return undefined
          throw error
        }
      }),
    readAll: (from, limit) =>
      reading((used) => collected(used.readAll({ ...leader, fromPosition: from, maxCount: limit }), patience.answer)),
    follow: (prefix, woken) => {
      const filter = module.streamNameFilter({ prefixes: [prefix], checkpointInterval: 1_000 })
      let stopped = false
      let current: Events | undefined
      const begin = (pause: number): void => {
        if (stopped || closed) return
        const followed = driver.subscribeToAll({ requiresLeader: false, fromPosition: 'end', filter })
        current = followed
        let over = false
        const again = (): void => {
          if (over) return
          over = true
          setTimeout(() => begin(Math.min(pause * 2, 5_000)), pause).unref()
        }
        followed.on('data', () => woken())
        // What was written before it stood is seen now: whoever waits looks again.
        followed.on('confirmation', () => woken())
        followed.on('error', again)
        followed.on('end', again)
        followed.on('close', again)
      }
      begin(50)
      return {
        stop: () => {
          stopped = true
          void current?.unsubscribe?.().catch(() => {})
        },
      }
    },
    ping: async () => {
      try {
        await collected(driver.readAll({ ...leader, fromPosition: 'start', maxCount: 1 }), patience.answer)
      } catch (error) {
        const failure = failureOf(error, label)
        throw typeof failure === 'object' ? failure : unavailable(label, 0, error)
      }
    },
    close: async () => {
      closed = true
      await within(1_000, Promise.allSettled([...abandoned, driver].map((one) => one.dispose()))).catch(() => {})
    },
  }
}
