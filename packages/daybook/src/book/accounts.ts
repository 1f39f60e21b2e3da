import { type AccountEvent, accountAsOf, accountCodec, foldAccount, newAccount } from '@daybook/core/account'
import { depositCodec } from '@daybook/core/deposit'
import { type Codec, clearText, depositStream, type LineId, shown, submissionStream } from '@daybook/core/kernel'
import { personCodec } from '@daybook/core/person'
import { limits, NO_STREAM, type ReadError, type StoredEvent } from '@daybook/core/ports'
import { remittanceCodec } from '@daybook/core/remittance'
import { accountStream, type ChainEnd, personStream, provenPage, remittanceStream } from '@daybook/core/service'
import { submissionCodec } from '@daybook/core/submission'
import { explanationOn } from '@daybook/projections/explanation'
import {
  depositHistoryOf,
  eventsOf,
  historyOf,
  personHistoryOf,
  type ReadBack,
  readBack,
  remittanceHistoryOf,
  submissionHistoryOf,
} from '@daybook/projections/history'
import { accountOn, moneyAsOf, type PersonBehind } from '@daybook/projections/summary'
import * as Effect from 'effect/Effect'
import type { Found } from './answers.ts'
import { deskOf } from './desk.ts'
import { type InvalidQuery, invalidQuery, NotFound, noAccount } from './errors.ts'
import { asked, explanationAsked, momentsAsked, nameAsked, questionGiven } from './given.ts'
import { type At, momentsOf } from './moments.ts'
import { nextFor } from './next-actions.ts'
import type { OpenBook } from './open-book.ts'
import type { DaybookShape } from './shape.ts'
import { sha256 } from './world.ts'

/** A stream's events at positions up to one: the prefix that was known at a moment, proved to be what was sealed. */
const prefixOf = (
  { events }: OpenBook,
  stream: string,
  upTo: number,
): Effect.Effect<readonly StoredEvent[], ReadError> =>
  Effect.gen(function* () {
    const all: StoredEvent[] = []
    const proving = { sha256, origin: events.origin }
    let end: ChainEnd = NO_STREAM
    for (let after = -1; ; ) {
      const page = yield* events.readStream(stream, { after, limit: limits.page })
      end = yield* provenPage(page, proving, end)
      const known = page.filter(({ position }) => position <= upTo)
      all.push(...known)
      const last = page.at(-1)
      if (!last || page.length < limits.page || known.length < page.length) return all
      after = last.version
    }
  })

const recordedOf = <E extends { readonly type: string }>(
  book: OpenBook,
  codec: Codec<E>,
  stream: string,
  at: At,
): Effect.Effect<readonly ReadBack<E>[], ReadError> =>
  Effect.map(prefixOf(book, stream, at.position), (stored) => readBack(codec, stored))

/** An account's events as known at a moment; there are none when it is unknown, or was not known yet. */
export const accountRecords = (book: OpenBook, id: string, at: At) =>
  Effect.flatMap(recordedOf(book, accountCodec, accountStream(id), at), (recorded) =>
    recorded.length > 0
      ? Effect.succeed(recorded)
      : Effect.fail(
          noAccount(id, at.knownAt === null ? ', as known before its first event' : `, as known at ${at.knownAt}`),
        ),
  )

/** Who stands behind an account by name, as their own files had it at the moment that is asked about. */
const byName = (book: OpenBook, behind: readonly PersonBehind[], at: At) =>
  Effect.forEach(behind, (one) =>
    Effect.map(recordedOf(book, personCodec, personStream(one.person), at), (recorded): PersonBehind => {
      const opened = eventsOf(recorded).find((event) => event.type === 'PersonOpened' && event.effectiveDate <= at.asOf)
      const named = opened?.type === 'PersonOpened' && opened.name !== undefined
      return named ? { ...one, name: clearText(opened.name) } : one
    }),
  )

export const summaryOf = (book: OpenBook): DaybookShape['account'] =>
  Effect.fn('Daybook.account')(function* (id, moments = {}) {
    yield* questionGiven(nameAsked, id, 'id')
    yield* questionGiven(momentsAsked, moments)
    const at = yield* momentsOf(book, moments)
    const events = eventsOf(yield* accountRecords(book, id, at))
    const summary = accountOn(accountAsOf(events, at.asOf), at.asOf, moneyAsOf(events, at.asOf))
    if (summary.beforeTheBooks) return { ...summary, knownAt: at.knownAt }
    const persons = summary.persons && { persons: yield* byName(book, summary.persons, at) }
    const isNow = moments.asOf === undefined && moments.knownAt === undefined
    if (!isNow) return { ...summary, ...persons, knownAt: at.knownAt }
    yield* book.refreshPolicy
    const next = yield* nextFor(deskOf(book, moments), id)
    return { ...summary, ...persons, ...(next ? { next } : {}), knownAt: at.knownAt }
  })

