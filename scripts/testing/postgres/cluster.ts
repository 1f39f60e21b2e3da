// A PostgreSQL server of one's own in a folder of its own, on a free port of the loopback.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NoServer, ownerHere, programsFor } from './binaries.ts'

/** How a server is stopped: in order, or at once, as a power cut would. */
export type Stop = 'fast' | 'immediate'
const signals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const

export interface Cluster {
  /** Of its database `postgres`, as its superuser. */
  readonly url: string
  readonly start: () => Promise<void>
  readonly stop: (how: Stop) => Promise<void>
  readonly remove: () => void
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new NoServer('the loopback gives no port')
  return address.port
}

/** The server itself writes down that it takes connections, in a line of this file. */
const isReady = (data: string): boolean => {
  const file = join(data, 'postmaster.pid')
  return existsSync(file) && readFileSync(file, 'utf8').split('\n')[7]?.trim() === 'ready'
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

const settings = (port: number): readonly string[] =>
  [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=64MB',
    'max_wal_size=1GB',
  ].flatMap((setting) => ['-c', setting])

/**
 * Makes a server; it is not started yet. It sorts by the words of a language, not by bytes, as many a database does.
 * @throws NoServer where none can run.
 */
export const makeCluster = async (): Promise<Cluster> => {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-pg-'))
  const owner = ownerHere()
  const own = (path: string): void => {
    if (owner) chownSync(path, owner.uid, owner.gid)
  }
  own(folder)
  const { initdb, postgres } = await programsFor(owner, folder)
  const [data, secret, log] = [join(folder, 'data'), join(folder, 'password'), join(folder, 'log')]
  mkdirSync(data, { mode: 0o700 })
  own(data)
  const password = randomBytes(12).toString('hex')
  writeFileSync(secret, password, { mode: 0o600 })
  own(secret)
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US']
  const made = spawnSync(
    initdb,
    ['-D', data, '--username=daybook', `--pwfile=${secret}`, '--auth=scram-sha-256', '--no-sync', ...locale],
    { ...owner, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC' } },
  )
  if (made.status !== 0) throw new NoServer(`initdb failed: ${made.stderr || made.error?.message}`)
  const port = await freePort()
  let child: ChildProcess | undefined

  const start = async (): Promise<void> => {
    const output = openSync(log, 'a')
    chmodSync(log, 0o644)
    child = spawn(postgres, ['-D', data, ...settings(port)], {
      ...owner,
      stdio: ['ignore', output, output],
      env: { TZ: 'UTC' },
    })
    closeSync(output)
    for (let waited = 0; !isReady(data); waited += 20) {
      if (child.exitCode !== null || waited > 30_000) {
        throw new NoServer(`postgres does not start: ${readFileSync(log, 'utf8').slice(-500)}`)
      }
      await pause(20)
    }
  }

  const stop = async (how: Stop): Promise<void> => {
    if (!child || child.exitCode !== null) return
    const closed = once(child, 'exit')
    child.kill(signals[how])
    await closed
  }

  return {
    url: `postgres://daybook:${password}@127.0.0.1:${port}/postgres`,
    start,
    stop,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
