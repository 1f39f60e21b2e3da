import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { presets } from '../../src/policy/presets.ts'
import type { Office } from '../../src/testing/index.ts'
import { all, credits, owed, pays, takenBack, visitWith } from '../claims/visit.ts'
import { type Desk, office } from '../support/desk.ts'

// Fault net-6 (clarification 36): a credit on one item is used for another, on a day of its own.

type Move = Extract<AccountCommandInput, { type: 'MoveCredit' }>

const charge = (desk: Desk, line: string, amount: number, on: string, visit: string, party?: 'patient') =>
  desk.does({ type: 'PostCharge', on, visit, line, code: '99213', amount, ...(party ? { party } : {}) }, on)
const creditId = (desk: Desk): string => [...desk.state.credits.credits.keys()][0] ?? 'none'
const move = (desk: Desk, on: string, line: string, over: Partial<Move> = {}): Move => ({
  type: 'MoveCredit',
  on,
  credit: creditId(desk),
  to: { line },
  reason: 'the same guarantor',
  ...over,
})

/** The patient paid 150.00 in April; in June the payer takes its share of 50.00 less back: a credit of 50.00 on l1. */
const patientsCredit = (at: Office = office): Desk => {
  const first = { lines: [{ charge: 50_000, paid: 35_000, cas: [['PR', '1', 15_000]] }] } as const
  const second = { lines: [{ charge: 50_000, paid: 40_000, cas: [['PR', '1', 10_000]] }] } as const
  const desk = visitWith({ charges: [{ line: 'l1', amount: 50_000 }], at })
  desk.does(pays('acme', first, '2026-02-20'), '2026-02-20')
  desk.does({ type: 'PostPayment', on: '2026-04-01', payment: 'p1', amount: 15_000, tender: 'check' }, '2026-04-01')
  desk.does(pays('acme', [takenBack(first), second], '2026-06-01'), '2026-06-01')
  return desk
}

