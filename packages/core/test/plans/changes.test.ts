import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { overdueOn } from '../../src/account/plans/arrears.ts'
import { consecutivePayments } from '../../src/account/plans/record.ts'
import { remainingOf } from '../../src/account/plans/state.ts'
import { addMonths, toDay } from '../../src/kernel/day.ts'
import { presets } from '../../src/policy/presets.ts'
import { type Desk, type office as Office, office, practice } from '../support/desk.ts'
import { agreed, noticed, pay, planOf, proposal, selfPay } from '../support/plan-desk.ts'

const terms = presets.physicianPracticeMN.plans
const evaluate = (desk: Desk, on: string) => desk.does({ type: 'EvaluatePlan', on, plan: 'p1' }, on)
const types = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type)
const dues = (desk: Desk) => planOf(desk).schedule.map(({ due }) => due)
const amounts = (desk: Desk) => planOf(desk).schedule.map(({ amount }) => amount)

/** The same practice somewhere else. */
const elsewhere = (over: Partial<typeof practice.practice>): typeof Office => ({
  ...office,
  policy: { version: 1, policy: { ...practice, practice: { ...practice.practice, ...over } } },
})

const dispute = (lines: readonly string[], on: string): AccountCommandInput => ({
  type: 'OpenDispute',
  on,
  dispute: 'd1',
  kind: 'billingError',
  lines: [...lines],
  raisedBy: 'patient',
  channel: 'mail',
  written: true,
  says: 'that was not me',
})
const withdrawn = (on: string): AccountCommandInput => ({
  type: 'CloseDispute',
  on,
  dispute: 'd1',
  because: { kind: 'withdrawn', reason: 'it was me' },
})

describe('§7.1 a plan whose line is in dispute', () => {
  /** 600.00 and 400.00 in ten instalments from 2026-02-15. */
  const disputed = () => {
    const desk = agreed(selfPay({ l1: 60_000, l2: 40_000 }), { divide: { instalments: 10 } })
    return { desk, events: desk.does(dispute(['l1'], '2026-02-01'), '2026-02-01') }
  }

  it('what is disputed is held at its end, what is not goes on as promised', () => {
    const { desk, events } = disputed()
    expect(types(events)).toEqual(['DisputeOpened', 'PlanPartHeld'])
    expect(planOf(desk)).toMatchObject({ status: 'active', total: 100_000, held: 60_000 })
    pay(desk, 10_000, '2026-02-15', { line: 'l2' })
    pay(desk, 10_000, '2026-03-15', { line: 'l2' })
    pay(desk, 10_000, '2026-04-15', { line: 'l2' })
    pay(desk, 10_000, '2026-05-15', { line: 'l2' })
    expect(evaluate(desk, '2026-09-01'), 'nothing more is asked, so nothing is missed').toEqual([])
    expect(remainingOf(planOf(desk))).toBe(60_000)
  })

  it('what nobody disputes can be missed, and is no default before the dispute is over (PL-07.dispute)', () => {
    const { desk } = disputed()
    expect(types(evaluate(desk, '2026-03-21'))).toEqual(['InstalmentMissed', 'InstalmentMissed', 'PlanCureOffered'])
    noticed(desk, '2026-03-22')
    expect(evaluate(desk, '2026-04-20'), 'the plan is kept').toEqual([])
    expect(planOf(desk).status).toBe('active')
    desk.does(withdrawn('2026-05-01'), '2026-05-01')
    expect(types(evaluate(desk, '2026-05-02'))).toContain('PlanDefaulted')
  })

  it('over, what was held falls due from then on, at the same amounts', () => {
    const { desk } = disputed()
    for (const on of ['2026-02-15', '2026-03-15', '2026-04-15', '2026-05-15']) pay(desk, 10_000, on, { line: 'l2' })
    expect(types(desk.does(withdrawn('2026-08-20'), '2026-08-20'))).toEqual(['DisputeClosed', 'PlanPartReleased'])
    expect(dues(desk).slice(4)).toEqual([
      '2026-09-15',
      '2026-10-15',
      '2026-11-15',
      '2026-12-15',
      '2027-01-15',
      '2027-02-15',
    ])
    expect(amounts(desk)).toEqual(Array(10).fill(10_000))
    expect(planOf(desk)).toMatchObject({ held: 0, total: 100_000 })
  })

  it('upheld, the plan is shortened from its end (H10) and nothing of it is held', { tags: ['H10'] }, () => {
    const { desk } = disputed()
    const off = { visit: 'v-l1', party: 'patient', category: 'administrative', reason: 'upheld' } as const
    desk.does({ type: 'WriteOff', on: '2026-02-10', ...off, lines: [{ line: 'l1', amount: 60_000 }] }, '2026-02-10')
    expect(planOf(desk)).toMatchObject({ status: 'active', total: 40_000, held: 0 })
    expect(amounts(desk)).toEqual([10_000, 10_000, 10_000, 10_000])
  })

  it('all of it in dispute: nothing is asked, and the plan stands', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    desk.does(dispute(['l1'], '2026-02-01'), '2026-02-01')
    expect(planOf(desk)).toMatchObject({ status: 'active', held: 100_000 })
    expect(evaluate(desk, '2026-12-01')).toEqual([])
  })

  it('no plan is offered over a line in dispute (DS-01, DS-10), nor is one added', () => {
    const desk = selfPay({ l1: 60_000, l2: 40_000 })
    desk.does(dispute(['l1'], '2026-01-08'), '2026-01-08')
    expect(desk.refused(proposal('2026-01-10', { lines: ['l1'] }), '2026-01-10')).toEqual(['DS-01', 'DS-10'])
    agreed(desk, { lines: ['l2'] })
    const added = { type: 'AmendPlan' as const, on: '2026-01-20', plan: 'p1', addLines: ['l1'], reason: 'asked' }
    const consent = { on: '2026-01-20', how: 'phone' } as const
    expect(
      desk.refused({ ...added, consent, divide: { instalments: 12 }, firstDue: '2026-03-15' }, '2026-01-20'),
    ).toEqual(['plans.lineDisputed'])
  })
})

