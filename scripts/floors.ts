// Imports go up the floors only (docs/decisions/0001). dependency-cruiser says nothing and succeeds when it can not
// read TypeScript, so this script also fails when a source file was not among the modules that it saw.
import { globSync } from 'node:fs'
import { read, root } from './tool.ts'

interface Violation {
  readonly from: string
  readonly to: string
  readonly rule: { readonly name: string }
  readonly cycle?: readonly { readonly name: string }[]
}
interface Cruise {
  readonly modules: readonly { readonly source: string }[]
  readonly summary: {
    readonly violations: readonly Violation[]
    readonly totalDependenciesCruised: number
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string; readonly comment?: string }[] }
  }
}

const folders = ['packages', 'bench', 'examples', 'scripts']
const cruise = read('depcruise', [...folders, '--config', '.dependency-cruiser.mjs', '--output-type', 'json'])
if (cruise.stdout === '') {
  console.error(`floors: dependency-cruiser gave no answer\n${cruise.stderr}`)
  process.exit(1)
}
const { modules, summary } = JSON.parse(cruise.stdout) as Cruise

const seen = new Set(modules.map(({ source }) => source))
const sources = globSync('packages/*/src/**/*.ts', { cwd: root }).map((path) => path.replaceAll('\\', '/'))
const unseen = sources.filter((path) => !seen.has(path))
for (const path of unseen) console.error(`floors: ${path} was not cruised`)

const comments = new Map(summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment]))
for (const { from, to, rule, cycle } of summary.violations) {
  const path = cycle ? [from, ...cycle.map(({ name }) => name)] : [from, to]
  console.error(`floors: ${path.join(' → ')}\n        ${rule.name}: ${comments.get(rule.name) ?? ''}`)
}

const cruised = sources.length - unseen.length
console.log(
  `floors: ${cruised} of ${sources.length} source files, ${summary.totalDependenciesCruised} imports, ` +
    `${summary.violations.length} violations`,
)
if (cruised === 0 || unseen.length > 0 || summary.violations.length > 0) process.exit(1)
