// docs/laws.md: each law, how it was checked, and by which tests, as the last run of `npm run laws` reported it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LawId, lawIds, lawWords } from '../../packages/core/src/testing/laws/words.ts'
import { root } from '../tool.ts'
import { atLeast, exceptions, notes } from './exceptions.ts'
import { linkTo } from './link.ts'
import type { LawTest, Report } from './report.ts'

const page = join(root, 'docs', 'laws.md')

const spelled = (runs: number): string => runs.toLocaleString('en-US')

const mostRuns = (tests: readonly LawTest[]): number => Math.max(0, ...tests.flatMap(({ runs }) => runs))

/** `property, 1,000 runs (SQLite: 20)`: the most that was made, and apart the stores on which fewer were. */
const runsInWords = (tests: readonly LawTest[]): string => {
  const most = mostRuns(tests)
  if (most === 0) return 'example'
  const byStore = Map.groupBy(
    tests.filter(({ runs, over }) => over !== null && runs.length > 0),
    ({ over }) => over,
  )
  const fewer = [...byStore]
    .map(([store, found]) => [store, mostRuns(found)] as const)
    .filter(([, runs]) => runs < most)
    .map(([store, runs]) => `${store}: ${spelled(runs)}`)
    .sort()
  return `property, ${spelled(most)} runs${fewer.length > 0 ? ` (${fewer.join(', ')})` : ''}`
}

const how = (id: LawId, tests: readonly LawTest[]): string =>
  tests.length === 0
    ? '**open**'
    : [runsInWords(tests), exceptions[id], notes[id]].filter((words) => words !== undefined).join('; ')

const row = (id: LawId, says: string, tests: readonly LawTest[]): string => {
  const files = [...new Set(tests.map(({ file }) => file))].sort()
  return `| ${id} | ${says.replaceAll('|', '\\|')} | ${how(id, tests)} | ${files.map(linkTo).join(', ')} |`
}

const testsOf = (report: Report): ReadonlyMap<LawId, readonly LawTest[]> =>
  new Map(lawIds.map((id) => [id, report.tests.filter(({ laws }) => laws.includes(id))]))

const textOf = (report: Report): string => {
  const tests = testsOf(report)
  const open = lawIds.filter((id) => tests.get(id)?.length === 0)
  const thousands = [...tests.values()].filter((found) => mostRuns(found) >= atLeast).length
  const tables = Object.entries(lawWords).map(([chapter, laws]) =>
    [
      `## ${chapter}`,
      '',
      '| law | what must hold | how | tests |',
      '|---|---|---|---|',
      ...Object.entries(laws).map(([id, says]) => row(id as LawId, says, tests.get(id as LawId) ?? [])),
    ].join('\n'),
  )
  return `${[
    '# Laws and their tests',
    'Written by `npm run laws:page` from what `npm run laws` reported: the tests that have passed, and the runs that their properties have made. `npm run laws` says when it is not current. A law without a test is open. [Testing](testing.md) says how a law is added.',
    `${lawIds.length - open.length} of ${lawIds.length} laws have a test, ${thousands} of them a property of ${spelled(atLeast)} runs or more. Open: ${open.join(', ') || 'none'}.`,
    ...tables,
  ].join('\n\n')}\n`
}

export const writePage = (report: Report): void => writeFileSync(page, textOf(report))

export const isCurrent = (report: Report): boolean => readFileSync(page, 'utf8') === textOf(report)

/** What is wrong with the tests of laws, one a line. */
export const faultsOf = (report: Report): readonly string[] => {
  const tests = [...testsOf(report)].filter(([, found]) => found.length > 0)
  const isEnough = (found: readonly LawTest[]): boolean => mostRuns(found) >= atLeast
  return [
    ...report.untagged.map((name) => `names a law that is not among its tags: ${name}`),
    ...tests
      .filter(([id, found]) => !isEnough(found) && exceptions[id] === undefined)
      .map(([id, found]) => `${id} has ${mostRuns(found)} random runs: ${atLeast}, or an exception with its reason`),
    ...tests
      .filter(([id, found]) => isEnough(found) && exceptions[id] !== undefined)
      .map(([id]) => `${id} is no exception: it has ${atLeast} random runs`),
  ]
}
