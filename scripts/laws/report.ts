// What a run of all tests reports: how they ended, and each test that checks a law, with the runs that it made.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { LawId } from '../../packages/core/src/testing/laws/words.ts'
import { root } from '../tool.ts'

/** A test that has passed. */
export interface LawTest {
  /** From the root of the repository, with `/`. */
  readonly file: string
  readonly laws: readonly LawId[]
  /** Runs of each of its properties; none for an example. */
  readonly runs: readonly number[]
  /** The store that it ran on, where it runs on several. */
  readonly over: string | null
}

/** A test that has passed and names a row of faults. */
export interface FaultTest {
  readonly row: string
  readonly file: string
}

export interface Report {
  readonly counts: { readonly passed: number; readonly failed: number; readonly skipped: number }
  /** Each test that failed, and what went wrong outside of all tests: where, and the first lines of what it said. */
  readonly failures: readonly string[]
  /** Tests whose names begin with a law that is not among their tags. */
  readonly untagged: readonly string[]
  readonly tests: readonly LawTest[]
  readonly faults: readonly FaultTest[]
}

const path = join(root, 'reports', 'tests.json')

export const writeJson = (file: string, value: unknown): void => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`)
}

export const writeReport = (report: Report): void => writeJson(path, report)

/** What two runs of different files report. */
export const together = (one: Report, other: Report): Report => ({
  counts: {
    passed: one.counts.passed + other.counts.passed,
    failed: one.counts.failed + other.counts.failed,
    skipped: one.counts.skipped + other.counts.skipped,
  },
  failures: [...one.failures, ...other.failures],
  untagged: [...one.untagged, ...other.untagged],
  tests: [...one.tests, ...other.tests],
  faults: [...one.faults, ...other.faults],
})

/** Before a run: what the last one said is no answer to how this one ended. */
export const forgetReport = (): void => rmSync(path, { force: true })

/** @throws Error when `npm run laws` has not come to its end. */
export const readReport = (): Report => {
  if (!existsSync(path)) throw new Error('no run of all tests has reported anything: `npm run laws` first')
  return JSON.parse(readFileSync(path, 'utf8')) as Report
}

/** How the last run of all tests ended; undefined where it reported nothing. */
export const lastReport = (): Report | undefined => (existsSync(path) ? readReport() : undefined)
