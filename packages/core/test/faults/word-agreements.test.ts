import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { unappliedTotal } from '../../src/account/payments/state.ts'
import { one } from '../claims/one-line.ts'
import { all, owed, pays, SERVED, type Triple, type VisitOf, visitWith } from '../claims/visit.ts'
import { type Desk, office } from '../support/desk.ts'

// Faults of kind “the payer's word”: the honest ways, a notice that is on file and a patient who pays past the plan.

type Input<T extends AccountCommandInput['type']> = Extract<AccountCommandInput, { type: T }>
const rep = { ...office, actor: { id: 'rob', roles: ['rep' as const] } }
const on = '2026-03-01'

const notice = (said: Input<'RecordNotice'>['notice']): Input<'RecordNotice'> => ({
  type: 'RecordNotice',
  on,
  visit: 'v1',
  notice: said,
})
const release = (desk: Desk): Input<'ReleaseResponsibility'> => ({
  type: 'ReleaseResponsibility',
  on,
  holding: [...desk.state.ledger.holdings.values()].find(({ open }) => open)?.event.holdingId ?? '',
  outcome: { kind: 'toPatient' },
  reason: 'the cost share is confirmed',
})
const byHand = (amount: number, evidence?: { group: string; carc: string }): Input<'TransferResponsibility'> => ({
  type: 'TransferResponsibility',
  on,
  lines: [{ line: 'l1', amount }],
  from: { coverageId: 'acme' },
  to: 'patient',
  because: 'manual',
  ...(evidence ? { evidence } : {}),
  reason: 'letter of the payer',
})

describe('word-4 a protected service: no more than the cost share of the payer’s first notice, whoever moves it', () => {
  const charges = [{ line: 'l1', amount: 50_000 }]
  const cas: readonly Triple[] = [
    ['PR', '1', 10_000],
    ['CO', '50', 30_000],
  ]
  const said = { remarks: ['N884'], lines: [{ charge: 50_000, paid: 10_000, cas }] }
  const advised = () => {
    const desk = visitWith({ charges, at: rep })
    desk.does(pays('acme', said, '2026-02-20'), '2026-02-21')
    expect(owed(desk)).toEqual({ 'l1 acme': 40_000 })
    return desk
  }
  const confirmed = (amount?: number) =>
    notice({ kind: 'nsaCostShare', ...(amount === undefined ? {} : { amount }), reference: 'notice of 02-20' })

  it('is confirmed by a notice, the advice’s own cost share where no amount is given; then it goes', () => {
    const desk = advised()
    expect(desk.refused(release(desk), on)).toEqual(['DS-07'])
    desk.does(confirmed(), on)
    expect(all(desk, 'NoticeRecorded')[0]?.notice).toMatchObject({ kind: 'nsaCostShare', amount: 10_000 })
    desk.does(release(desk), on)
    expect(owed(desk)).toEqual({ 'l1 acme': 30_000, 'l1 patient': 10_000 })
  })

  it('nothing more goes by hand, under any name', () => {
    const desk = advised()
    desk.does(confirmed(), on)
    for (const evidence of [
      undefined,
      { group: 'PR', carc: '1' },
      { group: 'PR', carc: '50' },
      { group: 'CO', carc: '50' },
    ]) {
      expect(desk.refused(byHand(40_000, evidence), on)).toContain('AR-04')
      expect(desk.refused(byHand(10_001, evidence), on)).toContain('AR-04')
    }
    desk.does(release(desk), on)
    expect(desk.refused(byHand(1, { group: 'PR', carc: '1' }), on)).toEqual(['AR-04', 'PG-04', 'DS-07'])
    expect(owed(desk)).toEqual({ 'l1 acme': 30_000, 'l1 patient': 10_000 })
  })

  it('a confirmed amount above the advice contradicts it, and blocks; one below it is the limit', () => {
    const above = advised()
    above.does(confirmed(40_000), on)
    expect(above.refused(release(above), on)).toEqual(['DS-07'])
    const below = advised()
    below.does(confirmed(6_000), on)
    expect(below.refused(release(below), on)).toEqual(['DS-07'])
    below.does(byHand(6_000, { group: 'PR', carc: '1' }), on)
    expect(owed(below)).toEqual({ 'l1 acme': 44_000 - 10_000, 'l1 patient': 6_000 })
  })

  it('the silence of the payer’s next advice does not unsay the protection', () => {
    const desk = advised()
    const next = { icn: 'P2', lines: [{ charge: 50_000, paid: 20_000, cas: [['PR', '1', 30_000]] as Triple[] }] }
    const back = {
      ...said,
      remarks: [],
      status: '22',
      lines: [
        { charge: -50_000, paid: -10_000, cas: cas.map(([group, carc, cents]) => [group, carc, -cents] as const) },
      ],
    }
    desk.does(pays('acme', [back, next], '2026-03-10'), '2026-03-11')
    expect(owed(desk)).toEqual({ 'l1 acme': 30_000 })
    expect(all(desk, 'ResponsibilityHeld').at(-1)?.blockedBy).toEqual(['DS-07'])
  })
})

