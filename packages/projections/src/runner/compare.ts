import type { Unavailable, ViewName, ViewStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'

/** A thing that a view holds: where, in an order that all stores give, and what, as a text to compare. */
export interface Held {
  readonly place: string
  /** By which it stands in order, where the place's text does not. */
  readonly order?: string
  readonly text: string
}

/** What a document holds. One thing as a rule; more where the same may be cut into documents in several ways. */
export type Holding = (key: string, document: unknown) => readonly Held[]

/** Where two stores of one view differ. */
export interface ViewDifference {
  readonly place: string
  /** Of the first store, seen from the second. */
  readonly what: 'changed' | 'missing' | 'added'
}

const AT_ONCE = 500

/** A value as a text that does not depend on the order of its keys. */
export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

const wholeDocument: Holding = (key, document) => [{ place: key, text: textOf(document) }]

const ofDocument = (holding: Holding, key: string, body: string): readonly Held[] => {
  try {
    return holding(key, JSON.parse(body))
  } catch {
    // What can not be read holds something, and nothing that a fold gives.
    return [{ place: key, text: body }]
  }
}

/** Whole numbers as texts of one length, in their order. */
const ordered = (n: number): string => String(BigInt(n) + 2n ** 63n).padStart(20, '0')

const orderOf = ({ order, place }: Held): string => order ?? place

/** Rows, read in pages and told one after the other as what they hold: a row may hold much, and others have their turn. */
const reader = <Row>(
  page: (after: Row | undefined) => Effect.Effect<readonly Row[], Unavailable>,
  heldIn: (row: Row) => readonly Held[],
) => {
  let rows: readonly Row[] = []
  let row = 0
  let held: readonly Held[] = []
  let at = 0
  let ended = false
  return Effect.gen(function* () {
    while (at >= held.length && !(ended && row >= rows.length)) {
      if (row >= rows.length) {
        rows = yield* page(rows.at(-1))
        ended = rows.length < AT_ONCE
        row = 0
      }
      const next = rows[row]
      held = next === undefined ? [] : heldIn(next)
      row += 1
      at = 0
      yield* Effect.yieldNow
    }
    at += 1
    return held[at - 1]
  })
}

type Reader = ReturnType<typeof reader>

const readersOf = (views: ViewStoreShape, name: ViewName, holding: Holding): readonly Reader[] => [
  reader<{ readonly key: string; readonly body: string }>(
    (last) => views.docs(name, { ...(last ? { after: last.key } : {}), limit: AT_ONCE }),
    ({ key, body }) => ofDocument(holding, key, body),
  ),
  reader<Effect.Success<ReturnType<ViewStoreShape['cells']>>[number]>(
    (after) => views.cells(name, { after, limit: AT_ONCE }),
    // A cell of zero says nothing; whether it is there depends on where pages were cut.
    ({ series, x, y, z, kind, amount }) =>
      amount === 0
        ? []
        : [
            {
              place: `${series} ${x} ${y} ${z} ${kind}`,
              order: [series, ordered(x), ordered(y), ordered(z), kind].join('\0'),
              text: String(amount),
            },
          ],
  ),
  reader<Effect.Success<ReturnType<ViewStoreShape['everyItem']>>[number]>(
    (after) => views.everyItem(name, { after, limit: AT_ONCE }),
    ({ list, key, rank, body }) => [{ place: `${list} ${key}`, order: `${list}\0${key}`, text: textOf([rank, body]) }],
  ),
]

/** Goes through two orders at once. */
const compareTwo = (
  one: Reader,
  other: Reader,
  tell: (difference: ViewDifference) => void,
): Effect.Effect<void, Unavailable> =>
  Effect.gen(function* () {
    let ours = yield* one
    let theirs = yield* other
    while (ours || theirs) {
      if (ours && theirs && orderOf(ours) === orderOf(theirs)) {
        if (ours.text !== theirs.text) tell({ place: ours.place, what: 'changed' })
        ours = yield* one
        theirs = yield* other
      } else if (!theirs || (ours && orderOf(ours) < orderOf(theirs))) {
        tell({ place: ours?.place ?? '', what: 'added' })
        ours = yield* one
      } else {
        tell({ place: theirs.place, what: 'missing' })
        theirs = yield* other
      }
    }
  })

/** Tells where a view in one store holds something else than in another. Memory holds a page of each. */
export const compareViews = (
  name: ViewName,
  one: ViewStoreShape,
  other: ViewStoreShape,
  tell: (difference: ViewDifference) => void,
  holding: Holding = wholeDocument,
): Effect.Effect<void, Unavailable> =>
  Effect.gen(function* () {
    const theirs = readersOf(other, name, holding)
    for (const [at, ours] of readersOf(one, name, holding).entries()) {
      yield* compareTwo(ours, theirs[at] as Reader, tell)
    }
  })
