import { describe, expect, it } from 'vitest'
import { missedBy, overdueOn } from '../../src/account/plans/arrears.ts'
import { remainingOf } from '../../src/account/plans/state.ts'
import { toDay } from '../../src/kernel/day.ts'
import { presets } from '../../src/policy/presets.ts'
import { office } from '../support/desk.ts'
import { agreed, noticed, pay, planOf, proposal, selfPay } from '../support/plan-desk.ts'

const terms = presets.physicianPracticeMN.plans
const types = (events: readonly { readonly type: string }[]) => events.map((event) => event.type)

describe('F04: feasible payment plans', () => {
  it('1,000.00 over 12 with an income of 3,000.00 is 11 × 83.33 + 83.37', () => {
    const desk = selfPay({ l1: 100_000 })
    desk.does(proposal('2026-01-10'), '2026-01-10')
    expect(planOf(desk).schedule.map((part) => part.amount)).toEqual([...Array(11).fill(8_333), 8_337])
    expect(planOf(desk).status).toBe('proposed')
    desk.does({ type: 'AcceptPlan', on: '2026-01-11', plan: 'p1' }, '2026-01-11')
    expect(planOf(desk).status).toBe('active')
  })

  it('6,000.00 over 36 with an income of 1,500.00 is not feasible: screen for assistance', () => {
    const desk = selfPay({ l1: 600_000 })
    desk.refused(
      proposal('2026-01-10', { divide: { instalments: 36 }, household: { monthlyIncome: 150_000 } }),
      '2026-01-10',
    )
    const decision = desk.history.steps.at(-1)?.decision
    if (!decision || decision.ok) throw new Error('must be refused')
    expect(decision.hits.map((hit) => hit.rule)).toEqual(['PL-02.policy'])
    expect(decision.hits[0]?.reason).toContain('not feasible')
    expect(decision.required).toEqual(['ScreenFinancialAssistance'])
  })

  it('a burden above the cap that a longer term would cure asks for the longer term', () => {
    const desk = selfPay({ l1: 100_000 })
    desk.refused(proposal('2026-01-10', { divide: { instalments: 6 } }), '2026-01-10')
    const decision = desk.history.steps.at(-1)?.decision
    expect(decision && !decision.ok && decision.required).toEqual(['ProposeLongerTerm'])
  })

  it('an income that nobody disclosed is a warning, and the warning says so', () => {
    const desk = selfPay({ l1: 100_000 })
    desk.does(proposal('2026-01-10', { household: {} }), '2026-01-10')
    const decision = desk.history.steps.at(-1)?.decision
    expect(decision?.ok && decision.warnings.map((hit) => hit.rule)).toEqual(['PL-02.policy'])
  })

  it('in Minnesota no law of other states speaks; at a New York hospital the law asks for income', () => {
    const practice = { entityType: 'hospital_501c3', state: 'NY', timeZone: 'America/New_York' } as const
    const policy = { version: 1, policy: { ...presets.physicianPracticeMN, practice } }
    const desk = selfPay({ l1: 100_000 }, '2026-01-05', { ...office, policy })
    expect(desk.refused(proposal('2026-01-10', { household: {} }), '2026-01-10')).toEqual(['PL-02.NY'])
    desk.does(proposal('2026-01-10'), '2026-01-10')
    expect(desk.refused({ type: 'AcceptPlan', on: '2026-01-10', plan: 'p1' }, '2026-01-10')).toEqual(['PL-02.screen'])
  })

  it('a down payment comes first and stands outside the burden of a month', () => {
    const desk = selfPay({ l1: 100_000 })
    desk.does(proposal('2026-01-10', { downPayment: { amount: 40_000, due: '2026-01-10' } }), '2026-01-10')
    expect(planOf(desk).schedule.map((part) => part.amount)).toEqual([40_000, ...Array(12).fill(5_000)])
    expect(planOf(desk).schedule.map((part) => part.number)).toEqual(Array.from({ length: 13 }, (_, at) => at + 1))
  })

  it('the guarantor must be confirmed: an account opened from a claim waits (GU-01)', () => {
    const desk = selfPay({ l1: 100_000 }, '2026-01-05', office, 'unconfirmed')
    expect(desk.refused(proposal('2026-01-10'), '2026-01-10')).toEqual(['GU-01'])
    desk.does({ type: 'ConfirmGuarantor', on: '2026-01-11', reason: 'she signed' }, '2026-01-11')
    desk.does(proposal('2026-01-11'), '2026-01-11')
  })
})

