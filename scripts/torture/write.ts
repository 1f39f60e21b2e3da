// `npm run torture:page`: writes the table of docs/reliability.md from what the last `npm run torture` reported.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../tool.ts'
import { readTorture } from './report.ts'
import { tableInMarkdown } from './table.ts'

const page = join(root, 'docs', 'reliability.md')
const [begins, ends] = ['<!-- what npm run torture reported: begins -->', '<!-- ends -->']

const report = readTorture()
const failed = report.filter(({ state }) => state === 'failed')
if (report.length === 0 || failed.length > 0) {
  console.error(
    `torture: ${report.length === 0 ? 'nothing was run' : `${failed.length} tests have failed`}: no table is written`,
  )
  process.exit(1)
}
const text = readFileSync(page, 'utf8')
const [before, rest] = text.split(begins)
const after = rest?.split(ends)[1]
if (before === undefined || after === undefined) throw new Error(`${page} has no place for the table`)
writeFileSync(page, `${before}${begins}\n\n${tableInMarkdown(report)}\n\n${ends}${after}`)
