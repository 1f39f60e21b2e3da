import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { damage, damages } from './support/damage.ts'
import { behindTheGuards, copied } from './support/editing.ts'
import { openTestBook, testFolder, uuid, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

// Law Q9: whatever is done to the file of a book or to its key, whoever reads it is told, or gets the same answers.

const folder = testFolder()
const path = join(folder, 'read-back.db')
const on = '2026-11-02'

/** Everything that is asked of a book in a day, as text. */
const answersOf = async (book: Awaited<ReturnType<typeof openTestBook>>): Promise<string> =>
  JSON.stringify([
    await book.aging({ asOf: '2026-11-20' }),
    await book.worklist({ asOf: '2026-11-20' }),
    await book.accounts(),
    await book.account(uuid(1), { asOf: '2026-11-20' }),
    await book.history(uuid(1)),
    await book.explain(uuid(2), { asOf: '2026-11-20' }),
  ])

const isTyped = (error: unknown): boolean => typeof error === 'object' && error !== null && '_tag' in error

/** What a reader of a damaged book is told, in words; or else their answers. */
const readBy = async (
  copy: string,
  head: string,
): Promise<{ readonly told: string } | { readonly answers: string }> => {
  try {
    await using book = await openTestBook(`sqlite:${copy}`)
    const { findings } = await book.check({ expectHead: head })
    const [finding] = findings
    return finding ? { told: finding.message } : { answers: await answersOf(book) }
  } catch (error) {
    // An accident is no answer: what is found wrong has a type and says what it is.
    if (!isTyped(error)) throw error
    return { told: (error as Error).message }
  }
}

let right = { head: '', answers: '' }
beforeAll(async () => {
  {
    await using book = await openTestBook(`sqlite:${path}`)
    await book.importPaths([write(folder, 'read-back.835', remittanceText())], { openMissing: true })
    for (const n of [1, 2]) {
      await book.open({ account: uuid(n), guarantor: { name: `Jo Roe ${n}` } })
      await book.execute(uuid(n), { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: n * 1_000 })
    }
    await book.execute(uuid(1), { type: 'PostPayment', on, amount: 400, tender: 'cash' })
    await answersOf(book)
  }
  await using book = await openTestBook(`sqlite:${path}`)
  right = { head: (await book.check()).head, answers: await answersOf(book) }
})

const ended = { told: 0, same: 0 }
afterAll(() => {
  expect(ended.told).toBeGreaterThan((ended.told + ended.same) / 2)
})

it('Q9 whatever was done to a book or its key, whoever reads it is told what, or gets the same answers', {
  tags: ['Q9'],
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(damages, async (all) => {
      const copy = copied(path)
      damage(copy, all)
      const read = await readBy(copy, right.head)
      if ('told' in read) {
        ended.told += 1
        expect(read.told).not.toBe('')
      } else {
        ended.same += 1
        expect(read.answers).toBe(right.answers)
      }
    }),
    { numRuns: 1_000 },
  )
})

it('Q9 a book whose policy was moved out of its stream is told so when it is opened', { tags: ['Q9'] }, async () => {
  const copy = copied(path)
  behindTheGuards(copy, (db) =>
    db.exec(`INSERT INTO streams VALUES (9000, 'another'); UPDATE events SET stream = 9000 WHERE position = 1`),
  )
  await expect(openTestBook(`sqlite:${copy}`)).rejects.toMatchObject({ _tag: 'Integrity' })
})
