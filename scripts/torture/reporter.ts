// A reporter of vitest that gathers the figures which tests of torture leave (scripts/testing/figures.ts).
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node'
import { writeTorture } from './report.ts'

export default class TortureReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], _errors: unknown, reason: TestRunEndReason): void {
    if (reason === 'interrupted') return
    const tests = modules
      .flatMap((module) => [...module.children.allTests()])
      .filter(({ tags }) => tags.includes('torture'))
    const named = (state: 'failed' | 'skipped') =>
      tests.filter((test) => test.result().state === state).map(({ fullName }) => fullName)
    writeTorture({
      seed: process.env['PROPERTY_SEED'] ?? '',
      node: process.version,
      figures: tests.flatMap((test) => test.meta().figures ?? []),
      failed: named('failed'),
      skipped: named('skipped'),
    })
  }
}
