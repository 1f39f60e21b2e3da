import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts')

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The real command line, in a process of its own, in a folder. */
export const commandLineIn =
  (folder: string, more: NodeJS.ProcessEnv = {}) =>
  (...args: readonly string[]): Ran => {
    const { DAYBOOK_DB: _db, DAYBOOK_PRACTICE: _practice, ...env } = process.env
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--conditions=@daybook/source', main, ...args], {
      cwd: folder,
      env: { ...env, NO_COLOR: '1', ...more },
      encoding: 'utf8',
    })
    return { status, stdout, stderr }
  }
