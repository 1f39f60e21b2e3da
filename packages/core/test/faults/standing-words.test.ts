import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { one } from '../claims/one-line.ts'
import { owed, pays, type Triple, takenBack } from '../claims/visit.ts'
import type { Desk } from '../support/desk.ts'
import { place } from '../support/placement-desk.ts'
import { agreed, noticed, pay, planOf, selfPay } from '../support/plan-desk.ts'

// Fault standing-5: what is recorded late is judged by what was known to be so on its day. What has been taken back or has
// ended since was in its way then; what has come since does not help.

const director = { by: 'dora', roles: ['director' as const] }
const reasonsOf = (desk: Desk): readonly string[] => {
  const decision = desk.history.steps.at(-1)?.decision
  return decision?.ok === false ? decision.hits.map(({ reason }) => reason) : []
}
type Input<T extends AccountCommandInput['type']> = Extract<AccountCommandInput, { type: T }>

describe('standing-5 the payers’ words are those of the day', () => {
  const toPatient = (on: string): Input<'TransferResponsibility'> => ({
    type: 'TransferResponsibility',
    on,
    lines: [{ line: 'l1', amount: 1_000 }],
    from: { coverageId: 'acme' },
    to: 'patient',
    because: 'manual',
    evidence: { group: 'PR', carc: '204', notice: 'waiver of 2026-01-09' },
    reason: 'letter of the payer',
  })

  it('a share does not go to the patient as of a day on which no payer had said so', () => {
    const desk = one([['PR', '204', 3_000]])
    expect(desk.refused(toPatient('2026-02-01'), '2026-03-01')).toEqual(['AR-04'])
    expect(reasonsOf(desk)[0]).toContain('as of 2026-02-01: ')
    desk.does(toPatient('2026-02-20'), '2026-03-01')
    expect(owed(desk)).toEqual({ 'l1 acme': 2_000, 'l1 patient': 1_000 })
  })

  const cas: Triple[] = [['PR', '2', 8_000]]
  const said = { filing: 'MB', remarks: ['N884'] }
  /** Held at Medicare from 2026-02-20; what the payer then takes back. */
  const held = () => one(cas, said, { filing: { acme: 'MB' } })
  const givenUp = (on: string): Input<'WriteOff'> => ({
    type: 'WriteOff',
    on,
    visit: 'v1',
    party: { coverageId: 'acme' },
    category: 'settlement',
    lines: [{ line: 'l1', amount: 8_000 }],
    approval: director,
    reason: 'given up',
  })

  it('a confirmed cost share makes nothing the patient’s as of a day on which nobody had confirmed it', () => {
    const desk = held()
    const notice = { kind: 'nsaCostShare', amount: 8_000, reference: 'notice' } as const
    desk.does({ type: 'RecordNotice', on: '2026-03-10', visit: 'v1', lines: ['l1'], notice }, '2026-03-10')
    const [holding = ''] = desk.state.ledger.holdings.keys()
    const release = (on: string): Input<'ReleaseResponsibility'> => ({
      type: 'ReleaseResponsibility',
      on,
      holding,
      outcome: { kind: 'toPatient' },
      reason: 'confirmed',
    })
    expect(desk.refused(release('2026-03-01'), '2026-03-11')).toEqual(['DS-07'])
    desk.does(release('2026-03-10'), '2026-03-11')
    expect(owed(desk)).toEqual({ 'l1 patient': 8_000 })
  })

  it('a federal cost share that was held on the day is one, though the payer has taken it back since (AR-07)', () => {
    const desk = held()
    const back = takenBack({ ...said, lines: [{ charge: 10_000, paid: 2_000, cas }] })
    desk.does(pays('acme', back, '2026-04-01'), '2026-04-02')
    expect(owed(desk)).toEqual({ 'l1 acme': 10_000 })
    expect(desk.refused(givenUp('2026-03-01'), '2026-05-01')).toEqual(['AR-07'])
    desk.does(givenUp('2026-04-01'), '2026-05-01')
  })
})

describe('standing-5 money is that of the day', () => {
  const july = '2026-07-28'

  it('what came back since was paid on the day (PC-01.7.lastPayment)', () => {
    const desk = selfPay({ l1: 40_000 })
    pay(desk, 1_000, '2026-07-20', { payment: 'c1', line: 'l1' })
    const nsf = { type: 'ReversePayment', on: '2026-08-10', payment: 'c1', kind: 'nsf', reason: 'returned' } as const
    desk.does(nsf, '2026-08-10')
    expect(desk.refused(place(july), '2026-08-20')).toEqual(['PC-01.7.lastPayment'])
    desk.does(place('2026-08-10'), '2026-08-20')
  })

  it('also where an older payment has stayed', () => {
    const desk = selfPay({ l1: 40_000 })
    pay(desk, 500, '2026-03-01', { payment: 'c0', line: 'l1' })
    pay(desk, 1_000, '2026-07-20', { payment: 'c1', line: 'l1' })
    const nsf = { type: 'ReversePayment', on: '2026-08-10', payment: 'c1', kind: 'nsf', reason: 'returned' } as const
    desk.does(nsf, '2026-08-10')
    expect(desk.refused(place(july), '2026-08-20')).toEqual(['PC-01.7.lastPayment'])
  })
})

describe('standing-5 a plan stands as it stood', () => {
  const cure = (on: string): Input<'CurePlan'> => ({ type: 'CurePlan', on, plan: 'p1' })
  const evaluate = (desk: Desk, on: string) => desk.does({ type: 'EvaluatePlan', on, plan: 'p1' }, on)

  it('in good standing on the day there is nothing to cure, though it has come to default since', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    evaluate(desk, '2026-03-21')
    noticed(desk, '2026-03-22')
    evaluate(desk, '2026-04-06')
    expect(planOf(desk).status).toBe('defaulted')
    expect(desk.refused(cure('2026-02-10'), '2026-04-10')).toEqual(['plans.nothingToCure'])
  })

  it('nor where the offer that runs now had not been made', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    evaluate(desk, '2026-03-21')
    pay(desk, 16_666, '2026-03-25', { line: 'l1' })
    expect(planOf(desk).offers).toEqual([{ from: '2026-03-21', until: '2026-03-25' }])
    expect(desk.refused(cure('2026-03-10'), '2026-03-26')).toContain('plans.nothingToCure')
  })

  it('what was overdue on the day is overdue by the schedule of the day, whatever it has become since', () => {
    const desk = agreed(selfPay({ l1: 100_000 }))
    evaluate(desk, '2026-03-21')
    noticed(desk, '2026-03-22')
    evaluate(desk, '2026-04-06')
    const off = { visit: 'v-l1', party: 'patient', category: 'administrative', reason: 'given up' } as const
    desk.does({ type: 'WriteOff', on: '2026-05-01', ...off, lines: [{ line: 'l1', amount: 95_000 }] }, '2026-05-01')
    expect(planOf(desk)).toMatchObject({ status: 'defaulted', total: 5_000 })
    expect(desk.refused(cure('2026-04-10'), '2026-05-02')).toContain('plans.overdue')
    expect(reasonsOf(desk)).toContain('166.66 is overdue')
  })
})
