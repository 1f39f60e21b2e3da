import {
  type AccountEvent,
  type AccountState,
  accountAsOf,
  accountCodec,
  foldAccount,
  newAccount,
} from '@daybook/core/account'
import { type DepositEvent, depositCodec } from '@daybook/core/deposit'
import {
  accountOfStream,
  type Codec,
  type Day,
  isDepositStream,
  isPersonStream,
  maxDay,
  submissionOfStream,
} from '@daybook/core/kernel'
import { foldPerson, newPerson, type PersonEvent, type PersonState, personCodec } from '@daybook/core/person'
import type { EventStoreShape, ReadError, UnreadableEvent } from '@daybook/core/ports'
import { type RemittanceEvent, remittanceCodec } from '@daybook/core/remittance'
import { type SubmissionEvent, submissionCodec } from '@daybook/core/submission'
import * as Effect from 'effect/Effect'
import type { CashEvent } from '../controls/cash-entries.ts'
import { type CashMatter, cashOf } from './bank-matters.ts'
import {
  accountDocument,
  type DepositDocument,
  depositAfter,
  type KeptDocument,
  personDocument,
  type Reach,
  type RemittanceDocument,
  remittanceAfter,
  type SubmissionDocument,
  submissionAfter,
  type WorkDocument,
} from './documents.ts'
import { foldStream, type StreamPage } from './streams.ts'

type Reading<T> = Effect.Effect<T, ReadError | UnreadableEvent>

/** A stream, as far as it is known at a position of the log. */
export interface Known {
  readonly stream: string
  readonly upTo: number
}

interface Dated {
  readonly type: string
  readonly effectiveDate: Day
}

const beginning: Reach = { latest: '0000-01-01' as Day, position: 0 }

const reaching = (reach: Reach, page: StreamPage<Dated>): Reach =>
  page.reduce(({ latest }, { event, position }) => ({ latest: maxDay(latest, event.effectiveDate), position }), reach)

/** Folds a stream, and how far it reaches. */
const foldReaching = <E extends Dated, S>(
  known: Known,
  events: EventStoreShape,
  codec: Codec<E>,
  initial: S,
  fold: (state: S, page: StreamPage<E>) => S,
): Reading<{ readonly state: S; readonly reach: Reach }> =>
  foldStream(known, events, codec, { state: initial, reach: beginning }, ({ state, reach }, page) => ({
    state: fold(state, page),
    reach: reaching(reach, page),
  }))

const noDocument = undefined as RemittanceDocument | undefined
const remittanceFold = (document: RemittanceDocument | undefined, page: StreamPage<RemittanceEvent>) =>
  page.reduce(remittanceAfter, document)
const noSubmission = undefined as SubmissionDocument | undefined
const submissionFold = (document: SubmissionDocument | undefined, page: StreamPage<SubmissionEvent>) =>
  page.reduce(submissionAfter, document)
const accountFold = (state: AccountState, page: StreamPage<AccountEvent>): AccountState =>
  foldAccount(
    state,
    page.map(({ event }) => event),
  )

const personFold = (state: PersonState, page: StreamPage<PersonEvent>): PersonState =>
  foldPerson(
    state,
    page.map(({ event }) => event),
  )

const noDeposit = undefined as DepositDocument | undefined
const depositFold = (document: DepositDocument | undefined, page: StreamPage<DepositEvent>) =>
  page.reduce(depositAfter, document)

/** A state, and what moved cash on the way to it. */
interface WithCash<S> {
  readonly state: S
  readonly cash: readonly CashMatter[]
}

/** Folds what moved cash beside the rest of a stream of money. */
const withCash = <E extends CashEvent, S>(
  known: Known,
  fold: (state: S, page: StreamPage<E>) => S,
): ((both: WithCash<S>, page: StreamPage<E>) => WithCash<S>) => {
  const cashIn = cashOf(known.stream)
  return ({ state, cash }, page) => ({ state: fold(state, page), cash: [...cash, ...cashIn(page)] })
}

