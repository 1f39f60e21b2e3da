import type { AgingRow, Attributes } from './row.ts'

/**
 * The rows of a part of the log as a document: what cells can not answer is added up from these. Names stand once in
 * `names`; a row is `WIDTH` whole numbers in `rows`.
 */
export interface JournalDocument {
  readonly names: readonly string[]
  readonly rows: readonly number[]
}

const attributeNames = ['account', 'coverage', 'payer', 'financialClass', 'location', 'provider'] as const
const WIDTH = 7 + attributeNames.length

/** How the known axis, positions of the log, is cut. Answers do not depend on it; what they cost does. */
export interface Grain {
  /** Positions of a block: its rows are in cells once it is whole, and in the journal always. */
  readonly block: number
  /** Blocks of a span, which has cells of its own. */
  readonly span: number
}
export const usualGrain: Grain = { block: 8_192, span: 16 }

const padded = (n: number): string => String(n).padStart(12, '0')
export const JOURNAL = 'rows/'
/** Keys of the rows of one block begin so. */
export const journalOfBlock = (block: number): string => `${JOURNAL}${padded(block)}/`
/** A page of the log has its rows here. It begins after `from` and never crosses a block. */
export const journalKey = (block: number, from: number): string => `${journalOfBlock(block)}${padded(from)}`

export const writeJournal = (rows: readonly AgingRow[]): string => {
  const places = new Map<string, number>()
  const place = (name: string): number => {
    const known = places.get(name)
    if (known !== undefined) return known
    places.set(name, places.size)
    return places.size - 1
  }
  const numbers: number[] = []
  for (const { position, day, kind, amount, anchors, attributes } of rows) {
    numbers.push(position, day, kind, amount, anchors.responsibility, anchors.dos, anchors.billDate)
    for (const name of attributeNames) numbers.push(place(attributes[name]))
  }
  return JSON.stringify({ names: [...places.keys()], rows: numbers } satisfies JournalDocument)
}

/** Its rows in order of position. One at a time: a report adds them up and keeps none. */
export function* readJournal({ names, rows }: JournalDocument): Generator<AgingRow> {
  const number = (index: number): number => rows[index] as number
  const name = (index: number): string => names[number(index)] ?? ''
  for (let at = 0; at < rows.length; at += WIDTH) {
    const attributes: Attributes = {
      account: name(at + 7),
      coverage: name(at + 8),
      payer: name(at + 9),
      financialClass: name(at + 10),
      location: name(at + 11),
      provider: name(at + 12),
    }
    yield {
      position: number(at),
      day: number(at + 1),
      kind: number(at + 2),
      amount: number(at + 3),
      anchors: { responsibility: number(at + 4), dos: number(at + 5), billDate: number(at + 6) },
      attributes,
    }
  }
}
