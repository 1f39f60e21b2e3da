import { describe, expect, it } from 'vitest'
import { balancesByParty, owedOn } from '../../../src/account/ledger/balances.ts'
import { unappliedTotal } from '../../../src/account/payments/state.ts'
import type { LineId } from '../../../src/kernel/ids.ts'
import { byHand, claimOf, type Desk, insured, opened, remit } from '../../support/desk.ts'

const balances = (desk: Desk) => Object.fromEntries(balancesByParty(desk.state.ledger))
const control = (desk: Desk) => Object.fromEntries([...desk.state.ledger.control].filter(([, amount]) => amount !== 0))
const credits = (desk: Desk) => [...desk.state.credits.credits.values()].map(({ owner, amount }) => ({ owner, amount }))
const post = (desk: Desk, line: string, amount: number, on = '2026-03-02') =>
  desk.does({ type: 'PostCharge', on, visit: 'v1', line, code: '99213', amount }, on)

/** Charge 500: paid 200, CO-45 150, PR 150; the patient paid 60 and 40 were written off. */
const worked = (): Desk => {
  const desk = insured('2026-03-02')
  post(desk, 'l1', 50_000)
  const adjustments = [
    ['CO', '45', 15_000],
    ['PR', '1', 15_000],
  ] as const
  desk.does(remit([claimOf({ charge: 50_000, paid: 20_000 }, adjustments)], '2026-03-20'), '2026-03-21')
  desk.does({ type: 'PostPayment', on: '2026-04-01', payment: 'p1', amount: 6_000, tender: 'check' }, '2026-04-01')
  desk.does(
    {
      type: 'WriteOff',
      on: '2026-04-02',
      visit: 'v1',
      party: 'patient',
      category: 'administrative',
      lines: [{ line: 'l1', amount: 4_000 }],
      reason: 'goodwill',
    },
    '2026-04-02',
  )
  return desk
}

describe('voiding a charge (errata 9, law D1)', { tags: ['D1'] }, () => {
  it('leaves the payer’s cash as the payer’s credit, patient money unapplied, and nothing else', () => {
    const desk = worked()
    expect(balances(desk)).toEqual({ patient: 5_000 })
    const events = desk.does({ type: 'VoidCharge', on: '2026-04-10', line: 'l1', reason: 'never done' }, '2026-04-10')
    expect(balances(desk)).toEqual({ cov: -20_000 })
    expect(unappliedTotal(desk.state.payments)).toBe(6_000)
    expect(control(desk)).toEqual({ cash: 6_000, unapplied: -6_000, 'payerClearing:remit-2026-03-20': 20_000 })
    expect(credits(desk)).toEqual([
      { owner: 'payer', amount: 20_000 },
      { owner: 'patient', amount: 6_000 },
    ])
    expect(events.filter((event) => 'effects' in event)).toHaveLength(1)
    expect(events[0]).toMatchObject({
      type: 'ChargeVoided',
      released: [{ paymentId: 'p1', amount: 6_000 }],
      adjustments: [{ amount: 4_000 }],
    })
  })

  it('keeps each payer’s cash with that payer when two have paid', () => {
    const desk = insured('2026-03-02')
    desk.does({ type: 'AddCoverage', on: '2026-03-02', coverage: 'sec', payer: 'beta' }, '2026-03-02')
    post(desk, 'l1', 50_000)
    const first = [
      ['CO', '45', 15_000],
      ['PR', '2', 15_000],
    ] as const
    desk.does(remit([claimOf({ charge: 50_000, paid: 20_000 }, first)], '2026-03-20'), '2026-03-20')
    expect(balances(desk)).toEqual({ sec: 15_000 })
    const second = [
      ['OA', '23', 35_000],
      ['CO', '45', 4_000],
      ['PR', '2', 1_000],
    ] as const
    desk.does(
      remit(
        [claimOf({ charge: 50_000, paid: 10_000 }, second, { status: '2', payerControlNumber: 'P2' })],
        '2026-04-10',
        {
          payer: { payerId: 'beta', payerName: 'Beta Plan' },
        },
      ),
      '2026-04-10',
    )
    expect(balances(desk)).toEqual({ patient: 1_000 })
    desk.does({ type: 'VoidCharge', on: '2026-04-20', line: 'l1', reason: 'never done' }, '2026-04-20')
    expect(balances(desk)).toEqual({ cov: -20_000, sec: -10_000 })
  })

  it('a payer that takes its money back after the void finds nothing else to take', () => {
    const desk = worked()
    desk.does({ type: 'VoidCharge', on: '2026-04-10', line: 'l1', reason: 'never done' }, '2026-04-10')
    const back = [
      ['CO', '45', -15_000],
      ['PR', '1', -15_000],
    ] as const
    const claim = claimOf({ charge: -50_000, paid: -20_000 }, back, { status: '22' })
    desk.does(remit([claim], '2026-05-20'), '2026-05-21')
    expect(desk.at('2026-05-21', '2026-05-21')).toEqual({ layers: [], unapplied: -60, net: -60 })
    expect(credits(desk)).toEqual([{ owner: 'patient', amount: 6_000 }])
  })

  it('counts from the last thing it undoes, so that no effect is before its layer (law C4)', { tags: ['C4'] }, () => {
    const desk = worked()
    const [event] = desk.does({ type: 'VoidCharge', on: '2026-04-10', line: 'l1', reason: 'x' }, '2026-04-10')
    expect(event?.effectiveDate).toBe('2026-04-02')
  })

  it('a plain charge voided as a correction never was, as known later', () => {
    const desk = opened('2026-01-05')
    post(desk, 'l1', 10_000, '2026-01-05')
    desk.does({ type: 'VoidCharge', on: '2026-02-10', line: 'l1', reason: 'wrong patient' }, '2026-02-10')
    expect(desk.at('2026-01-31', '2026-01-31').layers).toEqual(['patient 100 26d'])
    expect(desk.at('2026-01-31', '2026-02-28').layers).toEqual([])
  })

  it('touches no other line of the visit', () => {
    const desk = opened('2026-03-02', byHand)
    post(desk, 'l1', 10_000)
    post(desk, 'l2', 7_000)
    desk.does({ type: 'PostPayment', on: '2026-03-03', amount: 12_000, tender: 'cash' }, '2026-03-03')
    desk.does({ type: 'VoidCharge', on: '2026-03-04', line: 'l1', reason: 'x' }, '2026-03-04')
    expect(owedOn(desk.state.ledger, 'l2' as LineId)).toBe(5_000)
    expect(unappliedTotal(desk.state.payments)).toBe(10_000)
  })

  it('is refused twice, for an unknown line, and for a balance brought forward', () => {
    const desk = opened('2026-03-02')
    post(desk, 'l1', 10_000)
    desk.does({ type: 'VoidCharge', on: '2026-03-04', line: 'l1', reason: 'x' }, '2026-03-04')
    const again = { type: 'VoidCharge', on: '2026-03-04', reason: 'x' } as const
    expect(desk.refused({ ...again, line: 'l1' }, '2026-03-04')).toEqual(['ledger.lineVoided'])
    expect(desk.refused({ ...again, line: 'l9' }, '2026-03-04')).toEqual(['ledger.lineUnknown'])
  })
})
