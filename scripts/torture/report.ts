// What a run of the tests of torture reports, kept for the table and for docs/reliability.md.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Figures } from '../testing/figures.ts'
import { root } from '../tool.ts'

export interface TortureReport {
  readonly seed: string
  readonly node: string
  readonly figures: readonly Figures[]
  /** Names of tests that failed. */
  readonly failed: readonly string[]
  /** Names of tests that were not run here, as where there is no strace. */
  readonly skipped: readonly string[]
}

const path = join(root, 'reports', 'torture.json')

export const writeTorture = (report: TortureReport): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(report, undefined, 2)}\n`)
}

/** Before a run: what the last one said is no answer to how this one ended. */
export const forgetTorture = (): void => rmSync(path, { force: true })

/** @throws Error when `npm run torture` has not come to its end. */
export const readTorture = (): TortureReport => {
  if (!existsSync(path)) throw new Error('no run of torture has reported anything: `npm run torture` first')
  return JSON.parse(readFileSync(path, 'utf8')) as TortureReport
}
