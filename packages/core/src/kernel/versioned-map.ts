import { byPlace, Cell, type Root, type Was } from './versioned-cells.ts'

/** Names versions apart: a cell says whether the version being written has kept its older value. */
let versions = 0

/** A version of a map: read as it is, or continued by a version of its own. */
export type ReadonlyVersionedMap<K, V> = ReadonlyMap<K, V> & Pick<VersionedMap<K, V>, 'next' | 'inOrder'>

/**
 * A map in versions that share what they have in common. `next` begins a version to be written to and leaves this one as
 * it is, at a cost that does not grow with the map; each version goes through its keys in the order of insertion, as a
 * Map does. The newest version has the one real map, so that reading and writing it costs what a Map costs. An older one
 * knows what it held where others have written since, and looks there first. To begin a version after an older one, the
 * map is taken back to that one: the usual end of a decision that is dropped. (Baker, "Shallow binding makes functional
 * arrays fast", 1991.)
 *
 * Values are shared between versions: a value that was put in must not be changed, but through `own`.
 */
export class VersionedMap<K, V> implements ReadonlyVersionedMap<K, V> {
  /** A map with no version before or after it is a Map, with no cells: whoever only folds pays for no versions. */
  #plain: Map<K, V> | undefined
  #root: Root<K, V> | undefined
  readonly #version: number
  #size: number
  /** The version before, as long as this one is written to: its values are kept for it. */
  #older: VersionedMap<K, V> | undefined
  /** Where this version is not the newest: one that is newer, and what this one held where it was written since. */
  #newer: VersionedMap<K, V> | undefined
  #held: Map<K, Was<V>> | undefined

  constructor() {
    versions += 1
    this.#version = versions
    this.#plain = new Map()
    this.#size = 0
  }

  /** A version to write to that begins as this one is. */
  next(): VersionedMap<K, V> {
    const next = new VersionedMap<K, V>()
    if (this.size === 0) return next
    next.#root = this.#toCells() ?? this.#takeBack()
    next.#plain = undefined
    next.#size = this.#size
    next.#older = this
    this.#root = undefined
    this.#newer = next
    this.#older = undefined
    return next
  }

  get size(): number {
    return this.#plain === undefined ? this.#size : this.#plain.size
  }

  get(key: K): V | undefined {
    return this.#plain === undefined ? this.#cell(key)?.value : this.#plain.get(key)
  }

  has(key: K): boolean {
    return this.#plain === undefined ? this.#cell(key) !== undefined : this.#plain.has(key)
  }

  /**
   * Sets the value of a key and gives the one that it had. A new key is the last in order.
   * @throws RangeError where a newer version stands: only the newest is written to.
   */
  put(key: K, value: V): V | undefined {
    const plain = this.#plain
    if (plain !== undefined) {
      const was = plain.get(key)
      plain.set(key, value)
      return was
    }
    this.#written()
    const cell = this.#cell(key)
    if (cell === undefined) {
      this.#keep(key, undefined)
      this.#add(key, value)
      return undefined
    }
    const was = cell.value
    if (cell.writer !== this.#version) {
      this.#keep(key, cell)
      cell.writer = this.#version
    }
    cell.value = value
    return was
  }

