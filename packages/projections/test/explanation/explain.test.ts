import type { AccountEvent } from '@daybook/core/account'
import { toDay } from '@daybook/core/kernel'
import { describe, expect, it } from 'vitest'
import { explain, type LineExplanation } from '../../src/explanation/index.ts'
import { recorded } from '../history/book.ts'
import {
  accA,
  adjudicated,
  charge,
  effect,
  event,
  layerId,
  opened,
  patientPaid,
  secondPlan,
} from '../history/script.ts'

const today = toDay('2026-11-21')
const line = (events: readonly AccountEvent[], id = 'L1', asOf = today): LineExplanation => {
  const [found] = explain(recorded(events), asOf, { line: id }).lines
  if (!found) throw new Error(`no line ${id}`)
  return found
}
const parts = (explained: LineExplanation, party: string) =>
  explained.parties
    .find((one) => one.party === party)
    ?.parts.map(({ words, amount, codes, derived }) => ({ words, amount, codes, derived }))

describe('why the balance is what it is', () => {
  it('F03 ACC-A line 1 of reference §12.6, in plain words that sum to it', () => {
    expect(line(accA).says).toBe(
      'billed 350.00, discount 90.00, plan paid 140.00, deductible 100.00, coinsurance 20.00, you owe 120.00',
    )
    expect(line(accA, 'L2').says).toBe(
      'billed 150.00, discount 60.00, plan paid 60.00, coinsurance 30.00, you owe 30.00',
    )
    expect(explain(recorded(accA), today)).toMatchObject({ account: 'a1', net: 15_000, unapplied: [] })
  })

  it('F03 every amount names its code and the events that it comes from', () => {
    const explained = line(accA)
    expect(parts(explained, 'cov1')).toEqual([
      { words: 'billed', amount: 35_000, codes: [], derived: false },
      { words: 'discount', amount: -9_000, codes: ['CO-45'], derived: false },
      { words: 'plan paid', amount: -14_000, codes: [], derived: false },
      { words: 'moved to the patient', amount: -12_000, codes: [], derived: false },
    ])
    expect(parts(explained, 'patient')).toEqual([
      { words: 'deductible', amount: 10_000, codes: ['PR-1'], derived: false },
      { words: 'coinsurance', amount: 2_000, codes: ['PR-2'], derived: false },
    ])
    const deductible = explained.parties.at(-1)?.parts[0]
    expect(deductible?.events).toEqual([
      { id: 'e10', type: 'ResponsibilityTransferred', position: 10, effectiveDate: '2026-03-02' },
    ])
  })

  it('a payment, its return and a write-off are told one by one', () => {
    const events = [
      ...accA,
      patientPaid('pay1', '2026-04-01', 6_000, [{ line: 'L1', amount: 6_000 }]),
      event('PaymentReversed', '2026-04-09', {
        paymentId: 'pay1',
        amount: 6_000,
        kind: 'nsf',
        mode: 'economic',
        released: [{ lineId: 'L1', layerId: layerId('L1', 'patient'), amount: 6_000 }],
        reason: 'bank notice',
        effects: [effect('L1', 'patient', 6_000)],
        contra: [{ account: 'cash', amount: -6_000 }],
      }),
      event('WriteOffPosted', '2026-05-01', {
        visitId: 'v1',
        adjustmentId: 'w1',
        category: 'charity',
        party: 'patient',
        lines: [{ lineId: 'L1', amount: 4_000 }],
        authority: { approver: 'sue' },
        reason: 'determination',
        effects: [effect('L1', 'patient', -4_000)],
        contra: [{ account: 'writeOff:charity', amount: 4_000 }],
      }),
    ]
    expect(line(events).says).toBe(
      'billed 350.00, discount 90.00, plan paid 140.00, deductible 100.00, coinsurance 20.00, charity care 40.00, ' +
        'you paid 60.00, payment returned for lack of funds 60.00, you owe 80.00',
    )
    // As of a day before the return it still stands paid, and charity is not there yet (two-clocks, W3).
    expect(line(events, 'L1', toDay('2026-04-05')).says).toMatch(/you paid 60\.00, you owe 60\.00$/)
  })

  it('a denial of which a part has ended waits for the rest alone', () => {
    const denial = (ended: object) => [
      ...opened('2026-02-01'),
      charge('L1', '2026-02-03', '29881', 30_000),
      ...adjudicated('adj1', '2026-03-02', [
        {
          line: 'L1',
          charge: 30_000,
          paid: 0,
          adjustments: [{ group: 'CO', carc: '197', amount: 30_000, disposition: 'denial' }],
        },
      ]),
      event('DenialResolved', '2026-04-01', {
        visitId: 'v1',
        denialId: 'adj1-d',
        outcome: { kind: 'superseded' },
        reason: 'an earlier payer decided the line',
        ...ended,
      }),
    ]
    const waits = (ended: object) =>
      line(denial(ended)).parties[0]?.open.map(({ kind, amount }) => [kind, amount]) ?? []
    expect(waits({ lines: [{ lineId: 'L1', amount: 10_000 }] })).toEqual([
      ['denied', 20_000],
      ['leftOpen', 10_000],
    ])
    expect(waits({})).toEqual([['leftOpen', 30_000]])
  })

  it('a denial stays with the payer, worded, and nobody owes it as patient (ACC-B of §12.6)', () => {
    const events = [
      ...opened('2026-02-01'),
      charge('L1', '2026-02-03', '29881', 30_000),
      ...adjudicated('adj1', '2026-03-02', [
        {
          line: 'L1',
          charge: 30_000,
          paid: 0,
          adjustments: [{ group: 'CO', carc: '197', amount: 30_000, disposition: 'denial' }],
        },
      ]),
    ]
    const explained = line(events)
    expect(explained.says).toBe(
      'billed 300.00, denied 300.00 (no prior authorization), SAMPLE HEALTH PLAN (primary) owes 300.00',
    )
    expect(explained.parties[0]?.open).toEqual([
      {
        kind: 'denied',
        words: 'denied: no prior authorization',
        amount: 30_000,
        codes: ['CO-197', 'M62'],
        blockedBy: [],
        event: 'e7',
      },
    ])
  })

  it('what no payer has decided waits; what rules keep off the patient says which (AR-05)', () => {
    const waiting = [...opened('2026-02-01'), charge('L1', '2026-02-03', '99213', 10_000)]
    expect(line(waiting).says).toBe('billed 100.00, SAMPLE HEALTH PLAN (primary) owes 100.00 and has not decided yet')
    const held = [
      ...waiting,
      ...adjudicated('adj1', '2026-03-02', [
        {
          line: 'L1',
          charge: 10_000,
          paid: 8_000,
          adjustments: [{ group: 'PR', carc: '2', amount: 2_000, disposition: 'held' }],
        },
      ]),
      event('ResponsibilityHeld', '2026-03-02', {
        visitId: 'v1',
        holdingId: 'h1',
        coverageId: 'cov1',
        adjudicationId: 'adj1',
        lines: [{ lineId: 'L1', group: 'PR', carc: '2', amount: 2_000 }],
        blockedBy: ['AR-05'],
      }),
    ]
    const explained = line(held)
    expect(explained.says).toBe(
      'billed 100.00, plan paid 80.00, kept off the patient 20.00 (coinsurance), SAMPLE HEALTH PLAN (primary) owes 20.00',
    )
    expect(explained.parties[0]?.open).toMatchObject([{ kind: 'held', amount: 2_000, blockedBy: ['AR-05'] }])
  })

  it('rule S: amounts spread from claim level are marked derived (ACC-C of §12.6, prior payer)', () => {
    const secondary = secondPlan as { coverageId: string }
    const events = [
      ...opened('2026-01-01', { secondary: true }),
      charge('L1', '2026-01-10', '99213', 20_000, secondPlan),
      ...adjudicated(
        'adj1',
        '2026-03-02',
        [
          {
            line: 'L1',
            charge: 20_000,
            paid: 8_000,
            derived: true,
            adjustments: [{ group: 'OA', carc: '23', amount: 12_000, disposition: 'priorPayer', derived: true }],
          },
        ],
        { party: secondary },
      ),
      event('PriorPayerSettled', '2026-03-02', {
        visitId: 'v1',
        adjudicationId: 'adj1',
        coverageId: 'cov2',
        lines: [{ lineId: 'L1', amount: 12_000 }],
        effects: [effect('L1', secondPlan, -12_000)],
        contra: [{ account: 'priorPayerUnverified', amount: 12_000 }],
      }),
    ]
    const explained = line(events)
    expect(parts(explained, 'cov2')).toEqual([
      { words: 'billed', amount: 20_000, codes: [], derived: false },
      { words: 'settled by an earlier payer (not verified)', amount: -12_000, codes: [], derived: true },
      { words: 'plan paid', amount: -8_000, codes: [], derived: true },
    ])
    expect(explained.says).toBe(
      'billed 200.00, settled by an earlier payer (not verified) 120.00, plan paid 80.00, nothing is owed',
    )
  })

  it('rule R: a reversal with its correction reads as what stands; the parts keep both sides', () => {
    const events = [
      ...opened('2025-11-30'),
      charge('L1', '2025-12-01', '99214', 40_000),
      ...adjudicated('adj1', '2026-01-10', [
        {
          line: 'L1',
          charge: 40_000,
          paid: 30_000,
          adjustments: [{ group: 'CO', carc: '45', amount: 10_000, disposition: 'contractual' }],
        },
      ]),
      event('AdjudicationReversed', '2026-03-02', {
        visitId: 'v1',
        adjudicationId: 'adj1',
        coverageId: 'cov1',
        source: { remittanceId: 'r2', claim: 4 },
        pending: false,
        residual: [],
        effects: [effect('L1', { coverageId: 'cov1' }, 40_000)],
        contra: [
          { account: 'payerClearing:r2', amount: -30_000 },
          { account: 'contractual', amount: -10_000 },
        ],
      }),
      ...adjudicated('adj2', '2026-03-02', [
        {
          line: 'L1',
          charge: 40_000,
          paid: 22_000,
          adjustments: [
            { group: 'CO', carc: '45', amount: 12_000, disposition: 'contractual' },
            { group: 'PR', carc: '2', amount: 6_000, disposition: 'transfer' },
          ],
        },
      ]),
    ]
    const explained = line(events)
    expect(explained.says).toBe('billed 400.00, discount 120.00, plan paid 220.00, coinsurance 60.00, you owe 60.00')
    expect(parts(explained, 'cov1')).toEqual([
      { words: 'billed', amount: 40_000, codes: [], derived: false },
      { words: 'discount', amount: -22_000, codes: ['CO-45'], derived: false },
      { words: 'plan paid', amount: -52_000, codes: [], derived: false },
      { words: 'plan paid: undone', amount: 30_000, codes: [], derived: false },
      { words: 'discount: undone', amount: 10_000, codes: [], derived: false },
      { words: 'moved to the patient', amount: -6_000, codes: [], derived: false },
    ])
  })

  it('money without an item is told apart and makes the net (W5, errata 3)', () => {
    const events = [
      ...opened('2026-03-01'),
      charge('L1', '2026-03-02', '99213', 20_000),
      patientPaid('copay', '2026-03-02', 3_000, [], { visitId: 'v1' }),
    ]
    const explained = explain(recorded(events), today)
    expect(explained.net).toBe(17_000)
    expect(explained.lines[0]?.balance).toBe(20_000)
    expect(explained.unapplied).toEqual([
      {
        payment: 'copay',
        words: 'received 2026-03-02, not applied to anything yet',
        amount: -3_000,
        events: [{ id: 'e6', type: 'PatientPaymentPosted', position: 6, effectiveDate: '2026-03-02' }],
      },
    ])
  })

  it('what an event’s own figures do not tell stands as a part of its own: no cent is left out (rule R)', () => {
    const events = [
      ...accA,
      event('AdjudicationReversed', '2026-06-01', {
        visitId: 'v1',
        adjudicationId: 'adj1',
        coverageId: 'cov1',
        source: { remittanceId: 'r2', claim: 1 },
        pending: true,
        residual: [{ lineId: 'L1', amount: 2_000, cause: 'writtenOff' }],
        // The patient's 120.00 come back with 20.00 that had been written off meanwhile.
        effects: [effect('L1', { coverageId: 'cov1' }, 35_000), effect('L1', 'patient', -10_000)],
        contra: [],
      }),
    ]
    expect(parts(line(events), 'patient')?.slice(-1)).toEqual([
      { words: 'had moved on, taken back with the decision', amount: 2_000, codes: [], derived: false },
    ])
  })

  it('unapplied money that no payment accounts for is still told, and in the net', () => {
    const refund = event('RefundIssued', '2026-04-01', {
      refundId: 'rf1',
      amount: 1_000,
      of: [],
      effects: [],
      contra: [
        { account: 'unapplied', amount: 1_000 },
        { account: 'refundsPayable', amount: -1_000 },
      ],
    })
    const explained = explain(recorded([...accA, patientPaid('p1', '2026-03-20', 3_000, []), refund]), today)
    expect(explained.unapplied.map(({ payment, amount }) => [payment, amount])).toEqual([
      ['p1', -3_000],
      [undefined, 1_000],
    ])
    expect(explained.net).toBe(13_000)
  })

  it('a line that the account does not have is an error, not an empty answer', () => {
    expect(() => explain(recorded(accA), today, { line: 'L9' })).toThrow(/no line L9/)
  })
})
