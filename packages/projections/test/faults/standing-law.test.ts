import { toDay } from '@daybook/core/kernel'
import { describe, expect, it } from 'vitest'
import { event, opened } from '../history/script.ts'
import { openBook } from '../worklist/book.ts'

const creditOf = async (filing: string, identifiedDate: string) => {
  const book = await openBook()
  await book.account('a1', [
    ...opened('2024-10-01', { filing }),
    event('CreditBalanceIdentified', identifiedDate, {
      creditId: 'c1',
      owner: 'government',
      amount: 1_000,
      sources: [{ lineId: 'L1', party: { coverageId: 'cov1' }, amount: 1_000 }],
      provisional: false,
      identifiedDate,
    }),
  ])
  const { items } = await book.worklist({ asOf: toDay('2026-11-21'), queue: 'credits' })
  return items.map(({ due, legalDeadline }) => ({ due, legalDeadline }))[0]
}

describe('standing-6 law is cited by its dates, for whom it reaches', () => {
  it.each([
    ['MB', 'Medicare'],
    ['16', 'a Medicare health plan'],
    ['MC', 'Medicaid'],
  ])('AR-11: an overpayment of %s (%s) is reported and returned in 60 days', async (filing) => {
    expect(await creditOf(filing, '2026-10-01')).toEqual({ due: '2026-11-30', legalDeadline: true })
  })

  it.each(['CH', 'VA', 'OF'])('AR-11 does not reach an overpayment of %s', async (filing) => {
    expect(await creditOf(filing, '2026-10-01')).toEqual({ legalDeadline: false })
  })

  it.each([
    ['2024-11-15', { legalDeadline: false }],
    ['2024-12-31', { legalDeadline: false }],
    ['2025-01-01', { due: '2025-03-02', legalDeadline: true }],
  ])('AR-11 is law from 2025-01-01: identified on %s', async (day, told) => {
    expect(await creditOf('MB', day)).toEqual(told)
  })
})
