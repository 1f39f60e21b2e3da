/** Laws that must be checked as properties of a thousand runs or more; `npm run laws -- --check` fails below that. */
export const atLeast = 1_000
const range = (letter: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `${letter}${from + at}`)
export const properties: readonly string[] = [
  ...range('A', 1, 10),
  ...[...range('B', 1, 9), 'B12'],
  ...['C1', 'C3', 'C4', 'C10'],
  ...range('D', 1, 5),
  ...[...range('E', 1, 7), 'E10'],
  ...['F1', 'F2'],
  ...range('H', 1, 10),
  ...range('J', 1, 3),
  ...range('K', 1, 4),
  ...['L1', 'L2', 'L3', 'L5'],
  ...['N1', 'N4', 'N5', 'N6', 'N8', 'N10', 'N12', 'N15', 'N22'],
  ...['P1', 'P2', 'P4', 'P5', 'P6'],
]

/** How a law is checked where its runs do not say it all. */
export const notes: Readonly<Record<string, string>> = {
  A2: 'random lives and a remittance through the service on the memory store',
  A7: 'a book is in dollars: neither events nor commands have a word for a currency, and an advice in another one is held',
  A9: 'plan schedules are no splits: H1, H2',
  B9: 'deaths before and after commits in memory; `kill -9` of 30 writer processes on SQLite by example',
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
