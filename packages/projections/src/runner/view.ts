import type { Unreadable } from '@daybook/core/kernel'
import type { FoldedEvent, ViewChange, ViewName } from '@daybook/core/ports'

/** An event with its envelope, as a view reads it. */
export interface Recorded<E> {
  readonly stored: FoldedEvent
  readonly event: E
}

/** A part of the log: all events of the view's types at positions above `from` and up to `to`. */
export interface Page<E> {
  readonly from: number
  readonly to: number
  readonly events: readonly Recorded<E>[]
}

/** What projecting a page will read of the view itself. */
export interface Needs {
  readonly keys: Iterable<string>
  /** All documents whose key begins so. */
  readonly prefixes?: Iterable<string>
}

/** The documents that a page needs, as they stand before it. */
export interface Known<Doc> {
  readonly get: (key: string) => Doc | undefined
  /** Those under a prefix that was asked for, in order of their keys. */
  readonly under: (prefix: string) => readonly Doc[]
}

/** What projecting a page changes. Documents are JSON values here; the store keeps their text. */
export interface Changes<Doc> extends Pick<ViewChange, 'drop' | 'add' | 'items' | 'dropItems'> {
  readonly put?: ReadonlyMap<string, Doc>
  /** Documents that are written once and seldom read: they are not kept for later pages. */
  readonly write?: ReadonlyMap<string, Doc>
}

/**
 * A read model: a named, versioned fold of the log. Plain functions over pages; the runner does the reading and the
 * writing. A page may begin and end anywhere: what a view answers may not depend on where (law C5).
 */
export interface View<E, Doc> extends ViewName {
  /** The event types it needs; the others are skipped in the store. Absent: all. */
  readonly types?: readonly string[]
  /** A page ends at the latest at the next multiple of this. */
  readonly boundary?: number
  /** A product's own: what it throws is its author's to see, as it is. */
  readonly isForeign?: true
  readonly decode: (stored: FoldedEvent) => E | Unreadable
  readonly needs: (page: Page<E>) => Needs
  /**
   * May change the documents it is given: they are kept for the next pages when this one was committed, and thrown away
   * when it was not.
   * @throws Integrity when the events contradict each other.
   */
  readonly project: (page: Page<E>, documents: Known<Doc>) => Changes<Doc>
}
