import { type Classified, classificationOf } from '../../kernel/inventory.ts'
import { eventCatalogue } from './catalogue.ts'
import { wiredOf } from './wired.ts'

const classWords: readonly (readonly [string, string])[] = [
  ['phi', 'protected health information; may be stored encrypted and later shredded'],
  ['pii', 'about a person who need not be the patient; may be stored encrypted and later shredded'],
  ['financial', 'amounts in cents; clear'],
  ['date', 'civil days and instants; clear'],
  ['code', 'coded values, names of organisations, words of the house; clear'],
  ['id', 'identifiers, random or given by the practice; clear'],
  ['count', 'counts and rates that are not money; clear'],
]

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const pathsOf = (rows: readonly Classified[], wanted: string): string =>
  rows
    .filter((row) => row.class === wanted)
    .map((row) => `\`${row.path}\``)
    .join(' ')

/** The data inventory as a page: what of each event is what kind of information. */
export const inventoryPage = (): string => {
  const sections = Object.entries(eventCatalogue).flatMap(([aggregate, definitions]) => [
    `## ${aggregate}`,
    ...definitions.flatMap(wiredOf).map((wired) => {
      const rows = classificationOf([wired])
      const cells = classWords.map(([name]) => [name, pathsOf(rows, name)]).filter(([, paths]) => paths !== '')
      return `${wired.part ? '####' : '###'} ${wired.type}\n\n${table(['class', 'where'], cells)}`
    }),
  ])
  return `${[
    '# Data inventory',
    'What each event holds, and what kind of information it is. Made from the schemas by `npm run inventory`; a test\nfails when it is out of date. `[]` is each member of a list.',
    table(['class', 'meaning'], classWords),
    ...sections,
  ].join('\n\n')}\n`
}
