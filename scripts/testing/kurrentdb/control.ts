import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Fault } from './faults.ts'
import type { StoredText } from './log.ts'

/** What the process of the server can be asked for. A node is named by its number; the leader where none is named. */
export type Asked =
  | { readonly do: 'faults'; readonly faults: readonly Fault[] }
  /** Takes out the faults that have not struck yet. */
  | { readonly do: 'mend' }
  /** How many calls a fault has struck. */
  | { readonly do: 'struck' }
  /** Drops all channels and is away for some milliseconds. */
  | { readonly do: 'restart'; readonly ms: number; readonly node?: number }
  | { readonly do: 'shut'; readonly node?: number }
  | { readonly do: 'open'; readonly node?: number }
  | { readonly do: 'lead'; readonly node: number }
  /** How far the server's clock stands ahead, in milliseconds; behind where below 0. */
  | { readonly do: 'clock'; readonly ahead: number }
  /** What is stored, in order. */
  | { readonly do: 'texts' }
  /** Puts another log in its place. */
  | { readonly do: 'rewrite'; readonly texts: readonly StoredText[] }

export interface WireServer {
  /** A connection string with every node. */
  readonly url: string
  readonly ports: readonly number[]
  readonly ask: (asked: Asked) => Promise<unknown>
  readonly faults: (...faults: readonly Fault[]) => Promise<void>
  /** Kills the process as a crash would. */
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts a server in a process of its own, as `main.ts` says. It ends with its parent. */
export const startWireServer = async (...args: readonly string[]): Promise<WireServer> => {
  const child: ChildProcess = fork(join(import.meta.dirname, 'main.ts'), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, (answer: unknown) => void>()
  let asked = 0
  const exited = once(child, 'exit')
  const [{ url, ports }] = (await Promise.race([
    once(child, 'message'),
    exited.then(() => Promise.reject(new Error('the wire server did not start'))),
  ])) as [{ url: string; ports: readonly number[] }]
  child.on('message', ({ id, answer }: { id: number; answer: unknown }) => {
    waiting.get(id)?.(answer)
    waiting.delete(id)
    if (waiting.size === 0) child.channel?.unref()
  })
  // Tests may end without it: it must not keep their process.
  child.unref()
  child.channel?.unref()
  const ask = (what: Asked): Promise<unknown> =>
    new Promise((resolve) => {
      asked += 1
      waiting.set(asked, resolve)
      child.channel?.ref()
      child.send({ id: asked, asked: what })
    })
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.ref()
    child.kill(signal)
    await exited
  }
  return {
    url,
    ports,
    ask,
    faults: async (...faults) => void (await ask({ do: 'faults', faults })),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}
