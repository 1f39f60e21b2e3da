import { describe, expect, it } from 'vitest'
import type { AutopayId, DraftId } from '../../src/account/autopay/events.ts'
import type { AccountCommandInput } from '../../src/account/index.ts'
import type { Desk } from '../support/desk.ts'
import { agreed, pay, planOf, selfPay } from '../support/plan-desk.ts'

type Input<T extends AccountCommandInput['type']> = Extract<AccountCommandInput, { type: T }>
const types = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type)

const authorise = (over: Partial<Input<'AuthorizeAutopay'>> = {}): Input<'AuthorizeAutopay'> => ({
  type: 'AuthorizeAutopay',
  on: '2026-01-12',
  autopay: 'y1',
  plan: 'p1',
  method: 'ach',
  token: 'tok_7Hx2',
  drawn: { amount: 10_000 },
  text: 'b'.repeat(64),
  textVersion: '2026-1',
  how: 'electronic',
  copyGiven: true,
  disclosed: true,
  conditioned: false,
  ...over,
})
const present = (on: string, over: Partial<Input<'PresentDraft'>> = {}): Input<'PresentDraft'> => ({
  type: 'PresentDraft',
  on,
  autopay: 'y1',
  draft: 'z1',
  amount: 10_000,
  ...over,
})

/** 1,200.00 in twelve instalments of 100.00 from 2026-02-15. */
const onPlan = (): Desk => agreed(selfPay({ l1: 120_000 }), { divide: { instalments: 12 } })
const drawn = (over: Partial<Input<'AuthorizeAutopay'>> = {}): Desk => {
  const desk = onPlan()
  desk.does(authorise(over), '2026-01-12')
  return desk
}
const draftOf = (desk: Desk, id = 'z1') => desk.state.autopay.drafts.get(id as DraftId)
const returned = (desk: Desk, on: string, code: string) =>
  desk.does({ type: 'RecordDraftReturned', on, draft: 'z1', code }, on)

describe('§5.6 preauthorised transfers: the authorisation', () => {
  it('is in writing, signed or similarly authenticated, with a copy to the consumer (1005.10(b))', () => {
    expect(onPlan().refused(authorise({ how: 'spoken' }), '2026-01-12')).toEqual(['PL-05.authorised'])
    expect(onPlan().refused(authorise({ copyGiven: false }), '2026-01-12')).toEqual(['PL-05.authorised'])
    expect(onPlan().does(authorise(), '2026-01-12')).toMatchObject([
      { type: 'AutopayAuthorized', text: 'b'.repeat(64), textVersion: '2026-1' },
    ])
  })

  it('is no condition of the plan (1005.10(e)(1)); a card needs consent after amount, frequency and how to cancel', () => {
    expect(onPlan().refused(authorise({ conditioned: true }), '2026-01-12')).toEqual(['PL-05.condition'])
    const card = { method: 'card', disclosed: false, copyGiven: false } as const
    expect(onPlan().refused(authorise(card), '2026-01-12')).toEqual(['PL-05.card'])
    onPlan().does(authorise({ ...card, disclosed: true }), '2026-01-12')
  })

  it('keeps a token: nothing that may be the number of a card or an account', () => {
    for (const token of ['4000 0000 0000 0002', '000123456789', 'acct-000123456789012']) {
      expect(onPlan().refused(authorise({ token }), '2026-01-12')).toEqual(['autopay.notAToken'])
    }
  })

  it('one stands on a plan at a time, for a plan that is active', () => {
    expect(drawn().refused(authorise({ autopay: 'y2' }), '2026-01-12')).toEqual(['autopay.onPlan'])
    expect(onPlan().refused(authorise({ plan: 'p9' }), '2026-01-12')).toEqual(['plans.unknown'])
  })
})

describe('F10 variable ACH change for 2026-12-15 ⇒ notice due 2026-12-05 (PL-05) else blocked', () => {
  /** Ten instalments are paid; the patient has agreed to 120.00 from December on. */
  const changed = () => {
    const desk = onPlan()
    desk.does(authorise(), '2026-01-12')
    for (let month = 2; month <= 11; month += 1) {
      const on = `2026-${String(month).padStart(2, '0')}-15`
      pay(desk, 10_000, on, { line: 'l1' })
    }
    const consent = { on: '2026-11-20', how: 'phone' } as const
    const terms = { divide: { amount: 12_000 }, firstDue: '2026-12-15', reason: 'asked', consent }
    desk.does({ type: 'AmendPlan', on: '2026-11-20', plan: 'p1', ...terms }, '2026-11-20')
    return desk
  }
  const notice = (on: string) =>
    ({ type: 'RecordDraftNotice', on, autopay: 'y1', amount: 12_000, draftOn: '2026-12-15', channel: 'mail' }) as const
  const december = present('2026-12-15', { amount: 12_000 })

  it('§5.6 notice on 2026-12-05 is in time', () => {
    const desk = changed()
    desk.does(notice('2026-12-05'), '2026-12-05')
    desk.does(december, '2026-12-15')
    expect(draftOf(desk)).toMatchObject({ amount: 12_000, status: 'presented' })
  })

  it('§5.6 notice on 2026-12-06 is not: from 2026-12-16', () => {
    const desk = changed()
    desk.does(notice('2026-12-06'), '2026-12-06')
    const late = desk.tries(december, '2026-12-15')
    expect(late.ok || late.hits).toMatchObject([{ rule: 'PL-05', earliest: '2026-12-16' }])
  })

  it('§5.6 without notice it is blocked, and says what to do', () => {
    const none = changed().tries(december, '2026-12-15')
    expect(none.ok || none.hits).toMatchObject([{ rule: 'PL-05', requiredAction: 'RecordDraftNotice' }])
  })

  it('§5.6 within a range that was agreed no notice is needed', () => {
    const desk = agreed(selfPay({ l1: 120_000 }), { divide: { instalments: 10 } })
    desk.does(authorise({ drawn: { least: 5_000, most: 12_000 } }), '2026-01-12')
    desk.does(present('2026-02-15', { amount: 12_000 }), '2026-02-15')
  })
})

