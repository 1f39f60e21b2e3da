import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { seeded } from '../../../../../bench/practice/random.ts'
import type { YearOptions } from './year.ts'

const program = fileURLToPath(new URL('./crash-year.ts', import.meta.url))

/** Works on the year in a process; kills it some milliseconds after it has begun, where they are given. True at its end. */
const live = async (url: string, journal: string, options: YearOptions, after?: number): Promise<boolean> => {
  const given = ['--conditions=@daybook/source', program, url, journal, JSON.stringify(options)]
  const child = spawn(process.execPath, given, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let wrong = ''
  child.stderr.on('data', (text) => {
    wrong += text
  })
  child.stdout.on('data', (text) => {
    const isFirst = said === ''
    said += text
    if (isFirst && after !== undefined) setTimeout(() => child.kill('SIGKILL'), after)
  })
  const [status, signal] = await once(child, 'close')
  if (status !== 0 && signal !== 'SIGKILL') throw new Error(wrong)
  return said.endsWith('done\n')
}

/** Works on the year in processes, so many of which are killed on their way. Gives how many were. */
export const workKilled = async (
  url: string,
  journal: string,
  options: YearOptions,
  kills: number,
): Promise<number> => {
  const random = seeded(options.seed)
  let killed = 0
  while (killed < kills) {
    if (await live(url, journal, options, random.between(200, 3_000))) return killed
    killed += 1
  }
  await live(url, journal, options)
  return killed
}