const cashAnd = <D extends object>(document: D | undefined, cash: readonly CashMatter[]): D | undefined =>
  document && cash.length > 0 ? { ...document, cash } : document

const kept = <S>(
  folded: Reading<{ readonly state: S; readonly reach: Reach }>,
  documentOf: (state: S) => WorkDocument | undefined,
): Reading<KeptDocument | undefined> =>
  Effect.map(folded, ({ state, reach }) => {
    const document = documentOf(state)
    return document && { ...document, ...reach }
  })

/** The document that the view keeps of a stream: of all that is known. */
export const keptDocument = (known: Known, events: EventStoreShape): Reading<KeptDocument | undefined> => {
  if (accountOfStream(known.stream) !== undefined) {
    const fold = withCash(known, accountFold)
    return kept(foldReaching(known, events, accountCodec, { state: newAccount, cash: [] }, fold), ({ state, cash }) =>
      cashAnd(accountDocument(state), cash),
    )
  }
  if (isPersonStream(known.stream))
    return kept(foldReaching(known, events, personCodec, newPerson, personFold), personDocument)
  if (submissionOfStream(known.stream) !== undefined)
    return kept(foldReaching(known, events, submissionCodec, noSubmission, submissionFold), (document) => document)
  if (isDepositStream(known.stream))
    return kept(foldReaching(known, events, depositCodec, noDeposit, depositFold), (document) => document)
  const fold = withCash(known, remittanceFold)
  return kept(foldReaching(known, events, remittanceCodec, { state: noDocument, cash: [] }, fold), ({ state, cash }) =>
    cashAnd(state, cash),
  )
}

/** An account's events, as known at a position. */
const accountEvents = (known: Known, events: EventStoreShape): Reading<StreamPage<AccountEvent>> =>
  foldStream(known, events, accountCodec, [] as StreamPage<AccountEvent>, (all, page) => [...all, ...page])

const accountOn = (all: StreamPage<AccountEvent>, asOf: Day): AccountState =>
  accountAsOf(
    all.map(({ event }) => event),
    asOf,
  )

/** The account as it stood on a day, as known at a position. */
export const accountThen = (known: Known, events: EventStoreShape, asOf: Day): Reading<AccountState> =>
  Effect.map(accountEvents(known, events), (all) => accountOn(all, asOf))

const until = <E extends Dated>(page: StreamPage<E>, asOf: Day): StreamPage<E> =>
  page.filter(({ event }) => event.effectiveDate <= asOf)

/** The document of a stream as it stood on a day, as known at a position; nothing where it had not begun. */
export const documentThen = (known: Known, events: EventStoreShape, asOf: Day): Reading<WorkDocument | undefined> => {
  if (accountOfStream(known.stream) !== undefined) {
    return Effect.map(accountEvents(known, events), (all) =>
      cashAnd(accountDocument(accountOn(all, asOf)), cashOf(known.stream)(until(all, asOf))),
    )
  }
  if (isPersonStream(known.stream)) {
    const then = foldStream(known, events, personCodec, newPerson, (state, page) =>
      personFold(state, until(page, asOf)),
    )
    return Effect.map(then, personDocument)
  }
  if (submissionOfStream(known.stream) !== undefined) {
    return foldStream(known, events, submissionCodec, noSubmission, (document, page) =>
      submissionFold(document, until(page, asOf)),
    )
  }
  if (isDepositStream(known.stream)) {
    return foldStream(known, events, depositCodec, noDeposit, (document, page) =>
      depositFold(document, until(page, asOf)),
    )
  }
  const fold = withCash(known, remittanceFold)
  const nothing: WithCash<RemittanceDocument | undefined> = { state: noDocument, cash: [] }
  return Effect.map(
    foldStream(known, events, remittanceCodec, nothing, (both, page) => fold(both, until(page, asOf))),
    ({ state, cash }) => cashAnd(state, cash),
  )
}