describe('word-1 a notice on file adds to what the payer said, and never contradicts it', () => {
  const abn = (signedOn: string) => notice({ kind: 'abn', signedOn, reference: 'form CMS-R-131' })

  it('PR on a denial code goes to the patient by a notice signed before the service', () => {
    const desk = one([['PR', '50', 3_000]], {}, { at: rep })
    expect(desk.refused(release(desk), on)).toEqual(['PG-04'])
    desk.does(abn(SERVED), on)
    desk.does(release(desk), on)
    expect(owed(desk)).toEqual({ 'l1 patient': 3_000 })
  })

  it('recorded before the advice comes, it lets the share through at once', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], at: rep })
    desk.does(abn(SERVED), on)
    desk.does(pays('acme', { lines: [{ charge: 10_000, paid: 7_000, cas: [['PR', '50', 3_000]] }] }, on), on)
    expect(owed(desk)).toEqual({ 'l1 patient': 3_000 })
  })

  it('not by one that was signed after it, nor against remark M39, nor where the payer says CO', () => {
    const late = one([['PR', '50', 3_000]], {}, { at: rep })
    late.does(abn('2026-01-11'), on)
    expect(late.refused(release(late), on)).toEqual(['PG-04'])
    const defective = one([['PR', '50', 3_000]], { remarks: ['M39'] }, { at: rep })
    defective.does(abn(SERVED), on)
    expect(defective.refused(release(defective), on)).toEqual(['PG-04'])
    const liable = one([['CO', '50', 3_000]], {}, { at: rep })
    liable.does(abn(SERVED), on)
    expect(liable.refused(byHand(3_000, { group: 'PR', carc: '50' }), on)).toEqual(['AR-04'])
  })
})

