// What `npm test` has run whole: files in which no property was stopped before its full count, and nothing else is longer in
// `npm run laws`. `npm run ci` runs `npm test` as anybody would and leaves this, so that what comes after it (`npm run laws --
// --after-test`) runs with full counts only what those counts change.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../tool.ts'
import { type Report, writeJson } from './report.ts'

export interface Whole {
  /** Test files that are to run again with full counts, from the root of the repository. */
  readonly again: readonly string[]
  /** Of all other test files. */
  readonly report: Report
}

const path = join(root, 'reports', 'whole.json')

export const writeWhole = (whole: Whole): void => writeJson(path, whole)

export const forgetWhole = (): void => rmSync(path, { force: true })

/** Undefined where `npm test` has not come to its end. */
export const readWhole = (): Whole | undefined =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Whole) : undefined
