import type { SharedOptions } from '../options.ts'
import { clean, jsonText, paint, say } from '../terminal.ts'
import { idFor, withBook } from '../with-book.ts'

/** What `disclosures` is given of its own. */
interface DisclosuresOptions extends SharedOptions {
  readonly all?: boolean
}

/** `daybook disclosures ACCOUNT` */
export const run = async ([id = '']: readonly string[], options: DisclosuresOptions): Promise<number> => {
  const { all = false } = options
  return await withBook(options, 'reads', async (book) => {
    const told = await book.disclosures({ account: await idFor(book, 'account', id), all })
    if (options.json) {
      say(jsonText(told))
      return 0
    }
    const { account, from, to, items, untold } = told
    say(paint('bold', `Disclosures of account ${account} from ${from} to ${to}: ${items.length}`))
    for (const { on, purpose, to: whom, address, summary, reason, by } of items) {
      const place = address === undefined ? '' : `, ${clean(address)}`
      say(`${on}  ${clean(whom)}${place} (${purpose}): ${clean(summary)}; ${clean(reason)}; recorded by ${clean(by)}`)
    }
    if (untold > 0) say(`${untold} more that need not be told (45 CFR 164.528(a)(1)): --all`)
    return 0
  })
}
