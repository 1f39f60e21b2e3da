// `npm run torture`: the tests that kill processes, 200 times each, and those that simulate them; DAYBOOK_TEST_KILLS says another number.
import { run } from './tool.ts'

const { DAYBOOK_TEST_KILLS = '200' } = process.env
const args = ['run', '--tags-filter=torture', ...process.argv.slice(2)]
process.exitCode = run('vitest', args, { DAYBOOK_TEST_KILLS, PROPERTY_RUNS: 'full' })
