#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// Loads next to nothing itself: each command loads what it uses.
const args = process.argv.slice(2)
const [first] = args

if (first === undefined || (args.length === 1 && ['--help', '-h', 'help'].includes(first))) {
  const { writeHelp } = await import('./help.ts')
  const status = writeHelp(first === undefined ? 2 : 1)
  process.exitCode = first === undefined ? 2 : status
} else {
  // What was compiled once is kept by Node for the next start: two to three times faster from then on.
  enableCompileCache()
  const { run } = await import('./program.ts')
  process.exitCode = await run(args)
}
