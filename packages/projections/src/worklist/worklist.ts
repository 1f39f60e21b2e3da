import type { AccountState } from '@daybook/core/account'
import { type Day, shown } from '@daybook/core/kernel'
import { EventStore, type ReadError, type UnreadableEvent, ViewStore } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { changedRows, documentIn, type ProjectionError } from '../runner/index.ts'
import { catchUpWorklist, worklistView } from './catch-up.ts'
import { accountThen, documentThen } from './document-of.ts'
import type { AccountDocument, KeptDocument, RemittanceDocument } from './documents.ts'
import { inOrder, type WorkItem } from './item.ts'
import { accountDay, personDay, remittanceDay, type WaitingItem } from './items.ts'
import type { Answer } from './queues/recoupment-answers.ts'
import { besideLeft } from './queues/remittance-accounts.ts'
import { forwardedLeft } from './queues/remittance-forwarded.ts'
import { evenedBy } from './queues/remittance-recoupments.ts'
import { type Review, reviewedItems } from './reviews.ts'
import type { WorkContext } from './work.ts'

export interface WorklistQuery extends WorkContext {
  /** Position of the log up to which is known; all of it where not given. */
  readonly knownAtPosition?: number
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
  /** What stands open and is on no list of the day: in order of accounts, then of persons, then what is of remittances. */
  readonly waiting: readonly WaitingItem[]
}

/** Whether a row says how far it is made: one that does not was written by somebody else. */
const isKept = (kept: Partial<KeptDocument> | null): boolean =>
  typeof kept?.latest === 'string' && typeof kept.position === 'number'

const DOCUMENTS_AT_ONCE = 1_000

const isIn = (asked: string | undefined, queue: string): boolean =>
  asked === undefined || queue === asked || queue.startsWith(`${asked}:`)

/** The account's items for which a gate is asked. The account is folded only where one is worth asking. */
const gateItems = (
  document: AccountDocument,
  query: WorklistQuery,
  account: Effect.Effect<AccountState, ReadError | UnreadableEvent>,
): Effect.Effect<readonly WorkItem[], ReadError | UnreadableEvent> => {
  const { review, queue } = query
  const items = review && reviewedItems(document, query, review, (name) => isIn(queue, name))
  return items ? Effect.map(account, items) : Effect.succeed([])
}

/**
 * The day's work, in order, with reasons. First catches up to the head of the log, so that it sees the caller's own
 * writes; then every document is judged for the day that is asked for, as it stood on that day and was known at the
 * position. Equal books, policy, day and position give equal bytes.
 */
export const worklist = (query: WorklistQuery): Effect.Effect<Worklist, ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    const position = yield* catchUpWorklist()
    const upTo = query.knownAtPosition ?? position
    const events = yield* EventStore
    const views = yield* ViewStore
    const items: WorkItem[] = []
    const waiting: WaitingItem[] = []
    // A recoupment of one remittance may be made even by a later one: those are judged when all are known.
    const remittances: RemittanceDocument[] = []
    const answers: Answer[] = []
    for (let after = ''; ; ) {
      const page = yield* views.docs(worklistView, { after, limit: DOCUMENTS_AT_ONCE })
      for (const { key, body } of page) {
        const kept = yield* documentIn<KeptDocument>(worklistView, key, body)
        if (!isKept(kept)) return yield* changedRows(worklistView, ` at ${shown(key)}`)
        const known = { stream: key, upTo }
        // What the view keeps is how the stream stands when all of it counts and is known.
        const isThen = kept.latest <= query.asOf && kept.position <= upTo
        const document = isThen ? kept : yield* documentThen(known, events, query.asOf)
        if (!document) continue
        if (document.kind === 'remittance') {
          remittances.push(document)
          continue
        }
        const day = document.kind === 'person' ? personDay(document, query) : accountDay(document, query)
        items.push(...day.items.filter(({ queue }) => isIn(query.queue, queue)))
        waiting.push(...day.waiting.filter(({ queue }) => isIn(query.queue, queue)))
        if (document.kind === 'person') continue
        for (const answer of document.matters.claims.answers) {
          if (answer.since <= query.asOf) answers.push(answer)
        }
        items.push(...(yield* gateItems(document, query, accountThen(known, events, query.asOf))))
      }
      const last = page.at(-1)
      if (!last || page.length < DOCUMENTS_AT_ONCE) break
      after = last.key
    }
    const among = {
      evened: evenedBy(remittances, query.asOf),
      forwarded: forwardedLeft(remittances),
      beside: besideLeft(remittances),
    }
    const said = Map.groupBy(answers, ({ remittance }) => remittance)
    for (const document of remittances) {
      const own = remittanceDay(document, query, among, said.get(document.remittance) ?? [])
      items.push(...own.items.filter(({ queue }) => isIn(query.queue, queue)))
      waiting.push(...own.waiting.filter(({ queue }) => isIn(query.queue, queue)))
    }
    items.sort(inOrder)
    const top = items.slice(0, query.limit ?? items.length)
    return { asOf: query.asOf, position: upTo, total: items.length, items: top, waiting }
  })
