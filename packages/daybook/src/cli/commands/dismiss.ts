import { claimNumber } from '../held-claim.ts'
import { type SharedOptions, UsageError } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { refusalLines } from '../text/remittance.ts'
import { idFor, withBook } from '../with-book.ts'

interface Options extends SharedOptions {
  readonly reason: string
  readonly claim?: string
}

/** `daybook dismiss ID` */
export const run = async ([id = '']: readonly string[], options: Options): Promise<number> => {
  const claim = claimNumber(options.claim)
  if (claim === undefined) throw new UsageError('--claim must be given: the place of the claim in its file')
  return await withBook(options, 'reads', async (book) => {
    const receipt = await book.dismiss(await idFor(book, 'submission', id), { reason: options.reason, claim })
    const { timeZone } = (await book.policy()).policy.practice
    const lines = receipt.ok
      ? [`claim ${claim} of submission ${id} is off the worklist: it is not to be taken`]
      : refusalLines(receipt, timeZone)
    for (const line of options.json ? [jsonText(receipt)] : lines) say(line)
    return receipt.ok ? 0 : 1
  })
}