describe('word-2 a patient who pays past the plan (45 CFR 164.522(a)(1)(vi))', () => {
  const insured = (visit: Partial<VisitOf> = {}) =>
    visitWith({ charges: [{ line: 'l1', amount: 10_000 }], at: rep, ...visit })
  const elect = (agreedOn = '2026-01-09'): Input<'ElectSelfPay'> => ({
    type: 'ElectSelfPay',
    on: SERVED,
    visit: 'v1',
    agreedOn,
    reference: 'signed form',
  })
  const pay = (amount: number, payment = `p-${amount}`): Input<'PostPayment'> => ({
    type: 'PostPayment',
    on,
    payment,
    amount,
    tender: 'check',
    designation: { visitId: 'v1' },
  })
  const statusOf = (desk: Desk) => [...desk.state.agreements.elections.values()].map(({ status }) => status)

  it('the lines are the patient’s once they are paid in full, and not before', () => {
    const desk = insured()
    desk.does(elect(), on)
    expect([owed(desk), statusOf(desk)]).toEqual([{ 'l1 acme': 10_000 }, ['waiting']])
    desk.does(pay(4_000), on)
    expect([owed(desk), statusOf(desk)]).toEqual([{ 'l1 acme': 10_000 }, ['waiting']])
    desk.does(pay(6_000), on)
    expect([owed(desk), statusOf(desk)]).toEqual([{}, ['holds']])
    expect(unappliedTotal(desk.state.payments)).toBe(0)
  })

  it('money that was there before holds it at once; what is too much stays without an item', () => {
    const desk = insured()
    desk.does(pay(11_000), on)
    desk.does(elect(), on)
    expect([owed(desk), statusOf(desk)]).toEqual([{}, ['holds']])
    expect(unappliedTotal(desk.state.payments)).toBe(1_000)
  })

  it('a payment that bounces ends it: all of it is the plan’s again, at its age, and the rest of the money is on account', () => {
    const desk = insured()
    desk.does(elect(), on)
    desk.does(pay(4_000), on)
    desk.does(pay(6_000), on)
    const back = { type: 'ReversePayment', on: '2026-03-09', payment: 'p-4000', kind: 'nsf', reason: 'nsf' } as const
    desk.does(back, '2026-03-09')
    expect([owed(desk), statusOf(desk)]).toEqual([{ 'l1 acme': 10_000 }, ['ended']])
    expect(unappliedTotal(desk.state.payments)).toBe(6_000)
    expect(desk.at('2026-03-10', '2026-03-10').layers).toEqual(['acme 100 59d'])
    desk.does(
      pays('acme', { lines: [{ charge: 10_000, paid: 9_000, cas: [['PR', '1', 1_000]] }] }, '2026-03-20'),
      '2026-03-20',
    )
    expect(owed(desk)).toEqual({})
    expect(unappliedTotal(desk.state.payments)).toBe(5_000)
  })

  it('is taken back by the patient, or ends when the plan comes to know', () => {
    const taken = insured()
    taken.does(pay(10_000), on)
    taken.does({ ...elect(), election: 'e1' }, on)
    taken.does({ type: 'EndSelfPay', on, election: 'e1', reason: 'wants the plan to pay' }, on)
    expect([owed(taken), statusOf(taken)]).toEqual([{ 'l1 acme': 10_000 }, ['ended']])
    const known = insured()
    known.does(elect(), on)
    known.does(pays('acme', { lines: [{ charge: 10_000, paid: 10_000 }] }, on), on)
    expect(statusOf(known)).toEqual(['ended'])
    // One ran on that day, and has ended since.
    expect(known.refused(elect(), on)).toEqual(['agreements.elected', 'agreements.notThePlans', 'SP-01'])
  })

  it('a charge that is voided ends it', () => {
    const desk = insured()
    desk.does(elect(), on)
    desk.does(pay(10_000), on)
    desk.does({ type: 'VoidCharge', on, line: 'l1', reason: 'not performed' }, on)
    expect([owed(desk), statusOf(desk)]).toEqual([{}, ['ended']])
    expect(unappliedTotal(desk.state.payments)).toBe(10_000)
  })

  it('a Medicaid patient only with an agreement from before the service', () => {
    const medicaid = () => insured({ filing: { acme: 'MC' } })
    expect(medicaid().refused(elect(SERVED), on)).toEqual(['SP-02'])
    const desk = medicaid()
    desk.does(elect('2026-01-09'), on)
    desk.does(pay(10_000), on)
    expect(statusOf(desk)).toEqual(['holds'])
    const silent = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], filing: { acme: 'ZZ' }, at: rep })
    silent.does(elect(SERVED), on)
  })

  it('once for a line, and not for what the patient owes already', () => {
    const desk = insured()
    desk.does(elect(), on)
    expect(desk.refused(elect(), on)).toEqual(['agreements.elected'])
    desk.does({ type: 'PostCharge', on, visit: 'v2', line: 'l2', code: '99213', amount: 100, party: 'patient' }, on)
    expect(desk.refused({ ...elect(), visit: 'v2' }, on)).toEqual(['agreements.notThePlans'])
  })
})
