import { describe, expect, it } from 'vitest'
import { accountAsOf } from '../../src/account/as-of.ts'
import type { AccountCommandInput } from '../../src/account/index.ts'
import { toDay } from '../../src/kernel/day.ts'
import { owed, pays, visitWith } from '../claims/visit.ts'
import { byHand, type Desk, insured, office } from '../support/desk.ts'
import { clean, place } from '../support/placement-desk.ts'
import { proposal, selfPay } from '../support/plan-desk.ts'

// Faults standing-3 and standing-5: a command that takes what is owed reads what is owed on its day.

const told = (desk: Desk) => {
  const decision = desk.history.steps.at(-1)?.decision
  return decision && !decision.ok
    ? decision.hits.map(({ rule, earliest }) => (earliest === undefined ? rule : `${rule} ${earliest}`))
    : []
}
const refusedUntil = (desk: Desk, command: AccountCommandInput, on: string): readonly string[] => {
  desk.refused(command, on)
  return told(desk)
}
const charge = (desk: Desk, line: string, amount: number, on: string, recorded: string) =>
  desk.does({ type: 'PostCharge', on, visit: `v-${line}`, line, code: '99213', amount }, recorded)

const director = {
  by: 'dora',
  roles: ['director' as const, 'manager' as const],
  also: { by: 'max', roles: ['compliance' as const] },
}
type WriteOff = Extract<AccountCommandInput, { type: 'WriteOff' }>
const off = (on: string, over: Partial<WriteOff> = {}): WriteOff => ({
  type: 'WriteOff',
  on,
  visit: 'v-l1',
  party: 'patient',
  category: 'courtesy',
  approval: director,
  reason: 'given up',
  ...over,
})

/** 100.00 of January, and 300.00 dated ahead to 2026-08-10, known since 2026-08-01. */
const ahead = (at = office): Desk => {
  const desk = selfPay({ l0: 10_000 }, '2026-01-05', at)
  charge(desk, 'l1', 30_000, '2026-08-10', '2026-08-01')
  return desk
}

