// `npm run laws:page`: writes docs/laws.md from what the last `npm run laws` reported.
import { writePage } from './page.ts'
import { readReport } from './report.ts'

const report = readReport()
if (report.counts.failed > 0) {
  console.error(`laws: ${report.counts.failed} tests have failed: of them no page is written`)
  process.exit(1)
}
writePage(report)
