import { fileURLToPath } from 'node:url'
import type { Book } from '../../src/index.ts'

/** Of the files of a practice, as a newcomer has them. */
export const practice = fileURLToPath(new URL('../../../../examples/practice', import.meta.url))
export const asOf = '2026-11-21'

/** What is drawn anew each time, or depends on the order in which the lanes of an import come: nothing else may differ. */
const ownToABook = new Set(['id', 'event', 'position', 'knownAt', 'knownAtPosition', 'committedAt', 'head', 'elapsed'])
export const json = (answer: unknown): string =>
  JSON.stringify(answer, (key, value) => (ownToABook.has(key) && typeof value !== 'object' ? undefined : value), 1)

/** How a book is opened so that two of them can be held against each other. */
export const fixed = {
  clock: () => new Date('2026-11-21T15:00:00.000Z'),
  secret: new Uint8Array(32).fill(7),
  actor: 'anna',
}

type Answers = Readonly<Record<string, string>>

/** The desk's answers, each as the JSON that a program would get. */
export const askedOf = async (book: Book): Promise<Answers> => {
  const accounts = await book.accounts({ limit: 1_000 })
  const ids = accounts.items.map(({ account }) => account)
  const each = async <A>(ask: (id: string) => Promise<A>): Promise<string> => json(await Promise.all(ids.map(ask)))
  return {
    aging: json(await book.aging({ asOf })),
    agingByPayer: json(await book.aging({ asOf: '2026-08-31', by: 'payer', basis: 'dos' })),
    worklist: json(await book.worklist({ asOf })),
    accounts: json(accounts),
    account: await each((id) => book.account(id, { asOf })),
    history: await each((id) => book.history(id)),
    explain: await each((id) => book.explain(id, { asOf })),
    remittances: json(await book.remittances({ limit: 1_000 })),
    controlAccounts: json(await book.controlAccounts()),
    cash: json(await book.cash({ from: '2026-01-01', to: asOf })),
    check: json((await book.check()).findings),
  }
}

/** The same of a book into which a practice is imported first, twice. */
export const answersOf = async (book: Book): Promise<Answers> => {
  const imported = json(await book.importPaths([practice], { openMissing: true }))
  const again = json(await book.importPaths([practice], { openMissing: true }))
  return { imported, again, ...(await askedOf(book)) }
}
