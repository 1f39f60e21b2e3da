#!/usr/bin/env node
import { writeSync } from 'node:fs'
import { enableCompileCache } from 'node:module'

// Loads next to nothing itself: each command loads what it uses.
const args = process.argv.slice(2)
const [first] = args

if (first === undefined || (args.length === 1 && ['--help', '-h', 'help'].includes(first))) {
  const { helpText } = await import('./help.ts')
  // Written to the descriptor: setting up the streams of a process takes longer than all the rest of this page.
  writeSync(first === undefined ? 2 : 1, helpText())
  process.exitCode = first === undefined ? 2 : 0
} else {
  // What was compiled once is kept by Node for the next start: two to three times faster from then on.
  enableCompileCache()
  const { run } = await import('./program.ts')
  process.exitCode = await run(args)
}
