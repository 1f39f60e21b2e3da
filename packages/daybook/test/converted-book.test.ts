import { join } from 'node:path'
import { expect, it } from 'vitest'
import { accountLines } from '../src/cli/text/account.ts'
import { agingLines } from '../src/cli/text/aging.ts'
import { explanationLines } from '../src/cli/text/explain.ts'
import type { Book } from '../src/index.ts'
import { commandLineIn } from './support/command-line.ts'
import { openTestBook, testFolder } from './support/folder.ts'

const folder = testFolder()
const before = '2026-10-14'

/** One account with a charge of its own, one whose balances were brought forward on 2026-10-15. */
const convertedIn = async (book: Book): Promise<{ readonly own: string; readonly converted: string }> => {
  const { account: own } = await book.open({ guarantor: { name: 'Jo Roe', born: '1980-02-01' }, on: '2026-10-01' })
  await book.execute(own, {
    type: 'PostCharge',
    on: '2026-10-02',
    visit: 'v1',
    line: 'l1',
    code: '99213',
    amount: 12_500,
  })
  const { account: converted } = await book.open({ guarantor: { name: 'Al Poe' }, on: '2026-10-15' })
  const receipt = await book.execute(converted, {
    type: 'BringForward',
    booksBegin: '2026-10-15',
    visit: 'v2',
    source: 'old system',
    lines: [{ line: 'l2', code: '99214', dos: '2026-03-01', party: 'patient', amount: 9_000 }],
  })
  expect(receipt).toMatchObject({ ok: true })
  return { own, converted }
}

it('a day before the books of one account is answered for the others, and the aging names the one without an answer', async () => {
  await using book = await openTestBook()
  const { converted } = await convertedIn(book)
  const early = await book.aging({ asOf: before })
  expect(early.net).toBe(12_500)
  expect(early.beforeTheBooks).toEqual({
    accounts: 1,
    last: '2026-10-15',
    named: [{ account: converted, booksBegin: '2026-10-15' }],
  })
  const said = agingLines(early, 'America/Chicago').join(' ').replaceAll(/\s+/g, ' ')
  expect(said).toContain('2026-10-14 is before the books of 1 account: they have no figures here')
  expect(said).toContain(`${converted.slice(0, 13)} (2026-10-15)`)
  const late = await book.aging({ asOf: '2026-10-15' })
  expect(late.net).toBe(21_500)
  expect(late).not.toHaveProperty('beforeTheBooks')
})

it('an account is asked for itself: before its own books it has no answer, the other has one', async () => {
  await using book = await openTestBook()
  const { own, converted } = await convertedIn(book)
  const none = { beforeTheBooks: { booksBegin: '2026-10-15' } }
  const [summary, explanation] = [
    await book.account(converted, { asOf: before }),
    await book.explain(converted, { asOf: before }),
  ]
  expect(summary).toMatchObject(none)
  expect(explanation).toMatchObject(none)
  // No figure at all, and none that reads as nothing owed: what the account is called stays.
  for (const field of ['totals', 'balances', 'visits', 'standing', 'credits']) expect(summary).not.toHaveProperty(field)
  for (const field of ['net', 'lines', 'unapplied']) expect(explanation).not.toHaveProperty(field)
  expect(JSON.stringify([summary, explanation])).not.toMatch(/:0\b/)
  expect(summary).toMatchObject({ account: converted, asOf: before, guarantor: { name: 'Al Poe' } })
  const words = 'before the books, which begin on 2026-10-15: there are no figures'
  expect(accountLines(summary).join('\n')).toContain(words)
  expect(explanationLines(explanation).join('\n')).toContain(words)
  expect([...accountLines(summary), ...explanationLines(explanation)].join('\n')).not.toContain('0.00')
  for (const answer of [
    await book.account(converted, { asOf: '2026-10-15' }),
    await book.explain(converted, { asOf: '2026-10-15' }),
    await book.account(own, { asOf: before }),
    await book.explain(own, { asOf: before }),
  ]) {
    expect(answer).not.toHaveProperty('beforeTheBooks')
  }
  expect(await book.account(own, { asOf: before })).toMatchObject({ totals: { net: 12_500 } })
  expect(await book.explain(own, { asOf: before })).toMatchObject({ net: 12_500 })
})

it('the command line ends with 1 where something asked for has no answer', async () => {
  const book = await openTestBook(`sqlite:${join(folder, 'daybook.db')}`)
  const { own, converted } = await convertedIn(book)
  await book.close()
  const daybook = commandLineIn(folder)
  expect((await daybook('aging', '--as-of', before)).status).toBe(1)
  expect((await daybook('account', converted, '--as-of', before)).status).toBe(1)
  expect((await daybook('explain', converted, '--as-of', before)).status).toBe(1)
  expect((await daybook('explain', own, '--as-of', before)).status).toBe(0)
  expect((await daybook('aging', '--as-of', '2026-10-15')).status).toBe(0)
})
