// Effect's own diagnostics (floating effects, missing services, …) over the sources of all packages, as one project:
// package by package, each would check core again. The tool says nothing and succeeds when it finds no files, so this
// script also fails when it checked fewer files than there are.
import { globSync } from 'node:fs'
import { read, root } from './tool.ts'

interface Diagnostic {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly severity: 'error' | 'warning' | 'message'
  readonly name: string
  readonly message: string
}
interface Report {
  readonly diagnostics: readonly Diagnostic[]
  readonly summary: { readonly filesChecked: number }
}

const project = ['--project', 'scripts/tsconfig.effect.json']
const answer = read('effect-language-service', ['diagnostics', ...project, '--strict', '--format', 'json'])
if (!answer.stdout.startsWith('{')) {
  console.error(`effect: no answer\n${answer.stderr || answer.stdout}`)
  process.exit(1)
}
const { diagnostics, summary } = JSON.parse(answer.stdout) as Report
for (const { file, line, column, severity, name, message } of diagnostics) {
  if (severity !== 'message') console.error(`effect: ${file}:${line}:${column} ${severity} ${name}: ${message}`)
}

const sources = globSync('packages/*/src/**/*.ts', { cwd: root })
console.log(`effect: ${summary.filesChecked} of ${sources.length} source files`)
if (answer.status !== 0 || summary.filesChecked === 0 || summary.filesChecked < sources.length) process.exit(1)
