import { type AccountState, accountCodec, foldAccount, newAccount } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import { EventStore, type EventStoreShape, type ReadError, type UnreadableEvent, ViewStore } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { ProjectionError } from '../runner/index.ts'
import { accountItems, mayBePlaced, type PlacementFindings, placementItem } from './account-items.ts'
import { catchUpWorklist, worklistView } from './catch-up.ts'
import type { AccountDocument, RemittanceDocument, WorkDocument } from './documents.ts'
import { inOrder, type WorkItem } from './item.ts'
import { evenedBy, remittanceItems } from './remittance-items.ts'
import { foldStream } from './streams.ts'

export interface WorklistQuery {
  readonly asOf: Day
  readonly policy: PracticePolicy
  /** A queue, or a part of one: `denials`, `denials:auth`. All where not given. */
  readonly queue?: string
  /** At most so many items, from the top. */
  readonly limit?: number
  /** Goes through the pre-placement checklist for a day. Without it there are no placement candidates. */
  readonly reviewPlacement?: (state: AccountState, asOf: Day) => PlacementFindings
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

const isIn = (queue: string | undefined, item: WorkItem): boolean =>
  queue === undefined || item.queue === queue || item.queue.startsWith(`${queue}:`)

/** The work that one document holds, without placement. Pure: the same document, policy and day, the same items. */
export const itemsOf = (
  document: WorkDocument,
  asOf: Day,
  policy: PracticePolicy,
  evened?: ReadonlyMap<string, Day>,
): readonly WorkItem[] =>
  document.kind === 'account' ? accountItems(document, asOf, policy) : remittanceItems(document, asOf, policy, evened)

const placementItems = (
  events: EventStoreShape,
  place: { readonly stream: string; readonly upTo: number },
  document: AccountDocument,
  query: WorklistQuery,
): Effect.Effect<readonly WorkItem[], ReadError | UnreadableEvent> => {
  const { asOf, policy, queue, reviewPlacement } = query
  const wanted = queue === undefined || queue === 'placementCandidates'
  if (!reviewPlacement || !wanted || !mayBePlaced(document, asOf, policy)) return Effect.succeed([])
  const folded = foldStream(place, events, accountCodec, newAccount, (state, page) =>
    foldAccount(
      state,
      page.map(({ event }) => event),
    ),
  )
  return Effect.map(folded, (state) => [placementItem(document, reviewPlacement(state, asOf), asOf, policy)])
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
        const document = JSON.parse(body) as WorkDocument
        if (document.kind === 'remittance') {
          remittances.push(document)
          continue
        }
        items.push(...itemsOf(document, query.asOf, query.policy).filter((item) => isIn(query.queue, item)))
        items.push(...(yield* placementItems(events, { stream: key, upTo: position }, document, query)))
      }
      const last = page.at(-1)
      if (!last || page.length < DOCUMENTS_AT_ONCE) break
      after = last.key
    }
    const evened = evenedBy(remittances, query.asOf)
    for (const document of remittances) {
      const work = itemsOf(document, query.asOf, query.policy, evened)
      items.push(...work.filter((item) => isIn(query.queue, item)))
    }
    items.sort(inOrder)
    return { asOf: query.asOf, position, total: items.length, items: items.slice(0, query.limit ?? items.length) }
  })