export const historyIn = (book: OpenBook): DaybookShape['history'] =>
  Effect.fn('Daybook.history')(function* (id, moments = {}) {
    yield* questionGiven(nameAsked, id, 'id')
    yield* questionGiven(momentsAsked, moments)
    const at = yield* momentsOf(book, moments)
    const counting = <T extends { readonly effectiveDate: string }>(entries: readonly T[]): readonly T[] =>
      moments.asOf === undefined ? entries : entries.filter(({ effectiveDate }) => effectiveDate <= at.asOf)
    const remittance = yield* recordedOf(book, remittanceCodec, remittanceStream(id), at)
    if (remittance.length > 0) {
      return { kind: 'remittance' as const, id, knownAt: at.knownAt, events: counting(remittanceHistoryOf(remittance)) }
    }
    const person = yield* recordedOf(book, personCodec, personStream(id), at)
    if (person.length > 0) {
      return { kind: 'person' as const, id, knownAt: at.knownAt, events: counting(personHistoryOf(person)) }
    }
    const submission = yield* recordedOf(book, submissionCodec, submissionStream(id), at)
    if (submission.length > 0) {
      return { kind: 'submission' as const, id, knownAt: at.knownAt, events: counting(submissionHistoryOf(submission)) }
    }
    const deposit = yield* recordedOf(book, depositCodec, depositStream(id), at)
    if (deposit.length > 0) {
      return { kind: 'deposit' as const, id, knownAt: at.knownAt, events: counting(depositHistoryOf(deposit)) }
    }
    const recorded = yield* accountRecords(book, id, at)
    return { kind: 'account' as const, id, knownAt: at.knownAt, events: counting(historyOf(recorded)) }
  })

/**
 * The line that is asked for: by its id or the beginning of it, or as explanations call it, `99213 of 2026-02-19`, or by
 * its code alone.
 */
const lineOf = (
  events: readonly AccountEvent[],
  account: string,
  asked: string,
): Effect.Effect<LineId, NotFound | InvalidQuery> =>
  Effect.suspend((): Effect.Effect<LineId, NotFound | InvalidQuery> => {
    const lines = [...foldAccount(newAccount, events).ledger.lines.values()]
    const exact = lines.find(({ lineId }) => lineId === asked)
    if (exact) return Effect.succeed(exact.lineId)
    const called = lines.filter(({ code, dosFrom }) => asked === code || asked === `${code} of ${dosFrom}`)
    const meant = called.length > 0 ? called : lines.filter(({ lineId }) => asked !== '' && lineId.startsWith(asked))
    const [first] = meant
    if (!first) {
      const message = `there is no line ${shown(asked)} on account ${shown(account)}`
      return Effect.fail(new NotFound({ kind: 'line', id: asked, message }))
    }
    if (meant.length === 1) return Effect.succeed(first.lineId)
    const such = meant.slice(0, 5).map(({ lineId, code, dosFrom }) => `${lineId} (${code} of ${dosFrom})`)
    return Effect.fail(invalidQuery('line', `several lines are meant by ${shown(asked)}: ${such.join(', ')}`))
  })

export const explanationIn = (book: OpenBook): DaybookShape['explain'] =>
  Effect.fn('Daybook.explain')(function* (id, request = {}) {
    yield* questionGiven(nameAsked, id, 'id')
    yield* questionGiven(explanationAsked, request)
    const at = yield* momentsOf(book, request)
    const recorded = yield* accountRecords(book, id, at)
    const line = request.line === undefined ? undefined : yield* lineOf(eventsOf(recorded), id, request.line)
    return { ...explanationOn(recorded, at.asOf, line === undefined ? {} : { line }), knownAt: at.knownAt }
  })

/** Of each kind: a beginning that many accounts share must not hide the one remittance that it names. */
const MOST_FOUND = 10

export const findIn =
  ({ events }: OpenBook): DaybookShape['find'] =>
  (beginning, options = {}) =>
    Effect.gen(function* () {
      yield* questionGiven(nameAsked, beginning, 'beginning')
      yield* questionGiven(asked, options)
      const found: Found[] = []
      for (const kind of ['account', 'remittance', 'submission', 'deposit', 'person'] as const) {
        const streams = yield* events.streams({ prefix: `${kind}-${beginning}`, after: '', limit: MOST_FOUND })
        found.push(...streams.map(({ stream }) => ({ kind, id: stream.slice(kind.length + 1) })))
      }
      return found
    })
