import { accountCodec, foldAccount, newAccount } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import { EventStore, type EventStoreShape, type ReadError, type UnreadableEvent, ViewStore } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { documentIn, type ProjectionError } from '../runner/index.ts'
import { catchUpWorklist, worklistView } from './catch-up.ts'
import type { AccountDocument, RemittanceDocument, WorkDocument } from './documents.ts'
import { inOrder, type WorkItem } from './item.ts'
import { accountItems, remittanceItems } from './items.ts'
import { evenedBy } from './queues/remittance-recoupments.ts'
import { type Review, reviewedItems } from './reviews.ts'
import { foldStream } from './streams.ts'
import type { WorkContext } from './work.ts'

export interface WorklistQuery extends WorkContext {
  /** A queue, or a part of one: `denials`, `denials:auth`. All where not given. */
  readonly queue?: string
  /** At most so many items, from the top. */
  readonly limit?: number
  /** Says what a gate would say that a queue asks, such as placement's. Without it those queues stay empty. */
  readonly review?: Review
}

export interface Worklist {
  readonly asOf: Day
  /** Position of the log that it is computed from. */
  readonly position: number
  /** How many there are, also where `limit` shows fewer. */
  readonly total: number
  readonly items: readonly WorkItem[]
}

const DOCUMENTS_AT_ONCE = 1_000

const isIn = (asked: string | undefined, queue: string): boolean =>
  asked === undefined || queue === asked || queue.startsWith(`${asked}:`)

/** The account's items for which a gate is asked. The account is folded only where one is worth asking. */
const gateItems = (
  events: EventStoreShape,
  place: { readonly stream: string; readonly upTo: number },
  document: AccountDocument,
  query: WorklistQuery,
): Effect.Effect<readonly WorkItem[], ReadError | UnreadableEvent> => {
  const { review, queue } = query
  const items = review && reviewedItems(document, query, review, (name) => isIn(queue, name))
  if (!items) return Effect.succeed([])
  const folded = foldStream(place, events, accountCodec, newAccount, (state, page) =>
    foldAccount(
      state,
      page.map(({ event }) => event),
    ),
  )
  return Effect.map(folded, items)
}

/**
 * The day's work, in order, with reasons. First catches up to the head of the log, so that it sees the caller's own
 * writes; then every document is judged for the day that is asked for. Equal books, policy and day give equal bytes.
 */
export const worklist = (query: WorklistQuery): Effect.Effect<Worklist, ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    const position = yield* catchUpWorklist()
    const events = yield* EventStore
    const views = yield* ViewStore
    const items: WorkItem[] = []
    // A recoupment of one remittance may be made even by a later one: those are judged when all are known.
    const remittances: RemittanceDocument[] = []
    for (let after = ''; ; ) {
      const page = yield* views.docs(worklistView, { after, limit: DOCUMENTS_AT_ONCE })
      for (const { key, body } of page) {
        const document = yield* documentIn<WorkDocument>(worklistView, key, body)
        if (document.kind === 'remittance') {
          remittances.push(document)
          continue
        }
        items.push(...accountItems(document, query).filter(({ queue }) => isIn(query.queue, queue)))
        items.push(...(yield* gateItems(events, { stream: key, upTo: position }, document, query)))
      }
      const last = page.at(-1)
      if (!last || page.length < DOCUMENTS_AT_ONCE) break
      after = last.key
    }
    const evened = evenedBy(remittances, query.asOf)
    for (const document of remittances) {
      items.push(...remittanceItems(document, query, evened).filter(({ queue }) => isIn(query.queue, queue)))
    }
    items.sort(inOrder)
    return { asOf: query.asOf, position, total: items.length, items: items.slice(0, query.limit ?? items.length) }
  })
