// A reporter of vitest that gathers the figures which tests of torture leave (scripts/testing/figures.ts).
import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node'
import { addTorture, type TortureTest } from './report.ts'

/** Counts of what was asked for are in names, and differ from run to run. */
const nameOf = ({ module, fullName }: TestCase): string =>
  `${module.project.name}: ${fullName.replaceAll(/\b\d[\d,]* /g, '')}`

const reportOf = (test: TestCase): readonly TortureTest[] => {
  const { state } = test.result()
  if (state === 'pending' || !test.tags.includes('torture')) return []
  return [{ name: nameOf(test), state, seed: process.env['PROPERTY_SEED'] ?? '', figures: test.meta().figures ?? [] }]
}

export default class TortureReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], _errors: unknown, reason: TestRunEndReason): void {
    if (reason !== 'interrupted')
      addTorture(modules.flatMap((module) => [...module.children.allTests()].flatMap(reportOf)))
  }
}
