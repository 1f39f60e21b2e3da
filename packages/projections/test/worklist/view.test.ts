import type { AccountEvent } from '@daybook/core/account'
import type { AccountId } from '@daybook/core/kernel'
import { ViewStore } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catchUpWorklist, rebuildWorklist, worklistView } from '../../src/worklist/index.ts'
import { arbReachable } from '../explanation/decided-account.ts'
import { arbAccount } from '../explanation/random-account.ts'
import { accA } from '../history/script.ts'
import { openBook } from './book.ts'

const own = (id: string, events: readonly AccountEvent[]): readonly AccountEvent[] =>
  events.map((one) => (one.type === 'AccountOpened' ? { ...one, accountId: id as AccountId } : one))

const documents = Effect.gen(function* () {
  const views = yield* ViewStore
  return yield* views.docs(worklistView, { limit: 100 })
})

/** Writes each account's events in pieces, in turn with the others', so that pages cut through streams. */
const interleave = async (
  book: Awaited<ReturnType<typeof openBook>>,
  accounts: readonly (readonly AccountEvent[])[],
  after: () => Promise<unknown>,
): Promise<void> => {
  const longest = Math.max(0, ...accounts.map((events) => events.length))
  for (let from = 0; from < longest; from += 3) {
    for (const [index, events] of accounts.entries()) {
      const piece = own(`a${index}`, events).slice(from, from + 3)
      if (piece.length > 0) await book.account(`a${index}`, piece)
    }
    await after()
  }
}

const accounts = fc.array(fc.oneof(arbAccount, arbReachable), { minLength: 1, maxLength: 3 })

describe('the view behind the worklist', () => {
  it('C5 caught up in any pages and at any moments = built at once = rebuilt', { tags: ['C5'] }, async () => {
    await fc.assert(
      fc.asyncProperty(accounts, fc.integer({ min: 1, max: 7 }), async (histories, pageSize) => {
        const book = await openBook()
        await interleave(book, histories, () => book.run(catchUpWorklist({ pageSize })))
        const bySteps = await book.run(documents)
        const other = await openBook()
        await interleave(other, histories, async () => undefined)
        await other.run(catchUpWorklist())
        expect(await other.run(documents)).toEqual(bySteps)
        await book.run(rebuildWorklist({ pageSize: 2 }))
        expect(await book.run(documents)).toEqual(bySteps)
      }),
      { numRuns: 60 },
    )
  })

  it('C6 caught up twice = once; two runners at a time = one', { tags: ['C6'] }, async () => {
    await fc.assert(
      fc.asyncProperty(accounts, async (histories) => {
        const book = await openBook()
        await interleave(book, histories, async () => undefined)
        await book.run(
          Effect.all([catchUpWorklist({ pageSize: 2 }), catchUpWorklist({ pageSize: 3 })], { concurrency: 2 }),
        )
        const once = await book.run(documents)
        await book.run(catchUpWorklist())
        expect(await book.run(documents)).toEqual(once)
        const head = await book.run(book.events.head)
        expect((await book.run(book.views.checkpoint(worklistView))).position).toBe(head.position)
        const other = await openBook()
        await interleave(other, histories, async () => undefined)
        await other.run(catchUpWorklist())
        expect(await other.run(documents)).toEqual(once)
      }),
      { numRuns: 60 },
    )
  })

  it('C6 what a runner behind us has written is written again: no account keeps an older document', {
    tags: ['C6'],
  }, async () => {
    const book = await openBook()
    for (const from of [0, 2, 4, 6]) await book.account('a1', accA.slice(from, from + 2))
    const [fourth] = await book.run(book.events.readAll({ after: 3, limit: 1 }))
    const leaf = fourth?.leaf ?? ''
    let first = true
    const progress = () => {
      if (!first) return
      first = false
      const put = new Map([['account-a1', '{"older":true}']])
      Effect.runSync(book.views.commit({ ...worklistView, from: 2, to: 4, leaf, put }))
    }
    await book.run(catchUpWorklist({ pageSize: 2, progress }))
    const [document] = await book.run(documents)
    expect(document?.body).toMatch(/"account":"a1"/)
  })

  it('F43 the same events, policy and day give the same bytes, whatever the pages', async () => {
    await fc.assert(
      fc.asyncProperty(accounts, fc.integer({ min: 1, max: 5 }), async (histories, pageSize) => {
        const lists = await Promise.all(
          [pageSize, 10_000].map(async (size) => {
            const book = await openBook()
            await interleave(book, histories, () => book.run(catchUpWorklist({ pageSize: size })))
            return JSON.stringify(await book.worklist())
          }),
        )
        expect(lists[0]).toBe(lists[1])
      }),
      { numRuns: 40 },
    )
  })
})
