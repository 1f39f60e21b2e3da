// Writes docs/laws.md: each law, what it says, how it is checked, and the test files that carry its id; a law without a test
// shows as open.
// `--check` writes nothing and fails when the page is not what it would write.
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { laws } from '@daybook/core/testing'
import { lawsNamedBy, testsIn } from './law-names.ts'
import { atLeast, notes, properties } from './law-notes.ts'
import { best, inWords, mostOf, type Runs, runsIn } from './law-runs.ts'
import { chapters } from './law-titles.ts'
import { root } from './tool.ts'

const page = join(root, 'docs', 'laws.md')

/** Asserts every law that core exports, under names made from their ids. */
const exportedBy = 'packages/core/test/domain/laws.test.ts'
const sources = ['packages/*/test/**/*.test.ts', 'packages/core/src/testing/store/*.ts']

const known = new Set(chapters.flatMap((chapter) => chapter.laws.map(({ id }) => id)))

/** Where tests that run on several stores say how often on each. */
const shelves = readFileSync(join(root, 'packages/daybook/test/support/shelves.ts'), 'utf8')

interface Checked {
  readonly files: Set<string>
  readonly runs: Runs[]
}

const testsByLaw = (): ReadonlyMap<string, Checked> => {
  const found = new Map<string, Checked>()
  const add = (id: string, file: string, runs: Runs | undefined): void => {
    if (!known.has(id)) return
    const checked = found.get(id) ?? { files: new Set(), runs: [] }
    checked.files.add(file)
    if (runs) checked.runs.push(runs)
    found.set(id, checked)
  }
  for (const file of sources.flatMap((pattern) => globSync(pattern, { cwd: root })).sort()) {
    const path = file.replaceAll('\\', '/')
    const source = readFileSync(join(root, file), 'utf8')
    for (const { name, block } of testsIn(source)) {
      const named = lawsNamedBy(name)
      const exported = path === exportedBy && name === '%s hold' ? laws.map(({ id }) => id) : []
      const ids = [...named, ...exported]
      const runs = ids.length > 0 ? runsIn(block, source, shelves, `${path}: ${name}`) : undefined
      for (const id of ids) add(id, path, runs)
    }
  }
  return found
}

const how = (id: string, checked: Checked | undefined): string => {
  if (!checked) return '**open**'
  const words = checked.runs.length > 0 ? inWords(mostOf(checked.runs)) : 'example'
  const note = notes[id]
  return note ? `${words}; ${note}` : words
}

/** Laws that must be properties of a thousand runs, and are not. */
const tooFew = (tests: ReadonlyMap<string, Checked>): readonly string[] =>
  properties.filter((id) => best(mostOf(tests.get(id)?.runs ?? [])) < atLeast)

const link = (file: string): string => `[${file.replace(/^packages\//, '').replace(/\/(test|src)\//, ' ')}](../${file})`

const tests = testsByLaw()

const render = (): string => {
  const open = [...known].filter((id) => !tests.has(id))
  const thousands = [...tests.values()].filter(({ runs }) => best(mostOf(runs)) >= atLeast).length
  const tables = chapters.map(({ name, laws: rows }) =>
    [
      `## ${name}`,
      '',
      '| law | what must hold | how | tests |',
      '|---|---|---|---|',
      ...rows.map(({ id, says }) => {
        const files = [...(tests.get(id)?.files ?? [])].sort()
        return `| ${id} | ${says.replaceAll('|', '\\|')} | ${how(id, tests.get(id))} | ${files.map(link).join(', ')} |`
      }),
    ].join('\n'),
  )
  return [
    '# Laws and their tests',
    'Written by `npm run laws` from the names of the tests and the runs of their properties; CI fails when it is not current. A law without a test is open. `npm test` prints the seed that all properties draw from; `PROPERTY_SEED=<seed> npm test` repeats them.',
    `${known.size - open.length} of ${known.size} laws have a test, ${thousands} of them a property of ${atLeast.toLocaleString('en-US')} runs or more. Open: ${open.join(', ') || 'none'}.`,
    ...tables,
    '',
  ].join('\n\n')
}

const few = tooFew(tests)
if (few.length > 0) {
  console.error(`these laws must be properties of ${atLeast} runs or more: ${few.join(', ')}`)
  process.exitCode = 1
}

const text = `${render().trimEnd()}\n`
if (process.argv.includes('--check')) {
  if (readFileSync(page, 'utf8') !== text) {
    console.error('docs/laws.md is not current: run `npm run laws` and commit it')
    process.exit(1)
  }
} else {
  writeFileSync(page, text)
}
