import { readFileSync } from 'node:fs'
import { seeded } from '../../../../../bench/practice/random.ts'
import { workDying } from './dying.ts'
import { journalTo, readJournal } from './journal.ts'
import type { Step } from './step.ts'

// Works on the steps of a year, which a file holds, in a process of its own, whose machine dies now and then on the way, and which is killed from outside at any
// moment; given what stands in the journal it goes on behind it. Says `at` before the step where it is to be killed, `died`
// where the machine has, and `done` at its end.

export interface Interrupted {
  /** Of so many steps one is broken off; every run of the day is. */
  readonly diesOnceIn: number
  /** The step at which it is to be killed. */
  readonly killAt?: number | undefined
}

const [url = '', journal = '', year = '', how = ''] = process.argv.slice(2)
const steps: readonly Step[] = JSON.parse(readFileSync(year, 'utf8'))
const { diesOnceIn, killAt }: Interrupted = JSON.parse(how)
const outcomes = readJournal(journal)
await workDying({
  url,
  steps,
  outcomes,
  random: seeded(outcomes.length),
  diesOnceIn,
  before: (number) => {
    if (number === killAt) process.stdout.write('at\n')
  },
  onOutcome: journalTo(journal),
  onDeath: () => process.stdout.write('died\n'),
})
process.stdout.write('done\n')