describe('§5.2 amendments with consent', () => {
  const amended = (over: object) =>
    ({
      type: 'AmendPlan',
      on: '2026-01-20',
      plan: 'p1',
      divide: { instalments: 12 },
      firstDue: '2026-02-15',
      reason: 'asked',
      ...over,
    }) as const

  it('PlanAmended{addAccounts} needs consent: new charges are not added by themselves', () => {
    const desk = agreed(selfPay({ l1: 60_000 }))
    const charge = {
      type: 'PostCharge',
      on: '2026-01-15',
      visit: 'v2',
      line: 'l2',
      code: '99213',
      amount: 9_000,
    } as const
    desk.does(charge, '2026-01-15')
    expect(planOf(desk)).toMatchObject({ total: 60_000, lines: ['l1'] })
    expect(desk.refused(amended({ addLines: ['l2'] }), '2026-01-20')).toEqual(['PL-08.consent'])
    desk.does(amended({ addLines: ['l2'], consent: { on: '2026-01-20', how: 'signed' } }), '2026-01-20')
    expect(planOf(desk)).toMatchObject({ total: 69_000, lines: ['l1', 'l2'] })
  })

  it('to ask more of a month needs it, to ask less is warned of', () => {
    const desk = agreed(selfPay({ l1: 60_000 }))
    expect(desk.refused(amended({ divide: { instalments: 6 } }), '2026-01-20')).toEqual(['PL-08.consent'])
    const less = desk.tries(amended({ divide: { instalments: 12 }, firstDue: '2026-03-15' }), '2026-01-20')
    expect(less.ok && less.warnings.map(({ rule }) => rule)).toContain('PL-08.consent')
  })
})

