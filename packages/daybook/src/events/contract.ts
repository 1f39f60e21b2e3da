import type { ProjectionError } from '@daybook/projections/runner'
import type * as Effect from 'effect/Effect'
import type { Listed } from '../book/answers.ts'
import type { InvalidQuery } from '../book/errors.ts'
import type { ListRequest } from '../book/list-requests.ts'
import type { Asking } from '../book/requests.ts'
import type { AccessUnrecorded, FieldsWithheld } from '../privacy/errors.ts'
import type { EventType, RecordedEvent, ViewedEvent } from './recorded.ts'

// What callers say and get who read events, or keep a view of them.

/** Which events of a book. */
export interface EventsRequest<Type extends EventType = EventType> extends Asking {
  /** A position: events behind it. From the first when not given. */
  readonly after?: number
  /** Events of these names; all when not given. */
  readonly types?: readonly Type[]
  /** Events of one account. */
  readonly account?: string
}

/** How far somebody has read. */
export interface Reached {
  readonly position: number
  /** Of an account's stream. */
  readonly version: number
}

/** Some events, and how far they reach; `end`: there are no more today. */
export interface EventPage {
  readonly events: readonly RecordedEvent[]
  readonly reached: Reached
  readonly end: boolean
}

/** How a subscription waits. */
export interface SubscribeRequest<Type extends EventType = EventType> extends EventsRequest<Type> {
  /** Milliseconds after which the book is looked at though nothing has woken the reader; 500 when not given, 10 at least. */
  readonly every?: number
}

/**
 * A view of one's own: documents by key, folded from events. Kept beside the book's own views, and built again from the
 * events whenever its version is raised.
 */
export interface ViewDefinition<Type extends EventType, Doc> {
  /** Letters, digits and `-`, beginning with a letter. */
  readonly name: string
  /** From 1. Raise it with every change of what is kept: it is then built from the first event. */
  readonly version: number
  /** Events that it needs. */
  readonly types: readonly Type[]
  /** Which document an event belongs to; several, or none. */
  readonly key: (event: ViewedEvent<Type>) => string | readonly string[] | undefined
  /**
   * The document after an event: JSON; `undefined` takes it away. Pure, and never asked twice about one event in one
   * building of the view. An error that it throws is what the next question throws; nothing of its page is kept.
   */
  readonly apply: (before: Doc | undefined, event: ViewedEvent<Type>, key: string) => Doc | undefined
}

/** A document of a view under its key. */
export interface Keyed<Doc> {
  readonly key: string
  readonly doc: Doc
}

/** Which part of a view. */
export interface ViewRequest extends ListRequest {
  /** Keys that begin so. */
  readonly prefix?: string
}

type ViewError = ProjectionError | InvalidQuery | AccessUnrecorded | FieldsWithheld

/** A view as effects. */
export interface ViewShape<Doc> {
  readonly get: (key: string) => Effect.Effect<Doc | undefined, ViewError>
  readonly list: (request?: ViewRequest) => Effect.Effect<Listed<Keyed<Doc>>, ViewError>
  readonly rebuild: (options?: {
    readonly onProgress?: (done: number, of: number) => void
  }) => Effect.Effect<void, ProjectionError>
}

/** A view of one's own, asked. Each question first catches up with what was written before it. */
export interface OwnView<Doc> {
  /** The document of a key. */
  readonly get: (key: string) => Promise<Doc | undefined>
  /** Documents in the order of their keys. */
  readonly list: (request?: ViewRequest) => Promise<Listed<Keyed<Doc>>>
  /** Builds it again from the first event, beside the one that answers meanwhile. */
  readonly rebuild: (options?: { readonly onProgress?: (done: number, of: number) => void }) => Promise<void>
}
