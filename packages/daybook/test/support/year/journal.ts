import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { Outcome } from './step.ts'

// What a desk has done of its steps, a line each, written after the step: what was in hand when the process was killed is
// done again.

export const readJournal = (path: string): Outcome[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Outcome)
    : []

export const journalTo =
  (path: string) =>
  (outcome: Outcome): void =>
    appendFileSync(path, `${JSON.stringify(outcome)}\n`)