describe('§5.3 modification: deferral, hardship, re-ageing', () => {
  const defer = (months: number, on: string) =>
    ({ type: 'DeferPlan', on, plan: 'p1', months, hardship: true, reason: 'out of work' }) as const

  it('three months of hardship: every instalment as it was, three months later, with before and after', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    pay(desk, 8_333, '2026-02-15', { line: 'l1' })
    const [event] = desk.does(defer(3, '2026-03-01'), '2026-03-01')
    expect(event).toMatchObject({ type: 'PlanDeferred', months: 3, hardship: true })
    expect(dues(desk).slice(0, 3)).toEqual(['2026-02-15', '2026-06-15', '2026-07-15'])
    expect(amounts(desk).reduce((sum, amount) => sum + amount, 0)).toBe(100_000)
    expect(evaluate(desk, '2026-06-01'), 'who is in hardship keeps the plan').toEqual([])
  })

  it('a fourth month within twelve is refused, and so is a third change within twelve by a rep', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    expect(desk.refused(defer(4, '2026-02-01'), '2026-02-01')).toEqual(['PL-08.deferral'])
    desk.does(defer(2, '2026-02-01'), '2026-02-01')
    expect(desk.refused(defer(2, '2026-02-02'), '2026-02-02')).toEqual(['PL-08.deferral'])
    const rep = agreed(selfPay({ l1: 100_000 }, '2026-01-05', { ...office, actor: { id: 'rick', roles: ['rep'] } }))
    rep.does(defer(1, '2026-02-01'), '2026-02-01')
    rep.does(defer(1, '2026-02-02'), '2026-02-02')
    expect(rep.refused(defer(1, '2026-02-03'), '2026-02-03')).toEqual(['PL-02.amendments'])
  })

  it('misses until then stay on record and default nothing; a 31st comes back after a short month (H3)', {
    tags: ['H3'],
  }, () => {
    const desk = agreed(selfPay({ l1: 100_000 }), { firstDue: '2026-01-31' })
    expect(types(desk.does(defer(2, '2026-02-20'), '2026-02-20'))).toEqual(['InstalmentMissed', 'PlanDeferred'])
    expect(dues(desk).slice(0, 3)).toEqual(['2026-03-31', '2026-04-30', '2026-05-31'])
    expect(evaluate(desk, '2026-03-30')).toEqual([])
  })

  const reage = (on: string, approval?: { by: string; roles: ['supervisor'] }) =>
    ({ type: 'ReagePlan', on, plan: 'p1', reason: 'pays again', ...(approval ? { approval } : {}) }) as const
  const byCarl = { by: 'carl', roles: ['supervisor'] as ['supervisor'] }

  /** The first instalment missed, so many paid after it. */
  const behind = (payments: number) => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    for (let n = 0; n < payments; n += 1) pay(desk, 8_333, addMonths(toDay('2026-03-15'), n), { line: 'l1' })
    return desk
  }

  it('AccountReaged requires 3 consecutive payments and approval', () => {
    const two = behind(2)
    expect(two.refused(reage('2026-04-25', byCarl), '2026-04-25')).toEqual(['PL-08.reage'])
    const three = behind(3)
    expect(consecutivePayments(planOf(three), terms, toDay('2026-05-25'))).toBe(3)
    expect(three.refused(reage('2026-05-25'), '2026-05-25'), 'nobody approved').toEqual(['PL-08.reage'])
    expect(three.refused(reage('2026-05-25', { ...byCarl, by: 'anna' }), '2026-05-25'), 'the maker').toEqual([
      'PL-08.reage',
    ])
    const before = three.at('2026-05-25', '2026-05-25')
    three.does(reage('2026-05-25', byCarl), '2026-05-25')
    expect(overdueOn(planOf(three), terms, toDay('2026-05-25'))).toBe(0)
    expect(planOf(three).total).toBe(100_000)
    expect(dues(three).at(-1)).toBe('2027-02-15')
    expect(three.at('2026-05-25', '2026-05-25'), 'the contractual age of every item is kept').toEqual(before)
  })

  it('at most once in twelve months', () => {
    const desk = behind(3)
    desk.does(reage('2026-05-25', byCarl), '2026-05-25')
    for (const on of ['2026-07-15', '2026-08-15', '2026-09-15']) pay(desk, 8_333, on, { line: 'l1' })
    expect(desk.refused(reage('2026-09-25', byCarl), '2026-09-25')).toEqual(['PL-08.reage'])
  })
})

