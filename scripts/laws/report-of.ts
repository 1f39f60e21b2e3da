// What the test files of a run report: counts, laws, faults.
import { relative } from 'node:path'
import type { TestCase, TestModule } from 'vitest/node'
import { type LawId, lawIds } from '../../packages/core/src/testing/laws/words.ts'
import { root } from '../tool.ts'
import { faultRows } from './fault-words.ts'
import type { FaultTest, LawTest, Report } from './report.ts'

const known = new Set<string>(lawIds)
const isLaw = (tag: string): tag is LawId => known.has(tag)

/** A test without its suites, or the first of its suites, says at its beginning which law it checks. */
const firstWords = ({ name, fullName }: TestCase): readonly string[] =>
  [name, fullName].map((text) => text.split(/[ :,]/, 1)[0] ?? '')

const isUntagged = (test: TestCase): boolean =>
  firstWords(test).some((word) => isLaw(word) && !test.tags.includes(word))

/** From the root of the repository, with `/`. */
export const pathOf = (module: TestModule): string => relative(root, module.moduleId).replaceAll('\\', '/')
const fileOf = (test: TestCase): string => pathOf(test.module)

const rows = new Set(faultRows)
/** Rows of faults that a test names: `net-4`, with what is added to tell cases of it apart (`identity-2a`). */
const faultTests = (test: TestCase): readonly FaultTest[] =>
  [...test.fullName.matchAll(/\b([a-z]+-\d+)[a-z]?\b/g)].flatMap(([, row]) =>
    row !== undefined && rows.has(row) ? [{ row, file: fileOf(test) }] : [],
  )

const lawTest = (test: TestCase): LawTest => ({
  file: fileOf(test),
  laws: test.tags.filter(isLaw),
  runs: test.meta().runs ?? [],
  over: test.meta().over ?? null,
})

const saidLines = 12

const failure = (where: string, errors: readonly { readonly message: string }[]): string =>
  [where, ...errors.flatMap(({ message }) => message.split('\n').slice(0, saidLines))].join('\n  ')

/** @param errors of no test: what was thrown between tests, or by a process that ended. */
export const reportOf = (
  modules: readonly TestModule[],
  errors: readonly { readonly message: string }[] = [],
): Report => {
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  const ended = (state: 'passed' | 'failed' | 'skipped') => tests.filter((test) => test.result().state === state)
  // A file that could not be loaded has no tests to count: it counts as one failure itself.
  const unloaded = modules.filter(
    (module) => module.state() === 'failed' && [...module.children.allTests()].length === 0,
  )
  return {
    counts: {
      passed: ended('passed').length,
      failed: ended('failed').length + unloaded.length,
      skipped: ended('skipped').length,
    },
    failures: [
      ...tests.flatMap((test) => {
        const { state, errors: thrown } = test.result()
        return state === 'failed' ? [failure(`${fileOf(test)}: ${test.fullName}`, thrown)] : []
      }),
      ...modules.flatMap((module) => (module.errors().length > 0 ? [failure(pathOf(module), module.errors())] : [])),
      ...(errors.length > 0 ? [failure('outside of all tests', errors)] : []),
    ],
    untagged: tests.filter(isUntagged).map(({ fullName }) => fullName),
    tests: ended('passed')
      .filter(({ tags }) => tags.some(isLaw) && !tags.includes('samples'))
      .map(lawTest),
    faults: ended('passed')
      .filter(({ tags }) => !tags.includes('samples'))
      .flatMap(faultTests),
  }
}
