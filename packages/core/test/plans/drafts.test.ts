import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import type { Desk } from '../support/desk.ts'
import { agreed, pay, selfPay } from '../support/plan-desk.ts'

type Input<T extends AccountCommandInput['type']> = Extract<AccountCommandInput, { type: T }>

const authorise = (over: Partial<Input<'AuthorizeAutopay'>> = {}): Input<'AuthorizeAutopay'> => ({
  ...{ type: 'AuthorizeAutopay', on: '2026-01-12', autopay: 'y1', plan: 'p1', method: 'ach', token: 'tok_7Hx2' },
  ...{ drawn: { amount: 10_000 }, text: 'b'.repeat(64), textVersion: '2026-1', how: 'electronic' },
  ...{ copyGiven: true, disclosed: true, conditioned: false },
  ...over,
})
const present = (on: string, over: Partial<Input<'PresentDraft'>> = {}): Input<'PresentDraft'> => ({
  ...{ type: 'PresentDraft', on, autopay: 'y1', draft: 'z1', amount: 10_000 },
  ...over,
})
const revoke = (on: string): Input<'RevokeAutopay'> => ({
  ...{ type: 'RevokeAutopay', on, autopay: 'y1', channel: 'phone', reason: 'another card' },
})
const notice = (on: string, draftOn: string, amount: number): Input<'RecordDraftNotice'> => ({
  ...{ type: 'RecordDraftNotice', on, autopay: 'y1', amount, draftOn, channel: 'mail' },
})

/** 1,200.00 in twelve instalments of 100.00 from 2026-02-15, drawn by `y1`. */
const drawn = (): Desk => {
  const desk = agreed(selfPay({ l1: 120_000 }), { divide: { instalments: 12 } })
  desk.does(authorise(), '2026-01-12')
  return desk
}
/** The draft `z1` of 2026-02-15 came back. */
const back = (code: string): Desk => {
  const desk = drawn()
  desk.does(present('2026-02-15'), '2026-02-15')
  desk.does({ type: 'RecordDraftReturned', on: '2026-02-18', draft: 'z1', code }, '2026-02-18')
  return desk
}

describe('§5.6 an instalment is drawn once', () => {
  it('while a draft has no answer nothing of its plan is drawn, by another authorisation either', () => {
    const desk = drawn()
    desk.does(present('2026-02-15'), '2026-02-15')
    desk.does(revoke('2026-02-16'), '2026-02-16')
    desk.does(authorise({ on: '2026-02-16', autopay: 'y2' }), '2026-02-16')
    const other = present('2026-02-16', { autopay: 'y2', draft: 'z2' })
    expect(desk.refused(other, '2026-02-16')).toEqual(['autopay.draftWaits'])
    pay(desk, 10_000, '2026-02-17', { line: 'l1', payment: 'drawn' })
    desk.does({ type: 'RecordDraftSettled', on: '2026-02-17', draft: 'z1', payment: 'drawn' }, '2026-02-17')
    expect(desk.refused({ ...other, on: '2026-02-17' }, '2026-02-17')).toEqual(['autopay.beyondAsked'])
    desk.does({ ...other, on: '2026-03-15' }, '2026-03-15')
  })

  it('one authorisation stands on a plan, also where a second one is dated before it', () => {
    const desk = agreed(selfPay({ l1: 120_000 }), { divide: { instalments: 12 } })
    desk.does(authorise({ on: '2026-01-14' }), '2026-01-14')
    expect(desk.refused(authorise({ on: '2026-01-12', autopay: 'y2' }), '2026-01-14')).toEqual(['autopay.onPlan'])
  })

  it('one payment settles one draft', () => {
    const desk = drawn()
    desk.does(present('2026-02-15'), '2026-02-15')
    pay(desk, 10_000, '2026-02-17', { line: 'l1', payment: 'drawn' })
    desk.does({ type: 'RecordDraftSettled', on: '2026-02-17', draft: 'z1', payment: 'drawn' }, '2026-02-17')
    desk.does(present('2026-03-15', { draft: 'z2' }), '2026-03-15')
    const twice = { type: 'RecordDraftSettled', on: '2026-03-17', draft: 'z2', payment: 'drawn' } as const
    expect(desk.refused(twice, '2026-03-17')).toEqual(['autopay.paymentTaken'])
  })
})

describe('§5.6 what came back is presented again as what it is, or not at all', () => {
  it('R08: a payment that was stopped is not drawn anew under another id', () => {
    const desk = back('R08')
    expect(desk.refused(present('2026-02-20', { draft: 'z2' }), '2026-02-20')).toEqual(['autopay.cameBack'])
    desk.does(present('2026-03-15', { draft: 'z2' }), '2026-03-15')
  })

  it('R01: it is presented again by its name, so that it is counted; what fell due since is drawn', () => {
    const desk = back('R01')
    expect(desk.refused(present('2026-02-20', { draft: 'z2' }), '2026-02-20')).toEqual(['autopay.cameBack'])
    const both = present('2026-03-15', { draft: 'z2', amount: 20_000 })
    desk.does(notice('2026-03-01', '2026-03-15', 20_000), '2026-03-01')
    expect(desk.refused(both, '2026-03-15')).toEqual(['autopay.cameBack'])
    desk.does(present('2026-02-20', { draft: undefined, again: 'z1' }), '2026-02-20')
  })

  it('paid otherwise it stands in nobody’s way', () => {
    const desk = back('R01')
    pay(desk, 10_000, '2026-02-20', { line: 'l1' })
    desk.does(present('2026-03-15', { draft: 'z2' }), '2026-03-15')
  })
})

describe('PL-05 notice of an amount that varies (12 CFR 1005.10(d)(1))', () => {
  it('varies is what differs from the transfer before, or from what was authorised', () => {
    const desk = agreed(selfPay({ l1: 120_000 }), { divide: { amount: 12_000 } })
    desk.does(authorise(), '2026-01-12')
    desk.does(notice('2026-02-05', '2026-02-15', 12_000), '2026-02-05')
    desk.does(present('2026-02-15', { amount: 12_000 }), '2026-02-15')
    pay(desk, 12_000, '2026-02-17', { line: 'l1', payment: 'drawn' })
    desk.does({ type: 'RecordDraftSettled', on: '2026-02-17', draft: 'z1', payment: 'drawn' }, '2026-02-17')
    const march = present('2026-03-15', { draft: 'z2', amount: 12_000 })
    expect(desk.refused(march, '2026-03-15'), 'another than was authorised').toEqual(['PL-05'])
    const less = present('2026-03-15', { draft: 'z2', amount: 10_000 })
    expect(desk.refused(less, '2026-03-15'), 'another than the one before').toEqual(['PL-05'])
  })

  it('a reminder after the notice takes nothing from it', () => {
    const desk = agreed(selfPay({ l1: 120_000 }), { divide: { amount: 12_000 } })
    desk.does(authorise(), '2026-01-12')
    desk.does(notice('2026-02-05', '2026-02-15', 12_000), '2026-02-05')
    desk.does(notice('2026-02-12', '2026-02-15', 12_000), '2026-02-12')
    desk.does(present('2026-02-15', { amount: 12_000 }), '2026-02-15')
  })
})
