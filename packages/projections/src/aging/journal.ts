import type { Held, Holding } from '../runner/compare.ts'
import { textOf } from '../runner/compare.ts'
import type { AgingRow, Attributes } from './row.ts'

/**
 * The rows of a part of the log as a document: what cells can not answer is added up from these. Names stand once in
 * `names`, attributes that rows share once in `attributes`: for each its names' places. A row is `WIDTH` whole numbers
 * in `rows`, the last the place of its attributes.
 */
export interface JournalDocument {
  readonly names: readonly string[]
  readonly attributes: readonly number[]
  readonly rows: readonly number[]
}

const attributeNames = ['account', 'coverage', 'payer', 'financialClass', 'location', 'provider'] as const
const WIDTH = 8

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

/** A list of what was placed in it, each once, and where. */
const placing = <V>() => {
  const places = new Map<V, number>()
  return {
    values: (): V[] => [...places.keys()],
    /** The place of a value; `added` is called when it is new. */
    of: (value: V, added?: () => void): number => {
      const known = places.get(value)
      if (known !== undefined) return known
      places.set(value, places.size)
      added?.()
      return places.size - 1
    },
  }
}

export const journalOf = (rows: readonly AgingRow[]): JournalDocument => {
  const names = placing<string>()
  const sets = placing<Attributes>()
  const attributes: number[] = []
  const numbers: number[] = []
  for (const row of rows) {
    const { anchors } = row
    const set = sets.of(row.attributes, () => {
      for (const name of attributeNames) attributes.push(names.of(row.attributes[name]))
    })
    numbers.push(
      row.position,
      row.day,
      row.kind,
      row.amount,
      anchors.responsibility,
      anchors.dos,
      anchors.billDate,
      set,
    )
  }
  return { names: names.values(), attributes, rows: numbers }
}

/** Its rows in order of position. One at a time: a report adds them up and keeps none. */
export function* readJournal({ names, attributes, rows }: JournalDocument): Generator<AgingRow> {
  const sets: Attributes[] = []
  const name = (index: number): string => names[attributes[index] as number] ?? ''
  for (let at = 0; at < attributes.length; at += attributeNames.length) {
    sets.push({
      account: name(at),
      coverage: name(at + 1),
      payer: name(at + 2),
      financialClass: name(at + 3),
      location: name(at + 4),
      provider: name(at + 5),
    })
  }
  const number = (index: number): number => {
    const found: unknown = rows[index]
    if (!Number.isSafeInteger(found)) throw new RangeError('a row of the aging holds no whole number')
    return found as number
  }
  for (let at = 0; at < rows.length; at += WIDTH) {
    yield {
      position: number(at),
      day: number(at + 1),
      kind: number(at + 2),
      amount: number(at + 3),
      anchors: { responsibility: number(at + 4), dos: number(at + 5), billDate: number(at + 6) },
      attributes: sets[number(at + 7)] as Attributes,
    }
  }
}

/**
 * What a document of the aging holds: one of a part of the log its rows, row by row, because the same rows may stand in
 * other parts; any other itself.
 */
export const heldInAging: Holding = (key, document) => {
  if (!key.startsWith(JOURNAL)) return [{ place: key, text: textOf(document) }]
  const block = key.slice(0, key.indexOf('/', JOURNAL.length) + 1)
  const held: Held[] = []
  let before = -1
  let nth = 0
  for (const row of readJournal(document as JournalDocument)) {
    nth = row.position === before ? nth + 1 : 0
    before = row.position
    held.push({ place: `${block}${padded(row.position)} ${padded(nth)}`, text: textOf(row) })
  }
  return held
}
