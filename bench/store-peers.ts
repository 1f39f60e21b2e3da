import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AccountEvent } from '@daybook/core/account'
import type { Bench, PeerSubject } from './measure.ts'
import type { Spent } from './peer.ts'

const folder = join(import.meta.dirname, 'peers')
const program = join(folder, 'stores.mjs')

const titles: Readonly<Record<string, string>> = {
  castore: 'castore',
  'emmett-memory': 'Emmett',
  'emmett-postgresql': 'Emmett',
  'emmett-sqlite': 'Emmett',
  'message-db': 'message-db, its function by pg',
}

/** What is asked of a peer: appends of one event, each to a new stream, or readings of one stream of these events. */
export type Asked =
  | {
      readonly task: 'append'
      readonly kind: string
      readonly place: string
      readonly clients: number
      readonly each: number
      readonly event: AccountEvent
    }
  | {
      readonly task: 'read'
      readonly kind: string
      readonly place: string
      readonly times: number
      readonly events: readonly AccountEvent[]
    }

/** Other libraries, in a process of their own. */
export interface StorePeers {
  readonly subject: (
    kind: string,
    better: PeerSubject['better'],
    run: (ask: (asked: Asked) => Promise<Spent>) => Promise<number>,
  ) => NonNullable<Bench['peer']>
  readonly close: () => void
}

/** A peer that ends its process is given a new one: it is not ours to mend, and the next figure is another one's. */
export const openStorePeers = (): StorePeers => {
  const installed = existsSync(join(folder, 'node_modules', '.package-lock.json'))
  let running: { readonly child: ChildProcess; readonly ended: Promise<never> } | undefined
  const begun = () => {
    const child = fork(program, { execArgv: ['--expose-gc'], serialization: 'advanced' })
    const ended = once(child, 'exit').then(() => {
      throw new Error('its process ended')
    })
    ended.catch(() => {})
    return { child, ended }
  }
  const ask = async (asked: Asked): Promise<Spent> => {
    if (!running?.child.connected) running = begun()
    const { child, ended } = running
    child.send(asked)
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [{ answer?: Spent; error?: string }]
    if (!message.answer) throw new Error(message.error)
    return message.answer
  }
  return {
    subject: (kind, better, run) =>
      installed
        ? { is: titles[kind] ?? kind, better, run: () => run(ask) }
        : { missing: 'peer not installed: npm run bench:peers' },
    close: () => {
      if (running?.child.connected) running.child.disconnect()
    },
  }
}
