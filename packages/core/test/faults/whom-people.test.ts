import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { clean, place } from '../support/placement-desk.ts'
import { agreed, proposal } from '../support/plan-desk.ts'

// Faults of kind “whom, and what can not be”: who can owe, agree and answer.

/** An account of a guarantor born on a day, with a patient and one service of 300.00. */
const served = (guarantor: string, patient: string, on = '2026-01-05', first = 'Kim'): Desk => {
  const desk = openDesk()
  desk.does(
    { type: 'OpenAccount', accountId: 'a1', on, guarantor: { name: 'Jo Roe', born: guarantor, state: 'MN' } },
    on,
  )
  desk.does({ type: 'RegisterPatient', on, patient: 'kim', last: 'Roe', first, born: patient }, on)
  desk.does({ type: 'PostCharge', on, visit: 'v1', patient: 'kim', line: 'l1', code: '99213', amount: 30_000 }, on)
  return desk
}

describe('F33 whom-1 a debt of a minor stays with the guarantor of then', () => {
  it('17 at the service, 18 today, own guarantor: not placed', () => {
    const desk = served('2008-03-01', '2008-03-01')
    expect(desk.refused(place('2026-08-01'), '2026-08-01')).toEqual(['PC-01.5.minor'])
  })

  it('the same with the parent as guarantor: placed', () => {
    const desk = served('1980-03-01', '2008-03-01')
    desk.does(place('2026-08-01'), '2026-08-01')
  })

  it('of age on the day of the service: placed', () => {
    const desk = served('2008-01-05', '2008-01-05')
    desk.does(place('2026-08-01'), '2026-08-01')
  })

  it('once the parent is confirmed: placed', () => {
    const desk = served('2008-03-01', '2008-03-01')
    const parent = { name: 'Alex Roe', born: '1980-03-01', reason: 'signed at the visit' }
    desk.does({ type: 'ConfirmGuarantor', on: '2026-07-31', ...parent }, '2026-07-31')
    desk.does(place('2026-08-01'), '2026-08-01')
  })
})

describe('whom-2 a minor neither agrees to a plan nor answers for an account', () => {
  it('a guarantor of 14: no plan is proposed', () => {
    const desk = served('2012-01-02', '2012-01-02')
    expect(desk.refused(proposal('2026-01-10'), '2026-01-10')).toEqual(['GU-02'])
  })

  it('a guarantor of 18 agrees to one', () => {
    const desk = openDesk()
    const on = '2026-01-05'
    desk.does({ type: 'OpenAccount', accountId: 'a1', on, guarantor: { name: 'Jo Roe', born: '2007-12-01' } }, on)
    desk.does({ type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 30_000 }, on)
    agreed(desk)
  })

  it('the child is not confirmed as guarantor: by its birth day, or by its name', () => {
    const desk = served('1980-03-01', '2012-01-02')
    const confirm = (said: object) =>
      desk.refused({ type: 'ConfirmGuarantor', on: '2026-01-10', reason: 'the card says so', ...said }, '2026-01-10')
    expect(confirm({ name: 'Kim Roe', born: '2012-01-02' })).toEqual(['registration.minorGuarantor'])
    expect(confirm({ born: '2012-01-02' })).toEqual(['registration.minorGuarantor'])
    expect(confirm({ name: 'ROE, KIM' })).toEqual(['registration.minorGuarantor'])
  })

  it('a parent of the same name is, with the birth day', () => {
    const desk = served('1980-03-01', '2012-01-02')
    const said = { name: 'Kim Roe', born: '1981-01-02', reason: 'the parent signed' }
    desk.does({ type: 'ConfirmGuarantor', on: '2026-01-10', ...said }, '2026-01-10')
  })
})

