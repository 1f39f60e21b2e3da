import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overdueOn } from '../../src/account/plans/arrears.ts'
import { askedOf, type Plan } from '../../src/account/plans/plan-state.ts'
import { paidOnPlan, remainingOf } from '../../src/account/plans/state.ts'
import { addDays, addMonths, type Day, toDay } from '../../src/kernel/day.ts'
import { presets } from '../../src/policy/presets.ts'
import { comparable } from '../../src/testing/comparable.ts'
import type { Desk } from '../support/desk.ts'
import { agreed, pay, planOf, selfPay } from '../support/plan-desk.ts'

const terms = presets.physicianPracticeMN.plans
const runs = { numRuns: 1_000 }
const household = { monthlyIncome: 90_000_000 }

const sums = (plan: Plan): void => {
  expect(
    plan.schedule.reduce((sum, { amount }) => sum + amount, 0),
    'H1',
  ).toBe(plan.total)
  expect(
    plan.schedule.every(({ amount }) => amount > 0),
    'H2',
  ).toBe(true)
  expect(
    plan.schedule.every(({ due }, at) => at === 0 || due > (plan.schedule[at - 1]?.due ?? '')),
    'H3',
  ).toBe(true)
  expect(remainingOf(plan), 'H4').toBe(plan.total - paidOnPlan(plan))
}

/** Pays what is asked, instalment by instalment on its due day, until nothing is left. */
const payAll = (desk: Desk): number => {
  for (let guard = 0; planOf(desk).status === 'active' && guard < 200; guard += 1) {
    const next = planOf(desk).schedule.find(({ paid, amount }) => paid < amount)
    if (!next) break
    pay(desk, next.amount - next.paid, next.due, { line: 'l1', payment: `all-${guard}` })
  }
  return paidOnPlan(planOf(desk))
}

