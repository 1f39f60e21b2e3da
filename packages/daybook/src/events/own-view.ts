import { UnreadableEvent, ViewStore } from '@daybook/core/ports'
import { catchUp, documentIn, type ProjectionError, rebuild, type View } from '@daybook/projections/runner'
import * as Effect from 'effect/Effect'
import type { Listed } from '../book/answers.ts'
import { type InvalidQuery, invalidQueryAt } from '../book/errors.ts'
import { listAsked, questionGiven } from '../book/given.ts'
import type { OpenBook } from '../book/open-book.ts'
import { inBook } from '../book/questions.ts'
import type { ListRequest } from '../book/requests.ts'
import { type EventType, eventTypes, type ViewedEvent, viewedOf } from './recorded.ts'

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

/** A view as effects. */
export interface ViewShape<Doc> {
  readonly get: (key: string) => Effect.Effect<Doc | undefined, ProjectionError>
  readonly list: (request?: ViewRequest) => Effect.Effect<Listed<Keyed<Doc>>, ProjectionError | InvalidQuery>
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

const faultsOf = ({ name, version, types, key, apply }: ViewDefinition<EventType, unknown>): InvalidQuery['issues'] => [
  ...(/^[A-Za-z][A-Za-z0-9-]{0,39}$/.test(name)
    ? []
    : [{ path: 'name', message: 'up to 40 letters, digits and -, beginning with a letter' }]),
  ...(Number.isSafeInteger(version) && version > 0 ? [] : [{ path: 'version', message: 'a whole number from 1' }]),
  ...(Array.isArray(types) && types.length > 0
    ? types.flatMap((type, at) =>
        eventTypes.has(type) ? [] : [{ path: `types.${at}`, message: `${type} is not the name of an event` }],
      )
    : [{ path: 'types', message: 'name the events that it needs' }]),
  ...(typeof key === 'function' ? [] : [{ path: 'key', message: 'must be a function' }]),
  ...(typeof apply === 'function' ? [] : [{ path: 'apply', message: 'must be a function' }]),
]

const keysOf = <Type extends EventType, Doc>(
  { key }: ViewDefinition<Type, Doc>,
  event: ViewedEvent<Type>,
): readonly string[] => {
  const keys = key(event)
  return keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys
}

const viewOf = <Type extends EventType, Doc>(definition: ViewDefinition<Type, Doc>): View<ViewedEvent<Type>, Doc> => ({
  view: `own:${definition.name}`,
  version: definition.version,
  types: definition.types,
  decode: (stored) => {
    const event = viewedOf(stored)
    return event instanceof UnreadableEvent ? { reason: 'unknownType' } : (event as ViewedEvent<Type>)
  },
  needs: ({ events }) => ({ keys: new Set(events.flatMap(({ event }) => keysOf(definition, event))) }),
  project: ({ events }, documents) => {
    const now = new Map<string, Doc | undefined>()
    for (const { event } of events) {
      for (const key of keysOf(definition, event)) {
        const before = now.has(key) ? now.get(key) : documents.get(key)
        now.set(key, definition.apply(before, event, key))
      }
    }
    const put = new Map<string, Doc>()
    const drop: string[] = []
    for (const [key, doc] of now) {
      if (doc === undefined) drop.push(key)
      else put.set(key, doc)
    }
    return { put, drop }
  },
})

const USUAL = 50

/** @throws InvalidQuery for a definition that is none, with each place. */
export const ownViewIn =
  (book: OpenBook) =>
  <Type extends EventType, Doc>(definition: ViewDefinition<Type, Doc>): ViewShape<Doc> => {
    const faults = faultsOf(definition as unknown as ViewDefinition<EventType, unknown>)
    if (faults.length > 0) throw invalidQueryAt(faults)
    const view = viewOf(definition)
    return {
      get: (key) =>
        inBook(
          book,
          Effect.gen(function* () {
            yield* catchUp(view)
            const body = yield* (yield* ViewStore).doc(view, key)
            return body === undefined ? undefined : yield* documentIn<Doc>(view, key, body)
          }),
        ),
      list: (request = {}) =>
        Effect.gen(function* () {
          yield* questionGiven(listAsked, request)
          const { prefix = '', after = '', limit = USUAL } = request
          return yield* inBook(
            book,
            Effect.gen(function* () {
              const position = yield* catchUp(view)
              const rows = yield* (yield* ViewStore).docs(view, { prefix, after, limit: limit + 1 })
              const items: Keyed<Doc>[] = []
              for (const { key, body } of rows.slice(0, limit)) {
                items.push({ key, doc: yield* documentIn<Doc>(view, key, body) })
              }
              const next = rows.length > limit ? items.at(-1)?.key : undefined
              return { position, items, ...(next === undefined ? {} : { next }) }
            }),
          )
        }),
      rebuild: ({ onProgress } = {}) =>
        inBook(
          book,
          Effect.asVoid(
            rebuild(view, {
              fromZero: true,
              ...(onProgress ? { progress: ({ position, head }) => onProgress(position, head) } : {}),
            }),
          ),
        ),
    }
  }
