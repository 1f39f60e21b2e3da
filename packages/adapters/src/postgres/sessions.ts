import { Unavailable } from '@daybook/core/ports'
import pg from 'pg'
import type { PostgresAddress } from './address.ts'
import { isPassing, NoSession } from './errors.ts'
import { type Statement, typesWith, type Value } from './statement.ts'

/** How long a connection may take to be made, in milliseconds. */
const CONNECT_TIMEOUT = 10_000
/** How long one statement may run at the server, in milliseconds. */
const STATEMENT_TIMEOUT = 60_000
/** How long a statement waits for another writer's lock, in milliseconds. */
const LOCK_TIMEOUT = 5_000
/** After this the server is taken for gone, in milliseconds: it would have ended the statement itself. */
const ANSWER_TIMEOUT = STATEMENT_TIMEOUT + 15_000
const FIRST_PAUSE = 20
const LONGEST_PAUSE = 500

/** What every session is set to. Plans go by the keys always: a table that was empty a minute ago has no statistics yet. */
const settings = {
  jit: 'off',
  enable_seqscan: 'off',
  default_transaction_isolation: 'read\\ committed',
  statement_timeout: STATEMENT_TIMEOUT,
  lock_timeout: LOCK_TIMEOUT,
  idle_in_transaction_session_timeout: STATEMENT_TIMEOUT,
  client_min_messages: 'error',
} as const

const optionsText = (more: Readonly<Record<string, string | number>>): string =>
  Object.entries({ ...settings, ...more })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')

/** The connections are closed: with the store, at the end of its scope. */
class Closed extends Error {}

/** One session with the server, held while `use` runs. */
export interface Session {
  readonly rows: <Row extends readonly unknown[]>(of: Statement, ...values: readonly Value[]) => Promise<readonly Row[]>
  /** Statements without values, at once. */
  readonly run: (sql: string) => Promise<void>
}

export interface Sessions {
  readonly where: string
  /** Lends a session; one whose connection was lost, or whose transaction was left open, is not used again. */
  readonly use: <A>(work: (session: Session) => Promise<A>) => Promise<A>
  /** The same in a transaction: committed at the end, rolled back when `work` fails. */
  readonly transaction: <A>(work: (session: Session) => Promise<A>) => Promise<A>
  /** A statement that only reads, asked again while the server is away for a moment. */
  readonly read: <Row extends readonly unknown[]>(of: Statement, ...values: readonly Value[]) => Promise<readonly Row[]>
  /** Does what may be done twice, again while what hinders it passes. */
  readonly patiently: <A>(work: () => Promise<A>) => Promise<A>
  readonly isClosed: () => boolean
  readonly close: () => Promise<void>
}

export interface SessionOptions {
  readonly address: PostgresAddress
  readonly most: number
  /** How long to go on trying while the server is away, in milliseconds. */
  readonly patience: number
  /** Settings of the server for these sessions. */
  readonly settings?: Readonly<Record<string, string | number>>
  /** What is made of a text that comes back. */
  readonly textGiven?: (text: string) => string
}

type Options = Partial<Pick<SessionOptions, 'settings' | 'textGiven'>>

export const clientConfig = (
  address: PostgresAddress,
  { settings: more = {}, textGiven }: Options = {},
): pg.ClientConfig => {
  const { host, port, database, user, password } = address
  return {
    host,
    port,
    database,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ssl: address.encryption(),
    application_name: 'daybook',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    query_timeout: ANSWER_TIMEOUT,
    options: optionsText(more),
    types: typesWith(textGiven),
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))
/** How long to wait before the next try, with some chance in it: several processes shall not come at once. */
export const pauseAfter = (tries: number): number =>
  Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(tries, 10)) * (0.5 + Math.random() / 2)

const sessionOf = (client: pg.PoolClient): Session => ({
  rows: async ({ name, text }, ...values) => {
    const { rows } = await client.query({ name, text, values: [...values], rowMode: 'array' })
    return rows as never
  },
  run: async (sql) => {
    await client.query(sql)
  },
})

export const openSessions = ({ address, most, patience, ...options }: SessionOptions): Sessions => {
  const pool = new pg.Pool({ ...clientConfig(address, options), max: most, idleTimeoutMillis: 30_000 })
  // A connection that breaks while nobody uses it is told here; the pool makes another one when it is needed.
  pool.on('error', ignore)
  // One that breaks while it is lent fails its statement, and says so here as well, also between two statements.
  pool.on('connect', (client) => client.on('error', ignore))
  let closed = false

  const connected = async (): Promise<pg.PoolClient> => {
    if (closed) throw new Closed()
    try {
      return await pool.connect()
    } catch (cause) {
      throw closed ? new Closed() : new NoSession(cause)
    }
  }

  const use: Sessions['use'] = async (work) => {
    const client = await connected()
    let spoilt = true
    try {
      const result = await work(sessionOf(client))
      spoilt = false
      return result
    } finally {
      client.release(spoilt)
    }
  }

  const told = async <A>(work: () => Promise<A>): Promise<A> => {
    try {
      return await work()
    } catch (cause) {
      if (cause instanceof Closed) throw new Unavailable({ message: `${address.shown} is closed` })
      throw cause
    }
  }

  const patiently: Sessions['patiently'] = (work) =>
    told(async () => {
      const until = performance.now() + patience
      for (let tries = 0; ; tries++) {
        try {
          return await work()
        } catch (cause) {
          const wait = pauseAfter(tries)
          if (closed || !isPassing(cause) || performance.now() + wait > until) throw cause
          await pause(wait)
        }
      }
    })

  return {
    where: address.shown,
    use: (work) => told(() => use(work)),
    transaction: (work) =>
      told(() =>
        use(async (session) => {
          await session.run('BEGIN')
          const result = await work(session)
          await session.run('COMMIT')
          return result
        }),
      ),
    read: (of, ...values) => patiently(() => use((session) => session.rows(of, ...values))),
    patiently,
    isClosed: () => closed,
    close: async () => {
      closed = true
      await pool.end()
    },
  }
}

const ignore = (): void => {}
