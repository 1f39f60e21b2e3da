import { expect, it } from 'vitest'
import { historyOf } from '../../src/history/index.ts'
import { recorded } from './book.ts'
import { charge, event, opened } from './script.ts'

it('F05 the history tells of reviews, of what they found, and how it ended', () => {
  const events = [
    ...opened('2026-03-02'),
    charge('L1', '2026-03-02', '99213', 10_000),
    event('AccountReviewed', '2026-03-05', { reviewId: 'rv0', found: 0 }),
    event('AccountReviewed', '2026-03-09', { reviewId: 'rv1', found: 2, says: 'before the placement' }),
    event('DiscrepancyFound', '2026-03-09', {
      ...{ reviewId: 'rv1', findingId: 'f1', kind: 'missingDiagnosis', lineId: 'L1', visitId: 'v1' },
      ...{ amount: 10_000, says: 'no pointer' },
    }),
    event('DiscrepancyFound', '2026-03-09', { reviewId: 'rv1', findingId: 'f2', kind: 'unposted', says: 'a check' }),
    event('DiscrepancyResolved', '2026-03-10', { findingId: 'f2', how: 'corrected', reason: 'posted' }),
  ]
  const told = historyOf(recorded(events)).map(({ what }) => what)
  expect(told.slice(-5)).toEqual([
    'Account reviewed, nothing found',
    'Account reviewed, 2 discrepancies found: before the placement',
    'Discrepancy f1: a charge without a diagnosis, 100.00 on 99213 of 2026-03-02: no pointer',
    'Discrepancy f2: not posted: a check',
    'Discrepancy f2 resolved, corrected: posted',
  ])
})
