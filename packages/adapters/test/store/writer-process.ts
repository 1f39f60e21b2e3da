import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Tried } from '@daybook/core/testing/store'
import { bundled } from '../../../../scripts/testing/bundled.ts'
import { type Line, linesOf, triedIn, type WriterTask } from './writer-lines.ts'

const program = fileURLToPath(new URL('./crash-writer.ts', import.meta.url))

/** What a writer process has done: what it tried and heard, and how it ended. */
export interface WriterRun {
  readonly lines: readonly Line[]
  readonly tried: readonly Tried[]
  readonly acknowledged: readonly { readonly stream: string; readonly commandId: string; readonly version: number }[]
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly errors: string
}

export interface WriterOptions extends Omit<Partial<WriterTask>, 'path' | 'commands'> {
  /** What the process runs under: a program and its arguments. */
  readonly under?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Runs `crash-writer.ts` on a file, or a PostgreSQL URL. `afterwards` gets the process and a promise of its first line, and
 * decides when to kill it; without one it writes so many `commands` a handler and ends by itself.
 */
export const runWriter = async (
  path: string,
  commands: number | 'endless',
  afterwards: (child: ChildProcess, started: Promise<unknown>) => Promise<void> = async () => {},
  { under = [], env = {}, ...more }: WriterOptions = {},
): Promise<WriterRun> => {
  const task: WriterTask = { path, commands, handlers: 4, lives: 1, checkpoints: 0, careless: false, ...more }
  const all = [...under, process.execPath, await bundled(program), JSON.stringify(task)]
  const child = spawn(all[0] as string, all.slice(1), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const closed = once(child, 'close')
  await afterwards(child, Promise.race([once(child.stdout, 'data'), closed]))
  const [code, signal] = await closed
  const lines = linesOf(output)
  const tried = triedIn(lines)
  const acknowledged = tried.flatMap(({ stream, commandId, outcome, receipt }) =>
    outcome === 'written' && receipt ? [{ stream, commandId, version: receipt.lastVersion }] : [],
  )
  return { lines, tried, acknowledged, code, signal, errors }
}

/** What each handler does where two processes write at once: for a minute in torture, else some commands. */
export const atOnce = (kills: number): readonly [commands: number | 'endless', Pick<WriterTask, 'milliseconds'>] =>
  kills < 200 ? [kills, {}] : ['endless', { milliseconds: 60_000 }]

/** When a process has said so many lines, or is at its end: how far it is, however fast the machine. */
export const hasSaid = (child: ChildProcess, lines: number): Promise<void> =>
  new Promise((resolve) => {
    let said = 0
    child.stdout?.on('data', (text: string) => {
      said += text.split('\n').length - 1
      if (said >= lines) resolve()
    })
    child.once('close', () => resolve())
  })
