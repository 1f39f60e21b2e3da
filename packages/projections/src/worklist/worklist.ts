import type { AccountState } from '@daybook/core/account'
import {
  type Day,
  depositStream,
  isDepositStream,
  isPersonStream,
  personStream,
  sameActor,
  shown,
} from '@daybook/core/kernel'
import { EventStore, type EventStoreShape, type ReadError, type UnreadableEvent, ViewStore } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { BankBook } from '../controls/bank.ts'
import { changedRows, documentIn, type ProjectionError } from '../runner/index.ts'
import { movementOf } from './bank-matters.ts'
import { catchUpWorklist, worklistView } from './catch-up.ts'
import { accountThen, documentThen } from './document-of.ts'
import type {
  AccountDocument,
  DepositDocument,
  KeptDocument,
  PersonDocument,
  RemittanceDocument,
  WorkDocument,
} from './documents.ts'
import { type Forbidden, forbiddenAccounts } from './forbidden.ts'
import { inOrder, type WorkItem } from './item.ts'
import { accountDay, bankDay, personDay, remittanceDay, submissionDay } from './items.ts'
import type { OwnDay, WaitingItem } from './own-day.ts'
import { attemptsBy } from './queues/persons.ts'
import type { Answer } from './queues/recoupment-answers.ts'
import { besideLeft, type WithholdBack } from './queues/remittance-accounts.ts'
import { forwardedLeft } from './queues/remittance-forwarded.ts'
import { evenedBy } from './queues/remittance-recoupments.ts'
import { type Review, reviewedItems } from './reviews.ts'
import type { Propensity, ScoreInputs } from './score.ts'
import type { WorkContext } from './work.ts'

export interface WorklistQuery extends WorkContext {
  /** Position of the log up to which is known; all of it where not given. */
  readonly knownAtPosition?: number
  /** A queue, or a part of one: `denials`, `denials:auth`. All where not given. */
  readonly queue?: string
  /** Only what this one has. */
  readonly assignedTo?: string
  /** And what others have whose work they do (reference §11.8): all of it, or some queues. */
  readonly standsInFor?: readonly { readonly from: string; readonly queues?: readonly string[] | undefined }[]
  /** At most so many items, from the top. */
  readonly limit?: number
  /** Says what a gate would say that a queue asks, such as placement's. Without it those queues stay empty. */
  readonly review?: Review
  /** How likely accounts pay, by whoever estimates it: counts for work in which the patient is asked. */
  readonly propensity?: ReadonlyMap<string, Propensity>
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
/** Above every key before those of persons, and of lines of the bank. */
const PERSONS = personStream('')
const DEPOSITS = depositStream('')

/** A document as its stream stood on the day, as known at a position; nothing where it had not begun. */
const documentOn = (
  key: string,
  body: string,
  { asOf }: WorklistQuery,
  upTo: number,
  events: EventStoreShape,
): Effect.Effect<WorkDocument | undefined, ProjectionError> =>
  Effect.gen(function* () {
    const kept = yield* documentIn<KeptDocument>(worklistView, key, body)
    if (!isKept(kept)) return yield* changedRows(worklistView, ` at ${shown(key)}`)
    // What the view keeps is how the stream stands when all of it counts and is known.
    const isThen = kept.latest <= asOf && kept.position <= upTo
    return isThen ? kept : yield* documentThen({ stream: key, upTo }, events, asOf)
  })

const isIn = (asked: string | undefined, queue: string): boolean =>
  asked === undefined || queue === asked || queue.startsWith(`${asked}:`)

/** An item for whoever asks: theirs, or another's whose work they do, who is named then; nothing where it is neither. */
const workedBy = (item: WorkItem, { assignedTo, standsInFor = [] }: WorklistQuery): readonly WorkItem[] => {
  const { assignedTo: has, queue } = item
  if (assignedTo === undefined || has === assignedTo) return [item]
  if (has === undefined) return []
  const other = standsInFor.find(
    ({ from, queues }) => sameActor(from, has) && (queues === undefined || queues.some((one) => isIn(one, queue))),
  )
  return other ? [{ ...item, onBehalfOf: other.from }] : []
}

/** The documents of one kind as of the day; they stand beside each other, after a key that is below theirs. */
const documentsAfter = <D extends WorkDocument>(
  below: string,
  isTheirs: (stream: string) => boolean,
  isOne: (document: WorkDocument) => document is D,
  query: WorklistQuery,
  upTo: number,
): Effect.Effect<readonly D[], ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    const events = yield* EventStore
    const views = yield* ViewStore
    const found: D[] = []
    for (let after = below; ; ) {
      const page = yield* views.docs(worklistView, { after, limit: DOCUMENTS_AT_ONCE })
      for (const { key, body } of page) {
        if (!isTheirs(key)) return found
        const document = yield* documentOn(key, body, query, upTo, events)
        if (document && isOne(document)) found.push(document)
      }
      const last = page.at(-1)
      if (!last || page.length < DOCUMENTS_AT_ONCE) return found
      after = last.key
    }
  })

