import type { Unreadable } from '@daybook/core/kernel'
import type { StoredEvent, ViewChange, ViewName } from '@daybook/core/ports'

/** An event with its envelope, as a view reads it. */
export interface Recorded<E> {
  readonly stored: StoredEvent
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

/** What projecting a page changes. Documents are JSON values here; the store keeps their text. */
export interface Changes<Doc> extends Pick<ViewChange, 'drop' | 'add' | 'items' | 'dropItems'> {
  readonly put?: ReadonlyMap<string, Doc>
  /** Documents as text, for those that are written once and seldom read: they are not kept for the next page. */
  readonly write?: ReadonlyMap<string, string>
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
  readonly decode: (stored: StoredEvent) => E | Unreadable
  readonly needs: (page: Page<E>) => Needs
  /**
   * May change the documents it is given: they are kept for the next page when this one was committed, and thrown away
   * when it was not.
   * @throws Integrity when the events contradict each other.
   */
  readonly project: (page: Page<E>, documents: ReadonlyMap<string, Doc>) => Changes<Doc>
}
