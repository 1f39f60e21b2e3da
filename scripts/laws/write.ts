// `npm run laws:page`: writes docs/laws.md and docs/faults.md from what the last `npm run laws` reported.
import { writeFaultsPage } from './faults-page.ts'
import { writePage } from './page.ts'
import { readReport } from './report.ts'

const report = readReport()
if (report.counts.failed > 0) {
  console.error(`laws: ${report.counts.failed} tests have failed: of them no pages are written`)
  process.exit(1)
}
writePage(report)
writeFaultsPage(report)
