import { type Answer, Edge, Grouping, type Groups, Subset, Total } from './table-answers.ts'
import { VersionedMap } from './versioned-map.ts'

/** How rows of a table are found and summed up besides by their key: each a plain function of the row alone. */
export interface Questions<Row> {
  /** Rows of which this is true. */
  readonly where?: Readonly<Record<string, (row: Row) => boolean>>
  /** Rows that belong to a group: to one, to several, or to none. */
  readonly by?: Readonly<Record<string, (row: Row) => Groups>>
  /** The sum of this over all rows. */
  readonly sum?: Readonly<Record<string, (row: Row) => number>>
  /** The first in order of these texts (a day) over all rows that have one. */
  readonly first?: Readonly<Record<string, (row: Row) => string | undefined>>
  /** The last in order. */
  readonly last?: Readonly<Record<string, (row: Row) => string | undefined>>
}

type NameOf<Kind> = keyof NonNullable<Kind> & string
type TextOf<Kind, Name extends NameOf<Kind>> = NonNullable<Kind>[Name] extends (row: never) => infer Text
  ? Text | undefined
  : never

/** Rows by key, with answers to the questions that were declared. An answer costs by its own rows, not by the table's. */
export interface ReadonlyTable<K extends string, Row, Q extends Questions<Row>> extends ReadonlyMap<K, Row> {
  /** The rows of which it is true, in the order of the table. */
  readonly where: (name: NameOf<Q['where']>) => readonly Row[]
  /** True where one of these rows passes the test; looked for in any order. */
  readonly any: (name: NameOf<Q['where']>, test?: (row: Row) => boolean) => boolean
  /** The rows of a group, or of any of several, each once, in the order of the table. */
  readonly by: (name: NameOf<Q['by']>, ...groups: readonly string[]) => readonly Row[]
  readonly sum: (name: NameOf<Q['sum']>) => number
  /** Undefined where no row has such a text. */
  readonly first: <N extends NameOf<Q['first']>>(name: N) => TextOf<Q['first'], N>
  readonly last: <N extends NameOf<Q['last']>>(name: N) => TextOf<Q['last'], N>
  /** The rows of these keys, each once, in the order of the table. */
  readonly inOrder: (keys: Iterable<K>) => readonly Row[]
  /** A version to write to that begins as this one is; this one stays as it is. */
  readonly next: () => Table<K, Row, Q>
  /** Keeps the answers to all questions from here on, asked or not. */
  readonly keepAll: () => ReadonlyTable<K, Row, Q>
  /** Where a kept answer is not the one that the rows give, in words; empty when all is well. */
  readonly faults: () => readonly string[]
}

type Kind = keyof Questions<never>
const nameOf = (kind: Kind, name: string): string => `${kind} ${name}`

/** Makes the empty answer to each question, and tells its place by kind and name. */
class Answering<K, Row> {
  readonly empty: readonly (() => Answer<K, Row>)[]
  readonly #places: ReadonlyMap<string, number>
  constructor({ where = {}, by = {}, sum = {}, first = {}, last = {} }: Questions<Row>) {
    const made = new Map<string, () => Answer<K, Row>>()
    for (const [name, of] of Object.entries(where)) made.set(nameOf('where', name), () => new Subset(of))
    for (const [name, of] of Object.entries(by)) made.set(nameOf('by', name), () => new Grouping(of))
    for (const [name, of] of Object.entries(sum)) made.set(nameOf('sum', name), () => new Total(of))
    for (const [name, of] of Object.entries(first)) made.set(nameOf('first', name), () => new Edge(of, isBefore))
    for (const [name, of] of Object.entries(last)) made.set(nameOf('last', name), () => new Edge(of, isAfter))
    this.#places = new Map([...made.keys()].map((name, place) => [name, place]))
    this.empty = [...made.values()]
  }
  get names(): Iterable<string> {
    return this.#places.keys()
  }
  /** @throws RangeError for a question that was not declared. */
  placeOf(kind: Kind, name: string): number {
    const place = this.#places.get(nameOf(kind, name))
    if (place === undefined) throw new RangeError(`the table answers no question ${kind} ${name}`)
    return place
  }
}

/**
 * A table in versions (`VersionedMap`). The first time a question is asked all rows are gone through; from then on the
 * answer is kept, and each row that is written, in versions to come too, brings it up to date: what a decision asks costs
 * by what it gets, not by all that ever was, and whoever only folds pays for no answer. A question looks at nothing but
 * its row, and a row is replaced, never changed in place: an answer that has gone wrong all the same shows in `faults`.
 */
export class Table<K extends string, Row, Q extends Questions<Row>> implements ReadonlyTable<K, Row, Q> {
  readonly #answering: Answering<K, Row>
  readonly #rows: VersionedMap<K, Row>
  /** Undefined, or not there, where nobody has asked yet. */
  readonly #answers: (Answer<K, Row> | undefined)[]
  #keeps: boolean

