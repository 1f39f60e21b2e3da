import { claimNumber, methodOf, signedCents } from '../held-claim.ts'
import { type SharedOptions, UsageError } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { refusalLines, remittanceLines } from '../text/remittance.ts'
import { idFor, withBook } from '../with-book.ts'

interface Options extends SharedOptions {
  readonly reason: string
  readonly claim?: string
  readonly visit?: string
  readonly account?: string
  readonly paymentDate?: string
  readonly anotherPayment?: boolean
  readonly openMissing?: boolean
  readonly withheld?: string
  readonly amount?: string
  readonly reference?: string
  readonly on?: string
}

/** How what the payer withheld beside the claims came; undefined where nothing is said of that. */
const cameBy = ({ withheld, amount, reference, on }: Options) => {
  const by = methodOf('withheld', withheld)
  const cents = amount === undefined ? undefined : signedCents('amount', amount)
  if (by === undefined) {
    if ([amount, reference, on].some((each) => each !== undefined))
      throw new UsageError('--amount, --reference and --on go with --withheld')
    return undefined
  }
  return {
    by,
    ...(cents === undefined ? {} : { amount: cents }),
    ...(reference === undefined ? {} : { reference }),
    ...(on === undefined ? {} : { on }),
  }
}

/** `daybook release ID` */
export const run = async ([id = '']: readonly string[], options: Options): Promise<number> => {
  const { reason, visit, account, paymentDate, anotherPayment = false, openMissing = false } = options
  const claim = claimNumber(options.claim)
  const withheld = cameBy(options)
  return await withBook(options, 'reads', async (book) => {
    const report = await book.release(await idFor(book, 'remittance', id), {
      reason,
      ...(withheld ? { withheld, ...(openMissing ? { openMissing } : {}) } : { openMissing }),
      ...(claim === undefined ? {} : { claim }),
      ...(visit === undefined ? {} : { visit }),
      ...(account === undefined ? {} : { account }),
      ...(paymentDate === undefined ? {} : { paymentDate }),
      ...(anotherPayment ? { anotherPayment } : {}),
    })
    const { timeZone } = (await book.policy()).policy.practice
    const lines = report.ok ? remittanceLines(report) : refusalLines(report, timeZone)
    for (const line of options.json ? [jsonText(report)] : lines) say(line)
    return report.ok ? 0 : 1
  })
}
