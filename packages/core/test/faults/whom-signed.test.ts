import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { owed, pays, visitWith } from '../claims/visit.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { place } from '../support/placement-desk.ts'

// Kind whom: who promises, who signed when, and who can not be so old.

const open = (guarantor: object, on = '2026-01-05'): Desk => {
  const desk = openDesk()
  desk.does({ type: 'OpenAccount', accountId: 'a1', on, guarantor: { name: 'Jo Roe', state: 'MN', ...guarantor } }, on)
  return desk
}
const charged = (desk: Desk, born: string, on = '2026-01-05', over: object = {}): Desk => {
  desk.does(
    { type: 'RegisterPatient', on: '2026-01-05', patient: 'kim', last: 'Roe', first: 'Kim', born },
    '2026-01-05',
  )
  const charge = { visit: 'v1', patient: 'kim', line: 'l1', code: '99213', amount: 30_000, ...over }
  desk.does({ type: 'PostCharge', on, ...charge }, on)
  return desk
}
const promise = (on: string): AccountCommandInput => ({
  type: 'RecordPromise',
  on,
  pays: { amount: 10_000, due: '2026-02-20' },
  madeBy: 'guarantor',
  channel: 'phone',
})

describe('whom-2 a minor makes no promise to pay', () => {
  it('whom-2 17 on the day: refused; of age on the next day: made; who has no birth day on file may', () => {
    const desk = charged(open({ born: '2008-02-02' }), '2008-02-02')
    expect(desk.refused(promise('2026-02-01'), '2026-02-01')).toEqual(['GU-02'])
    desk.does(promise('2026-02-02'), '2026-02-02')
    charged(open({}), '2012-01-01').does(promise('2026-02-01'), '2026-02-01')
  })
})

describe('whom-1 the day on which somebody comes of age', () => {
  it.each([
    ['2008-02-29', '2026-02-28', ['PC-01.5.minor']],
    ['2008-02-29', '2026-03-01', []],
  ])('whom-1 born on %s, served on %s', (born, on, hits) => {
    const desk = charged(open({ born }), born, on)
    const decision = desk.tries(place('2026-08-01'), '2026-08-01')
    expect(decision.ok ? [] : decision.hits.map(({ rule }) => rule)).toEqual(hits)
  })

  it('whom-1 a stay that began at 17 and ended at 18; lines of both ages, each by itself', () => {
    const stay = charged(open({ born: '2008-01-05' }), '2008-01-05', '2026-01-07', { dosFrom: '2026-01-03' })
    expect(stay.refused(place('2026-08-01'), '2026-08-01')).toEqual(['PC-01.5.minor'])
    const both = charged(open({ born: '2008-01-10' }), '2008-01-10', '2026-01-09')
    const later = { visit: 'v2', patient: 'kim', line: 'l2', code: '99213', amount: 20_000 }
    both.does({ type: 'PostCharge', on: '2026-01-12', ...later }, '2026-01-12')
    expect(both.refused(place('2026-08-01'), '2026-08-01')).toEqual(['PC-01.5.minor'])
    both.does(place('2026-08-01', { lines: ['l2'] }), '2026-08-01')
    expect(both.refused(place('2026-08-01', { lines: ['l1'], placement: 'pl2' }), '2026-08-01')).toEqual([
      'PC-01.5.minor',
    ])
  })
})

describe('whom-3 what was signed, was signed by then, and by somebody', () => {
  const notice = (signedOn: string): AccountCommandInput => ({
    type: 'RecordNotice',
    on: '2026-03-01',
    visit: 'v1',
    notice: { kind: 'abn', signedOn, reference: 'form' },
  })
  const elect = (agreedOn: string): AccountCommandInput => ({
    type: 'ElectSelfPay',
    on: '2026-01-12',
    visit: 'v1',
    agreedOn,
    reference: 'form',
  })
  const denied = () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    const lines = [{ charge: 10_000, paid: 8_000, cas: [['PR', '96', 2_000] as const], remarks: ['N130'] }]
    desk.does(pays('acme', { lines }, '2026-02-20'), '2026-02-20')
    return desk
  }

  it('whom-3 a notice that was signed before the patient was born opens no way to the patient', () => {
    const desk = denied()
    expect(desk.refused(notice('1980-01-31'), '2026-03-01')).toEqual(['facts.contradict'])
    expect(owed(desk)).toEqual({ 'l1 acme': 2_000 })
    desk.does(notice('2026-01-09'), '2026-03-01')
  })

  it('whom-3 nor one that counts before it was signed; an election likewise', () => {
    expect(denied().refused({ ...notice('2026-03-02') }, '2026-03-05')).toEqual(['facts.contradict'])
    const plan = () => visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    expect(plan().refused(elect('2026-01-13'), '2026-01-20')).toEqual(['facts.contradict'])
    expect(plan().refused(elect('1979-12-31'), '2026-01-20')).toEqual(['facts.contradict'])
    expect(plan().refused(elect('2026-01-21'), '2026-01-20')).toEqual(['facts.inFuture'])
    plan().does(elect('2026-01-12'), '2026-01-20')
  })
})

describe('whom-4 nobody is older than anybody', () => {
  it('whom-4 a guarantor, a patient and a confirmed guarantor of 1850; one of 1900 is', () => {
    const desk = openDesk()
    const on = '2026-01-05'
    const account = (born: string): AccountCommandInput => ({
      type: 'OpenAccount',
      accountId: 'a1',
      on,
      guarantor: { name: 'Jo Roe', born },
    })
    expect(desk.refused(account('1850-02-01'), on)).toEqual(['registration.bornTooEarly'])
    desk.does(account('1900-02-01'), on)
    const kim = (born: string): AccountCommandInput => ({
      type: 'RegisterPatient',
      on,
      patient: 'kim',
      last: 'Roe',
      first: 'Kim',
      born,
    })
    expect(desk.refused(kim('1850-01-05'), on)).toEqual(['registration.bornTooEarly'])
    desk.does(kim('1895-01-06'), on)
    const confirmed = { name: 'Al Roe', born: '1850-01-01', reason: 'signed' }
    expect(desk.refused({ type: 'ConfirmGuarantor', on, ...confirmed }, on)).toEqual(['registration.bornTooEarly'])
  })
})
