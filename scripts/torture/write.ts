// `npm run torture:page`: writes the table of docs/reliability.md from what the last `npm run torture` reported.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../tool.ts'
import { readTorture } from './report.ts'
import { tableInMarkdown } from './table.ts'

const page = join(root, 'docs', 'reliability.md')
const [begins, ends] = ['<!-- what npm run torture reported: begins -->', '<!-- ends -->']

const report = readTorture()
if (report.failed.length > 0) {
  console.error(`torture: ${report.failed.length} tests have failed: of them no table is written`)
  process.exit(1)
}
const text = readFileSync(page, 'utf8')
const [before, rest] = text.split(begins)
const after = rest?.split(ends)[1]
if (before === undefined || after === undefined) throw new Error(`${page} has no place for the table`)
const absent = report.skipped.length > 0 ? `\n\nNot run: ${report.skipped.join('; ')}.` : ''
const said = `Seed ${report.seed}, Node ${report.node}.${absent}`
writeFileSync(page, `${before}${begins}\n${tableInMarkdown(report)}\n\n${said}\n${ends}${after}`)