describe('§5.3 notice before default', () => {
  it('a plan is in default ten days after its notice was sent, and not by an offer that nobody was told', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    evaluate(desk, '2026-03-21')
    const unsent = desk.tries({ type: 'EvaluatePlan', on: '2026-04-06', plan: 'p1' }, '2026-04-06')
    expect(unsent.ok && [unsent.events, unsent.warnings.map(({ rule }) => rule)]).toEqual([[], ['PL-07.notice']])
    noticed(desk, '2026-04-07')
    expect(types(evaluate(desk, '2026-04-16'))).toEqual([])
    expect(types(evaluate(desk, '2026-04-17'))).toEqual(['PlanDefaulted'])
  })

  it('a reminder after the notice puts the default off by nothing', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    evaluate(desk, '2026-03-21')
    noticed(desk, '2026-03-27')
    noticed(desk, '2026-04-03')
    expect(types(evaluate(desk, '2026-04-06'))).toEqual(['PlanDefaulted'])
  })

  it('a notice of what was never offered is no notice', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    const early = { type: 'RecordPlanNotice', on: '2026-02-01', plan: 'p1', kind: 'cure', channel: 'mail' } as const
    expect(desk.refused(early, '2026-02-01')).toEqual(['plans.noCure'])
  })

  const said = (desk: Desk, kind: 'renegotiation' | 'contactAttempt', on: string) =>
    desk.does({ type: 'RecordPlanNotice', on, plan: 'p1', kind, channel: 'phone' }, on)

  it('CO: in writing, notice before default, a chance to renegotiate', () => {
    const at = elsewhere({ state: 'CO' })
    const household = { monthlyIncome: 300_000, qualifiedPatient: false }
    const desk = agreed(selfPay({ l1: 30_000 }, '2026-01-05', at), {
      ...{ divide: { instalments: 4 }, writtenAgreement: true, household },
    })
    evaluate(desk, '2026-03-21')
    noticed(desk, '2026-03-22')
    const blockedBy = (on: string) => {
      const decision = desk.tries({ type: 'EvaluatePlan', on, plan: 'p1' }, on)
      return decision.ok ? decision.warnings.map(({ rule }) => rule) : []
    }
    expect(blockedBy('2026-04-06')).toEqual(['PL-07.CO'])
    said(desk, 'renegotiation', '2026-04-07')
    expect(types(evaluate(desk, '2026-04-08'))).toContain('PlanDefaulted')
  })

  it('CA hospital: all payments of 90 days failed, an attempt to reach, a chance to renegotiate (HSC 127425)', () => {
    const at = elsewhere({ state: 'CA', entityType: 'hospital_other' })
    const household = { incomeAfterEssentials: 300_000, monthlyIncome: 300_000, screenedForAssistance: true }
    const desk = agreed(selfPay({ l1: 60_000 }, '2026-01-05', at), { divide: { instalments: 6 }, household })
    evaluate(desk, '2026-03-21')
    noticed(desk, '2026-03-22')
    said(desk, 'renegotiation', '2026-03-22')
    said(desk, 'contactAttempt', '2026-03-22')
    // The first instalment was due on 2026-02-15: the 90th day is 2026-05-16.
    expect(types(evaluate(desk, '2026-05-15'))).not.toContain('PlanDefaulted')
    expect(types(evaluate(desk, '2026-05-16'))).toContain('PlanDefaulted')
  })
})

