// `npm run lives`: what 10,000 random lives of an account and as many of a person meet, as a table: commands, events, and each
// rule on both sides. Fails where something is not met and test/support/never-met.ts does not say why. `npm run lives -- 2000`:
// another number.
import { run } from './tool.ts'

const [lives = '10000'] = process.argv.slice(2)
process.exitCode = run('vitest', ['run', 'packages/core/test/domain/met.test.ts'], { LIVES: lives })
