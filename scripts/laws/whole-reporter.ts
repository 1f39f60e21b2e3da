// A reporter of vitest for the `npm test` of CI: which files were run whole (./whole.ts).
import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node'
import { pathOf, reportOf } from './report-of.ts'
import { writeWhole } from './whole.ts'

/** What was left out may have been left out for now only. */
const isWholeTest = (test: TestCase): boolean =>
  test.result().state === 'passed' && test.meta().stopped !== true && !test.tags.includes('long')

const isWhole = (module: TestModule): boolean =>
  module.state() === 'passed' && [...module.children.allTests()].every(isWholeTest)

export default class WholeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], _errors: unknown, reason: TestRunEndReason): void {
    if (reason === 'interrupted') return
    writeWhole({
      again: modules.filter((module) => !isWhole(module)).map(pathOf),
      report: reportOf(modules.filter(isWhole)),
    })
  }
}
