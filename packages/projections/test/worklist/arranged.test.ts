import { toDay } from '@daybook/core/kernel'
import { expect, it } from 'vitest'
import { arranged } from '../../src/worklist/arranged.ts'
import type { WorkItem } from '../../src/worklist/index.ts'

const item: WorkItem = {
  account: 'a1',
  queue: 'credits:overpayment' as WorkItem['queue'],
  subject: 'c1',
  amount: 4_000,
  since: toDay('2026-11-01'),
  priority: 12,
  score: [],
  reasons: [],
  nextAction: 'refund it',
  allowed: true,
  blockedBy: [],
  legalDeadline: false,
}
const snoozed = [{ queue: 'credits', until: toDay('2026-12-01') }]
const on = toDay('2026-11-21')

it('nobody puts the law off: what has a day by law stays on its list', () => {
  expect(arranged([item], { assigned: [], snoozed }, on).items).toEqual([])
  const legal = { ...item, legalDeadline: true }
  expect(arranged([legal], { assigned: [], snoozed }, on)).toEqual({ items: [legal], waiting: [] })
})

it('one piece alone may be put off', () => {
  const one = [{ queue: 'credits', subject: 'c2', until: toDay('2026-12-01') }]
  expect(arranged([item, { ...item, subject: 'c2' }], { assigned: [], snoozed: one }, on)).toMatchObject({
    items: [{ subject: 'c1' }],
    waiting: [{ subject: 'c2', amount: 4_000, until: '2026-12-01' }],
  })
})
