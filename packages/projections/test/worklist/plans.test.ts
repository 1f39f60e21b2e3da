import { createHash } from 'node:crypto'
import type { AccountCommandInput } from '@daybook/core/account'
import { addMonths, toDay } from '@daybook/core/kernel'
import { makeCatalogue, rules } from '@daybook/core/rules'
import { emptyHistory, issue, type Office, usZones } from '@daybook/core/testing'
import { describe, expect, it } from 'vitest'
import { type PlanMatter, queues } from '../../src/worklist/queues/plans.ts'
import { policy } from './book.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const office: Office = {
  policy: { version: 1, policy },
  catalogue: makeCatalogue(rules, sha256),
  sha256,
  actor: { id: 'anna', roles: ['supervisor'] },
  localTime: usZones,
}

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
    const paid = (months: number) => Array.from({ length: months }, (_, n) => addMonths(toDay('2026-02-15'), n))
    expect(workOf({ paidMonths: paid(36) }, 'CO')).toMatchObject([{ queue: 'plansDue:statutory', amount: 568_000 }])
    const notYet = [
      [35, 'CO'],
      [36, 'MN'],
    ] as const
    for (const [months, state] of notYet) {
      expect(workOf({ paidMonths: paid(months) }, state)).toMatchObject([
        { queue: 'plansDue', waits: { until: '2029-02-21' } },
      ])
    }
  })

  it('PL-03 a month counts when all of it is paid, as the gate counts it', () => {
    const before: readonly AccountCommandInput[] = [
      { type: 'OpenAccount', accountId: 'a1', on: '2026-01-05', guarantor: { name: 'Jo Roe', state: 'MN' } },
      { type: 'PostCharge', on: '2026-01-05', visit: 'v1', line: 'l1', code: '99213', amount: 60_000 },
      {
        ...{ type: 'ProposePlan', on: '2026-01-10', plan: 'p1', divide: { amount: 2_500 }, every: 'week' },
        ...{ firstDue: '2026-02-02', writtenAgreement: false },
        household: { monthlyIncome: 300_000, qualifiedPatient: true, screenedForAssistance: true },
      },
      { type: 'AcceptPlan', on: '2026-01-10', plan: 'p1' },
    ]
    const paid = (amount: number): AccountCommandInput => ({
      ...{ type: 'PostPayment', on: '2026-01-20', payment: `c${amount}`, amount, tender: 'check' },
      allocations: [{ line: 'l1' }],
    })
    const monthsOf = (amount: number) => {
      const history = [...before, paid(amount)].reduce(
        (done, each) => issue(done, each, '2026-01-20', office),
        emptyHistory,
      )
      expect(history.steps.flatMap(({ decision }) => (decision.ok ? [] : decision.hits))).toEqual([])
      return queues.matters(history.state)[0]?.paidMonths
    }
    expect(monthsOf(7_500), 'three of the four weeks of February').toEqual([])
    expect(monthsOf(10_000)).toEqual(['2026-02-23'])
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
