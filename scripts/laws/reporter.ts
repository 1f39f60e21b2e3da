// A reporter of vitest that writes what the page of laws is made from. After `npm test` it is told what
// that has run whole, and only the rest runs: of the one and the other together.
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node'
import { together, writeReport } from './report.ts'
import { reportOf } from './report-of.ts'
import { readWhole } from './whole.ts'

type Errors = Parameters<NonNullable<Reporter['onTestRunEnd']>>[1]

export default class LawReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: Errors, reason: TestRunEndReason): void {
    if (reason === 'interrupted') return
    const before = process.env['DAYBOOK_AFTER_TEST'] ? readWhole()?.report : undefined
    const report = reportOf(modules, errors)
    writeReport(before ? together(before, report) : report)
  }
}
