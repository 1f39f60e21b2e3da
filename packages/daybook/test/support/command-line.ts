import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { chdir, cwd } from 'node:process'
import { vi } from 'vitest'
import { run } from '../../src/cli/program.ts'

export const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts')

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** What names a book or a practice outside of the arguments: whoever runs the tests may have set it. */
const outside = ['DAYBOOK_DB', 'DAYBOOK_PRACTICE', 'DAYBOOK_VIEWS'] as const

/** Takes what is printed while `work` goes on. */
const caught = async (work: () => Promise<number>): Promise<Ran> => {
  const printed = { stdout: '', stderr: '' }
  const streams = (['stdout', 'stderr'] as const).map((name) => {
    const stream = process[name]
    const before = stream.listeners('error')
    const spy = vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed[name] += String(text)
      return true
    })
    return () => {
      spy.mockRestore()
      // A command watches its output to its end; the streams of this process outlive it.
      for (const listener of stream.listeners('error')) {
        if (!before.includes(listener)) stream.off('error', listener as (error: Error) => void)
      }
    }
  })
  try {
    return { status: await work(), ...printed }
  } finally {
    for (const giveBack of streams) giveBack()
  }
}

/** The command line in this process, in a folder: for all that does not need a process of its own. */
export const commandLineIn =
  (folder: string) =>
  async (...args: readonly string[]): Promise<Ran> => {
    const before = cwd()
    for (const name of outside) vi.stubEnv(name, undefined)
    chdir(folder)
    try {
      return await caught(() => run(args))
    } finally {
      chdir(before)
      vi.unstubAllEnvs()
    }
  }

/** The command line as people run it, in a process of its own: its start, its exit status, its pipes. Half a second each. */
export const processIn =
  (folder: string, more: NodeJS.ProcessEnv = {}) =>
  (...args: readonly string[]): Ran => {
    const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1', ...more }
    for (const name of outside) delete env[name]
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--conditions=@daybook/source', main, ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
    })
    return { status, stdout, stderr }
  }
