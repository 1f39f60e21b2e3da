// A PostgreSQL server for tests: the one that DAYBOOK_TEST_PG names, or one of the run's own.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/** A server, or why there is none: then tests are skipped, and say so. */
export type TestServer = { readonly url: string } | { readonly why: string }

const program = join(import.meta.dirname, 'serve.ts')

/** Starts the run's server; of the processes of a run, the one that makes the folder does it. */
const startOnce = (place: string, file: string): void => {
  try {
    mkdirSync(join(place, 'starting'))
  } catch {
    return
  }
  const watched = process.env['DAYBOOK_TEST_PG_WATCHED'] ?? String(process.pid)
  spawn(process.execPath, [program, file, watched], { detached: true, stdio: 'ignore' }).unref()
}

const own = async (): Promise<TestServer> => {
  const place = process.env['DAYBOOK_TEST_PG_PLACE']
  if (place === undefined) return { why: 'it is started by vitest only (vitest.config.ts)' }
  const file = join(place, 'server.json')
  startOnce(place, file)
  for (let waited = 0; waited < 60_000; waited += 20) {
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return { why: 'it did not start within a minute' }
}

/** In CI a server that does not run is a fault, elsewhere a reason to skip. */
export const testServer = async (): Promise<TestServer> => {
  const named = process.env['DAYBOOK_TEST_PG']
  const server = named === undefined ? await own() : { url: named }
  if ('url' in server) return server
  if (process.env['CI']) throw new Error(`tests of PostgreSQL can not run: ${server.why}`)
  console.warn(`Tests of PostgreSQL are skipped: ${server.why}.`)
  return server
}

const on = async (url: string, sql: string): Promise<readonly unknown[][]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

/** A database with nothing in it. */
export interface TestDatabase {
  readonly url: string
  /** The same for a tenant of its own. */
  readonly urlOf: (tenant: string) => string
  /** What a statement answers, as its superuser. */
  readonly rows: (sql: string) => Promise<readonly unknown[][]>
  readonly rowsAs: (url: string, sql: string) => Promise<readonly unknown[][]>
  readonly drop: () => Promise<unknown>
}

export const freshDatabase = async ({ url: server }: { readonly url: string }): Promise<TestDatabase> => {
  const name = `daybook_test_${randomBytes(6).toString('hex')}`
  await on(server, `CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    urlOf: (tenant) => {
      const own = new URL(url)
      own.searchParams.set('tenant', tenant)
      return own.href
    },
    rows: (sql) => on(url.href, sql),
    rowsAs: on,
    drop: () => on(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}