describe('what a plan may cover', () => {
  it('never more than is open, nothing unknown, nothing twice, nothing due in the past', () => {
    const desk = selfPay({ l1: 100_000 })
    const refused = (over: Parameters<typeof proposal>[1]) => desk.refused(proposal('2026-01-10', over), '2026-01-10')
    expect(refused({ total: 100_001 })).toEqual(['plans.beyondOpen'])
    expect(refused({ lines: ['nope'] })).toContain('plans.lineUnknown')
    expect(refused({ lines: ['l1', 'l1'] })).toContain('plans.lineTwice')
    expect(refused({ firstDue: '2026-01-09' })).toEqual(['plans.dueInPast'])
    expect(refused({ divide: { instalments: 13 } })).toEqual(['PL-02.term'])
    expect(refused({ divide: { instalments: 13 }, firstDue: '2026-01-09' })).toEqual(['plans.dueInPast', 'PL-02.term'])
    expect(refused({ divide: { amount: 2_000 } })).toEqual(['PL-02.term', 'PL-02.minimum'])
    expect(selfPay({}).refused(proposal('2026-01-10'), '2026-01-10')).toEqual(['plans.nothingOpen'])
  })

  it('H5: a line is on one active plan at most, also when two proposals race', { tags: ['H5'] }, () => {
    const desk = selfPay({ l1: 100_000, l2: 50_000 })
    desk.does(proposal('2026-01-10', { lines: ['l1'] }), '2026-01-10')
    desk.does(proposal('2026-01-10', { plan: 'p2', lines: ['l1', 'l2'], divide: { instalments: 24 } }), '2026-01-10')
    desk.does({ type: 'AcceptPlan', on: '2026-01-10', plan: 'p1' }, '2026-01-10')
    expect(desk.refused({ type: 'AcceptPlan', on: '2026-01-10', plan: 'p2' }, '2026-01-10')).toEqual([
      'plans.lineOnPlan',
    ])
    // And what both plans together would ask for is beyond the income.
    expect(desk.refused(proposal('2026-01-10', { plan: 'p3', lines: ['l1'] }), '2026-01-10')).toEqual([
      'plans.lineOnPlan',
      'PL-02.policy',
    ])
    // Left to itself, a proposal takes the lines that are free.
    desk.does(proposal('2026-01-10', { plan: 'p4' }), '2026-01-10')
    expect(planOf(desk, 'p4').lines).toEqual(['l2'])
  })

  it('a proposal expires, and is not accepted once less is open', () => {
    const desk = selfPay({ l1: 100_000 })
    desk.does(proposal('2026-01-10', { firstDue: '2026-03-15' }), '2026-01-10')
    expect(desk.refused({ type: 'AcceptPlan', on: '2026-02-10', plan: 'p1' }, '2026-02-10')).toEqual(['plans.expired'])
    pay(desk, 10_000, '2026-01-20')
    expect(desk.refused({ type: 'AcceptPlan', on: '2026-01-20', plan: 'p1' }, '2026-01-20')).toEqual([
      'plans.beyondOpen',
    ])
    expect(types(desk.does({ type: 'EvaluatePlan', on: '2026-02-10', plan: 'p1' }, '2026-02-10'))).toEqual([
      'PlanCancelled',
    ])
  })
})

