import type { SharedOptions } from '../options.ts'
import { clean, jsonText, say } from '../terminal.ts'
import { hitLines } from '../text/remittance.ts'
import { counted } from '../text/words.ts'
import { withBook } from '../with-book.ts'

interface Options extends SharedOptions {
  readonly dryRun?: boolean
}

/** `daybook hand-over FROM TO`: exit status 1 where a piece was refused. */
export const run = async ([from = '', to = '']: readonly string[], options: Options): Promise<number> =>
  await withBook(options, 'reads', async (book) => {
    const report = await book.handOver({ from, to, dryRun: options.dryRun ?? false })
    const { timeZone } = (await book.policy()).policy.practice
    const goes = report.dryRun ? 'would go' : 'went'
    const lines = [
      `${counted(report.pieces.length, 'piece')} of ${clean(from)} ${goes} to ${clean(to)} on ${report.on}`,
      ...report.pieces.flatMap((piece) => {
        const { account, queue = 'all work', subject, outcome } = piece
        const line = `  ${outcome.padEnd(8)}account ${account}   ${clean([queue, subject ?? ''].join(' ').trim())}`
        return piece.hits ? [line, ...hitLines({ hits: piece.hits }, timeZone)] : [line]
      }),
    ]
    for (const line of options.json ? [jsonText(report)] : lines) say(line)
    return report.pieces.some(({ outcome }) => outcome === 'refused') ? 1 : 0
  })