describe('§5.4 Truth in Lending (PL-04)', () => {
  const written = (instalments: number) => ({ divide: { instalments }, writtenAgreement: true })
  const accept = { type: 'AcceptPlan', on: '2026-01-10', plan: 'p1' } as const
  const offered = (over: object, at = office) => {
    const desk = selfPay({ l1: 30_000 }, '2026-01-05', at)
    desk.does(proposal('2026-01-10', over), '2026-01-10')
    return desk
  }
  const counted = (lastYear: number, thisYear = 0) => ({
    attested: { 'credit.extendedLastYear': lastYear, 'credit.extendedThisYear': thisYear },
  })
  /** A practice that discloses only what the law asks. */
  const lawOnly: typeof Office = {
    ...office,
    policy: { version: 1, policy: { ...practice, plans: { ...practice.plans, discloseWritten: false } } },
  }

  it('4 instalments, no fee, 1,000 such plans: not Reg Z', () => {
    offered(written(4)).does({ ...accept, ...counted(1_000) }, '2026-01-10')
  })

  it('5 instalments, written, 26 last year: Reg Z; disclosed, it binds', () => {
    const desk = offered(written(5), lawOnly)
    expect(desk.refused({ ...accept, ...counted(26) }, '2026-01-10')).toEqual(['PL-04'])
    desk.does({ type: 'DisclosePlan', on: '2026-01-10', plan: 'p1', channel: 'inPerson' }, '2026-01-10')
    desk.does({ ...accept, ...counted(26) }, '2026-01-10')
  })

  it('5 instalments, written, 25 last year and 25 in this: not Reg Z, and policy may disclose all the same', () => {
    offered(written(5), lawOnly).does({ ...accept, ...counted(25, 25) }, '2026-01-10')
    expect(offered(written(5)).refused({ ...accept, ...counted(25, 25) }, '2026-01-10')).toEqual(['PL-04.policy'])
  })

  it('what nobody has counted may be regular: the terms are disclosed', () => {
    expect(offered(written(5), lawOnly).refused(accept, '2026-01-10')).toEqual(['PL-04'])
  })

  it('12 instalments without a written agreement: not by the instalment test', () => {
    offered({ divide: { instalments: 12 }, writtenAgreement: false }, lawOnly).does(
      { ...accept, ...counted(1_000) },
      '2026-01-10',
    )
  })

  it('a down payment is no instalment', () => {
    const downPayment = { amount: 5_000, due: '2026-01-20' }
    offered({ ...written(4), downPayment }, lawOnly).does({ ...accept, ...counted(1_000) }, '2026-01-10')
  })

  it('a plan that becomes credit by an amendment is disclosed with it; one that was disclosed is not again', () => {
    const short = offered(written(4), lawOnly)
    short.does({ ...accept, ...counted(1_000) }, '2026-01-10')
    const consent = { on: '2026-01-20', how: 'signed' } as const
    const longer = { type: 'AmendPlan', on: '2026-01-20', plan: 'p1', divide: { instalments: 6 }, consent } as const
    const change = { ...longer, firstDue: '2026-02-15', reason: 'asked for it' } as const
    expect(short.refused(change, '2026-01-20')).toEqual(['PL-04'])
    const events = short.does({ ...change, disclosed: { channel: 'mail' } }, '2026-01-20')
    expect(events.map(({ type }) => type)).toEqual(['PlanDisclosed', 'PlanAmended'])
    const [shown, amended] = events
    if (shown?.type !== 'PlanDisclosed' || amended?.type !== 'PlanAmended') throw new Error('not disclosed')
    expect(shown.schedule).toEqual(amended.schedule)
    expect(shown).toMatchObject({ amountFinanced: 30_000, totalOfPayments: 30_000, downPayment: undefined })
    // Four and shorter, or not in writing: no credit.
    short.does({ ...change, on: '2026-01-21', divide: { instalments: 5 } }, '2026-01-21')
    const spoken = offered({ ...written(4), writtenAgreement: false }, lawOnly)
    spoken.does({ ...accept, ...counted(1_000) }, '2026-01-10')
    spoken.does(change, '2026-01-20')
  })

  it('12 CFR 1026.20(a): other dates for the same debt are no new credit; charges that come on the plan are', () => {
    const desk = offered(written(6), lawOnly)
    desk.does({ type: 'DisclosePlan', on: '2026-01-10', plan: 'p1', channel: 'inPerson' }, '2026-01-10')
    desk.does({ ...accept, ...counted(26) }, '2026-01-10')
    const on = '2026-01-20'
    desk.does({ type: 'PostCharge', on, visit: 'v9', line: 'l9', code: '99213', amount: 6_000 }, on)
    const consent = { on, how: 'signed' } as const
    const terms = { on, plan: 'p1', divide: { instalments: 8 }, firstDue: '2026-02-15', consent } as const
    const change = { type: 'AmendPlan', ...terms, reason: 'asked for it' } as const
    const more = { ...change, addLines: ['l9'] }
    // What was disclosed is without the new charge.
    expect(desk.refused(more, on)).toEqual(['PL-04'])
    desk.does(change, on)
    const [shown, amended] = desk.does({ ...more, disclosed: { channel: 'mail' } }, on)
    expect([shown, amended]).toMatchObject([
      { type: 'PlanDisclosed', amountFinanced: 36_000, totalOfPayments: 36_000 },
      { type: 'PlanAmended', total: 36_000 },
    ])
  })

  it('policy discloses what comes on a plan too', () => {
    const desk = offered(written(6))
    desk.does({ type: 'DisclosePlan', on: '2026-01-10', plan: 'p1', channel: 'inPerson' }, '2026-01-10')
    desk.does({ ...accept, ...counted(0) }, '2026-01-10')
    const on = '2026-01-20'
    desk.does({ type: 'PostCharge', on, visit: 'v9', line: 'l9', code: '99213', amount: 6_000 }, on)
    const terms = { on, plan: 'p1', divide: { instalments: 8 }, firstDue: '2026-02-15', addLines: ['l9'] }
    const consent = { on, how: 'signed' } as const
    const more = { type: 'AmendPlan', ...terms, consent, reason: 'a new visit' } as const
    expect(desk.refused(more, on)).toContain('PL-04.policy')
  })

  it('the disclosures are data: no charge, a rate of 0 %, the schedule, and all payments, which are the sum of it (12 CFR 1026.18(h))', () => {
    const desk = offered({ ...written(5), downPayment: { amount: 5_000, due: '2026-01-20' } })
    const [event] = desk.does(
      { type: 'DisclosePlan', on: '2026-01-10', plan: 'p1', channel: 'mail', document: 'a'.repeat(64) },
      '2026-01-10',
    )
    expect(event).toMatchObject({
      type: 'PlanDisclosed',
      creditor: 'Lakeside Physicians, P.A.',
      amountFinanced: 25_000,
      financeCharge: 0,
      annualRate: 0,
      totalOfPayments: 30_000,
      downPayment: 5_000,
      prepayment: 'noPenalty',
      lateCharge: 0,
    })
    if (event?.type !== 'PlanDisclosed') throw new Error('nothing was disclosed')
    expect(event.schedule[0]).toMatchObject({ due: '2026-01-20', amount: 5_000 })
    expect(event.schedule.reduce((sum, { amount }) => sum + amount, 0)).toBe(event.totalOfPayments)
  })
})

describe('§4.8, §11.4 MN: a plan as a condition of care is a reasonable one (62J.807)', () => {
  it('needs what the patient disclosed, and stays within it', () => {
    const desk = selfPay({ l1: 80_000 })
    const asked = proposal('2026-01-10', { requiredForCare: true, household: {} })
    expect(desk.refused(asked, '2026-01-10')).toEqual(['PL-02.MN'])
    desk.does({ ...asked, household: { monthlyIncome: 300_000 } }, '2026-01-10')
  })
})