describe('money on a plan', () => {
  it('pays instalments in their order and completes the plan exactly when nothing remains (H4)', {
    tags: ['H4'],
  }, () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    expect(types(pay(desk, 10_000, '2026-02-15', { line: 'l1' }))).toEqual([
      'PatientPaymentPosted',
      'InstalmentPaid',
      'InstalmentPaid',
    ])
    expect(
      planOf(desk)
        .schedule.slice(0, 3)
        .map((part) => part.paid),
    ).toEqual([8_333, 1_667, 0])
    expect(remainingOf(planOf(desk))).toBe(90_000)
    const last = pay(desk, 90_000, '2026-03-01', { line: 'l1' })
    expect(types(last).at(-1)).toBe('PlanCompleted')
    expect(planOf(desk).status).toBe('completed')
    expect(desk.at('2026-03-01', '2026-03-01').net).toBe(0)
  })

  it('a returned check opens the last paid instalments again, and a completed plan with them', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    pay(desk, 95_000, '2026-02-01', { payment: 'big', line: 'l1' })
    pay(desk, 5_000, '2026-02-10', { payment: 'rest', line: 'l1' })
    expect(planOf(desk).status).toBe('completed')
    const back = desk.does(
      { type: 'ReversePayment', on: '2026-02-20', payment: 'rest', kind: 'nsf', reason: 'returned' },
      '2026-02-20',
    )
    expect(types(back)).toContain('InstalmentReopened')
    expect([planOf(desk).status, remainingOf(planOf(desk))]).toEqual(['active', 5_000])
    expect(planOf(desk).schedule.at(-1)?.paid).toBe(3_337)
  })

  it('a completed plan stays complete when its lines are on another plan by the time the check comes back (H5)', {
    tags: ['H5'],
  }, () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    pay(desk, 90_000, '2026-02-01', { payment: 'first', line: 'l1' })
    pay(desk, 10_000, '2026-02-02', { payment: 'second', line: 'l1' })
    const back = (payment: string, on: string) =>
      desk.does({ type: 'ReversePayment', on, payment, kind: 'nsf', reason: 'returned' }, on)
    back('second', '2026-02-10')
    desk.does({ type: 'CancelPlan', on: '2026-02-10', plan: 'p1', reason: 'asked' }, '2026-02-10')
    agreed(desk, { plan: 'p2', divide: { instalments: 2 }, firstDue: '2026-03-01' }, '2026-02-11')
    pay(desk, 10_000, '2026-02-12', { payment: 'third', line: 'l1' })
    expect(planOf(desk, 'p2').status).toBe('completed')
    back('first', '2026-02-13')
    agreed(desk, { plan: 'p3', lines: ['l1'], firstDue: '2026-03-01' }, '2026-02-14')
    back('third', '2026-02-15')
    expect([planOf(desk, 'p2').status, planOf(desk, 'p3').status]).toEqual(['completed', 'active'])
  })

  it('H10: a write-off below what is promised shortens the plan from its end, in the same decision', {
    tags: ['H10'],
  }, () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    const events = desk.does(
      {
        type: 'WriteOff',
        on: '2026-02-01',
        visit: 'v-l1',
        party: 'patient',
        category: 'administrative',
        lines: [{ line: 'l1', amount: 20_000 }],
        reason: 'agreed',
      },
      '2026-02-01',
    )
    expect(types(events)).toEqual(['WriteOffPosted', 'PlanRecomputed'])
    const { schedule, total } = planOf(desk)
    expect([total, remainingOf(planOf(desk))]).toEqual([80_000, 80_000])
    expect(schedule.map((part) => part.amount)).toEqual([...Array(9).fill(8_333), 5_003])
  })

  it('a voided charge takes the plan with it', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    pay(desk, 8_333, '2026-02-15', { line: 'l1' })
    desk.does({ type: 'VoidCharge', on: '2026-02-20', line: 'l1', reason: 'never happened' }, '2026-02-20')
    expect(planOf(desk).status).toBe('completed')
    expect([planOf(desk).total, remainingOf(planOf(desk))]).toEqual([0, 0])
  })
})

