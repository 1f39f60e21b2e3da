// `npm run torture`: the tests that kill processes, 200 times and more, those that simulate them, and those of disks and wires
// that fail; DAYBOOK_TEST_KILLS says another number. Ends with a table of what was tried, lost, doubled, and left unresolved.
// `npm run torture -- packages/adapters/test/sqlite-power-loss.test.ts` runs one place, and adds it to the table.
import { run } from '../tool.ts'
import { forgetTorture, readTorture } from './report.ts'
import { tableInText } from './table.ts'

const { DAYBOOK_TEST_KILLS = '200' } = process.env
const only = process.argv.slice(2)
const reporters = ['--reporter=default', '--reporter=./scripts/torture/reporter.ts']
if (only.length === 0) forgetTorture()
const status = run('vitest', ['run', '--tags-filter=torture', ...reporters, ...only], {
  DAYBOOK_TEST_KILLS,
  PROPERTY_RUNS: 'full',
})
console.log(`\n${tableInText(readTorture())}`)
process.exitCode = status
