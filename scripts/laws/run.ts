// `npm run laws`: all tests, each property with its full count; then the pages of laws and faults are held against what was reported.
// `npm run laws -- packages/core/test/plans` runs the tests of one place so, and leaves the page alone.
// `npm run laws -- --after-test` runs what the `npm test` of a `npm run ci` before it has not run whole (./whole.ts).
import { run } from '../tool.ts'
import { isFaultsPageCurrent } from './faults-page.ts'
import { faultsOf, isCurrent } from './page.ts'
import { forgetReport, readReport } from './report.ts'
import { readWhole } from './whole.ts'

const afterTest = process.argv.includes('--after-test')
const only = process.argv.slice(2).filter((argument) => argument !== '--after-test')
const again = afterTest ? readWhole()?.again : []
if (!again) throw new Error('no `npm run ci` before this has said what it ran whole')
const reporters = ['--reporter=default', '--reporter=./scripts/laws/reporter.ts']
if (only.length === 0) forgetReport()
const status = run('vitest', ['run', ...(only.length > 0 ? only : [...reporters, ...again])], {
  PROPERTY_RUNS: 'full',
  ...(again.length > 0 ? { DAYBOOK_AFTER_TEST: 'true' } : {}),
})

if (status !== 0 || only.length > 0) process.exit(status)

const report = readReport()
const faults = faultsOf(report)
for (const fault of faults) console.error(`laws: ${fault}`)
const stale = [
  ...(isCurrent(report) ? [] : ['docs/laws.md']),
  ...(isFaultsPageCurrent(report) ? [] : ['docs/faults.md']),
]
// Told, and fails no run: pages are written from a whole run's report, and the next one writes them.
if (stale.length > 0)
  console.error(`laws: not current: ${stale.join(', ')}. \`npm run laws:page\` writes them from this run; commit them`)
if (faults.length > 0) process.exit(1)
console.log('laws: docs/laws.md and docs/faults.md say what was run')
