import { describe, expect, it } from 'vitest'
import { statutoryMonths } from '../../src/account/plans/record.ts'
import { addMonths, toDay } from '../../src/kernel/day.ts'
import { type Desk, type office as Office, office, practice } from '../support/desk.ts'
import { pay, planOf, proposal, selfPay } from '../support/plan-desk.ts'

/** A hospital in Colorado. */
const colorado: typeof Office = {
  ...office,
  policy: {
    version: 1,
    policy: { ...practice, practice: { ...practice.practice, state: 'CO', entityType: 'hospital_other' } },
  },
}
const household = { monthlyIncome: 300_000, qualifiedPatient: true, screenedForAssistance: true }

/** One stay with these lines; plan `p1` of 120.00 a month is on the first of them alone. */
const onPlan = (lines: Readonly<Record<string, number>>): Desk => {
  const desk = selfPay({}, '2026-01-05', colorado)
  const day = '2026-01-05'
  desk.does({ type: 'RegisterPatient', on: day, patient: 'jo', first: 'Jo', last: 'Roe', born: '1980-02-01' }, day)
  desk.does({ type: 'OpenVisit', on: day, visit: 'v1', patient: 'jo', kind: 'institutional' }, day)
  for (const [line, amount] of Object.entries(lines)) {
    desk.does({ type: 'PostCharge', on: day, visit: 'v1', line, code: '99213', amount }, day)
  }
  const [first = 'l1'] = Object.keys(lines)
  desk.does(proposal('2026-01-10', { divide: { amount: 12_000 }, household, lines: [first] }), '2026-01-10')
  desk.does({ type: 'AcceptPlan', on: '2026-01-10', plan: 'p1' }, '2026-01-10')
  return desk
}
const paidMonths = (desk: Desk, months: number, from = 0) => {
  for (let n = from; n < months; n += 1) pay(desk, 12_000, addMonths(toDay('2026-02-15'), n), { line: 'l1' })
}
const off = (on: string, lines?: readonly string[]) => ({
  ...({ type: 'WriteOff', on, visit: 'v1', party: 'patient', category: 'statutoryPlan', reason: '36 months' } as const),
  ...(lines ? { lines: lines.map((line) => ({ line })) } : {}),
})

describe('§5.1 a statutory plan of Colorado (PL-03)', () => {
  it('income 3,000.00, hospital bill 10,000.00: 120.00 a month, after 36 paid months 5,680.00 is adjusted off', () => {
    const desk = onPlan({ l1: 1_000_000 })
    paidMonths(desk, 35)
    expect(statutoryMonths(planOf(desk), toDay('2028-12-20'))).toBe(35)
    expect(desk.refused(off('2028-12-20', ['l1']), '2028-12-20')).toEqual(['PL-03'])
    paidMonths(desk, 36, 35)
    const events = desk.does(off('2029-01-15', ['l1']), '2029-01-15')
    expect(events[0]).toMatchObject({ type: 'WriteOffPosted', category: 'statutoryPlan' })
    expect(planOf(desk)).toMatchObject({ status: 'completed', total: 432_000 })
    expect(desk.at('2029-01-15', '2029-01-15').net).toBe(0)
  })

  it('a line of the same visit that is on no such plan is not adjusted off with it', () => {
    const desk = onPlan({ l1: 1_000_000, l2: 50_000 })
    paidMonths(desk, 36)
    expect(desk.refused(off('2029-01-15'), '2029-01-15'), 'all of the visit').toEqual(['PL-03'])
    expect(desk.refused(off('2029-01-15', ['l2']), '2029-01-15')).toEqual(['PL-03'])
    desk.does(off('2029-01-15', ['l1']), '2029-01-15')
    expect(desk.at('2029-01-15', '2029-01-15').net).toBe(500)
  })
})
