#!/usr/bin/env node
// Loads next to nothing itself: each command loads what it uses.
const args = process.argv.slice(2)
const [first] = args

if (first === undefined || (args.length === 1 && ['--help', '-h', 'help'].includes(first))) {
  const { helpText } = await import('./help.ts')
  const stream = first === undefined ? process.stderr : process.stdout
  stream.write(helpText())
  process.exitCode = first === undefined ? 2 : 0
} else {
  const { run } = await import('./program.ts')
  process.exitCode = await run(args)
}