describe('a credit that is used for another visit', () => {
  it('net-6 counts from its own day: April and June stay as they were', () => {
    const desk = patientsCredit()
    expect(credits(desk)).toEqual([{ owner: 'patient', amount: 5_000, provisional: false }])
    charge(desk, 'l2', 8_000, '2026-06-10', 'v2', 'patient')
    const before = desk.at('2026-06-30', '2026-06-30')
    const events = desk.does(move(desk, '2026-07-01', 'l2'), '2026-07-01')
    expect(events.map(({ type, effectiveDate }) => `${type} ${effectiveDate}`)).toEqual([
      'CreditMoved 2026-07-01',
      'CreditBalanceResolved 2026-07-01',
    ])
    expect(owed(desk)).toEqual({ 'l2 patient': 3_000 })
    expect(desk.at('2026-06-30', '2026-07-01')).toEqual(before)
    expect(desk.at('2026-04-30', '2026-07-01').net).toBe(0)
    const [event] = all(desk, 'CreditMoved')
    expect(event).toMatchObject({
      amount: 5_000,
      from: { lineId: 'l1' },
      to: { lineId: 'l2' },
      of: { paymentId: 'p1' },
    })
    expect(event?.effects.reduce((sum, { amount }) => sum + amount, 0)).toBe(0)
    expect(event?.contra).toEqual([])
  })

  it('net-6 the money moves with it: when the check bounces, the item that it was used for is open again', () => {
    const desk = patientsCredit()
    charge(desk, 'l2', 8_000, '2026-06-10', 'v2', 'patient')
    desk.does(move(desk, '2026-07-01', 'l2'), '2026-07-01')
    desk.does({ type: 'ReversePayment', on: '2026-07-10', payment: 'p1', kind: 'nsf', reason: 'x' }, '2026-07-10')
    expect(owed(desk)).toEqual({ 'l1 patient': 10_000, 'l2 patient': 8_000 })
  })

  it('net-6 not before there was such a credit, or such an item', () => {
    const desk = patientsCredit()
    charge(desk, 'l2', 8_000, '2026-06-10', 'v2', 'patient')
    expect(desk.refused(move(desk, '2026-05-01', 'l2'), '2026-07-01')).toEqual(['credits.notYet', 'ledger.notYetOwed'])
    desk.does(move(desk, '2026-06-10', 'l2'), '2026-07-01')
    expect(all(desk, 'CreditMoved')[0]?.effectiveDate).toBe('2026-06-10')
  })

  it('net-6 a payer’s credit goes to what one of its own coverages owes, never to the patient’s', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], payers: ['acme', 'beta'] })
    charge(desk, 'l2', 6_000, '2026-01-12', 'v2')
    desk.does(pays('acme', { lines: [{ charge: 10_000, paid: 10_000 }] }, '2026-02-20'), '2026-02-20')
    desk.does({ type: 'VoidCharge', on: '2026-03-01', line: 'l1', reason: 'never done' }, '2026-03-01')
    expect(credits(desk)).toMatchObject([{ owner: 'payer', amount: 10_000 }])
    const other = move(desk, '2026-03-02', 'l2', { to: { line: 'l2', coverage: 'beta' } })
    expect(desk.refused(other, '2026-03-02')).toContain('credits.otherOwner')
    desk.does(move(desk, '2026-03-02', 'l2'), '2026-03-02')
    expect(owed(desk)).toEqual({ 'l1 acme': -4_000 })
  })

  it('net-6 a payer’s credit does not pay what the payer has denied, nor what it holds back: it alone pays that', () => {
    const l2 = { line: 'l2', amount: 9_990, code: '99214' }
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }, l2] })
    const cas = [['CO', '45', 2_150] as const, ['PR', '204', 7_840] as const]
    const lines = [
      { charge: 10_000, paid: 10_000 },
      { code: '99214', charge: 9_990, paid: 0, cas },
    ]
    desk.does(pays('acme', { lines }, '2026-02-20'), '2026-02-20')
    desk.does({ type: 'VoidCharge', on: '2026-03-01', line: 'l1', reason: 'never done' }, '2026-03-01')
    expect(owed(desk)).toEqual({ 'l1 acme': -10_000, 'l2 acme': 7_840 })
    expect(desk.refused(move(desk, '2026-03-20', 'l2'), '2026-03-20')).toEqual(['credits.denied'])
    expect(desk.refused(move(desk, '2026-03-20', 'l2', { amount: 1 as never }), '2026-03-20')).toEqual([
      'credits.denied',
    ])
  })

  it('net-6 D2 nor what it had denied on a day of the past, and gives since', () => {
    const l2 = { line: 'l2', amount: 9_990, code: '99214' }
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }, l2] })
    const lines = [
      { charge: 10_000, paid: 10_000 },
      { code: '99214', charge: 9_990, paid: 0, cas: [['CO', '50', 9_990] as const] },
    ]
    desk.does(pays('acme', { lines }, '2026-02-20'), '2026-02-20')
    desk.does({ type: 'VoidCharge', on: '2026-03-01', line: 'l1', reason: 'never done' }, '2026-03-01')
    const [denial] = desk.state.claims.denials.keys()
    const won = { kind: 'appealWon', reference: 'A-17' } as const
    desk.does(
      { type: 'ResolveDenial', on: '2026-04-01', denial: denial ?? '', outcome: won, reason: 'x' },
      '2026-04-01',
    )
    expect(desk.refused(move(desk, '2026-03-20', 'l2'), '2026-05-01')).toEqual(['credits.denied'])
    desk.does(move(desk, '2026-04-01', 'l2'), '2026-05-01')
    expect(owed(desk)).toEqual({ 'l1 acme': -10 })
  })

  it('what Medicare is owed back is used for another item until the 60th day, and for nothing after it', () => {
    const medicare = () => {
      const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], filing: { acme: 'MB' } })
      charge(desk, 'l2', 6_000, '2026-01-12', 'v2')
      desk.does(pays('acme', { lines: [{ charge: 10_000, paid: 10_000 }] }, '2026-02-20'), '2026-02-20')
      desk.does({ type: 'VoidCharge', on: '2026-03-01', line: 'l1', reason: 'never done' }, '2026-03-01')
      return desk
    }
    expect(credits(medicare())).toMatchObject([{ owner: 'government', amount: 10_000 }])
    const late = medicare()
    expect(late.refused(move(late, '2026-05-01', 'l2'), '2026-05-01')).toEqual(['AR-11'])
    const inTime = medicare()
    inTime.does(move(inTime, '2026-04-30', 'l2'), '2026-04-30')
    expect(owed(inTime)).toEqual({ 'l1 acme': -4_000 })
  })

  it('net-6 a reversal of the payer that had paid it brings it back first', () => {
    const advice = { lines: [{ charge: 10_000, paid: 10_000 }] } as const
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    charge(desk, 'l2', 6_000, '2026-01-12', 'v2')
    desk.does(pays('acme', advice, '2026-02-20'), '2026-02-20')
    desk.does({ type: 'VoidCharge', on: '2026-03-01', line: 'l1', reason: 'never done' }, '2026-03-01')
    desk.does(move(desk, '2026-03-02', 'l2'), '2026-03-02')
    desk.does(pays('acme', takenBack(advice), '2026-04-01'), '2026-04-01')
    expect(owed(desk)).toEqual({ 'l2 acme': 6_000 })
  })

  it('net-6 by policy alone, within what is open and free, of a credit that is sure', () => {
    const { physicianPracticeMN: preset } = presets
    const never = {
      ...office,
      policy: {
        version: 1,
        policy: { ...preset, onAccount: { ...preset.onAccount, moveCredits: 'refused', unapplied: 'byHand' } },
      },
    } satisfies Office
    const strict = patientsCredit(never)
    charge(strict, 'l2', 8_000, '2026-06-10', 'v2', 'patient')
    expect(strict.refused(move(strict, '2026-07-01', 'l2'), '2026-07-01')).toEqual(['credits.notByPolicy'])

    const desk = patientsCredit()
    charge(desk, 'l2', 3_000, '2026-06-10', 'v2', 'patient')
    const on = '2026-07-01'
    expect(desk.refused(move(desk, on, 'l2', { amount: 3_001 }), on)).toEqual(['credits.beyondCredit'])
    expect(desk.refused(move(desk, on, 'l1'), on)).toContain('credits.sameItem')
    expect(desk.refused(move(desk, on, 'l9'), on)).toContain('ledger.lineUnknown')
    expect(desk.refused(move(desk, on, 'l2', { credit: 'none' }), on)).toEqual(['credits.unknown'])
    desk.does(move(desk, on, 'l2'), on)
    expect(credits(desk)).toEqual([{ owner: 'patient', amount: 2_000, provisional: false }])
  })
})