describe('plans that are changed on their way', () => {
  it('N18 a plan of n, then the rest again in k: all that is paid is what was agreed', { tags: ['N18'] }, () => {
    const shape = fc.record({
      amount: fc.integer({ min: 30_000, max: 400_000 }),
      n: fc.integer({ min: 2, max: 12 }),
      k: fc.integer({ min: 1, max: 12 }),
      after: fc.nat({ max: 6 }),
      part: fc.nat({ max: 99 }),
    })
    let again = 0
    fc.assert(
      fc.property(shape, ({ amount, n, k, after, part }) => {
        const desk = agreed(selfPay({ l1: amount }), { divide: { instalments: n }, household })
        const { schedule } = planOf(desk)
        for (const { number, due, amount: asked } of schedule.slice(0, Math.min(after, n - 1))) {
          pay(desk, asked, due, { line: 'l1', payment: `first-${number}` })
        }
        const next = schedule[Math.min(after, n - 1)]
        const some = Math.floor(((next?.amount ?? 0) * part) / 100)
        if (next && some > 0) pay(desk, some, next.due, { line: 'l1', payment: 'some' })
        const on = addDays(next?.due ?? toDay('2026-02-15'), 1)
        const consent = { on, how: 'signed' } as const
        const firstDue = addMonths(on, 1)
        const plan = 'p1'
        const replanned = desk.tries(
          { type: 'AmendPlan', on, plan, divide: { instalments: k }, firstDue, consent, reason: 'asked' },
          on,
        )
        if (replanned.ok) again += 1
        sums(planOf(desk))
        expect(planOf(desk).total).toBe(amount)
        expect(payAll(desk)).toBe(amount)
        expect(planOf(desk).status).toBe('completed')
      }),
      runs,
    )
    expect(again).toBeGreaterThan(0)
  })

  it('H1 H2 H3 H4 put off by months, every amount is what it was and nothing is lost', {
    tags: ['H1', 'H2', 'H3', 'H4'],
  }, () => {
    const shape = fc.record({
      amount: fc.integer({ min: 30_000, max: 400_000 }),
      n: fc.integer({ min: 1, max: 12 }),
      firstDay: fc.integer({ min: 1, max: 31 }),
      months: fc.integer({ min: 1, max: 3 }),
      every: fc.constantFrom('month' as const, 'twoWeeks' as const, 'week' as const),
      paid: fc.nat({ max: 120 }),
      later: fc.nat({ max: 40 }),
    })
    let put = 0
    fc.assert(
      fc.property(shape, ({ amount, n, firstDay, months, every, paid, later }) => {
        const firstDue = `2026-03-${String(firstDay).padStart(2, '0')}`
        const desk = agreed(selfPay({ l1: amount }), { divide: { instalments: n }, firstDue, every, household })
        const some = Math.min(amount - 1, Math.floor((amount * paid) / 100 / n))
        if (some > 0) pay(desk, some, '2026-03-01', { line: 'l1' })
        const on = addDays(toDay('2026-03-01'), later)
        const before = planOf(desk)
        const ledger = comparable(desk.state.ledger)
        const put_ = desk.tries({ type: 'DeferPlan', on, plan: 'p1', months, hardship: true, reason: 'ill' }, on)
        const plan = planOf(desk)
        sums(plan)
        expect(plan.total).toBe(before.total)
        expect(remainingOf(plan)).toBe(remainingOf(before))
        expect(comparable(desk.state.ledger)).toBe(ledger)
        if (!put_.ok) return
        put += 1
        const open = ({ schedule }: Plan) => schedule.filter((part) => part.paid < part.amount)
        expect(open(plan).map((part) => part.amount - part.paid)).toEqual(
          open(before).map((part) => part.amount - part.paid),
        )
        // Of a plan by the month the month alone: its day is the plan's own, which a shorter month before did not have.
        const named = (due: Day | undefined) => (every === 'month' ? due?.slice(0, 7) : due)
        expect(named(open(plan)[0]?.due)).toBe(named(addMonths(open(before)[0]?.due ?? on, months)))
        // A month has the plan's own day, or its last one where it has none (H3).
        if (every === 'month' && n > 1) {
          const day = Math.max(...before.schedule.map(({ due }) => Number(due.slice(8))))
          for (const { due } of open(plan)) {
            const isLast = addDays(due, 1).endsWith('-01')
            expect(Number(due.slice(8)) === day || (isLast && Number(due.slice(8)) < day)).toBe(true)
          }
        }
      }),
      runs,
    )
    expect(put).toBeGreaterThan(0)
  })

  it('H1 H3 H4 made current, nothing is overdue, nothing is lost, and no item has another age', {
    tags: ['H1', 'H3', 'H4'],
  }, () => {
    const shape = fc.record({
      amount: fc.integer({ min: 60_000, max: 400_000 }),
      n: fc.integer({ min: 6, max: 12 }),
      behind: fc.integer({ min: 1, max: 2 }),
      payments: fc.integer({ min: 1, max: 4 }),
      later: fc.nat({ max: 20 }),
    })
    let current = 0
    fc.assert(
      fc.property(shape, ({ amount, n, behind, payments, later }) => {
        const desk = agreed(selfPay({ l1: amount }), { divide: { instalments: n }, household })
        const [first] = planOf(desk).schedule
        for (let at = 0; at < payments; at += 1) {
          const on = addMonths(toDay('2026-02-15'), behind + at)
          pay(desk, first?.amount ?? 1, on, { line: 'l1', payment: `m${at}` })
        }
        const on = addDays(addMonths(toDay('2026-02-15'), behind + payments - 1), 6 + later)
        const before = planOf(desk)
        const ledger = comparable(desk.state.ledger)
        const approval = { by: 'carl', roles: ['manager' as const] }
        const tried = desk.tries({ type: 'ReagePlan', on, plan: 'p1', approval, reason: 'pays again' }, on)
        sums(planOf(desk))
        expect(planOf(desk).total).toBe(before.total)
        expect(remainingOf(planOf(desk))).toBe(remainingOf(before))
        expect(comparable(desk.state.ledger)).toBe(ledger)
        if (payments < terms.reageAfterPayments) expect(tried.ok).toBe(false)
        if (!tried.ok) return
        current += 1
        expect(overdueOn(planOf(desk), terms, on)).toBe(0)
      }),
      runs,
    )
    expect(current).toBeGreaterThan(0)
  })

  it('H4 H10 with lines in dispute, what is asked and what is held are what remains, and no more is asked than nobody disputes', {
    tags: ['H4', 'H10'],
  }, () => {
    const shape = fc.record({
      amounts: fc.tuple(fc.integer({ min: 13_000, max: 90_000 }), fc.integer({ min: 13_000, max: 90_000 })),
      n: fc.integer({ min: 2, max: 10 }),
      which: fc.constantFrom<readonly string[]>(['l1'], ['l2'], ['l1', 'l2']),
      paid: fc.nat({ max: 60 }),
      early: fc.boolean(),
      months: fc.integer({ min: 1, max: 9 }),
    })
    fc.assert(
      fc.property(shape, ({ amounts: [l1, l2], n, which, paid, early, months }) => {
        const desk = agreed(selfPay({ l1, l2 }), { divide: { instalments: n }, household })
        const some = Math.floor((l2 * paid) / 100)
        const payment = () => (some > 0 ? pay(desk, some, '2026-01-25', { line: 'l2' }) : [])
        if (early) payment()
        const of = { kind: 'billingError', raisedBy: 'patient', channel: 'mail', written: true, says: 'no' } as const
        desk.does({ type: 'OpenDispute', on: '2026-01-20', dispute: 'd1', lines: [...which], ...of }, '2026-01-25')
        if (!early) payment()
        const plan = planOf(desk)
        const free = (which.includes('l1') ? 0 : l1) + (which.includes('l2') ? 0 : l2 - some)
        expect(plan.held).toBe(remainingOf(plan) - free)
        const asked = askedOf(plan.schedule, plan.held).reduce((sum, { amount }) => sum + amount, 0)
        expect(asked - paidOnPlan(plan)).toBe(free)
        const on = addMonths(toDay('2026-01-25'), months)
        const because = { kind: 'withdrawn', reason: 'found it' } as const
        desk.does({ type: 'CloseDispute', on, dispute: 'd1', because }, on)
        const after = planOf(desk)
        sums(after)
        expect(after.held).toBe(0)
        expect(after.total).toBe(plan.total)
        // What was held is not overdue on the day on which it comes free.
        expect(overdueOn(after, terms, on)).toBeLessThanOrEqual(free)
      }),
      runs,
    )
  })
})
