import type { Told } from './editing.ts'
import { classes, tables } from './editing-told.ts'

const words: Readonly<Record<Told, string>> = {
  refused: 'not possible',
  opening: 'opening the book',
  check: '`check`',
  head: 'only `--expect-head`',
  nobody: '**nobody**',
}

const said = (told: Told | undefined): string => (told === undefined ? '–' : words[told])

const tableOf = (name: string): readonly string[] => {
  const table = tables[name]
  if (!table) return []
  return [
    '',
    `### ${name}`,
    '',
    '| a row | deleted | inserted | duplicated |',
    '|---|---|---|---|',
    `| | ${table.rows.map(said).join(' | ')} |`,
    '',
    '| column | edited | emptied | swapped between two rows |',
    '|---|---|---|---|',
    ...Object.entries(table.columns).map(([column, told]) => `| \`${column}\` | ${told.map(said).join(' | ')} |`),
    ...(table.why === undefined ? [] : ['', table.why]),
  ]
}

/** docs/editing.md: who tells of what is edited in the file of a book. */
export const editingPage = (): string =>
  [
    '# What tells of an edit',
    '',
    'Somebody who can write the file of a book edits it with SQL and puts the guards back. Who tells? Made by `npm run editing`',
    'from what `trust-editing.test.ts` does to a book of SQLite, edit by edit; a column that stands in a book and not here fails it.',
    '',
    '- *opening the book*: it does not open, with a typed error that says why.',
    '- *`check`*: `daybook check` has a finding. What is read or commanded meanwhile is proved by the chain of its stream, and an',
    '  event of it that does not fit is told at once; rows of views are mended by `daybook rebuild`.',
    '- *only `--expect-head`*: nothing in the book tells; a head that was written down out of reach does.',
    '- *nobody*: with the reason below. *Not possible*: SQLite refuses it by the shape of the table. –: there is no such edit.',
    '',
    '## What can be done to a book as a whole',
    '',
    '| what | told by | why |',
    '|---|---|---|',
    ...classes.map((one) => `| ${one.what} | ${words[one.told]} | ${'why' in one ? one.why : ''} |`),
    '',
    '## Every table and every column',
    ...Object.keys(tables).flatMap(tableOf),
    '',
  ].join('\n')
