// What the tests of torture report, kept for the table and for docs/reliability.md.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Figures } from '../testing/figures.ts'
import { root } from '../tool.ts'

/** How one test ended, and what it tried. */
export interface TortureTest {
  readonly name: string
  readonly state: 'passed' | 'failed' | 'skipped'
  readonly seed: string
  readonly figures: readonly Figures[]
}

const path = join(root, 'reports', 'torture.json')

/** What the last runs reported, test by test. */
export const readTorture = (): readonly TortureTest[] =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as readonly TortureTest[]) : []

/** A test that was run again takes the place of what it reported before; what this run has left out stays as it was. */
export const addTorture = (tests: readonly TortureTest[]): void => {
  const before = readTorture()
  const known = new Set(before.map(({ name }) => name))
  const now = tests.filter(({ name, state }) => state !== 'skipped' || !known.has(name))
  const names = new Set(now.map(({ name }) => name))
  const all = [...before.filter(({ name }) => !names.has(name)), ...now]
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(all, undefined, 2)}\n`)
}

/** Before a run of all: what the last one said is no answer to how this one ended. */
export const forgetTorture = (): void => rmSync(path, { force: true })
