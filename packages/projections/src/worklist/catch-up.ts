import {
  accountOfStream,
  isDepositStream,
  isPersonStream,
  isRemittanceStream,
  submissionOfStream,
} from '@daybook/core/kernel'
import {
  EventStore,
  type EventStoreShape,
  limits,
  type ViewName,
  ViewStore,
  type ViewStoreShape,
} from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { advance, type CatchUpOptions, type ProjectionError } from '../runner/index.ts'
import { leafAt } from '../runner/standing.ts'
import { keptDocument } from './document-of.ts'
import { documentVersion } from './documents.ts'

/**
 * The view behind the worklist: one document for each account, remittance, person, held claim and line of the bank, under the name of its stream. A document
 * is made of the whole stream, not of the document before: what the facets know is folded by the facets. So this view
 * reads the streams that a page of the log touches, and has a loop of its own beside the runner's.
 */
export const worklistView: ViewName = { view: 'worklist', version: documentVersion }

/** Streams remembered as up to date in one run; above it they are read again. Memory stays flat. */
const REMEMBERED = 100_000

const isWork = (stream: string): boolean =>
  accountOfStream(stream) !== undefined ||
  isRemittanceStream(stream) ||
  isPersonStream(stream) ||
  isDepositStream(stream) ||
  submissionOfStream(stream) !== undefined

interface Run {
  readonly name: ViewName
  readonly events: EventStoreShape
  readonly views: ViewStoreShape
  readonly head: number
  readonly pageSize: number
  /** Streams whose document is already that of the head. */
  readonly done: Set<string>
}

/** Writes the documents of the streams that one page touches, as of the head of the run; gives the next checkpoint. */
const step = (run: Run, from: number): Effect.Effect<number, ProjectionError> =>
  Effect.gen(function* () {
    const { events, views, head, pageSize, done, name } = run
    const page = yield* events.readAll({ after: from, upTo: head, limit: pageSize })
    const last = page.at(-1)
    const to = last && page.length === pageSize ? last.position : head
    const touched = new Set(page.map(({ stream }) => stream).filter((stream) => isWork(stream) && !done.has(stream)))
    const put = new Map<string, string>()
    for (const stream of touched) {
      const document = yield* keptDocument({ stream, upTo: head }, events)
      if (document) put.set(stream, JSON.stringify(document))
    }
    const leaf = to === last?.position ? last.leaf : yield* leafAt(events, to)
    yield* views.commit({ ...name, from, to, leaf, put })
    if (done.size + touched.size > REMEMBERED) done.clear()
    for (const stream of touched) done.add(stream)
    return to
  })

/**
 * Brings the worklist's documents up to the head of the log as seen at the start; gives that position. A stream is read
 * once a run, however many pages touch it. Two runs at once do no harm: each page is committed by one of them, and who
 * comes later writes every stream that changed since.
 */
export const catchUpWorklist = (
  options: CatchUpOptions & { readonly name?: ViewName } = {},
): Effect.Effect<number, ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    const events = yield* EventStore
    const views = yield* ViewStore
    const name = options.name ?? worklistView
    const head = options.upTo ?? (yield* events.head).position
    const run: Run = { name, events, views, head, pageSize: options.pageSize ?? limits.page, done: new Set() }
    const advancing = { name, events, views, head, forget: () => run.done.clear(), progress: options.progress }
    return yield* advance(advancing, (from) => step(run, from))
  })

/** Builds the documents again beside the live ones, then puts them in their place. */
export const rebuildWorklist = (
  options: Omit<CatchUpOptions, 'upTo'> = {},
): Effect.Effect<number, ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    const views = yield* ViewStore
    const built: ViewName = { ...worklistView, version: -worklistView.version }
    yield* views.forget(built)
    const position = yield* catchUpWorklist({ ...options, name: built })
    yield* views.replace(worklistView, built)
    return position
  })
