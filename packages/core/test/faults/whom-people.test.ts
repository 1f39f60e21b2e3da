import { describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../support/desk.ts'
import { place } from '../support/placement-desk.ts'
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

describe('whom-1 a debt of a minor stays with the guarantor of then', () => {
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
