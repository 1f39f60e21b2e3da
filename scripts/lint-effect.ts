// Effect's own diagnostics (floating effects, missing services, …) over the sources of all packages that may hold an effect,
// as one project: package by package, each would check core again. Most sources are pure, and looking for effects in them
// takes longer than in the shells. The tool says nothing and succeeds when it finds no files, so this script also fails when
// it checked fewer files than it should.
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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

const sources = globSync('packages/*/src/**/*.ts', { cwd: root })
const textOf = new Map(sources.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
const usesEffect = (path: string): boolean => /from 'effect\//.test(textOf.get(path) ?? '')
/** What of a package is built of effects. */
const shells =
  /^@daybook\/(?:adapters|core\/(?:service|ports|testing)|projections\/(?:runner|lists|controls|aging|worklist))/
/** An effect comes into a file by a value of another one: of Effect itself, of a file beside it, or of another package. */
const values = /^(?:import|export) (?!type )[^;]*?from '(\.[^']+|@daybook\/[^']+)'/gm
const mayHoldEffect = (path: string): boolean =>
  usesEffect(path) ||
  [...(textOf.get(path) ?? '').matchAll(values)].some(([, from = '']) =>
    from.startsWith('.') ? usesEffect(join(dirname(path), from)) : shells.test(from),
  )

/** With the options of `tsconfig.effect.json`, and files of its own. */
const own = 'scripts/tsconfig.effect-files.json'
const checked = sources.filter(mayHoldEffect)
writeFileSync(
  join(root, own),
  JSON.stringify({ extends: './tsconfig.effect.json', files: checked.map((path) => `../${path}`) }),
)
const answer = read('effect-language-service', ['diagnostics', '--project', own, '--strict', '--format', 'json'])
rmSync(join(root, own))
if (!answer.stdout.startsWith('{')) {
  console.error(`effect: no answer\n${answer.stderr || answer.stdout}`)
  process.exit(1)
}
const { diagnostics, summary } = JSON.parse(answer.stdout) as Report
for (const { file, line, column, severity, name, message } of diagnostics) {
  if (severity !== 'message') console.error(`effect: ${file}:${line}:${column} ${severity} ${name}: ${message}`)
}

console.log(`effect: ${summary.filesChecked} source files of ${sources.length} may hold an effect`)
if (answer.status !== 0 || summary.filesChecked === 0 || summary.filesChecked < checked.length) process.exit(1)