describe('misses, notice, default and cure (reference §5.3)', () => {
  const evaluate = (desk: ReturnType<typeof selfPay>, on: string) =>
    desk.does({ type: 'EvaluatePlan', on, plan: 'p1' }, on)

  it('misses on the day after grace, below 90 %, and records each miss once', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    expect(evaluate(desk, '2026-02-20')).toEqual([])
    expect(evaluate(desk, '2026-02-21')).toMatchObject([
      { type: 'InstalmentMissed', number: 1, due: '2026-02-15', open: 8_333, effectiveDate: '2026-02-21' },
    ])
    expect(evaluate(desk, '2026-02-22')).toEqual([])
  })

  it('89.99 % paid is a miss, 90 % is none', () => {
    for (const [amount, missed] of [[7_499, 1] as const, [7_500, 0] as const]) {
      const desk = agreed(selfPay({ l1: 100_000 }))
      pay(desk, amount, '2026-02-20', { line: 'l1' })
      expect(missedBy(planOf(desk), terms, toDay('2026-02-28'))).toHaveLength(missed)
    }
  })

  it('exactly 90 % of an instalment is none: below 90 % is missed (reference §5.3)', () => {
    for (const [amount, missed] of [[8_999, 1] as const, [9_000, 0] as const]) {
      const desk = agreed(selfPay({ l1: 120_000 }))
      pay(desk, amount, '2026-02-15', { line: 'l1' })
      expect(missedBy(planOf(desk), terms, toDay('2026-02-28'))).toHaveLength(missed)
    }
  })
  it('two misses in a row: notice first, then default, never without its days', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    expect(types(evaluate(desk, '2026-03-21'))).toEqual(['InstalmentMissed', 'InstalmentMissed', 'PlanCureOffered'])
    expect(planOf(desk).cureBy).toBe('2026-04-05')
    noticed(desk, '2026-03-22')
    expect(evaluate(desk, '2026-04-05')).toEqual([])
    expect(evaluate(desk, '2026-04-06')).toMatchObject([
      { type: 'PlanDefaulted', cause: 'consecutiveMisses', open: 16_666 },
    ])
    expect(planOf(desk).status).toBe('defaulted')
    expect(evaluate(desk, '2026-04-07')).toEqual([])
  })

  it('paying what is overdue within the notice cures the plan by itself', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    evaluate(desk, '2026-03-21')
    pay(desk, 16_665, '2026-03-25', { line: 'l1', payment: 'almost' })
    expect(planOf(desk).cureBy).toBeDefined()
    expect(types(pay(desk, 1, '2026-03-26', { line: 'l1' }))).toContain('PlanCured')
    expect(planOf(desk)).toMatchObject({ status: 'active', cureBy: undefined, curedOn: '2026-03-26' })
  })

  it('H7: after a default, payment and a cure by hand the schedule is what it was', { tags: ['H7'] }, () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    const before = planOf(desk).schedule.map(({ number, due, amount }) => ({ number, due, amount }))
    evaluate(desk, '2026-03-21')
    noticed(desk, '2026-03-22')
    evaluate(desk, '2026-04-06')
    expect(desk.refused({ type: 'CurePlan', on: '2026-04-10', plan: 'p1' }, '2026-04-10')).toEqual(['plans.overdue'])
    pay(desk, 16_666, '2026-04-10', { line: 'l1' })
    expect(planOf(desk).status).toBe('defaulted')
    desk.does({ type: 'CurePlan', on: '2026-04-10', plan: 'p1' }, '2026-04-10')
    expect(planOf(desk)).toMatchObject({ status: 'active', total: 100_000 })
    expect(planOf(desk).schedule.map(({ number, due, amount }) => ({ number, due, amount }))).toEqual(before)
    // The old misses do not default it again.
    expect(types(evaluate(desk, '2026-04-20'))).toEqual([])
    expect(overdueOn(planOf(desk), terms, toDay('2026-04-20'))).toBe(0)
    // Nor do they count beside a new one: one miss since the cure is one.
    pay(desk, 8_333, '2026-04-20', { line: 'l1' })
    expect(types(evaluate(desk, '2026-05-21'))).toEqual(['InstalmentMissed'])
  })

  it('a miss that falls on the day of the cure is cured with the others: it does not count beside the next one', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    evaluate(desk, '2026-03-21')
    noticed(desk, '2026-03-22')
    evaluate(desk, '2026-04-06')
    // The third instalment, due 2026-04-15, is missed as of 2026-04-21: the very day on which all three are paid.
    pay(desk, 24_999, '2026-04-21', { line: 'l1' })
    desk.does({ type: 'CurePlan', on: '2026-04-21', plan: 'p1' }, '2026-04-21')
    expect(missedBy(planOf(desk), terms, toDay('2026-04-21')).map(({ number }) => number)).toEqual([1, 2, 3])
    expect(types(evaluate(desk, '2026-05-21'))).toEqual(['InstalmentMissed', 'InstalmentMissed'])
    expect(planOf(desk)).toMatchObject({ status: 'active', cureBy: undefined, misses: [1, 2, 3, 4] })
    expect(types(evaluate(desk, '2026-06-21')), 'two since the cure are two').toContain('PlanCureOffered')
  })

  it('a plan in default ends with the new one on its lines: money counts once (H5)', { tags: ['H5'] }, () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    evaluate(desk, '2026-03-21')
    noticed(desk, '2026-03-22')
    evaluate(desk, '2026-04-06')
    const again = proposal('2026-04-10', { plan: 'p2', firstDue: '2026-05-01' })
    desk.does(again, '2026-04-10')
    expect(types(desk.does({ type: 'AcceptPlan', on: '2026-04-10', plan: 'p2' }, '2026-04-10'))).toEqual([
      'PlanCancelled',
      'PlanActivated',
    ])
    expect(types(pay(desk, 5_000, '2026-04-20', { line: 'l1' }))).toEqual(['PatientPaymentPosted', 'InstalmentPaid'])
    expect(desk.refused({ type: 'CurePlan', on: '2026-04-20', plan: 'p1' }, '2026-04-20')).toEqual(['plans.standing'])
  })

  it('one instalment thirty days past due is a default of its own, also without a second miss', () => {
    const desk = agreed(selfPay({ l1: 20_000 }), { divide: { instalments: 2 }, household: { monthlyIncome: 300_000 } })
    expect(types(evaluate(desk, '2026-03-16'))).toEqual(['InstalmentMissed'])
    expect(types(evaluate(desk, '2026-03-17'))).toEqual(['PlanCureOffered'])
  })

  it('H9: a cancelled plan leaves the lines as they are', { tags: ['H9'] }, () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    pay(desk, 8_333, '2026-02-15', { line: 'l1' })
    const before = desk.at('2026-03-01', '2026-03-01')
    expect(
      types(desk.does({ type: 'CancelPlan', on: '2026-03-01', plan: 'p1', reason: 'asked' }, '2026-03-01')),
    ).toEqual(['PlanCancelled'])
    expect(desk.at('2026-03-01', '2026-03-01')).toEqual(before)
  })
})

