import { type AccountEvent, accountAsOf, accountCodec } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'
import { EventStore, ViewStore } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { catchUp, documentIn, type ProjectionError } from '../runner/index.ts'
import { moneyAsOf } from '../summary/money.ts'
import { type AccountBeforeBooks, type AccountSummary, accountOn } from '../summary/summary.ts'
import { foldStream } from '../worklist/streams.ts'
import type { Indexed, ListDocument } from './documents.ts'
import { listsView } from './view.ts'

/** Which part of a list: after a `next` that an earlier part gave, at most so many. */
export interface ListPage {
  readonly after?: string
  readonly limit: number
}

/** A part of a list, and where the next one begins; absent at the end. */
export interface Listing<Row> {
  /** Position of the log that it is read from. */
  readonly position: number
  readonly rows: readonly Row[]
  readonly next?: string
}

/** What lists are read by. */
export interface Reading {
  readonly asOf: Day
  readonly position: number
  /** The page about an account at the position: made once a list. */
  readonly summaryOf: (account: string) => Effect.Effect<AccountSummary | AccountBeforeBooks, ProjectionError>
  readonly document: <Doc extends ListDocument>(key: string) => Effect.Effect<Doc | undefined, ProjectionError>
}

/** Index rows looked at for one part of a list: a filter that lets little through must not hold the caller for long. */
const LOOKED_AT = 2_000
const ROWS_AT_ONCE = 200

/** Brings the view up to the head, and gives what lists are read by. */
export const readLists = (asOf: Day): Effect.Effect<Reading, ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    const position = yield* catchUp(listsView)
    const events = yield* EventStore
    const views = yield* ViewStore
    const made = new Map<string, AccountSummary | AccountBeforeBooks>()
    const none: readonly AccountEvent[] = []
    return {
      asOf,
      position,
      summaryOf: (account) => {
        const known = made.get(account)
        if (known) return Effect.succeed(known)
        const place = { stream: `account-${account}`, upTo: position }
        const read = foldStream(place, events, accountCodec, none, (all, page) => [
          ...all,
          ...page.map(({ event }) => event),
        ])
        return Effect.map(read, (all) => {
          const summary = accountOn(accountAsOf(all, asOf), asOf, moneyAsOf(all, asOf))
          made.set(account, summary)
          return summary
        })
      },
      document: <Doc extends ListDocument>(key: string) =>
        Effect.flatMap(views.doc(listsView, key), (body) =>
          body === undefined ? Effect.succeed(undefined) : documentIn<Doc>(listsView, key, body),
        ),
    }
  })

/**
 * Goes through index keys with a prefix, in their order, until the part is full: `rowOf` says what a key gives, or
 * nothing. A part may be short and have a `next` all the same, where many keys gave nothing.
 */
export const listBy = <Row>(
  reading: Reading,
  { prefix, upTo, after = '', limit }: ListPage & { readonly prefix: string; readonly upTo?: string },
  rowOf: (key: string, document: Indexed) => Effect.Effect<Row | undefined, ProjectionError>,
): Effect.Effect<Listing<Row>, ProjectionError, ViewStore> =>
  Effect.gen(function* () {
    const views = yield* ViewStore
    const rows: Row[] = []
    let last = after
    for (let looked = 0; ; ) {
      const page = yield* views.docs(listsView, { prefix, after: last, limit: ROWS_AT_ONCE })
      for (const { key, body } of page) {
        if (upTo !== undefined && key > upTo) return { position: reading.position, rows }
        const row = yield* rowOf(key, yield* documentIn<Indexed>(listsView, key, body))
        last = key
        looked += 1
        if (row !== undefined) rows.push(row)
        if (rows.length >= limit || looked >= LOOKED_AT) return { position: reading.position, rows, next: key }
      }
      if (page.length < ROWS_AT_ONCE) return { position: reading.position, rows }
    }
  })