  /** An empty table, or the version after another one. */
  constructor(from: Q | Table<K, Row, Q>) {
    if (from instanceof Table) {
      this.#answering = from.#answering
      this.#rows = from.#rows.next()
      this.#keeps = from.#keeps
      this.#answers = from.#keeps ? from.#answers.map((answer) => answer?.next()) : []
    } else {
      this.#answering = new Answering(from)
      this.#rows = new VersionedMap()
      this.#keeps = false
      this.#answers = []
    }
  }

  next(): Table<K, Row, Q> {
    return new Table(this)
  }

  /** Writes a row; a new key is the last in order. @throws RangeError where a newer version stands. */
  set(key: K, row: Row): this {
    if (this.#keeps) {
      const was = this.#rows.put(key, row)
      for (const answer of this.#answers) answer?.change(key, row, was, this.#rows)
    } else this.#rows.set(key, row)
    return this
  }

  /**
   * Changes a row, if it is there: in place where this version has made it and no answer is kept, else a copy that is
   * written in its stead. Only for a table whose rows nobody else holds. @throws RangeError where a newer version stands.
   */
  change(key: K, by: (row: Row) => void): Row | undefined {
    if (!this.#keeps) {
      const own = this.#rows.own(key, copied)
      if (own !== undefined) by(own)
      return own
    }
    const was = this.#rows.get(key)
    if (was === undefined) return undefined
    const row = copied(was)
    by(row)
    this.set(key, row)
    return row
  }

  /** Takes a row out; says whether it was there. @throws RangeError where a newer version stands. */
  delete(key: K): boolean {
    const was = this.#rows.take(key)
    if (was === undefined) return false
    for (const answer of this.#answers) answer?.change(key, undefined, was, this.#rows)
    return true
  }

  where(name: NameOf<Q['where']>): readonly Row[] {
    return this.#rows.inOrder(this.#subset(name).keys())
  }
  any(name: NameOf<Q['where']>, test?: (row: Row) => boolean): boolean {
    const subset = this.#subset(name)
    if (test === undefined) return subset.size > 0
    return subset.some((key) => {
      const row = this.#rows.get(key)
      return row !== undefined && test(row)
    })
  }
  by(name: NameOf<Q['by']>, ...groups: readonly string[]): readonly Row[] {
    return (this.#answer('by', name) as Grouping<K, Row>).rows(this.#rows, groups)
  }
  sum(name: NameOf<Q['sum']>): number {
    return (this.#answer('sum', name) as Total<K, Row>).total
  }
  first<N extends NameOf<Q['first']>>(name: N): TextOf<Q['first'], N> {
    return (this.#answer('first', name) as Edge<K, Row>).text as TextOf<Q['first'], N>
  }
  last<N extends NameOf<Q['last']>>(name: N): TextOf<Q['last'], N> {
    return (this.#answer('last', name) as Edge<K, Row>).text as TextOf<Q['last'], N>
  }
  inOrder(keys: Iterable<K>): readonly Row[] {
    return this.#rows.inOrder(keys)
  }
  keepAll(): this {
    for (const place of this.#answering.empty.keys()) if (!this.#answers[place]) this.#keep(place)
    return this
  }
  faults(): readonly string[] {
    return [...this.#answering.names].flatMap(
      (name, place) => this.#answers[place]?.faults(this.#rows).map((fault) => `${name}: ${fault}`) ?? [],
    )
  }

  get size(): number {
    return this.#rows.size
  }
  get(key: K): Row | undefined {
    return this.#rows.get(key)
  }
  has(key: K): boolean {
    return this.#rows.has(key)
  }
  entries(): MapIterator<[K, Row]> {
    return this.#rows.entries()
  }
  keys(): MapIterator<K> {
    return this.#rows.keys()
  }
  values(): MapIterator<Row> {
    return this.#rows.values()
  }
  [Symbol.iterator](): MapIterator<[K, Row]> {
    return this.#rows.entries()
  }
  forEach(call: (row: Row, key: K, rows: ReadonlyMap<K, Row>) => void): void {
    for (const [key, row] of this) call(row, key, this)
  }

  #subset(name: string): Subset<K, Row> {
    return this.#answer('where', name) as Subset<K, Row>
  }

  #answer(kind: Kind, name: string): Answer<K, Row> {
    const place = this.#answering.placeOf(kind, name)
    // Asked of no rows, it is not kept: all accounts begin with the same empty tables, also those that nobody asks.
    return this.#answers[place] ?? (this.size === 0 ? this.#empty(place) : this.#keep(place))
  }

  #empty(place: number): Answer<K, Row> {
    return this.#answering.empty[place]?.() as Answer<K, Row>
  }

  /** All rows give the answer where it is kept for the first time. */
  #keep(place: number): Answer<K, Row> {
    const answer = this.#empty(place)
    this.#rows.each((row, key) => answer.change(key, row, undefined, this.#rows))
    this.#answers[place] = answer
    this.#keeps = true
    return answer
  }
}

const copied = <Row>(row: Row): Row => ({ ...row })
const isBefore = (a: string, b: string): boolean => a < b
const isAfter = (a: string, b: string): boolean => a > b
