// Writes docs/laws.md: each law, what it says, and the test files that carry its id; a law without a test shows as open.
// `--check` writes nothing and fails when the page is not what it would write.
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { laws } from '@daybook/core/testing'
import { lawsNamedBy, testNamesOf } from './law-names.ts'
import { chapters } from './law-titles.ts'
import { root } from './tool.ts'

const page = join(root, 'docs', 'laws.md')

/** Asserts every law that core exports, under names made from their ids. */
const exportedBy = 'packages/core/test/domain/laws.test.ts'
const sources = ['packages/*/test/**/*.test.ts', 'packages/core/src/testing/store/*.ts']

const known = new Set(chapters.flatMap((chapter) => chapter.laws.map(({ id }) => id)))

const testsByLaw = (): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>()
  const add = (id: string, file: string): void => {
    if (!known.has(id)) return
    found.set(id, (found.get(id) ?? new Set()).add(file))
  }
  for (const { id } of laws) add(id, exportedBy)
  for (const file of sources.flatMap((pattern) => globSync(pattern, { cwd: root })).sort()) {
    const path = file.replaceAll('\\', '/')
    for (const name of testNamesOf(readFileSync(join(root, file), 'utf8'))) {
      for (const id of lawsNamedBy(name)) add(id, path)
    }
  }
  return found
}

const link = (file: string): string => `[${file.replace(/^packages\//, '').replace(/\/(test|src)\//, ' ')}](../${file})`

const render = (): string => {
  const tests = testsByLaw()
  const open = [...known].filter((id) => !tests.has(id))
  const tables = chapters.map(({ name, laws: rows }) =>
    [
      `## ${name}`,
      '',
      '| law | what must hold | tests |',
      '|---|---|---|',
      ...rows.map(({ id, says }) => {
        const files = [...(tests.get(id) ?? [])].sort()
        return `| ${id} | ${says.replaceAll('|', '\\|')} | ${files.length > 0 ? files.map(link).join(', ') : '**open**'} |`
      }),
    ].join('\n'),
  )
  return [
    '# Laws and their tests',
    'Written by `npm run laws` from the names of the tests; CI fails when it is not current. A law without a test is open.',
    `${known.size - open.length} of ${known.size} laws have a test. Open: ${open.join(', ') || 'none'}.`,
    ...tables,
    '',
  ].join('\n\n')
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
