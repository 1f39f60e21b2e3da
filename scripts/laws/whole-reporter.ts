// A reporter of vitest for the `npm test` of CI: how it ended, and which files were run whole (./whole.ts).
import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node'
import { writeReport } from './report.ts'
import { pathOf, reportOf } from './report-of.ts'
import { writeWhole } from './whole.ts'

/** What was left out may have been left out for now only. */
const isWholeTest = (test: TestCase): boolean =>
  test.result().state === 'passed' && test.meta().stopped !== true && !test.tags.includes('long')

const isWhole = (module: TestModule): boolean =>
  module.state() === 'passed' && [...module.children.allTests()].every(isWholeTest)

type Errors = Parameters<NonNullable<Reporter['onTestRunEnd']>>[1]

export default class WholeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: Errors, reason: TestRunEndReason): void {
    if (reason === 'interrupted') return
    writeReport(reportOf(modules, errors))
    writeWhole({
      again: modules.filter((module) => !isWhole(module)).map(pathOf),
      report: reportOf(modules.filter(isWhole)),
    })
  }
}