describe('amendments', () => {
  const consent = { on: '2026-02-20', how: 'phone' } as const
  const amend = (firstDue: string, over = {}) =>
    ({
      type: 'AmendPlan' as const,
      on: '2026-02-20',
      plan: 'p1',
      divide: { instalments: 12 },
      firstDue,
      reason: 'hardship',
      ...over,
    }) as const

  it('keep what is paid, divide what remains, and number on (H1)', { tags: ['H1'] }, () => {
    const desk = agreed(selfPay({ l1: 100_000, l2: 20_000 }), { lines: ['l1'] })
    pay(desk, 10_000, '2026-02-15', { line: 'l1' })
    desk.does(amend('2026-04-01', { addLines: ['l2'], divide: { instalments: 11 }, consent }), '2026-02-20')
    const { schedule, total, lines } = planOf(desk)
    expect(total).toBe(120_000)
    expect(lines).toEqual(['l1', 'l2'])
    expect(schedule.slice(0, 3).map(({ number, amount, paid }) => [number, amount, paid])).toEqual([
      [1, 8_333, 8_333],
      [2, 1_667, 1_667],
      [13, 10_000, 0],
    ])
    expect(schedule.reduce((sum, part) => sum + part.amount, 0)).toBe(total)
    expect(remainingOf(planOf(desk))).toBe(110_000)
  })

  it('put the next due day after what is paid (H3)', { tags: ['H3'] }, () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    pay(desk, 20_000, '2026-02-15', { line: 'l1' })
    expect(desk.refused(amend('2026-04-15'), '2026-02-20')).toEqual(['plans.dueOrder'])
    desk.does(amend('2026-04-16', { divide: { instalments: 10 } }), '2026-02-20')
  })

  it('a third within a year needs a supervisor (policy)', () => {
    const rep = { ...office, actor: { id: 'rick', roles: ['rep' as const] } }
    for (const [at, allowed] of [[rep, false] as const, [office, true] as const]) {
      const desk = agreed(selfPay({ l1: 100_000 }, '2026-01-05', at))
      desk.does(amend('2026-04-01', { on: '2026-02-20' }), '2026-02-20')
      desk.does(amend('2026-05-01', { on: '2026-03-20' }), '2026-03-20')
      const third = amend('2026-06-01', { on: '2026-04-20' })
      if (allowed) desk.does(third, '2026-04-20')
      else expect(desk.refused(third, '2026-04-20')).toEqual(['PL-02.amendments'])
    }
  })

  it('are new promises: earlier misses stay on record and default nothing', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    desk.does({ type: 'EvaluatePlan', on: '2026-03-21', plan: 'p1' }, '2026-03-21')
    desk.does(amend('2026-05-01', { on: '2026-03-25' }), '2026-03-25')
    expect(planOf(desk).cureBy).toBeUndefined()
    expect(desk.does({ type: 'EvaluatePlan', on: '2026-04-30', plan: 'p1' }, '2026-04-30')).toEqual([])
    expect(missedBy(planOf(desk), terms, toDay('2026-04-30')).map((miss) => miss.number)).toEqual([1, 2])
  })
})
