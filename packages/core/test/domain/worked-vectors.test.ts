import { describe, expect, it } from 'vitest'
import { balanceOf, balancesByParty } from '../../src/account/ledger/balances.ts'
import { unappliedTotal } from '../../src/account/payments/state.ts'
import { claimOf, type Desk, insured, opened, remit } from '../support/desk.ts'

const credits = (desk: Desk) =>
  [...desk.state.credits.credits.values()].map(({ owner, amount, provisional }) => ({ owner, amount, provisional }))
const balances = (desk: Desk) => Object.fromEntries(balancesByParty(desk.state.ledger))
const charge = (on: string, amount: number, over: object = {}) =>
  ({ type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount, ...over }) as const

describe('F01 the patient balance', () => {
  it('charge 500, CO-45 150, paid 200, PR-1 100, PR-2 50, pay 60: the patient owes 90.00', () => {
    const desk = insured('2026-03-02')
    desk.does(charge('2026-03-02', 50_000), '2026-03-02')
    expect(balances(desk)).toEqual({ cov: 50_000 })
    desk.does(
      remit(
        [
          claimOf({ charge: 50_000, paid: 20_000 }, [
            ['CO', '45', 15_000],
            ['PR', '1', 10_000],
            ['PR', '2', 5_000],
          ]),
        ],
        '2026-03-20',
      ),
      '2026-03-21',
    )
    expect(balances(desk)).toEqual({ patient: 15_000 })
    desk.does({ type: 'PostPayment', on: '2026-04-01', amount: 6_000, tender: 'check', payment: 'p1' }, '2026-04-01')
    expect(balances(desk)).toEqual({ patient: 9_000 })
  })
})

describe('vector 1.3-a, as errata 3 corrects it', () => {
  it('NSF, charity and an overpayment end at visit 0.00, unapplied 10.00, net −10.00, a credit of the patient', () => {
    const desk = insured('2026-03-02')
    desk.does(charge('2026-03-02', 50_000), '2026-03-02')
    desk.does(
      remit(
        [
          claimOf({ charge: 50_000, paid: 20_000 }, [
            ['CO', '45', 15_000],
            ['PR', '1', 10_000],
            ['PR', '2', 5_000],
          ]),
        ],
        '2026-03-20',
      ),
      '2026-03-21',
    )
    desk.does({ type: 'PostPayment', on: '2026-04-01', amount: 6_000, tender: 'check', payment: 'p1' }, '2026-04-01')
    desk.does(
      { type: 'ReversePayment', on: '2026-04-08', payment: 'p1', kind: 'nsf', reason: 'returned' },
      '2026-04-08',
    )
    expect(balances(desk)).toEqual({ patient: 15_000 })
    desk.does(
      {
        type: 'WriteOff',
        on: '2026-04-10',
        visit: 'v1',
        party: 'patient',
        category: 'charity',
        lines: [{ line: 'l1', amount: 6_000 }],
        approval: { by: 'fay', roles: ['faSupervisor'], determination: 'fap-1' },
        reason: 'assistance, 40 %',
      },
      '2026-04-10',
    )
    expect(balances(desk)).toEqual({ patient: 9_000 })
    desk.does({ type: 'PostPayment', on: '2026-04-20', amount: 10_000, tender: 'cash', payment: 'p2' }, '2026-04-20')
    expect(balanceOf(desk.state.ledger)).toBe(0)
    expect(unappliedTotal(desk.state.payments)).toBe(1_000)
    expect(desk.at('2026-04-20', '2026-04-20')).toEqual({ layers: [], unapplied: -10, net: -10 })
    expect(credits(desk)).toEqual([{ owner: 'patient', amount: 1_000, provisional: false }])

    const [credit] = desk.state.credits.credits.keys()
    desk.does(
      {
        type: 'ApproveRefund',
        on: '2026-04-21',
        refund: 'r1',
        credit: credit ?? '',
        payee: 'guarantor',
        method: 'check',
        reason: 'overpaid',
      },
      '2026-04-21',
    )
    desk.does({ type: 'IssueRefund', on: '2026-04-22', refund: 'r1' }, '2026-04-22')
    expect(desk.at('2026-04-22', '2026-04-22')).toEqual({ layers: [], unapplied: 0, net: 0 })
    expect(credits(desk)).toEqual([])
  })
})

