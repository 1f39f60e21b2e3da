import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { seeded } from '../../../../../bench/practice/random.ts'
import type { Interrupted } from './crash-year.ts'
import type { Step } from './step.ts'

const program = fileURLToPath(new URL('./crash-year.ts', import.meta.url))

interface Life {
  readonly done: boolean
  readonly died: number
  readonly killed: boolean
}

/** Works on the year in a process; kills it some milliseconds after it has come to a step, where one is given. */
const live = async (given: readonly string[], killAfter: number): Promise<Life> => {
  const child = spawn(process.execPath, ['--conditions=@daybook/source', program, ...given], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let wrong = ''
  child.stderr.on('data', (text) => {
    wrong += text
  })
  child.stdout.on('data', (text) => {
    said += text
    if (String(text).includes('at\n')) setTimeout(() => child.kill('SIGKILL'), killAfter)
  })
  const [status, signal] = await once(child, 'close')
  if (status !== 0 && signal !== 'SIGKILL') throw new Error(wrong)
  return { done: said.endsWith('done\n'), died: said.split('died\n').length - 1, killed: signal === 'SIGKILL' }
}

export interface Interruptions {
  /** Processes that were killed from outside. */
  readonly killed: number
  /** Machines that died within a process, before an append or between two. */
  readonly died: number
}

export interface KilledWork {
  readonly url: string
  readonly journal: string
  readonly steps: readonly Step[]
  readonly kills: number
  /** Of so many steps one is broken off by the machine. */
  readonly diesOnceIn: number
}

/** Works on the steps, in processes of which so many are killed at steps spread over all, and whose machines die now and then. */
export const workKilled = async ({ url, journal, steps, kills, diesOnceIn }: KilledWork): Promise<Interruptions> => {
  const random = seeded(steps.length)
  const year = `${journal}.steps`
  writeFileSync(year, JSON.stringify(steps))
  const width = Math.floor(steps.length / Math.max(1, kills))
  let killed = 0
  let died = 0
  for (let n = 0; n <= kills; n += 1) {
    const killAt = n < kills ? n * width + random.between(0, width - 1) : undefined
    const how: Interrupted = { diesOnceIn, killAt }
    const life = await live([url, journal, year, JSON.stringify(how)], random.between(0, 25))
    killed += life.killed ? 1 : 0
    died += life.died
    if (life.done) break
  }
  return { killed, died }
}
