import { expect, it } from 'vitest'
import type { Book } from '../../src/index.ts'
import { openTestBook, uuid } from '../support/folder.ts'

// What nobody has touched `check` finds nothing in: a finding that is none teaches people to look past it.

const roe = uuid(1)
const actor = { id: 'sue', roles: ['supervisor', 'manager'] as const }

const give = async (book: Book, command: Parameters<Book['execute']>[1]) => {
  const answer = await book.execute(roe, command, { actor: { id: actor.id, roles: [...actor.roles] } })
  if (!answer.ok) throw new Error(answer.hits.map(({ reason }) => reason).join('; '))
  return answer
}

/** 300.00 paid with 500.00, 100.00 of it refunded and cashed, then the check bounces. */
const refundedAndBounced = async (book: Book) => {
  await book.open({ account: roe, guarantor: { name: 'Jo Roe' }, on: '2026-02-01' })
  await give(book, { type: 'PostCharge', on: '2026-02-01', visit: 'v1', line: 'l1', code: '99213', amount: 30_000 })
  await give(book, { type: 'PostPayment', on: '2026-02-03', amount: 50_000, tender: 'check', payment: 'p1' })
  const page = await book.account(roe)
  const credit = page.beforeTheBooks ? undefined : page.credits[0]?.credit
  const refund = {
    credit: credit ?? '',
    refund: 'r1',
    payee: 'guarantor',
    method: 'check',
    reason: 'overpaid',
  } as const
  await give(book, { type: 'ApproveRefund', on: '2026-02-05', amount: 10_000, ...refund })
  await give(book, { type: 'IssueRefund', on: '2026-02-05', refund: 'r1' })
  await give(book, { type: 'ClearRefund', on: '2026-02-05', refund: 'r1' })
  await give(book, { type: 'ReversePayment', on: '2026-02-15', payment: 'p1', kind: 'nsf', reason: 'returned' })
}

it('trust-13 net-3 a refund that is owed again ages by its day, in the report and in check alike', async () => {
  await using book = await openTestBook()
  await refundedAndBounced(book)
  const { buckets, net } = await book.aging({ basis: 'dos', asOf: '2026-02-20' })
  expect([net, buckets.filter(({ amount }) => amount !== 0).map(({ name, amount }) => [name, amount])]).toEqual([
    40_000,
    [['0-30', 40_000]],
  ])
  expect((await book.check()).findings).toEqual([])
})