  /** As `put`, without the value that was there. */
  set(key: K, value: V): this {
    if (this.#plain === undefined) this.put(key, value)
    else this.#plain.set(key, value)
    return this
  }

  /**
   * The value of a key to be changed in place: the one that this version has put there, else a copy of what stood before.
   * Only for values that nobody else holds. @throws RangeError where a newer version stands.
   */
  own(key: K, copy: (value: V) => V): V | undefined {
    if (this.#plain !== undefined) return this.#plain.get(key)
    const cell = this.#written().cells.get(key)
    if (cell === undefined) return undefined
    if (cell.writer !== this.#version) {
      this.#keep(key, cell)
      cell.writer = this.#version
      cell.value = copy(cell.value)
    }
    return cell.value
  }

  /** Takes a key out and gives the value that it had. @throws RangeError where a newer version stands. */
  take(key: K): V | undefined {
    const plain = this.#plain
    if (plain !== undefined) {
      const was = plain.get(key)
      plain.delete(key)
      return was
    }
    const { cells } = this.#written()
    const cell = cells.get(key)
    if (cell === undefined) return undefined
    this.#keep(key, cell)
    cells.delete(key)
    this.#size -= 1
    return cell.value
  }

  /** As `take`; says whether the key was there. */
  delete(key: K): boolean {
    const had = this.has(key)
    this.take(key)
    return had
  }

  /** The values of these keys in the order of the map; keys that it has not, and a key named twice, count for nothing. */
  inOrder(keys: Iterable<K>): V[] {
    this.#toCells()
    const cells: Cell<V>[] = []
    let sorted = true
    let last = -1
    for (const key of keys) {
      const cell = this.#cell(key)
      if (cell === undefined || cell.place === last) continue
      if (cell.place < last) sorted = false
      last = cell.place
      cells.push(cell)
    }
    if (sorted) return cells.map(({ value }) => value)
    return cells.sort(byPlace).flatMap((cell, at) => (cell.place === cells[at - 1]?.place ? [] : [cell.value]))
  }

  /** True where a key passes the test; stops at the first. */
  some(test: (key: K) => boolean): boolean {
    const keys = this.#plain?.keys() ?? this.#root?.cells.keys() ?? this.keys()
    for (const key of keys) if (test(key)) return true
    return false
  }

  entries(): MapIterator<[K, V]> {
    return this.#list((key, value): [K, V] => [key, value]).values()
  }
  keys(): MapIterator<K> {
    return this.#list((key) => key).values()
  }
  values(): MapIterator<V> {
    return this.#list((_key, value) => value).values()
  }
  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries()
  }
  forEach(call: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this) call(value, key, this)
  }
  /** As `forEach`, without a list of its own: whoever is called does not write to this map. */
  each(call: (value: V, key: K) => void): void {
    if (this.#plain) this.#plain.forEach(call)
    else if (this.#root) for (const [key, { value }] of this.#root.cells) call(value, key)
    else this.forEach(call)
  }

  /** What this version holds, in order: a list of its own, so that whoever goes through it may write meanwhile. */
  #list<T>(of: (key: K, value: V) => T): T[] {
    const list: T[] = []
    if (this.#plain) {
      for (const [key, value] of this.#plain) list.push(of(key, value))
      return list
    }
    if (this.#root) {
      for (const [key, cell] of this.#root.cells) list.push(of(key, cell.value))
      return list
    }
    const held = new Map<K, Was<V>>()
    const { cells } = this.#gather(held)
    const own: [K, Cell<V>][] = []
    for (const entry of cells) if (!held.has(entry[0])) own.push(entry)
    for (const [key, cell] of held) if (cell) own.push([key, cell])
    if (held.size > 0) own.sort(([, a], [, b]) => byPlace(a, b))
    for (const [key, cell] of own) list.push(of(key, cell.value))
    return list
  }

  /** Gives every value of a plain map its cell, since versions will share it; undefined where another version has the map. */
  #toCells(): Root<K, V> | undefined {
    const plain = this.#plain
    if (plain === undefined) return this.#root
    const cells = new Map<K, Cell<V>>()
    for (const [key, value] of plain) cells.set(key, new Cell(value, cells.size, this.#version))
    this.#plain = undefined
    this.#size = cells.size
    this.#root = { cells, places: cells.size }
    return this.#root
  }

  #cell(key: K): Cell<V> | undefined {
    return this.#root === undefined ? this.#olderCell(key) : this.#root.cells.get(key)
  }

  #olderCell(key: K): Cell<V> | undefined {
    const newer = this.#settle()
    return this.#held?.has(key) ? this.#held.get(key) : newer.#cell(key)
  }

  #add(key: K, value: V): void {
    const root = this.#written()
    root.cells.set(key, new Cell(value, root.places, this.#version))
    root.places += 1
    this.#size += 1
  }

  #written(): Root<K, V> {
    if (this.#root === undefined) throw new RangeError('a newer version of this map stands: write to that one')
    return this.#root
  }

  /** Keeps for the version before what a key holds there. */
  #keep(key: K, cell: Was<V>): void {
    const older = this.#older
    if (older === undefined) return
    older.#held ??= new Map()
    if (!older.#held.has(key)) older.#held.set(key, cell && new Cell(cell.value, cell.place, 0))
  }

  /**
   * The version in which to look on: the newest, or the one before it, whose kept values grow as long as the newest is
   * written to. What versions between held is taken over on the way, so that no look is longer than two steps.
   */
  #settle(): VersionedMap<K, V> {
    for (;;) {
      const newer = this.#newer as VersionedMap<K, V>
      const beyond = newer.#newer
      if (beyond === undefined || beyond.#root) return newer
      for (const [key, cell] of newer.#held ?? []) {
        this.#held ??= new Map()
        if (!this.#held.has(key)) this.#held.set(key, cell)
      }
      this.#newer = beyond
    }
  }

  /** Adds to `held` in what this version differs from the newest map, and gives that map. */
  #gather(held: Map<K, Was<V>>): Root<K, V> {
    if (this.#root) return this.#root
    const root = this.#settle().#gather(held)
    for (const [key, cell] of this.#held ?? []) held.set(key, cell)
    return root
  }

  /** Makes this older version the newest: the map is as it was, and the one that was newest looks here from now on. */
  #takeBack(): Root<K, V> {
    const newest = this.#settle()
    const root = newest.#root ?? newest.#takeBack()
    const held = new Map<K, Was<V>>()
    let outOfOrder = false
    for (const [key, was] of this.#held ?? []) {
      const is = root.cells.get(key)
      held.set(key, is)
      const inPlace = was?.place === is?.place
      if (!inPlace) root.cells.delete(key)
      if (!was) continue
      // A cell of its own: others may hold `was`, and the map's cells are written to.
      root.cells.set(key, new Cell(was.value, was.place, 0))
      if (!inPlace) outOfOrder = true
    }
    if (outOfOrder) {
      const sorted = [...root.cells].sort(([, a], [, b]) => byPlace(a, b))
      root.cells.clear()
      for (const [key, cell] of sorted) root.cells.set(key, cell)
    }
    newest.#root = undefined
    newest.#older = undefined
    newest.#newer = this
    newest.#held = held
    this.#newer = undefined
    this.#held = undefined
    return root
  }
}