describe('worked two-clock vectors', () => {
  it('W1 a late-recorded check shows in January only to those who know it in February', () => {
    const desk = opened('2026-01-05')
    desk.does(charge('2026-01-05', 30_000), '2026-01-06')
    desk.does(
      { type: 'PostPayment', on: '2026-01-30', amount: 10_000, tender: 'check', depositBatch: '2026-02-02' },
      '2026-02-03',
    )
    expect(desk.at('2026-01-31', '2026-01-31').layers).toEqual(['patient 300 26d'])
    expect(desk.at('2026-01-31', '2026-02-28').layers).toEqual(['patient 200 26d'])
    expect(desk.at('2026-02-10', '2026-02-01').layers).toEqual(['patient 300 36d'])
    expect(desk.at('2026-02-10', '2026-02-28').layers).toEqual(['patient 200 36d'])
  })

  it('W2 a remittance posted late counts from its payment date, the patient ages from the day we knew', () => {
    const desk = w2()
    expect(desk.at('2026-02-28', '2026-02-28').layers).toEqual(['cov 500 49d'])
    expect(desk.at('2026-02-28', '2026-03-31').layers).toEqual(['patient 150 -5d'])
    expect(desk.at('2026-04-10', '2026-04-10').layers).toEqual(['patient 150 36d'])
  })

  it('W3 a returned check is economic: January keeps the payment, the layer its age', () => {
    const desk = opened('2026-01-01')
    desk.does(charge('2026-01-01', 10_000), '2026-01-02')
    desk.does({ type: 'PostPayment', on: '2026-01-20', amount: 10_000, tender: 'check', payment: 'p' }, '2026-01-20')
    desk.does({ type: 'ReversePayment', on: '2026-02-05', payment: 'p', kind: 'nsf', reason: 'NSF' }, '2026-02-09')
    expect(desk.at('2026-01-31', '2026-01-31').layers).toEqual([])
    expect(desk.at('2026-01-31', '2026-02-28').layers).toEqual([])
    expect(desk.at('2026-02-06', '2026-02-06').layers).toEqual([])
    expect(desk.at('2026-02-06', '2026-02-28').layers).toEqual(['patient 100 36d'])
  })

  it('W4 a misposted payment is a correction: as known later it never was', () => {
    const desk = opened('2026-01-05')
    desk.does(charge('2026-01-05', 10_000), '2026-01-05')
    desk.does({ type: 'PostPayment', on: '2026-01-15', amount: 8_000, tender: 'check', payment: 'p' }, '2026-01-15')
    desk.does(
      { type: 'ReversePayment', on: '2026-02-10', payment: 'p', kind: 'misposted', reason: 'other account' },
      '2026-02-10',
    )
    expect(desk.at('2026-01-31', '2026-01-31').layers).toEqual(['patient 20 26d'])
    expect(desk.at('2026-01-31', '2026-02-28').layers).toEqual(['patient 100 26d'])
    expect(desk.at('2026-02-28', '2026-02-28').layers).toEqual(['patient 100 54d'])
  })

  it('W5 a copay before adjudication waits as designated money and is no credit balance', () => {
    const desk = insured('2026-03-02')
    desk.does(charge('2026-03-02', 20_000), '2026-03-02')
    desk.does(
      { type: 'PostPayment', on: '2026-03-02', amount: 3_000, tender: 'cash', designation: { visitId: 'v1' } },
      '2026-03-02',
    )
    expect(credits(desk)).toEqual([])
    desk.does(
      remit(
        [
          claimOf({ charge: 20_000, paid: 11_000 }, [
            ['CO', '45', 4_000],
            ['PR', '3', 5_000],
          ]),
        ],
        '2026-03-25',
      ),
      '2026-03-27',
    )
    const waiting = { layers: ['cov 200 8d'], unapplied: -30, net: 170 }
    expect(desk.at('2026-03-10', '2026-03-10')).toEqual(waiting)
    expect(desk.at('2026-03-26', '2026-03-26')).toEqual({ ...waiting, layers: ['cov 200 24d'] })
    expect(desk.at('2026-03-26', '2026-03-31')).toEqual({ layers: ['patient 20 -1d'], unapplied: 0, net: 20 })
    expect(desk.at('2026-05-01', '2026-05-01').layers).toEqual(['patient 20 35d'])
    expect(credits(desk)).toEqual([])
  })

  it('W6 a re-adjudication in one unit keeps the age of the overlap and opens the increase', () => {
    const desk = w2()
    desk.does(
      remit(
        [
          claimOf(
            { charge: -50_000, paid: -20_000 },
            [
              ['CO', '45', -15_000],
              ['PR', '1', -15_000],
            ],
            { status: '22' },
          ),
          claimOf(
            { charge: 50_000, paid: 14_000 },
            [
              ['CO', '45', 15_000],
              ['PR', '1', 21_000],
            ],
            { number: 2 },
          ),
        ],
        '2026-05-01',
      ),
      '2026-05-04',
    )
    expect(desk.at('2026-04-30', '2026-05-31').layers).toEqual(['patient 150 56d'])
    expect(desk.at('2026-05-31', '2026-05-02').layers).toEqual(['patient 150 87d'])
    expect(desk.at('2026-05-31', '2026-05-31').layers).toEqual(['patient 150 87d', 'patient 60 27d'])
  })

  it('W7 a takeback, corrected a month later, after the patient had paid: the credit is provisional, then the patient’s', () => {
    const desk = w2()
    desk.does({ type: 'PostPayment', on: '2026-03-20', amount: 15_000, tender: 'check' }, '2026-03-20')
    expect(desk.at('2026-04-30', '2026-04-30').net).toBe(0)
    desk.does(
      remit(
        [
          claimOf(
            { charge: -50_000, paid: -20_000 },
            [
              ['CO', '45', -15_000],
              ['PR', '1', -15_000],
            ],
            { status: '22' },
          ),
        ],
        '2026-06-01',
      ),
      '2026-06-03',
    )
    expect(desk.at('2026-06-02', '2026-06-02').net).toBe(0)
    expect(desk.at('2026-06-10', '2026-06-10')).toMatchObject({ net: 350, unapplied: 0 })
    expect(desk.at('2026-06-10', '2026-06-10').layers).toContain('cov 500 151d')
    expect(credits(desk)).toEqual([{ owner: 'patient', amount: 15_000, provisional: true }])
    desk.does(
      remit(
        [
          claimOf({ charge: 50_000, paid: 25_000 }, [
            ['CO', '45', 15_000],
            ['PR', '1', 10_000],
          ]),
        ],
        '2026-07-01',
      ),
      '2026-07-02',
    )
    expect(desk.at('2026-06-10', '2026-07-31')).toMatchObject({ net: 350 })
    expect(desk.at('2026-07-10', '2026-07-10').net).toBe(-50)
    expect(credits(desk)).toEqual([{ owner: 'patient', amount: 5_000, provisional: false }])
  })

  it('W8 coverage found retroactively takes over the layer from the day it was opened, and its age', () => {
    const desk = opened('2026-01-15')
    desk.does(charge('2026-01-15', 40_000), '2026-01-16')
    desk.does(
      {
        type: 'AddCoverage',
        on: '2026-04-20',
        coverage: 'cov',
        payer: 'medicaid',
        filingIndicator: 'MC',
        from: '2026-01-01',
      },
      '2026-04-20',
    )
    desk.does(
      {
        type: 'TransferResponsibility',
        on: '2026-04-20',
        from: 'patient',
        to: { coverageId: 'cov' },
        lines: [{ line: 'l1' }],
        because: 'coverageFound',
        reason: 'eligible since January',
      },
      '2026-04-20',
    )
    expect(desk.at('2026-03-31', '2026-03-31').layers).toEqual(['patient 400 75d'])
    expect(desk.at('2026-03-31', '2026-04-30').layers).toEqual(['cov 400 75d'])
    expect(desk.at('2026-04-30', '2026-04-30').layers).toEqual(['cov 400 105d'])
  })

  it('W9 the receivable of a March remittance recorded in April is open in the closing of March only', () => {
    const desk = insured('2026-03-01')
    desk.does(charge('2026-03-01', 50_000), '2026-03-02')
    desk.does(remit([claimOf({ charge: 50_000, paid: 30_000 }, [['CO', '45', 20_000]])], '2026-03-31'), '2026-04-03')
    expect(desk.at('2026-03-31', '2026-04-02').layers).toEqual(['cov 500 30d'])
    expect(desk.at('2026-03-31', '2026-04-30').layers).toEqual([])
  })
  it.todo('W9 roll-forward by period waits for the books of the practice (periods, deposits)')
  it.todo('W10 waits for the bad-debt events (BadDebtWrittenOff, Recovered, Reinstated)')
})

function w2(): Desk {
  const desk = insured('2026-01-10')
  desk.does(charge('2026-01-10', 50_000), '2026-01-12')
  desk.does(
    remit(
      [
        claimOf({ charge: 50_000, paid: 20_000 }, [
          ['CO', '45', 15_000],
          ['PR', '1', 15_000],
        ]),
      ],
      '2026-02-20',
    ),
    '2026-03-05',
  )
  return desk
}
