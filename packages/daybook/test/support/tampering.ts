import { type EventStoreShape, limits } from '@daybook/core/ports'
import { verifyChain } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { sha256 } from '../../src/book/world.ts'
import type { BookHead } from '../../src/check/book-head.ts'
import { ClosedStream } from '../../src/check/closed.ts'
import { walkLog } from '../../src/check/log.ts'
import type { Row, StrangeHands, Table, Value } from './strange-hands.ts'

/** One edit of what is stored, by places in it. */
export interface Edit {
  readonly way: 'edited' | 'deleted' | 'swapped' | 'inserted'
  readonly table: Table
  readonly row: number
  readonly other: number
  readonly column: number
  /** Where in a text, and by what. */
  readonly at: number
  readonly by: number
}

export const edits: fc.Arbitrary<Edit> = fc.record({
  way: fc.constantFrom('edited', 'edited', 'deleted', 'swapped', 'inserted'),
  table: fc.constantFrom<Table>('events', 'events', 'events', 'commands', 'streams'),
  row: fc.nat({ max: 10_000 }),
  other: fc.nat({ max: 10_000 }),
  column: fc.nat({ max: 100 }),
  at: fc.nat({ max: 10_000 }),
  by: fc.nat({ max: 10_000 }),
})

const alphabet = '0123456789abcdefABCZ-:"{} \u00e9'

/** Another value in the place of one: a letter changed, added or gone; a number moved; a truth turned. */
const otherThan = (value: Value, { at, by }: Edit): Value => {
  if (typeof value === 'number') return value + ([1, -1, 2, 1_000][by % 4] ?? 1)
  if (typeof value === 'boolean') return !value
  if (value === null) return 'another'
  if (typeof value !== 'string')
    return value.map((byte, n) => (n === at % value.length ? byte ^ (1 + (by % 255)) : byte))
  const place = value.length === 0 ? 0 : at % value.length
  const letter = alphabet[by % alphabet.length] ?? ''
  const kept = by % 7 === 0 ? place : by % 7 === 1 ? place - 1 : place + 1
  const put = by % 7 === 2 ? '' : letter
  return `${value.slice(0, place)}${put}${value.slice(Math.max(kept, 0))}`
}

export interface Change {
  readonly gone: readonly Row[]
  readonly put: readonly Row[]
}

/** PostgreSQL marks the event that closes a stream, and asks the last one only: what marks another is read by nobody. */
const isRead = (rows: readonly Row[], row: Row, column: string): boolean =>
  column !== 'closes' ||
  !rows.some(({ stream, version }) => stream === row['stream'] && Number(version) > Number(row['version']))

const same = (one: Row, other: Row): boolean => JSON.stringify(one) === JSON.stringify(other)

/** The rows that an edit takes away and puts there; undefined where it would change nothing. */
export const changeOf = (rows: readonly Row[], edit: Edit): Change | undefined => {
  if (rows.length === 0) return undefined
  const one = rows[edit.row % rows.length] as Row
  const other = rows[edit.other % rows.length] as Row
  const columns = Object.keys(one).filter((name) => name !== 'book')
  const column = columns[edit.column % columns.length] as string
  switch (edit.way) {
    case 'edited': {
      const put = { ...one, [column]: otherThan(one[column] ?? null, edit) }
      return same(put, one) || !isRead(rows, one, column) ? undefined : { gone: [one], put: [put] }
    }
    case 'deleted':
      return { gone: [one], put: [] }
    case 'swapped':
      if (one === other || String(one[column]) === String(other[column]) || column === 'closes') return undefined
      return {
        gone: [one, other],
        put: [
          { ...one, [column]: other[column] ?? null },
          { ...other, [column]: one[column] ?? null },
        ],
      }
    case 'inserted': {
      // A name that no event has names nothing.
      if ('name' in one) return undefined
      // A row like another, under keys that are free, at the end of the log or beyond it.
      const free = edit.by % 3
      const keys = 'position' in one ? { position: rows.length + 1 + free, id: `another-${edit.by}` } : {}
      const version = 'version' in one ? { version: Number(one['version']) + 1 + (edit.at % 50) } : {}
      const named = 'id' in one ? {} : { command_id: `another-${edit.by}`, first_position: 100_000 + edit.by }
      return { gone: [], put: [{ ...one, ...keys, ...version, ...named }] }
    }
  }
}

export type Told = 'chain' | 'head' | 'nobody'

/** Whether something that can be read says of itself that it was changed: chains, places, records, and the ends of streams. */
const isTold = (
  store: EventStoreShape,
  expected: BookHead | undefined,
): Effect.Effect<boolean, { readonly _tag: string }> =>
  Effect.gen(function* () {
    const head = yield* store.head
    const log = yield* walkLog(store, head.position, expected)
    if (log.findings.length > 0) return true
    let events = 0
    for (const entry of yield* store.streams({ prefix: '', after: '', limit: limits.page })) {
      const closed = new ClosedStream(entry)
      const page = yield* store.readStream(entry.stream, { after: -1, limit: limits.page })
      if (!verifyChain(page, sha256, store.origin).ok) return true
      for (const event of page) closed.add(event)
      if (closed.findings(head.position).length > 0) return true
      events += page.length
    }
    return events !== log.events
  })

/** Who tells: the book in itself, a head that was written down elsewhere, or nobody. A typed error of a read tells too. */
export const toldBy = async (store: EventStoreShape, head: BookHead): Promise<Told> => {
  const told = (expected?: BookHead) =>
    Effect.runPromise(Effect.catch(isTold(store, expected), () => Effect.succeed(true)))
  if (await told()) return 'chain'
  return (await told(head)) ? 'head' : 'nobody'
}

/** Does one edit, asks who tells, and undoes it; undefined where the database refuses it, or there is none to do. */
export const toldOfOne = async (
  hands: StrangeHands,
  originals: Readonly<Record<Table, readonly Row[]>>,
  edit: Edit,
  told: () => Promise<Told>,
): Promise<Told | undefined> => {
  const change = changeOf(originals[edit.table], edit)
  if (!change || !(await hands.replace(edit.table, change.gone, change.put))) return undefined
  try {
    return await told()
  } finally {
    await hands.replace(edit.table, change.put, change.gone)
  }
}
