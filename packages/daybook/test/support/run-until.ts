import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { bundled } from '../../../../scripts/testing/bundled.ts'

const program = fileURLToPath(new URL('./crash-import.ts', import.meta.url))

export interface ImportRun {
  /** True when the import came to its end. */
  readonly done: boolean
  readonly signal: NodeJS.Signals | null
  readonly errors: string
}

/** What `crash-import.ts` imports: a day of all kinds of files, an 837, or one to each payer of the same visits. */
export type Imported = 'day' | 'bills' | 'firstPayer' | 'secondPayer'

/** How an import is to end: by its own hand after so many commits, by ours, or not before its end where neither is said. */
export interface Death {
  readonly commits?: number
  readonly kill?: (child: ChildProcess) => Promise<void>
}

/** The nth death of an import: mostly after so many commits, now and then at a moment of the clock, in milliseconds. */
export const death = (nth: number, commits: number, moment: number): Death =>
  nth % 5 === 4
    ? {
        kill: async (child) => {
          await wait(moment)
          child.kill('SIGKILL')
        },
      }
    : { commits }

/**
 * Runs `crash-import.ts` on a file. With `commits` the process kills itself after so many; else `kill` is given it once
 * its store is open, and decides.
 */
export const runImport = async (
  path: string,
  what: Imported,
  claims: number,
  { commits, kill }: Death,
): Promise<ImportRun> => {
  const given = [path, what, String(claims), ...(commits === undefined ? [] : [String(commits)])]
  const child = spawn(process.execPath, [await bundled(program), ...given])
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const closed = once(child, 'close')
  await Promise.race([once(child.stdout, 'data'), closed])
  await kill?.(child)
  const [, signal] = await closed
  return { done: output.includes('done'), signal, errors }
}
