// docs/faults.md: each fault that was found in use, what is right, and the tests that say so, as the last run reported.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../tool.ts'
import { faultRows, faultWords } from './fault-words.ts'
import { linkTo } from './link.ts'
import type { Report } from './report.ts'

const page = join(root, 'docs', 'faults.md')

const row = (report: Report, id: string, says: string): string => {
  const files = [...new Set(report.faults.filter(({ row }) => row === id).map(({ file }) => file))].sort()
  return `| ${id} | ${says} | ${files.map(linkTo).join(', ') || '**open**'} |`
}

const textOf = (report: Report): string => {
  const tested = new Set(report.faults.map(({ row }) => row))
  const open = faultRows.filter((id) => !tested.has(id))
  const tables = Object.entries(faultWords).map(([kind, rows]) =>
    [
      `## ${kind}`,
      '',
      '| row | what is right | tests |',
      '|---|---|---|',
      ...Object.entries(rows).map(([id, says]) => row(report, id, says)),
    ].join('\n'),
  )
  return `${[
    '# Faults and their tests',
    'What users and opponents found in the first slice, by kind, and the tests that hold what is right. Written by `npm run laws:page` from what `npm run laws` reported: tests that have passed, with the row in their names. A row without a test is open; tests that read files of other people are not listed.',
    `${faultRows.length - open.length} of ${faultRows.length} rows have a test. Open: ${open.join(', ') || 'none'}.`,
    ...tables,
  ].join('\n\n')}\n`
}

export const writeFaultsPage = (report: Report): void => writeFileSync(page, textOf(report))

export const isFaultsPageCurrent = (report: Report): boolean => readFileSync(page, 'utf8') === textOf(report)
