import { isUnreadable } from '@daybook/core/kernel'
import {
  EventStore,
  type EventStoreShape,
  type FoldedEvent,
  Integrity,
  type ReadError,
  UnreadableEvent,
  ViewStore,
  type ViewStoreShape,
} from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Result from 'effect/Result'
import { advance, type Progress, type ProjectionError } from './advance.ts'
import { batchOf } from './batch.ts'
import { type Documents, documentsOf } from './documents.ts'
import { leafAt } from './standing.ts'
import type { Changes, Page, Recorded, View } from './view.ts'

/** Events read, decoded and projected at once. Few, so that what they took is garbage while it is still young. */
const PAGE = 500
/** More pages in one commit: what many of them touch is written once. Not so many that it keeps others from their turn. */
const PAGES_PER_COMMIT = 12

export interface CatchUpOptions {
  /** Position to build to; the head of the log as seen at the start when not given. */
  readonly upTo?: number
  /** Events read at once. Any size gives the same view (law C5). */
  readonly pageSize?: number
  /** Pages written at once, at most. Any number gives the same view. */
  readonly pagesPerCommit?: number
  /** Called after each commit. */
  readonly progress?: (progress: Progress) => void
}

interface Run<E, Doc> {
  readonly view: View<E, Doc>
  readonly events: EventStoreShape
  readonly views: ViewStoreShape
  readonly documents: Documents<Doc>
  readonly head: number
  readonly pageSize: number
  readonly pagesPerCommit: number
}

const decodeAll = <E, Doc>(
  view: View<E, Doc>,
  page: readonly FoldedEvent[],
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
    events.readForFold({ after: from, upTo: end, limit: pageSize, types: view.types }),
    (page): Effect.Effect<Page<E>, UnreadableEvent> => {
      const decoded = decodeAll(view, page)
      if ('_tag' in decoded) return Effect.fail(decoded)
      // A page that is not full has seen all up to its end, also where the last events are of other types.
      const to = page.length === pageSize ? (page.at(-1)?.position ?? end) : end
      return Effect.succeed({ from, to, events: decoded.events })
    },
  )
}

/**
 * What a view can not take stops that view and no other, and says where: an event that was changed since it was written. An
 * error of a product's own view is its author's, and passes as it is.
 */
const project = <E, Doc>({ view, documents }: Run<E, Doc>, page: Page<E>): Effect.Effect<Changes<Doc>, Integrity> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(view.project(page, documents))
    } catch (cause) {
      if (cause instanceof Integrity) return Effect.fail(cause)
      if (view.isForeign) return Effect.die(cause)
      return Effect.fail(
        new Integrity({
          message: `the ${view.view} view can not take the events after @${page.from} up to @${page.to} (${cause instanceof Error ? cause.name : 'a fault'}): ask daybook check whether they were changed`,
          cause,
        }),
      )
    }
  })

/** Projects some pages and commits them as one; gives the checkpoint afterwards. */
const step = <E, Doc>(run: Run<E, Doc>, from: number): Effect.Effect<number, ProjectionError> =>
  Effect.gen(function* () {
    const { view, events, views, documents, head, pagesPerCommit } = run
    const batch = batchOf(documents)
    let to = from
    for (let pages = 0; pages < pagesPerCommit && to < head; pages += 1) {
      const read = yield* Effect.result(readPage(run, to))
      // The pages before it are whole: they are written, and the next step begins with the one that is not.
      if (Result.isFailure(read) && to > from) break
      const page = yield* Effect.fromResult(read)
      yield* documents.load(view.needs(page))
      batch.add(yield* project(run, page))
      to = page.to
      yield* Effect.yieldNow
    }
    const { view: name, version } = view
    const leaf = yield* leafAt(events, to)
    yield* views.commit({ view: name, version, from, to, leaf, ...batch.change() })
    documents.committed()
    return to
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
    const { pageSize = PAGE, pagesPerCommit = PAGES_PER_COMMIT } = options
    const documents = documentsOf<Doc>(views, view)
    const run: Run<E, Doc> = { view, events, views, documents, head, pageSize, pagesPerCommit }
    const advancing = { name: view, events, views, head, forget: documents.forget, progress: options.progress }
    return yield* advance(advancing, (from) => step(run, from))
  })
