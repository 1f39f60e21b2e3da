import { describe, expect, it } from 'vitest'
import { openTestBook } from '../support/folder.ts'

// Fault net-18: what was found out later (coverage found, coverage ended) is replaced from the day on which it was there.

const paidAndBounced = async () => {
  const book = await openTestBook('memory:')
  const { account } = await book.open({ guarantor: { name: 'JANE DOE' } })
  const give = async (command: object) => {
    const outcome = await book.execute(account, command as never)
    if (!outcome.ok) throw new Error(outcome.hits.map(({ reason }) => reason).join('; '))
  }
  await give({ type: 'RegisterPatient', on: '2026-01-10', patient: 'p1', last: 'DOE', first: 'JANE' })
  await give({ type: 'OpenVisit', on: '2026-01-10', visit: 'v1', patient: 'p1' })
  const charge = { visit: 'v1', line: 'l1', code: '99213', amount: 10_000, party: 'patient' }
  await give({ type: 'PostCharge', on: '2026-01-10', ...charge })
  return { book, account, give }
}
const owedOn = async ({ book, account }: Awaited<ReturnType<typeof paidAndBounced>>, asOf: string) => {
  const page = await book.account(account, { asOf })
  if (!('balances' in page)) throw new Error('before the books')
  return page.balances.map(({ party, active, credits }) => [party, active, credits])
}
const found = {
  type: 'TransferResponsibility',
  on: '2026-02-10',
  lines: [{ line: 'l1' }],
  from: 'patient',
  to: { coverageId: 'c1' },
  because: 'coverageFound',
  reason: 'the patient was insured',
}
const coverage = { type: 'AddCoverage', on: '2026-02-10', coverage: 'c1', patient: 'p1', payer: 'ACME' }

describe('net-18 what is found out later', () => {
  it('net-18 a check that bounced was paid until then: no credit of the patient beside a debt of the payer', async () => {
    const at = await paidAndBounced()
    await using book = at.book
    const payment = { payment: 'y1', amount: 10_000, tender: 'check' }
    await at.give({ type: 'PostPayment', on: '2026-01-20', ...payment })
    await at.give({ type: 'ReversePayment', on: '2026-02-05', payment: 'y1', kind: 'nsf', reason: 'returned' })
    await at.give(coverage)
    await at.give(found)
    expect(await owedOn(at, '2026-01-19')).toEqual([['patient', 10_000, 0]])
    expect(await owedOn(at, '2026-01-25')).toEqual([])
    expect(await owedOn(at, '2026-02-05')).toEqual([['c1', 10_000, 0]])
    expect((await book.check()).findings).toEqual([])
  })

  it('net-18 what was always there is replaced from its first day, what came back from then', async () => {
    const at = await paidAndBounced()
    await using book = at.book
    const payment = { payment: 'y1', amount: 6_000, tender: 'check' }
    await at.give({ type: 'PostPayment', on: '2026-01-20', ...payment })
    await at.give({ type: 'ReversePayment', on: '2026-02-05', payment: 'y1', kind: 'nsf', reason: 'returned' })
    await at.give(coverage)
    await at.give(found)
    expect(await owedOn(at, '2026-01-25')).toEqual([['c1', 4_000, 0]])
    expect(await owedOn(at, '2026-02-05')).toEqual([['c1', 10_000, 0]])
    const aging = await book.aging({ asOf: '2026-02-10' })
    expect(aging.net).toBe(10_000)
  })

  it('net-18 nothing paid: all of it from its first day, with its age (W8)', async () => {
    const at = await paidAndBounced()
    await using book = at.book
    await at.give(coverage)
    await at.give(found)
    expect(await owedOn(at, '2026-01-10')).toEqual([['c1', 10_000, 0]])
    expect((await book.check()).findings).toEqual([])
  })
})
