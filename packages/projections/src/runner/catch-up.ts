import { isUnreadable } from '@daybook/core/kernel'
import {
  type Conflict,
  EventStore,
  type EventStoreShape,
  Integrity,
  limits,
  type ReadError,
  type StoredEvent,
  UnreadableEvent,
  ViewStore,
  type ViewStoreShape,
} from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { type Documents, documentsOf } from './documents.ts'
import type { Changes, Page, Recorded, View } from './view.ts'

/** How far a view has been built, of how far it is to be built. */
export interface Progress {
  readonly position: number
  readonly head: number
}

export interface CatchUpOptions {
  /** Position to build to; the head of the log as seen at the start when not given. */
  readonly upTo?: number
  /** Events read at once. Any size gives the same view (law C5). */
  readonly pageSize?: number
  /** Called after each commit. */
  readonly progress?: (progress: Progress) => void
}

export type ProjectionError = ReadError | UnreadableEvent | Conflict

interface Run<E, Doc> {
  readonly view: View<E, Doc>
  readonly events: EventStoreShape
  readonly views: ViewStoreShape
  readonly documents: Documents<Doc>
  readonly head: number
  readonly pageSize: number
}

const decodeAll = <E, Doc>(
  view: View<E, Doc>,
  page: readonly StoredEvent[],
): UnreadableEvent | { readonly events: readonly Recorded<E>[] } => {
  const events: Recorded<E>[] = []
  for (const stored of page) {
    const event = view.decode(stored)
    if (typeof event === 'object' && event !== null && isUnreadable(event)) {
      const { stream, version, type, position } = stored
      const message = `view ${view.view} can not read ${type} at position ${position}: ${event.reason}`
      return new UnreadableEvent({ stream, version, type, message })
    }
    events.push({ stored, event: event as E })
  }
  return { events }
}

const readPage = <E, Doc>(
  { view, events, head, pageSize }: Run<E, Doc>,
  from: number,
): Effect.Effect<Page<E>, ReadError | UnreadableEvent> => {
  const end = view.boundary ? Math.min(head, (Math.floor(from / view.boundary) + 1) * view.boundary) : head
  return Effect.flatMap(
    events.readAll({ after: from, upTo: end, limit: pageSize, types: view.types }),
    (page): Effect.Effect<Page<E>, UnreadableEvent> => {
      const decoded = decodeAll(view, page)
      if ('_tag' in decoded) return Effect.fail(decoded)
      // A page that is not full has seen all up to its end, also where the last events are of other types.
      const to = page.length === pageSize ? (page.at(-1)?.position ?? end) : end
      return Effect.succeed({ from, to, events: decoded.events })
    },
  )
}

const projected = <E, Doc>(
  view: View<E, Doc>,
  page: Page<E>,
  documents: ReadonlyMap<string, Doc>,
): Effect.Effect<Changes<Doc>, Integrity> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(view.project(page, documents))
    } catch (cause) {
      return cause instanceof Integrity ? Effect.fail(cause) : Effect.die(cause)
    }
  })

const texts = <Doc>({ put, write }: Changes<Doc>): ReadonlyMap<string, string> => {
  const bodies = new Map(write)
  for (const [key, doc] of put ?? []) bodies.set(key, JSON.stringify(doc))
  return bodies
}

/** Projects and commits one page; gives the checkpoint afterwards. */
const step = <E, Doc>(run: Run<E, Doc>, from: number): Effect.Effect<number, ProjectionError> =>
  Effect.gen(function* () {
    const { view, views, documents } = run
    const page = yield* readPage(run, from)
    const read = yield* documents.load(view.needs(page))
    const changes = yield* projected(view, page, read)
    const { view: name, version } = view
    const { add = [], drop = [], items = [], dropItems = [] } = changes
    yield* views.commit({ view: name, version, from, to: page.to, put: texts(changes), add, drop, items, dropItems })
    documents.keep(changes.put ?? new Map(), drop)
    return page.to
  })

/** Somebody else was first: goes on from where they came to. A conflict that moved nothing is a fault of the store. */
const resync = <E, Doc>(run: Run<E, Doc>, from: number, conflict: Conflict): Effect.Effect<number, ProjectionError> =>
  Effect.gen(function* () {
    run.documents.forget()
    const position = yield* run.views.checkpoint(run.view)
    return position === from ? yield* conflict : position
  })

/**
 * Builds a view up to the head of the log as seen at the start; gives the position it is built to. Two runners at once
 * do no harm: each page is committed by one of them.
 */
export const catchUp = <E, Doc>(
  view: View<E, Doc>,
  options: CatchUpOptions = {},
): Effect.Effect<number, ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    const events = yield* EventStore
    const views = yield* ViewStore
    const head = options.upTo ?? (yield* events.head).position
    const pageSize = options.pageSize ?? limits.page
    const run: Run<E, Doc> = { view, events, views, documents: documentsOf(views, view), head, pageSize }
    let position = yield* views.checkpoint(view)
    while (position < head) {
      const from = position
      position = yield* Effect.catchTag(step(run, from), 'Conflict', (conflict) => resync(run, from, conflict))
      options.progress?.({ position, head })
      yield* Effect.yieldNow
    }
    return position
  })