describe('§5.6 drafts', () => {
  it('draw what the plan asks by their day and no more, one at a time', () => {
    const desk = drawn()
    expect(desk.refused(present('2026-02-14'), '2026-02-14')).toEqual(['autopay.beyondAsked'])
    desk.does(present('2026-02-15'), '2026-02-15')
    expect(desk.refused(present('2026-03-15', { draft: 'z2' }), '2026-03-15')).toEqual(['autopay.draftWaits'])
    pay(desk, 10_000, '2026-02-15', { line: 'l1', payment: 'drawn' })
    desk.does({ type: 'RecordDraftSettled', on: '2026-02-17', draft: 'z1', payment: 'drawn' }, '2026-02-17')
    desk.does(present('2026-03-15', { draft: 'z2' }), '2026-03-15')
  })

  it('what is in dispute is not drawn', () => {
    const desk = drawn()
    const of = { kind: 'billingError', raisedBy: 'patient', channel: 'mail', written: true, says: 'no' } as const
    desk.does({ type: 'OpenDispute', on: '2026-02-01', dispute: 'd1', lines: ['l1'], ...of }, '2026-02-01')
    expect(desk.refused(present('2026-02-15'), '2026-02-15')).toEqual(['autopay.beyondAsked'])
  })

  it('a revocation is honoured from its day on (1005.10(c))', () => {
    const desk = drawn()
    const revoke = { type: 'RevokeAutopay', on: '2026-02-12', autopay: 'y1', channel: 'phone', reason: 'x' } as const
    desk.does(revoke, '2026-02-12')
    expect(desk.refused(present('2026-02-15'), '2026-02-15')).toEqual(['PL-05.revoked'])
    expect(desk.refused({ ...revoke, on: '2026-02-13' }, '2026-02-13')).toEqual(['autopay.standing'])
  })

  it('R01 is presented again twice within 180 days, not a third time', () => {
    const desk = drawn()
    desk.does(present('2026-02-15'), '2026-02-15')
    returned(desk, '2026-02-18', 'R01')
    const again = (on: string) => present(on, { draft: undefined, again: 'z1' })
    desk.does(again('2026-02-20'), '2026-02-20')
    returned(desk, '2026-02-24', 'R01')
    const other = { ...again('2026-02-25'), amount: 9_000 }
    expect(desk.refused(other, '2026-02-25')).toEqual(['autopay.otherAmount'])
    desk.does(again('2026-02-26'), '2026-02-26')
    returned(desk, '2026-03-02', 'R01')
    expect(draftOf(desk)).toMatchObject({ presentations: 3, firstOn: '2026-02-15', code: 'R01' })
    expect(desk.refused(again('2026-03-05'), '2026-03-05')).toEqual(['PL-05.again'])
  })

  it('R02, R03, R04, R07, R10, R29 are never presented again, and end the authorisation', () => {
    for (const code of ['R02', 'R03', 'R04', 'R07', 'R10', 'R29']) {
      const desk = drawn()
      desk.does(present('2026-02-15'), '2026-02-15')
      expect(types(returned(desk, '2026-02-18', code))).toEqual(['DraftReturned', 'AutopayRevoked'])
      const again = present('2026-02-20', { draft: undefined, again: 'z1' })
      expect(desk.refused(again, '2026-02-20')).toEqual(['PL-05.revoked', 'PL-05.again'])
    }
  })

  it('one that came back after it had settled: its payment is reversed, and the instalment is open again, then missed', () => {
    const desk = drawn()
    desk.does(present('2026-02-15'), '2026-02-15')
    pay(desk, 10_000, '2026-02-15', { line: 'l1', payment: 'drawn' })
    desk.does({ type: 'RecordDraftSettled', on: '2026-02-17', draft: 'z1', payment: 'drawn' }, '2026-02-17')
    returned(desk, '2026-02-19', 'R01')
    const nsf = { type: 'ReversePayment', on: '2026-02-19', payment: 'drawn', kind: 'nsf', reason: 'R01' } as const
    expect(types(desk.does(nsf, '2026-02-19'))).toContain('InstalmentReopened')
    expect(types(desk.does({ type: 'EvaluatePlan', on: '2026-02-21', plan: 'p1' }, '2026-02-21'))).toEqual([
      'InstalmentMissed',
    ])
  })

  it('with the plan the authorisation ends', () => {
    const desk = drawn()
    desk.does({ type: 'CancelPlan', on: '2026-03-01', plan: 'p1', reason: 'asked' }, '2026-03-01')
    expect(planOf(desk).status).toBe('cancelled')
    expect(desk.state.autopay.autopays.get('y1' as AutopayId)?.endedOn).toBe('2026-03-01')
  })

  it('bad input: every reason at once, and no event', () => {
    const desk = drawn()
    const ahead = { type: 'RecordDraftReturned', on: '2026-02-16', draft: 'z9', code: 'R01' } as const
    expect(desk.refused(ahead, '2026-02-15')).toEqual(['autopay.draftUnknown', 'autopay.ahead'])
    expect(desk.refused(present('2026-02-15', { autopay: 'y9' }), '2026-02-15')).toEqual(['autopay.unknown'])
    expect(desk.refused(present('2026-02-15', { again: 'z9' }), '2026-02-15')).toEqual(['autopay.notReturned'])
  })
})
