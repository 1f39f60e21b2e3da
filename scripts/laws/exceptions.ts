import type { LawId } from '../../packages/core/src/testing/laws/words.ts'

/** A law that has a test has one that makes so many random runs of it, or stands among the exceptions. */
export const atLeast = 1_000

/** Laws that are checked with fewer runs, or by example alone, each with the reason. */
export const exceptions: Partial<Record<LawId, string>> = {
  B11: 'one event of a type that nobody knows',
  C6: 'each run builds a view several times over',
  C8: 'each pair of the declared table',
  C9: 'each text that was ever recorded',
  D6: 'charges ahead of their day, which are on no statement before it',
  G2: 'written refunds',
  G3: 'each step of a refund',
  L6: 'whole documents are printed and read',
  M2: 'each fault at one place of a chain',
  M8: 'which leaves may be encrypted; nothing is shredded yet',
  N9: 'each pair of the declared table',
  N16: 'one written history',
  N17: 'each pair of the declared table',
  N20: '6 processes live one fixed day',
  N21: 'one written log, in the contract of a store',
}

/** What the runs do not say: over what a law is checked, and what of it only examples show. */
export const notes: Partial<Record<LawId, string>> = {
  A2: 'random lives and a remittance through the service on the memory store',
  A7: 'a book is in dollars: neither events nor commands have a word for a currency, and an advice in another one is held',
  A9: 'plan schedules are no splits: H1, H2',
  B9: 'deaths before and after commits in memory; `kill -9` of writer processes on SQLite by example',
  C10: 'process and adapter as a property; zone and locale can not be changed inside a process: 6 processes live one fixed day',
  E4: 'over the items of one class; the order of the classes by example',
  E6: 'at once, or with a payment or a write-off in between; what a payer takes back meanwhile: rule R by example',
  F2: 'no facet keeps disputes yet',
  J1: 'what no facet keeps (holds, disputes, applications) must have been vouched for',
  K1: 'through decide, and against adding up all effects over written histories',
  L3: 'claims of an 835; broken files by example',
  L5: 'posted, recorded and held claims; duplicates, rejections and skipped files by example',
  N12: 'deaths of the writer in memory; `kill -9` in the midst of imports by example',
  P6: 'after every event; after `kill -9` by example',
}
