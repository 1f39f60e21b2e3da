import { toDay } from '@daybook/core/kernel'
import type { WorkItem } from '@daybook/projections/worklist'
import { expect, it } from 'vitest'
import { worklistLines } from '../src/cli/text/worklist.ts'

const item: WorkItem = {
  account: 'a1',
  queue: 'denials:auth',
  subject: 'd1',
  amount: 30_000,
  since: toDay('2026-01-15'),
  priority: 40.5,
  score: [],
  reasons: ['was due 2026-05-20, 70 days late (CL-03)'],
  nextAction: 'appeal',
  allowed: true,
  blockedBy: [],
  due: toDay('2026-05-20'),
  legalDeadline: true,
}
const headOf = (shown: WorkItem): string =>
  worklistLines({ asOf: toDay('2026-07-29'), position: 1, total: 1, items: [shown], waiting: [] }, 10)[2] ?? ''

it('a legal date that has passed shows by how many days beside the score', () => {
  expect(headOf({ ...item, daysLate: 70 })).toMatch(/300\.00 +70 days late {2}law 40\.5$/)
  expect(headOf({ ...item, daysLate: 1 })).toMatch(/ 1 day late {2}law 40\.5$/)
  expect(headOf(item)).toMatch(/300\.00 +law 40\.5$/)
  expect(headOf({ ...item, legalDeadline: false, daysLate: 70 })).toMatch(/ 70 days late {2}40\.5$/)
})
