import { join } from 'node:path'
import { kurrentEventStore } from '@daybook/adapters/kurrentdb'
import { postgresEventStore } from '@daybook/adapters/postgres'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import * as Scope from 'effect/Scope'
import fc from 'fast-check'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { leaveFigures } from '../../../scripts/testing/figures.ts'
import { startWireServer } from '../../../scripts/testing/kurrentdb/control.ts'
import { freshDatabase, testServer } from '../../../scripts/testing/postgres/server.ts'
import { type BookHead, headGiven } from '../src/check/book-head.ts'
import { openTestBook, testFolder, uuid, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'
import { handsOnDatabase, handsOnFile, handsOnServer, type StrangeHands } from './support/strange-hands.ts'
import { edits, type Told, toldBy, toldOfOne } from './support/tampering.ts'

const folder = testFolder()
const server = await testServer()
const scope = Scope.makeUnsafe()
afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

/** 10,000 a store in `npm run torture`. */
const isShort = inject('kills') < 200
const EDITS = inject('kills') * (isShort ? 15 : 50)
/** Each opening reads a server's log anew. */
const EDITS_ON_A_SERVER = isShort ? inject('kills') * 3 : EDITS

/** A small book of two accounts and a remittance; what stands in it may be written by strange hands afterwards. */
interface Edited {
  readonly told: (head: BookHead) => Promise<Told>
  readonly hands: StrangeHands
  readonly head: string
  readonly remove: () => Promise<unknown>
}

const writeBook = async (url: string, more: { readonly views?: string } = {}): Promise<string> => {
  let now = Date.parse('2026-11-20T12:00:00.000Z')
  const clock = () => {
    now += 1_000
    return new Date(now)
  }
  const secret = new Uint8Array(32).fill(7)
  await using book = await openTestBook(url, url.startsWith('sqlite:') ? { clock } : { clock, secret, ...more })
  await book.importPaths([write(folder, 'advice.835', remittanceText())], { openMissing: true })
  for (const n of [1, 2]) {
    const actor = { id: `clerk-${n}` }
    await book.open({ account: uuid(n), guarantor: { name: `Jo Roe ${n}` }, actor })
    const charge = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', line: 'l1', code: '99213' } as const
    await book.execute(uuid(n), { ...charge, amount: n * 1_000 }, { actor })
  }
  return (await book.check()).head
}

const inSqlite = async (): Promise<Edited> => {
  const path = join(folder, 'edited.db')
  const head = await writeBook(`sqlite:${path}`)
  const store = await Effect.runPromise(Scope.provide(sqliteEventStore({ path, readOnly: true }), scope))
  return { told: (expected) => toldBy(store, expected), hands: handsOnFile(path), head, remove: async () => {} }
}

const inPostgres = async (): Promise<Edited> => {
  if ('why' in server) throw new Error(server.why)
  const place = await freshDatabase(server)
  const head = await writeBook(place.url)
  const store = await Effect.runPromise(Scope.provide(postgresEventStore({ url: place.url }), scope))
  const hands = await handsOnDatabase(place.url, 'main')
  return { told: (expected) => toldBy(store, expected), hands, head, remove: place.drop }
}

/** Each time the index of positions is made of the log anew, as an auditor does who trusts nothing but the log. */
const inKurrent = async (): Promise<Edited> => {
  const server = await startWireServer()
  const head = await writeBook(server.url, { views: 'memory:' })
  const told = (expected: BookHead): Promise<Told> =>
    Effect.runPromise(
      Effect.scoped(
        Effect.matchEffect(kurrentEventStore({ url: server.url }), {
          onFailure: () => Effect.succeed<Told>('chain'),
          onSuccess: (store) => Effect.promise(() => toldBy(store, expected)),
        }),
      ),
    )
  return { told, hands: await handsOnServer(server, 'daybook.main'), head, remove: async () => {} }
}

const stores = [
  { name: 'SQLite', edited: inSqlite, times: EDITS, isHere: true },
  { name: 'PostgreSQL', edited: inPostgres, times: EDITS, isHere: !('why' in server) },
  { name: 'EventStoreDB (wire server)', edited: inKurrent, times: EDITS_ON_A_SERVER, isHere: true },
]

describe('rows of a book that somebody edits at random', () => {
  it.for(stores.filter(({ isHere }) => isHere))(
    `trust-13 $name: each of $times edits, deletions, swaps and insertions is told by the chains and records, or by a head kept elsewhere`,
    { tags: ['torture'] },
    async ({ name, edited, times }, { task }) => {
      const { told: toldOf, hands, head, remove } = await edited()
      const expected = headGiven(head)
      if ('_tag' in expected) throw new Error(expected.message)
      const [events, commands, streams] = [
        await hands.rows('events'),
        await hands.rows('commands'),
        await hands.rows('streams'),
      ]
      const originals = { events, commands, streams }
      const by: Record<Told, number> = { chain: 0, head: 0, nobody: 0 }
      const told = () => toldOf(expected)
      expect(await told()).toBe('nobody')
      const property = fc.asyncProperty(edits, async (edit) => {
        const found = await toldOfOne(hands, originals, edit, told)
        if (found === undefined) fc.pre(false)
        else by[found] += 1
        expect(found).not.toBe('nobody')
      })
      await fc.assert(property, { numRuns: times, maxSkipsPerRun: 20 }).finally(() =>
        leaveFigures(
          { task },
          {
            programme: 'rows edited at random (lost: told by nobody)',
            note: `${by.chain} told by the book itself, ${by.head} only by a head kept elsewhere`,
            store: name,
            of: 'edits',
            tried: by.chain + by.head + by.nobody,
            lost: by.nobody,
            doubled: 0,
            otherwise: 0,
            unresolved: 0,
          },
        ),
      )
      // Nothing is said of a book that is as it was.
      expect(await told()).toBe('nobody')
      expect(by.chain).toBeGreaterThan((by.chain + by.head) * (isShort ? 0.5 : 0.7))
      if (by.chain > 1_000) expect(by.head).toBeGreaterThan(0)
      await hands.close()
      if (name === 'PostgreSQL') await Effect.runPromise(Scope.close(scope, Exit.void))
      await remove()
    },
  )
})
