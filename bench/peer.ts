import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AccountEvent } from '@daybook/core/account'

const folder = join(import.meta.dirname, 'peers')
const program = join(folder, 'emmett.mjs')

/** What is said where a peer's figure would stand. */
const notInstalled = { missing: 'peer not installed: npm run bench:peers' } as const

/** Milliseconds that the commands of one figure took, all together. */
export interface Spent {
  /** Of all its threads. */
  readonly cpu: number
  readonly clock: number
}

/** Emmett on SQLite, in a process of its own. */
export interface Peer {
  /** Writes the same events to each stream of a new file. */
  readonly fill: (path: string, streams: readonly string[], events: readonly AccountEvent[]) => Promise<void>
  /** Handles so many commands on each stream of a copy of that file; each appends the event. */
  readonly command: (given: {
    readonly path: string
    readonly streams: readonly string[]
    readonly each: number
    readonly event: AccountEvent
  }) => Promise<Spent>
  readonly close: () => void
}

/** Ends the process, where there is one. */
export const closePeer = (peer: ReturnType<typeof openPeer>): void => {
  if ('close' in peer) peer.close()
}

/** It is no dependency of this repository, and nothing here needs it. */
export const openPeer = (): Peer | typeof notInstalled => {
  if (!existsSync(join(folder, 'node_modules', '.package-lock.json'))) return notInstalled
  const child = fork(program, { execArgv: ['--expose-gc'], serialization: 'advanced' })
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${program} ended`)
  })
  ended.catch(() => {})
  const ask = async (request: object): Promise<Spent> => {
    child.send(request)
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [{ answer?: Spent; error?: string }]
    if (!message.answer) throw new Error(`${program}: ${message.error}`)
    return message.answer
  }
  return {
    fill: async (path, streams, events) => {
      await ask({ task: 'fill', path, streams, events })
    },
    command: (given) => ask({ task: 'command', ...given }),
    close: () => {
      if (child.connected) child.disconnect()
    },
  }
}