describe('standing-3 a charge that is dated ahead', () => {
  it('standing-3 is not written off before its day, and is on it', () => {
    const desk = ahead()
    expect(refusedUntil(desk, off('2026-08-05'), '2026-08-05')).toContain('ledger.notYetOwed 2026-08-10')
    expect(refusedUntil(desk, off('2026-08-05', { lines: [{ line: 'l1', amount: 1_000 }] }), '2026-08-05')).toEqual([
      'ledger.notYetOwed 2026-08-10',
    ])
    desk.does(off('2026-08-10'), '2026-08-10')
    expect(owed(desk)).toEqual({ 'l0 patient': 10_000 })
  })

  it('standing-3 a command that is dated ahead as well takes it on that day', () => {
    const desk = ahead()
    const [posted] = desk.does(off('2026-08-10'), '2026-08-05')
    expect(posted).toMatchObject({ type: 'WriteOffPosted', effectiveDate: '2026-08-10' })
  })

  it('standing-3 is not placed before its day: alone not at all, and with others only they', () => {
    const desk = ahead()
    const only = place('2026-08-05', { lines: ['l1'] })
    expect(refusedUntil(desk, only, '2026-08-05')).toContain('ledger.notYetOwed 2026-08-10')
    desk.does(place('2026-08-05'), '2026-08-05')
    expect([...desk.state.placement.placements.values()][0]?.items).toMatchObject([{ lineId: 'l0', amount: 10_000 }])
    const alone = selfPay({}, '2026-01-05')
    charge(alone, 'l1', 30_000, '2026-08-10', '2026-08-01')
    expect(refusedUntil(alone, place('2026-08-05'), '2026-08-05')).toContain('ledger.notYetOwed 2026-08-10')
  })

  it('standing-3 is on no plan before its day, neither proposed, accepted nor added', () => {
    const desk = ahead()
    const plan = proposal('2026-08-05', { firstDue: '2026-09-15', divide: { instalments: 4 }, lines: ['l1'] })
    expect(refusedUntil(desk, plan, '2026-08-05')).toContain('ledger.notYetOwed 2026-08-10')
    desk.does({ ...plan, lines: undefined, divide: { instalments: 2 }, plan: 'p2' }, '2026-08-05')
    expect(desk.state.plans.plans.get('p2' as never)).toMatchObject({ total: 10_000, lines: ['l0'] })
    desk.does({ type: 'AcceptPlan', on: '2026-08-05', plan: 'p2' }, '2026-08-05')
    const amend: AccountCommandInput = {
      type: 'AmendPlan',
      on: '2026-08-06',
      plan: 'p2',
      addLines: ['l1'],
      divide: { instalments: 4 },
      firstDue: '2026-09-15',
      reason: 'one more',
      consent: { on: '2026-08-06', how: 'phone' },
    }
    expect(refusedUntil(desk, amend, '2026-08-06')).toContain('ledger.notYetOwed 2026-08-10')
    desk.does({ ...amend, on: '2026-08-10' } as AccountCommandInput, '2026-08-10')
  })

  it('standing-3 does not make room to ask for more than is owed net on the day, nor keep a refund back', () => {
    const desk = selfPay({ l0: 10_000 }, '2026-01-05', byHand)
    const pay = (payment: string, on: string) =>
      desk.does({ type: 'PostPayment', on, payment, amount: 10_000, tender: 'check' }, on)
    pay('p0', '2026-01-10')
    pay('p1', '2026-01-11')
    const nsf = { type: 'ReversePayment', on: '2026-01-20', payment: 'p0', kind: 'nsf', reason: 'x' } as const
    desk.does(nsf, '2026-01-20')
    charge(desk, 'l1', 30_000, '2026-08-10', '2026-08-01')
    expect(refusedUntil(desk, place('2026-08-05'), '2026-08-05')).toEqual(['placement.onAccount'])
    const plan = proposal('2026-08-05', { firstDue: '2026-09-15', divide: { instalments: 2 } })
    expect(refusedUntil(desk, plan, '2026-08-05')).toEqual(['plans.onAccount'])
  })

  it('standing-3 is not moved to a payer or away from one before its day', () => {
    const desk = insured('2026-01-05')
    charge(desk, 'l1', 30_000, '2026-08-10', '2026-08-01')
    const manual: AccountCommandInput = {
      type: 'TransferResponsibility',
      on: '2026-08-05',
      lines: [{ line: 'l1' }],
      from: { coverageId: 'cov' },
      to: 'patient',
      because: 'manual',
      reason: 'x',
    }
    expect(refusedUntil(desk, manual, '2026-08-05')).toContain('ledger.notYetOwed 2026-08-10')
  })
})

