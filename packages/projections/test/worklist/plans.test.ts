import { toDay } from '@daybook/core/kernel'
import { usZones } from '@daybook/core/testing'
import { describe, expect, it } from 'vitest'
import { type PlanMatter, queues } from '../../src/worklist/queues/plans.ts'
import { policy } from './book.ts'

const on = toDay('2029-01-16')
const matter = (over: Partial<PlanMatter>): PlanMatter => ({
  plan: 'p1',
  status: 'active',
  missed: [],
  unpaid: [{ number: 37, due: toDay('2029-02-15'), open: 568_000 }],
  beside: { credits: 0, onAccount: 0 },
  ...over,
})
const workOf = (over: Partial<PlanMatter>, state: string) => {
  const at = { ...policy, practice: { ...policy.practice, state } }
  const now = '2029-01-16T18:00:00.000Z' as never
  return queues.work([matter(over)], { asOf: on, now, localTime: usZones, policy: at })
}

describe('plans in the day’s work', () => {
  it('PL-03 after 36 paid months in Colorado the rest is adjusted off, not asked for', () => {
    expect(workOf({ paidMonths: 36 }, 'CO')).toMatchObject([{ queue: 'plansDue:statutory', amount: 568_000 }])
    for (const [months, state] of [[35, 'CO'] as const, [36, 'MN'] as const]) {
      expect(workOf({ paidMonths: months }, state)).toMatchObject([
        { queue: 'plansDue', waits: { until: '2029-02-21' } },
      ])
    }
  })

  it('§7.1 what is in dispute waits with its reason, what is not is asked for', () => {
    const held = { amount: 60_000, since: toDay('2029-01-02') }
    const unpaid = [{ number: 1, due: toDay('2029-01-05'), open: 10_000 }]
    expect(workOf({ held, unpaid }, 'MN')).toMatchObject([
      { queue: 'plansDue', amount: 10_000, nextAction: 'evaluate the plan (EvaluatePlan), then ask' },
      { queue: 'plansDue', amount: 60_000, waits: { says: '600.00 of the plan is in dispute since 2029-01-02' } },
    ])
  })

  it('§5.3 a cure that is offered and not told of is the notice to send', () => {
    const missed = [{ number: 1, due: toDay('2028-12-15'), open: 10_000 }]
    const offered = { missed, unpaid: [], cureBy: toDay('2029-01-30') }
    expect(workOf({ ...offered, noticeDue: true }, 'MN')).toMatchObject([{ queue: 'planMisses:cureNotice' }])
    expect(workOf(offered, 'MN')).toMatchObject([
      { queue: 'planMisses', nextAction: 'cure runs until 2029-01-30: remind' },
    ])
  })
})
