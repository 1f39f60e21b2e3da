import { VersionedMap } from './versioned-map.ts'

// What a table keeps besides its rows: the answers to its questions, each brought up to date by every row that is written.

/** The groups of a row: one, several, or none. */
export type Groups = string | readonly string[] | undefined

/** The kept answer to one question. */
export interface Answer<K, Row> {
  /** The answer of the version after; this one stays as it is. */
  readonly next: () => Answer<K, Row>
  /** A row was written where another stood, or none; or it was taken out. `rows` have it already. */
  readonly change: (key: K, now: Row | undefined, was: Row | undefined, rows: VersionedMap<K, Row>) => void
  /** In what the answer is not the one that the rows give. */
  readonly faults: (rows: VersionedMap<K, Row>) => readonly string[]
}

const differ = (kept: readonly unknown[], given: readonly unknown[]): readonly string[] =>
  kept.length === given.length && kept.every((row, at) => row === given[at])
    ? []
    : [`${kept.length} rows are kept, ${given.length} are there`]

/** The rows of which something is true. */
export class Subset<K, Row> implements Answer<K, Row> {
  readonly #holds: (row: Row) => boolean
  readonly #keys: VersionedMap<K, true>
  constructor(holds: (row: Row) => boolean, keys = new VersionedMap<K, true>()) {
    this.#holds = holds
    this.#keys = keys
  }
  next(): Subset<K, Row> {
    return new Subset(this.#holds, this.#keys.next())
  }
  change(key: K, now: Row | undefined, was: Row | undefined): void {
    const holds = now !== undefined && this.#holds(now)
    if (holds === (was !== undefined && this.#holds(was))) return
    if (holds) this.#keys.put(key, true)
    else this.#keys.take(key)
  }
  keys(): Iterable<K> {
    return this.#keys.keys()
  }
  some(test: (key: K) => boolean): boolean {
    return this.#keys.some(test)
  }
  get size(): number {
    return this.#keys.size
  }
  faults(rows: VersionedMap<K, Row>): readonly string[] {
    return differ(
      rows.inOrder(this.#keys.keys()),
      [...rows.values()].filter((row) => this.#holds(row)),
    )
  }
}

/** The keys that came to a group, in the order in which they came: the first `length` of a list that versions share. */
interface Members<K> {
  readonly keys: K[]
  readonly length: number
}

/** Adds a key at the end of the shared list, or of a copy where another version has added there already. */
const joined = <K>(members: Members<K> | undefined, key: K): Members<K> => {
  if (members === undefined) return { keys: [key], length: 1 }
  const keys = members.keys.length === members.length ? members.keys : members.keys.slice(0, members.length)
  keys.push(key)
  return { keys, length: keys.length }
}

const belongs = (groups: Groups, group: string): boolean =>
  groups === group || (typeof groups === 'object' && groups.includes(group))

const listOf = (groups: Groups): readonly string[] =>
  groups === undefined ? [] : typeof groups === 'string' ? [groups] : groups

/** The rows of each group. */
export class Grouping<K, Row> implements Answer<K, Row> {
  readonly #of: (row: Row) => Groups
  readonly #members: VersionedMap<string, Members<K>>
  constructor(of: (row: Row) => Groups, members = new VersionedMap<string, Members<K>>()) {
    this.#of = of
    this.#members = members
  }
  next(): Grouping<K, Row> {
    return new Grouping(this.#of, this.#members.next())
  }
  change(key: K, now: Row | undefined, was: Row | undefined): void {
    if (now === undefined) return
    const groups = this.#of(now)
    const before = was === undefined ? undefined : this.#of(was)
    if (groups === before) return
    for (const group of listOf(groups)) {
      if (!belongs(before, group)) this.#members.put(group, joined(this.#members.get(group), key))
    }
  }
  /** The rows of any of these groups. One that has left its group, or the table, is still listed there and passed by. */
  rows(rows: VersionedMap<K, Row>, groups: readonly string[]): readonly Row[] {
    const keys = groups.flatMap((group) => {
      const members = this.#members.get(group)
      return members ? members.keys.slice(0, members.length) : []
    })
    return rows.inOrder(keys).filter((row) => {
      const own = this.#of(row)
      return groups.some((group) => belongs(own, group))
    })
  }
  get size(): number {
    return this.#members.size
  }
  faults(rows: VersionedMap<K, Row>): readonly string[] {
    const given = new Map<string, Row[]>([...this.#members.keys()].map((group) => [group, []]))
    for (const row of rows.values()) {
      for (const group of new Set(listOf(this.#of(row)))) {
        const list = given.get(group)
        if (list) list.push(row)
        else given.set(group, [row])
      }
    }
    return [...given].flatMap(([group, list]) =>
      differ(this.rows(rows, [group]), list).map((fault) => `in ${group} ${fault}`),
    )
  }
}

/** A sum over all rows. */
export class Total<K, Row> implements Answer<K, Row> {
  readonly #of: (row: Row) => number
  #total: number
  constructor(of: (row: Row) => number, total = 0) {
    this.#of = of
    this.#total = total
  }
  next(): Total<K, Row> {
    return new Total(this.#of, this.#total)
  }
  change(_key: K, now: Row | undefined, was: Row | undefined): void {
    this.#total += (now === undefined ? 0 : this.#of(now)) - (was === undefined ? 0 : this.#of(was))
  }
  get total(): number {
    return this.#total
  }
  faults(rows: VersionedMap<K, Row>): readonly string[] {
    const given = [...rows.values()].reduce((sum, row) => sum + this.#of(row), 0)
    return given === this.#total ? [] : [`${this.#total} is kept, the rows give ${given}`]
  }
}

/** The first or the last text in order. Where the row that had it has it no more, all rows are looked at again. */
export class Edge<K, Row> implements Answer<K, Row> {
  readonly #of: (row: Row) => string | undefined
  readonly #before: (a: string, b: string) => boolean
  #text: string | undefined
  constructor(of: (row: Row) => string | undefined, before: (a: string, b: string) => boolean, text?: string) {
    this.#of = of
    this.#before = before
    this.#text = text
  }
  next(): Edge<K, Row> {
    return new Edge(this.#of, this.#before, this.#text)
  }
  change(_key: K, now: Row | undefined, was: Row | undefined, rows: VersionedMap<K, Row>): void {
    const text = now === undefined ? undefined : this.#of(now)
    const old = was === undefined ? undefined : this.#of(was)
    if (text === old) return
    if (old !== undefined && old === this.#text) this.#text = this.#among(rows)
    else if (text !== undefined) this.#text = this.#further(text, this.#text)
  }
  get text(): string | undefined {
    return this.#text
  }
  faults(rows: VersionedMap<K, Row>): readonly string[] {
    const given = this.#among(rows)
    return given === this.#text ? [] : [`${this.#text ?? 'none'} is kept, the rows give ${given ?? 'none'}`]
  }
  #further(text: string, than: string | undefined): string {
    return than === undefined || this.#before(text, than) ? text : than
  }
  #among(rows: VersionedMap<K, Row>): string | undefined {
    let edge: string | undefined
    for (const row of rows.values()) {
      const text = this.#of(row)
      if (text !== undefined) edge = this.#further(text, edge)
    }
    return edge
  }
}