describe('standing-3 a remittance that is dated ahead', () => {
  const on = '2026-03-20'
  /** Paid 60.00 and 40.00 the patient's from 03-20 on; known since 03-10. */
  const advised = (cas: readonly (readonly [string, string, number])[] = [['PR', '1', 4_000]]): Desk => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    desk.does(pays('acme', { lines: [{ charge: 10_000, paid: 6_000, cas }] }, on), '2026-03-10')
    return desk
  }

  it('standing-3 leaves the patient nothing to be written off or placed before its day', () => {
    const desk = advised()
    const given = off('2026-03-15', { visit: 'v1' })
    expect(refusedUntil(desk, given, '2026-03-15')).toContain('ledger.notYetOwed 2026-03-20')
    expect(refusedUntil(desk, place('2026-03-15', { attested: {} }), '2026-03-15')).toContain(
      'ledger.notYetOwed 2026-03-20',
    )
    desk.does({ ...given, on }, on)
    expect(owed(desk)).toEqual({})
  })

  it('standing-3 what the payer still owes by then can be given up today only as far as it stays', () => {
    const desk = advised()
    const given = off('2026-03-15', { visit: 'v1', party: { coverageId: 'acme' }, lines: [{ line: 'l1' }] })
    expect(desk.refused(given, '2026-03-15')).toContain('ledger.beyondOpen')
  })

  it('standing-3 its denial and its holding are not ended before they are there', () => {
    const denied = advised([['CO', '50', 4_000]])
    const denial = [...denied.state.claims.denials.keys()][0] ?? ''
    const outcome = { kind: 'writtenOff' as const, category: 'administrative' as const, avoidable: false }
    const resolve = { type: 'ResolveDenial', on: '2026-03-15', denial, outcome, reason: 'x' } as const
    expect(refusedUntil(denied, resolve, '2026-03-15')).toContain('claims.notYetDenied 2026-03-20')
    denied.does({ ...resolve, on, outcome: { ...outcome, approval: director } }, on)
    const held = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    held.does(
      pays('acme', { remarks: ['N884'], lines: [{ charge: 10_000, paid: 6_000, cas: [['PR', '1', 4_000]] }] }, on),
      '2026-03-10',
    )
    const holding = [...held.state.ledger.holdings.keys()][0] ?? ''
    const given = { kind: 'writtenOff' as const, category: 'administrative' as const, approval: director }
    const release = { type: 'ReleaseResponsibility', on: '2026-03-15', holding, outcome: given, reason: 'x' } as const
    expect(refusedUntil(held, release, '2026-03-15')).toContain('ledger.notYetHeld 2026-03-20')
    held.does({ ...release, on }, on)
  })

  it('standing-3 a credit that it leaves is neither refunded nor moved before its day', () => {
    const desk = visitWith({
      charges: [
        { line: 'l1', amount: 10_000 },
        { line: 'l2', amount: 5_000 },
      ],
    })
    const split = { lines: [{ charge: 10_000, paid: 0, cas: [['PR', '1', 10_000]] }] } as const
    desk.does(pays('acme', split, '2026-02-01'), '2026-02-01')
    desk.does({ type: 'PostPayment', on: '2026-02-10', payment: 'p1', amount: 10_000, tender: 'check' }, '2026-02-10')
    const less = { lines: [{ charge: 10_000, paid: 6_000, cas: [['PR', '1', 4_000]] }] } as const
    const back = { status: '22', lines: [{ charge: -10_000, paid: 0, cas: [['PR', '1', -10_000]] }] } as const
    desk.does(pays('acme', [back, less], on), '2026-03-10')
    const credit = [...desk.state.credits.credits.keys()][0] ?? ''
    expect(credit).not.toBe('')
    const approve = {
      type: 'ApproveRefund',
      on: '2026-03-15',
      refund: 'r1',
      credit,
      payee: 'guarantor',
      method: 'check',
      reason: 'x',
    } as const
    expect(refusedUntil(desk, approve, '2026-03-15')).toContain('credits.notYet 2026-03-20')
    charge(desk, 'l3', 2_000, '2026-03-01', '2026-03-12')
    const move = { type: 'MoveCredit', on: '2026-03-15', credit, to: { line: 'l3' }, reason: 'x' } as const
    expect(refusedUntil(desk, move, '2026-03-15')).toContain('credits.notYet 2026-03-20')
    expect(accountAsOf(desk.events(), toDay('2026-03-15')).credits.credits.size).toBe(0)
  })
})

