// What versions of a map share (`versioned-map.ts`).

/** What a key holds, its place in the order of insertion, and the version that wrote it last. */
export class Cell<V> {
  value: V
  readonly place: number
  writer: number
  constructor(value: V, place: number, writer: number) {
    this.value = value
    this.place = place
    this.writer = writer
  }
}

/** The one real map that all versions share; the newest has it. */
export interface Root<K, V> {
  readonly cells: Map<K, Cell<V>>
  /** The place of the next key. */
  places: number
}

/** A cell of an older version; undefined: it had no such key. */
export type Was<V> = Cell<V> | undefined

export const byPlace = <V>(a: Cell<V>, b: Cell<V>): number => a.place - b.place
