import * as Context from 'effect/Context'
import type { Effect } from 'effect/Effect'
import type { Conflict, Integrity, Unavailable } from './errors.ts'

/**
 * Where read models live. A view is a named, versioned fold of the log; its rows and its checkpoint move together,
 * compare-and-set on the position it was read from: two runners can not both win, and a redelivery is a no-op
 * (design §3.20). Three kinds of rows: documents by key, additive cells, ordered items.
 */
export interface ViewName {
  readonly view: string
  /** Raised when the fold changes: the new version is built beside the old one. */
  readonly version: number
}

/** An additive cell: amounts of one (series, x, y, z, kind) add up. What the numbers mean is the view's business. */
export interface Cell {
  readonly series: string
  readonly x: number
  readonly y: number
  readonly z: number
  readonly kind: string
  /** Cents, signed. */
  readonly amount: number
}

/** A row of an ordered list: `rank` sorts ascending as text, `key` breaks ties and identifies. */
export interface Item {
  readonly list: string
  readonly key: string
  readonly rank: string
  readonly body: string
}

/** How far a view is built, and on which event it stands there. */
export interface Checkpoint {
  /** 0 when it is new. */
  readonly position: number
  /**
   * Leaf hash of the event at the position, `-` where the log had none. A log that has another event there now, or none,
   * has lost what the view was built from.
   */
  readonly leaf: string
}
/** Where a view stands that is new. */
export const NEW_VIEW: Checkpoint = { position: 0, leaf: '-' }

/** What a page of events does to a view, committed with the view's new checkpoint. */
export interface ViewChange extends ViewName {
  /** The position that these changes were computed from: the checkpoint must still stand there. */
  readonly from: number
  /** The checkpoint afterwards; above `from`. */
  readonly to: number
  /** Leaf hash of the event at `to`, `-` where the log has none. */
  readonly leaf: string
  /** Documents to write: key to JSON text. */
  readonly put?: ReadonlyMap<string, string>
  /** Documents to delete. */
  readonly drop?: Iterable<string>
  readonly add?: Iterable<Cell>
  readonly items?: Iterable<Item>
  readonly dropItems?: Iterable<{ readonly list: string; readonly key: string }>
}

export interface ViewStoreShape {
  /** Every view version that has been written to, by name and version: for checks. */
  readonly names: Effect<readonly ViewName[], Unavailable>
  readonly checkpoint: (name: ViewName) => Effect<Checkpoint, Unavailable>
  /** All or nothing. `Conflict` when the checkpoint is no longer at `from`: somebody else was first. */
  readonly commit: (change: ViewChange) => Effect<void, Conflict | Unavailable | Integrity>
  readonly doc: (name: ViewName, key: string) => Effect<string | undefined, Unavailable>
  /** Those of the named documents that exist, in one round trip: a page of events needs many. */
  readonly docsOf: (name: ViewName, keys: Iterable<string>) => Effect<ReadonlyMap<string, string>, Unavailable>
  /** Documents in key order, after a key, with a prefix. */
  readonly docs: (
    name: ViewName,
    page: { readonly prefix?: string; readonly after?: string; readonly limit: number },
  ) => Effect<readonly { readonly key: string; readonly body: string }[], Unavailable>
  /** Totals of the cells of a series with x ≤ `x` and y ≤ `y`, by z and kind; zero totals left out. */
  readonly sum: (
    name: ViewName,
    query: { readonly series: string; readonly x: number; readonly y: number },
  ) => Effect<readonly { readonly z: number; readonly kind: string; readonly amount: number }[], Unavailable>
  /** Series with a prefix, in order: the values that a dimension has. */
  readonly series: (name: ViewName, prefix: string) => Effect<readonly string[], Unavailable>
  /** Items of a list in (rank, key) order, after one, at most `limit`. */
  readonly items: (
    name: ViewName,
    page: {
      readonly list: string
      readonly after?: { readonly rank: string; readonly key: string }
      readonly limit: number
    },
  ) => Effect<readonly Item[], Unavailable>
  /** All cells of a view in order of their coordinates, after one: for checks. */
  readonly cells: (
    name: ViewName,
    page: { readonly after?: Omit<Cell, 'amount'> | undefined; readonly limit: number },
  ) => Effect<readonly Cell[], Unavailable>
  /** The items of all lists of a view, by list and key, after one: for checks. */
  readonly everyItem: (
    name: ViewName,
    page: { readonly after?: Pick<Item, 'list' | 'key'> | undefined; readonly limit: number },
  ) => Effect<readonly Item[], Unavailable>
  /** How many rows belong to no view at all: only somebody else can have put them there, or taken their view away. */
  readonly strays: Effect<number, Unavailable>
  /** Takes out rows that belong to no view. */
  readonly sweep: Effect<void, Unavailable>
  /**
   * Forgets a view version: its rows and its checkpoint. With `at`, only while it stands there: what somebody else has
   * built anew meanwhile stays.
   */
  readonly forget: (name: ViewName, at?: Checkpoint) => Effect<void, Unavailable>
  /** At once: what stands under `built` stands under `live`, what stood there is forgotten, `built` is new again. */
  readonly replace: (live: ViewName, built: ViewName) => Effect<void, Unavailable>
}

/** The read models of a tenant, as a service: provided by an adapter. All of it can be built again from the log. */
export class ViewStore extends Context.Service<ViewStore, ViewStoreShape>()('daybook/ViewStore') {}