/** What persons say of the accounts that they stand behind. */
const isPerson = (document: WorkDocument): document is PersonDocument => document.kind === 'person'
const isDeposit = (document: WorkDocument): document is DepositDocument => document.kind === 'deposit'

/** The lines of the bank's statement, and what of the books they are held against. */
const bankOf = (deposits: readonly DepositDocument[], asOf: Day) => {
  const bank = new BankBook({ from: asOf, to: asOf })
  const inOrder = deposits.toSorted((a, b) => a.matters.at - b.matters.at)
  for (const { matters } of inOrder) {
    const { recorded, explained } = matters
    if (recorded)
      bank.put({ recorded, ...(explained === undefined ? {} : { explained: { difference: explained, reason: '' } }) })
  }
  return bank
}

/** What is known of how an account pays that does not stand on it. */
const besidesOf = (
  account: string,
  attempts: ReadonlyMap<string, number>,
  { propensity }: WorklistQuery,
): Partial<ScoreInputs> => {
  const tried = attempts.get(account)
  const likely = propensity?.get(account)
  return {
    ...(tried === undefined ? {} : { contactAttempts: tried }),
    ...(likely === undefined ? {} : { propensity: likely }),
  }
}

/** The account's items for which a gate is asked. The account is folded only where one is worth asking. */
const gateItems = (
  document: AccountDocument,
  query: WorklistQuery,
  besides: Partial<ScoreInputs>,
  forbidden: Forbidden | undefined,
  account: Effect.Effect<AccountState, ReadError | UnreadableEvent>,
): Effect.Effect<OwnDay, ReadError | UnreadableEvent> => {
  const { review, queue } = query
  const items = review && reviewedItems(document, query, review, (name) => isIn(queue, name), besides, forbidden)
  return items ? Effect.map(account, items) : Effect.succeed({ items: [], waiting: [] })
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
    const add = (day: OwnDay): void => {
      const theirs = day.items.flatMap((item) => workedBy(item, query))
      items.push(...theirs.filter(({ queue }) => isIn(query.queue, queue)))
      waiting.push(...day.waiting.filter(({ queue }) => isIn(query.queue, queue)))
    }
    const persons = yield* documentsAfter(PERSONS, isPersonStream, isPerson, query, upTo)
    const deposits = yield* documentsAfter(DEPOSITS, isDepositStream, isDeposit, query, upTo)
    const bank = deposits.length > 0 ? bankOf(deposits, query.asOf) : undefined
    const attempts = attemptsBy(
      persons.map(({ matters }) => matters),
      query.asOf,
    )
    const forbidden = forbiddenAccounts(
      persons.map(({ matters }) => matters),
      query,
    )
    // A recoupment of one remittance may be made even by a later one: those are judged when all are known.
    const remittances: RemittanceDocument[] = []
    const answers: Answer[] = []
    const back: WithholdBack[] = []
    for (let after = ''; ; ) {
      const page = yield* views.docs(worklistView, { after, limit: DOCUMENTS_AT_ONCE })
      for (const { key, body } of page) {
        const document = yield* documentOn(key, body, query, upTo, events)
        if (!document || document.kind === 'deposit') continue
        if (bank && 'cash' in document) for (const cash of document.cash ?? []) bank.add(movementOf(cash))
        if (document.kind === 'remittance') {
          remittances.push(document)
          continue
        }
        if (document.kind === 'submission') {
          add(submissionDay(document, query))
          continue
        }
        if (document.kind === 'person') {
          add(personDay(document, query))
          continue
        }
        const besides = besidesOf(document.account, attempts, query)
        const against = forbidden.get(document.account)
        add(accountDay(document, query, besides, against))
        for (const answer of document.matters.claims.answers) {
          if (answer.since <= query.asOf) answers.push(answer)
        }
        for (const one of document.matters.claims.withholdsBack) if (one.since <= query.asOf) back.push(one)
        add(yield* gateItems(document, query, besides, against, accountThen({ stream: key, upTo }, events, query.asOf)))
      }
      const last = page.at(-1)
      if (!last || page.length < DOCUMENTS_AT_ONCE) break
      after = last.key
    }
    const among = {
      evened: evenedBy(remittances, query.asOf),
      forwarded: forwardedLeft(remittances),
      beside: besideLeft(remittances, back),
    }
    const said = Map.groupBy(answers, ({ remittance }) => remittance)
    for (const document of remittances) {
      add(remittanceDay(document, query, among, said.get(document.remittance) ?? []))
    }
    for (const line of bank?.report().lines ?? []) add(bankDay(line, query))
    items.sort(inOrder)
    const top = items.slice(0, query.limit ?? items.length)
    return { asOf: query.asOf, position: upTo, total: items.length, items: top, waiting }
  })