describe('whom-3 what the desk attests lies in no future and contradicts nothing', () => {
  const on = '2026-08-01'
  const attesting = (over: object, day = on) => {
    const desk = served('1980-03-01', '2008-03-01')
    return desk.refused(place(day, { attested: { ...clean, ...over } }), on)
  }

  it.each([
    ['the first bill', { 'billing.firstBillOn': '2026-08-02', 'billing.finalNoticeOn': '2026-08-03' }],
    ['the check of eligibility', { 'insurance.eligibilityCheckedOn': '2027-01-01' }],
    ['the final notice', { 'billing.finalNoticeOn': '2026-09-01' }],
  ])('%s on a day to come', (_, over) => {
    expect(attesting(over)).toContain('facts.inFuture')
  })

  it('a day after today is to come, also where the placement is dated ahead', () => {
    expect(attesting({ 'insurance.eligibilityCheckedOn': '2026-08-02' }, '2026-08-03')).toContain('facts.inFuture')
  })

  it.each([
    ['a final notice before the first bill', { 'billing.finalNoticeOn': '2026-01-15' }],
    ['a final notice and no notice', { 'billing.noticesSent': 0 }],
    ['assistance approved and still asked for', { 'assistance.approvedInFull': true, 'assistance.pending': true }],
    ['assistance approved and never screened for', { 'assistance.approvedInFull': true, 'assistance.screened': false }],
  ])('%s', (_, over) => {
    expect(attesting(over)).toContain('facts.contradict')
  })

  it('a review on such word is refused too, and writes nothing', () => {
    const desk = served('1980-03-01', '2008-03-01')
    const attested = { ...clean, 'billing.finalNoticeOn': '2026-09-01' }
    expect(desk.refused({ type: 'ReviewForPlacement', on, attested }, on)).toEqual(['facts.inFuture'])
  })
})

describe('whom-4 nobody is served before birth or on a day to come', () => {
  const on = '2026-01-05'

  it('an opening balance of a service after the books begin', () => {
    const desk = openDesk()
    desk.does({ type: 'OpenAccount', accountId: 'a1', on, guarantor: { name: 'Jo Roe', born: '1980-03-01' } }, on)
    const balance = (dos: string): AccountCommandInput => ({
      type: 'BringForward',
      booksBegin: on,
      visit: 'v1',
      source: 'old book',
      lines: [{ line: 'l1', code: '99213', dos, party: 'patient', amount: 10_000 }],
    })
    expect(desk.refused(balance('2027-02-01'), on)).toEqual(['ledger.servedLater'])
    expect(desk.refused(balance('1926-02-01'), on)).toEqual(['registration.servedBeforeBirth'])
    desk.does(balance('2025-12-31'), on)
  })

  it('a charge of 1926 for someone born in 1980; one of the day of birth is right', () => {
    const desk = served('1980-03-01', '2026-01-05')
    const charge = (day: string, over: object = {}) =>
      ({
        type: 'PostCharge',
        on: day,
        visit: 'v2',
        line: 'l2',
        code: '99213',
        amount: 100,
        patient: 'kim',
        ...over,
      }) as const
    expect(desk.refused(charge('1926-01-05'), on)).toEqual(['registration.servedBeforeBirth'])
    expect(desk.refused(charge('2026-01-06', { dosFrom: '2026-01-04' }), '2026-01-06')).toEqual([
      'registration.servedBeforeBirth',
    ])
    desk.does(charge('2026-01-05'), on)
  })

  it('a charge of 1926 for the guarantor as own patient', () => {
    const desk = openDesk()
    desk.does({ type: 'OpenAccount', accountId: 'a1', on, guarantor: { name: 'Jo Roe', born: '1980-03-01' } }, on)
    const charge = {
      type: 'PostCharge',
      on: '1926-01-05',
      visit: 'v1',
      line: 'l1',
      code: '99213',
      amount: 100,
    } as const
    expect(desk.refused(charge, on)).toEqual(['registration.servedBeforeBirth'])
  })

  it('a child, or a guarantor, born in 2030', () => {
    const desk = openDesk()
    const guarantor = (born: string) => ({ name: 'Jo Roe', born })
    expect(desk.refused({ type: 'OpenAccount', accountId: 'a1', on, guarantor: guarantor('2030-01-01') }, on)).toEqual([
      'registration.unborn',
    ])
    desk.does({ type: 'OpenAccount', accountId: 'a1', on, guarantor: guarantor('1980-03-01') }, on)
    const child = { type: 'RegisterPatient', on, patient: 'kim', born: '2030-01-01' } as const
    expect(desk.refused(child, on)).toEqual(['registration.unborn'])
    const confirm = { type: 'ConfirmGuarantor', on, born: '2030-01-01', reason: 'the card says so' } as const
    expect(desk.refused(confirm, on)).toEqual(['registration.unborn'])
  })
})
