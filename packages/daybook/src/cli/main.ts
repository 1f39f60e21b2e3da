#!/usr/bin/env node
// Loads next to nothing itself: each command loads what it uses.
const args = process.argv.slice(2)
const [first] = args

const { nodeTooOld } = await import('../node-version.ts')
const tooOld = nodeTooOld()

if (tooOld !== undefined) {
  process.stderr.write(`daybook: ${tooOld}\n`)
  process.exitCode = 2
} else if (first === undefined || (args.length === 1 && ['--help', '-h', 'help'].includes(first))) {
  const { writeHelp } = await import('./help.ts')
  const status = writeHelp(first === undefined ? 2 : 1)
  process.exitCode = first === undefined ? 2 : status
} else {
  const { keepCompiled } = await import('./compile-cache.ts')
  keepCompiled(process.env)
  const { run } = await import('./program.ts')
  process.exitCode = await run(args)
}
