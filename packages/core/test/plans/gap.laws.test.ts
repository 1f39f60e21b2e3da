import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InstalmentMissed } from '../../src/account/plans/events.ts'
import { addDays, type Day, daysBetween, toDay } from '../../src/kernel/day.ts'
import { eventsOf } from '../../src/testing/history.ts'
import type { Desk } from '../support/desk.ts'
import { agreed, planOf, selfPay } from '../support/plan-desk.ts'

// Law H6: what has become of a plan is a function of its promises, its money, grace and policy. So it does not matter how
// often somebody looked. What does need somebody is notice: a cure is offered on the day on which it is written. All is
// said on its day here: what is dated back, nobody knew who looked before.

const start = toDay('2026-01-10')

const happening = fc.record({
  what: fc.constantFrom('pays', 'pays', 'catchesUp', 'bounces', 'amends', 'givesUp', 'cancels'),
  day: fc.integer({ min: 5, max: 110 }),
  amount: fc.integer({ min: 2_000, max: 20_000 }),
  which: fc.nat({ max: 8 }),
})
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

const happens = (desk: Desk, { what, amount, which }: Happening, on: Day, number: number): void => {
  const payments = [...desk.state.payments.payments.keys()]
  const payment = payments[which % Math.max(1, payments.length)] ?? 'none'
  const reason = 'as drawn'
  const tender = 'check'
  if (what === 'pays') {
    desk.tries({ type: 'PostPayment', on, payment: `p${number}`, amount, tender, designation: { planId: 'p1' } }, on)
  } else if (what === 'catchesUp') {
    desk.tries(
      { type: 'PostPayment', on, payment: `p${number}`, amount: amount * 3, tender, designation: { planId: 'p1' } },
      on,
    )
  } else if (what === 'bounces') {
    desk.tries({ type: 'ReversePayment', on, payment, kind: 'nsf', reason }, on)
  } else if (what === 'amends' && which === 0) {
    const firstDue = addDays(on, 20)
    desk.tries(
      {
        type: 'AmendPlan',
        on,
        plan: 'p1',
        divide: { instalments: 6 },
        firstDue,
        reason,
        consent: { on, how: 'phone' },
      },
      on,
    )
  } else if (what === 'givesUp') {
    const lines = [{ line: 'l1', amount }]
    const visit = 'v-l1'
    desk.tries({ type: 'WriteOff', on, visit, party: 'patient', category: 'administrative', lines, reason }, on)
  } else if (what === 'cancels' && which < 2) desk.tries({ type: 'CancelPlan', on, plan: 'p1', reason }, on)
}

const LAST = 110

/** How the plan stands at the end of a day, and all that was recorded by then. */
const seen = (desk: Desk) => ({ plan: planOf(desk), history: desk.history })
type Seen = ReturnType<typeof seen>

/**
 * The plan at the end of each day, until a day or until it is in default. `looks` says on which days somebody evaluates it,
 * when all else of the day has happened.
 */
const lived = (happenings: readonly Happening[], until: number, looks: (day: number) => boolean): readonly Seen[] => {
  const household = { monthlyIncome: 3_000_000 }
  const firstDue = '2026-01-20'
  const desk = agreed(selfPay({ l1: 60_000 }), { divide: { instalments: 8 }, every: 'twoWeeks', firstDue, household })
  const days: Seen[] = [seen(desk)]
  for (let day = 1; day <= until && planOf(desk).status !== 'defaulted'; day += 1) {
    const on = addDays(start, day)
    for (const [number, each] of happenings.entries()) if (each.day === day) happens(desk, each, on, number)
    if (looks(day)) desk.does({ type: 'EvaluatePlan', on, plan: 'p1' }, on)
    days.push(seen(desk))
  }
  return days
}

const missesOf = ({ history }: Seen): readonly InstalmentMissed[] =>
  eventsOf(history)
    .flatMap(({ event }) => (event.type === 'InstalmentMissed' ? [event] : []))
    .sort((a, b) => daysBetween(b.effectiveDate, a.effectiveDate) || a.number - b.number)

const standing = ({ plan: { status, total, schedule, cureBy, standings } }: Seen) => {
  return { status, total, schedule, underCure: cureBy !== undefined, standings }
}

describe('a plan that nobody looked at', () => {
  it('H6 is what it is to somebody who looked every day: misses, standing, and whether a cure is to be offered', {
    tags: ['H6'],
  }, () => {
    const met = { misses: 0, offers: 0, cured: 0, ended: 0 }
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 14 }), (happenings) => {
        const days = lived(happenings, LAST, () => true)
        // Without notice there is no default: the days after one are of a plan that had notice.
        const until = days.findLastIndex(({ plan }) => plan.status !== 'defaulted')
        const daily = days[until] as Seen
        const once = lived(happenings, until, (day) => day === until)[until] as Seen
        expect(missesOf(once)).toEqual(missesOf(daily))
        expect(standing(once)).toEqual(standing(daily))
        if (once.plan.cureBy !== undefined) expect(once.plan.offers.at(-1)?.from).toBe(addDays(start, until))
        const types = eventsOf(daily.history).map(({ event }) => event.type)
        met.misses += missesOf(daily).length
        met.offers += types.filter((type) => type === 'PlanCureOffered').length
        met.cured += types.filter((type) => type === 'PlanCured').length
        const ends = types.some((type) => type === 'PlanCompleted' || type === 'PlanCancelled')
        met.ended += ends && types.includes('InstalmentMissed') ? 1 : 0
      }),
      { numRuns: 1_000 },
    )
    expect(Object.entries(met).filter(([, times]) => times === 0)).toEqual([])
  })

  it('H6 a write-off takes the last instalment off, and what is agreed then does not get its number', {
    tags: ['H6'],
  }, () => {
    const happenings: readonly Happening[] = [
      { what: 'givesUp', day: 5, amount: 15_382, which: 0 },
      { what: 'givesUp', day: 87, amount: 7_118, which: 0 },
      { what: 'amends', day: 88, amount: 2_000, which: 0 },
    ]
    const [daily, once] = [() => true, (day: number) => day === LAST].map(
      (looks) => lived(happenings, LAST, looks)[LAST],
    )
    expect(standing(once as Seen)).toEqual(standing(daily as Seen))
    expect(missesOf(once as Seen).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('H6 has its misses also where it was paid off before anybody looked', { tags: ['H6'] }, () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    desk.does({ type: 'PostPayment', on: '2026-03-25', payment: 'all', amount: 100_000, tender: 'check' }, '2026-03-25')
    expect(planOf(desk).status).toBe('completed')
    expect(missesOf(seen(desk)).map(({ number, effectiveDate }) => [number, effectiveDate])).toEqual([
      [1, '2026-02-21'],
      [2, '2026-03-21'],
    ])
  })

  it('H6 has its misses also where it was ended before anybody looked', { tags: ['H6'] }, () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    desk.does({ type: 'CancelPlan', on: '2026-03-25', plan: 'p1', reason: 'asked' }, '2026-03-25')
    expect(missesOf(seen(desk)).map(({ number }) => number)).toEqual([1, 2])
  })
})