describe('standing-5 a decision counts from its day, and is judged by it', () => {
  const small = (on: string): WriteOff => off(on, { category: 'smallDebit', visit: 'v-l1' })

  it('standing-5 WO-02: what was active on 01-05 is not given up as of 01-06, however late it is said', () => {
    const desk = selfPay({ l1: 900 }, '2026-01-05')
    expect(refusedUntil(desk, small('2026-01-06'), '2026-06-01')).toEqual(['WO-02 2026-03-06'])
    desk.does(small('2026-03-06'), '2026-06-01')
    expect(desk.at('2026-03-05', '2026-06-01').net).toBe(9)
    expect(desk.at('2026-03-06', '2026-06-01').net).toBe(0)
  })

  it('standing-5 WO-02: the balance is that of the day, not what was paid off or came since', () => {
    const paid = selfPay({ l1: 5_000 }, '2026-01-05')
    paid.does({ type: 'PostPayment', on: '2026-05-01', payment: 'p1', amount: 4_500, tender: 'check' }, '2026-05-01')
    expect(paid.refused(small('2026-04-01'), '2026-07-15')).toEqual(['WO-02'])
    paid.does(small('2026-07-01'), '2026-07-15')
    const more = selfPay({ l1: 900 }, '2026-01-05')
    more.does(
      { type: 'PostCharge', on: '2026-06-01', visit: 'v-l1', line: 'l2', code: '99213', amount: 20_000 },
      '2026-06-01',
    )
    more.does(small('2026-04-01'), '2026-06-02')
    expect(owed(more)).toEqual({ 'l2 patient': 20_000 })
  })

  it('standing-5 WO-02: a plan of that day keeps it, and one that ended since does not hide that it ran', () => {
    const desk = selfPay({ l1: 900 }, '2026-01-05')
    const plan = proposal('2026-01-10', { divide: { instalments: 1 }, firstDue: '2026-09-15' })
    desk.does(plan, '2026-01-10')
    desk.does({ type: 'AcceptPlan', on: '2026-01-10', plan: 'p1' }, '2026-01-10')
    desk.does({ type: 'CancelPlan', on: '2026-05-10', plan: 'p1', reason: 'asked' }, '2026-05-10')
    expect(desk.refused(small('2026-04-01'), '2026-06-01')).toEqual(['WO-02'])
    desk.does(small('2026-05-10'), '2026-06-01')
  })

  it('standing-5 nothing is given up before it was owed, or again', () => {
    const desk = selfPay({ l1: 10_000 }, '2026-01-05')
    expect(refusedUntil(desk, off('2026-01-04'), '2026-06-01')).toContain('ledger.notYetOwed 2026-01-05')
    desk.does({ type: 'PostPayment', on: '2026-01-10', payment: 'p1', amount: 10_000, tender: 'check' }, '2026-01-10')
    const nsf = { type: 'ReversePayment', on: '2026-02-05', payment: 'p1', kind: 'nsf', reason: 'x' } as const
    desk.does(nsf, '2026-02-05')
    expect(refusedUntil(desk, off('2026-01-25'), '2026-06-01')).toContain('ledger.notYetOwed 2026-02-05')
    desk.does(off('2026-02-05'), '2026-06-01')
    expect(desk.at('2026-02-04', '2026-06-01').net).toBe(0)
    expect(desk.at('2026-02-05', '2026-06-01').net).toBe(0)
  })

  it('standing-5 a plan that is recorded late is judged by its day', () => {
    const desk = selfPay({ l1: 30_000 }, '2026-01-05')
    expect(refusedUntil(desk, proposal('2026-01-04', { firstDue: '2026-02-01' }), '2026-01-20')).toContain(
      'ledger.notYetOwed 2026-01-05',
    )
    desk.does({ type: 'PostPayment', on: '2026-01-15', payment: 'p1', amount: 20_000, tender: 'check' }, '2026-01-15')
    desk.does(proposal('2026-01-10', { firstDue: '2026-02-15', divide: { instalments: 2 } }), '2026-01-20')
    expect(desk.state.plans.plans.get('p1' as never)).toMatchObject({ total: 10_000 })
  })

  it('standing-5 a payer that still owed on the day kept the item from an agency', () => {
    const desk = visitWith({
      charges: [
        { line: 'l1', amount: 10_000 },
        { line: 'l2', amount: 5_000 },
      ],
    })
    const shares = { lines: [{ charge: 10_000, paid: 6_000, cas: [['PR', '1', 4_000]] }] } as const
    desk.does(pays('acme', { ...shares, charge: 10_000 }, '2026-02-01'), '2026-02-01')
    desk.does(pays('acme', { icn: 'P2', lines: [{ charge: 5_000, paid: 5_000 }] }, '2026-07-20'), '2026-07-20')
    const late = place('2026-07-10', { attested: { ...clean, 'insurance.eligibilityCheckedOn': '2026-07-01' } })
    expect(desk.refused(late, '2026-08-01')).toContain('PC-01.2.insurancePending')
  })
})
