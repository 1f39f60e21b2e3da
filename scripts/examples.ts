// Runs every program of examples/ from the sources, as a newcomer would, and fails when one of them fails.
import { globSync } from 'node:fs'
import { run } from './tool.ts'

const programs = globSync('examples/*/main.ts').sort()
const failed = programs.filter((path) => {
  console.log(`examples: ${path}`)
  return run('node', ['--conditions=@daybook/source', path]) !== 0
})
for (const path of failed) console.error(`examples: ${path} failed`)
console.log(`examples: ${programs.length - failed.length} of ${programs.length} ran`)
if (failed.length > 0 || programs.length === 0) process.exit(1)
