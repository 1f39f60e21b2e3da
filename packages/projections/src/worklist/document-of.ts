import {
  type AccountEvent,
  type AccountState,
  accountAsOf,
  accountCodec,
  foldAccount,
  newAccount,
} from '@daybook/core/account'
import { accountOfStream, type Codec, type Day, isPersonStream, maxDay, submissionOfStream } from '@daybook/core/kernel'
import { foldPerson, newPerson, type PersonEvent, type PersonState, personCodec } from '@daybook/core/person'
import type { EventStoreShape, ReadError, UnreadableEvent } from '@daybook/core/ports'
import { type RemittanceEvent, remittanceCodec } from '@daybook/core/remittance'
import { type SubmissionEvent, submissionCodec } from '@daybook/core/submission'
import * as Effect from 'effect/Effect'
import {
  accountDocument,
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
  if (accountOfStream(known.stream) !== undefined)
    return kept(foldReaching(known, events, accountCodec, newAccount, accountFold), accountDocument)
  if (isPersonStream(known.stream))
    return kept(foldReaching(known, events, personCodec, newPerson, personFold), personDocument)
  if (submissionOfStream(known.stream) !== undefined)
    return kept(foldReaching(known, events, submissionCodec, noSubmission, submissionFold), (document) => document)
  return kept(foldReaching(known, events, remittanceCodec, noDocument, remittanceFold), (document) => document)
}

/** The account as it stood on a day, as known at a position. */
export const accountThen = (known: Known, events: EventStoreShape, asOf: Day): Reading<AccountState> =>
  Effect.map(
    foldStream(known, events, accountCodec, [] as readonly AccountEvent[], (all, page) => [
      ...all,
      ...page.map(({ event }) => event),
    ]),
    (all) => accountAsOf(all, asOf),
  )

const until = <E extends Dated>(page: StreamPage<E>, asOf: Day): StreamPage<E> =>
  page.filter(({ event }) => event.effectiveDate <= asOf)

/** The document of a stream as it stood on a day, as known at a position; nothing where it had not begun. */
export const documentThen = (known: Known, events: EventStoreShape, asOf: Day): Reading<WorkDocument | undefined> => {
  if (accountOfStream(known.stream) !== undefined) return Effect.map(accountThen(known, events, asOf), accountDocument)
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
  return foldStream(known, events, remittanceCodec, noDocument, (document, page) =>
    remittanceFold(document, until(page, asOf)),
  )
}
