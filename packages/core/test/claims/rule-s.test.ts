import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spreadOverCharges, spreadOverLines } from '../../src/account/claims/advice/spreading.ts'
import { adviceClaim } from '../../src/documents/advice.ts'
import type { Cents } from '../../src/kernel/cents.ts'
import { all, control, opens, owed, pays, said, visitWith } from './visit.ts'

const spread = (claim: Parameters<typeof said>[0]) =>
  spreadOverLines(adviceClaim.parse(said(claim))).map(({ paid, adjustments }) => ({
    paid,
    adjustments: adjustments.map(({ group, carc, amount, derived }) => [group, carc, amount, derived === true]),
  }))

describe('rule S: claim-level adjustments', () => {
  it('beside lines (reference §12.6, ACC-C): the line’s payment is SVC03 less its share, Σ = CLP04', () => {
    expect(spread({ status: '2', cas: [['OA', '23', 12_000]], lines: [{ charge: 20_000, paid: 20_000 }] })).toEqual([
      { paid: 8_000, adjustments: [['OA', '23', 12_000, true]] },
    ])
    const desk = visitWith({ charges: [], payers: [] })
    const claim = { status: '2', cas: [['OA', '23', 12_000]], lines: [{ charge: 20_000, paid: 20_000 }] } as const
    desk.does(pays('acme', claim, '2026-03-02', { visit: opens }), '2026-03-03')
    expect(control(desk)).toEqual({
      revenue: -20_000,
      priorPayerUnverified: 12_000,
      'payerClearing:remit-acme-2026-03-02': 8_000,
    })
    expect(all(desk, 'ClaimAdjudicated')[0]?.lines[0]).toMatchObject({ derived: true, paid: 8_000 })
    expect(owed(desk)).toEqual({})
  })

  it('shares by SVC03, the odd cent to the earlier line', () => {
    const lines = [
      { charge: 20_000, paid: 10_000 },
      { charge: 10_000, paid: 10_000 },
    ]
    expect(spread({ cas: [['CO', '253', 101]], lines }).map(({ paid }) => paid)).toEqual([9_949, 9_950])
    expect(spread({ cas: [['CO', '253', -101]], lines }).map(({ paid }) => paid)).toEqual([10_051, 10_050])
  })

  it('clarification 21: a line that was taken back shares by its amount without the sign', () => {
    const lines = [
      { charge: 30_000, paid: 30_000 },
      { charge: 10_000, paid: -10_000 },
    ]
    const [kept, taken] = spread({ cas: [['CO', '253', 400]], lines })
    expect(kept).toEqual({ paid: 29_700, adjustments: [['CO', '253', 300, true]] })
    expect(taken).toEqual({ paid: -10_100, adjustments: [['CO', '253', 100, true]] })
  })

  it('shares by SVC02 where no line is paid; each triple on its own, by SVC03 as reported', () => {
    const unpaid = [{ charge: 30_000 }, { charge: 10_000 }]
    expect(spread({ cas: [['CO', '45', 4_000]], lines: unpaid }).map(({ paid }) => paid)).toEqual([-3_000, -1_000])
    const paid = [
      { charge: 30_000, paid: 20_000 },
      { charge: 10_000, paid: 10_000 },
    ]
    const twice = spread({
      cas: [
        ['CO', '45', 3_000],
        ['PR', '1', 300],
      ],
      lines: paid,
    })
    expect(twice.map(({ adjustments }) => adjustments.map(([, , amount]) => amount))).toEqual([
      [2_000, 200],
      [1_000, 100],
    ])
  })

  it('without lines: paid and triples over the charges on file; the largest component takes each line’s residual', () => {
    const claim = adviceClaim.parse(
      said({
        charge: 10_000,
        paid: 3_334,
        cas: [
          ['CO', '45', 3_333],
          ['PR', '1', 3_333],
        ],
      }),
    )
    const lines = spreadOverCharges(claim, [3_333, 3_333, 3_334] as Cents[])
    expect(lines.map((line) => [line.paid, ...line.adjustments.map(({ amount }) => amount)])).toEqual([
      [1_111, 1_111, 1_111],
      [1_111, 1_111, 1_111],
      [1_112, 1_111, 1_111],
    ])
  })

  it('without lines, and the claim’s charge is not that of the visit: held', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    expect(desk.refused(pays('acme', { charge: 9_900, paid: 9_900 }, '2026-03-02'), '2026-03-03')).toEqual(['match'])
  })

  const cents = fc.integer({ min: 1, max: 500_000 })

  it('over charges, whatever the figures: Σ paid = CLP04, each line explains its charge, every triple keeps its sum', () => {
    fc.assert(
      fc.property(
        fc.array(cents, { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 }),
        (charges, shares) => {
          const total = charges.reduce((sum, charge) => sum + charge, 0)
          const cas = shares.map((share, at) => ['CO', String(40 + at), Math.floor((total * share) / 50)] as const)
          const paid = total - cas.reduce((sum, [, , amount]) => sum + amount, 0)
          const claim = adviceClaim.parse(said({ charge: total, paid, cas }))
          const lines = spreadOverCharges(claim, charges as Cents[])
          expect(lines.reduce((sum, line) => sum + line.paid, 0)).toBe(paid)
          for (const [at, [, , amount]] of cas.entries()) {
            expect(lines.reduce((sum, line) => sum + (line.adjustments[at]?.amount ?? 0), 0)).toBe(amount)
          }
          for (const line of lines) {
            expect(line.paid + line.adjustments.reduce((sum, { amount }) => sum + amount, 0)).toBe(line.charge)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('without lines, the largest component takes the cents that a line is off: the payment stays as split', () => {
    const claim = adviceClaim.parse(
      said({
        charge: 10_000,
        paid: 1_000,
        cas: [
          ['CO', '45', 5_000],
          ['PR', '1', 4_000],
        ],
      }),
    )
    const spreads = spreadOverCharges(claim, [3_333, 3_333, 3_334] as Cents[])
    expect(spreads.map(({ paid, adjustments }) => [paid, ...adjustments.map(({ amount }) => amount)])).toEqual([
      [333, 1_667, 1_333],
      [333, 1_667, 1_333],
      [334, 1_666, 1_334],
    ])
  })

  it('over lines: Σ paid = CLP04 and each triple keeps its sum', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ paid: fc.integer({ min: -500, max: 90_000 }), off: cents }), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.array(fc.integer({ min: -20_000, max: 20_000 }), { minLength: 1, maxLength: 4 }),
        (figures, amounts) => {
          const lines = figures.map(({ paid, off }) => ({
            charge: paid + off,
            paid,
            cas: [['CO', '45', off]] as const,
          }))
          const said_ = said({ lines, cas: amounts.map((amount, at) => ['OA', String(at + 1), amount] as const) })
          const parts = spreadOverLines(adviceClaim.parse(said_))
          expect(parts.reduce((sum, part) => sum + part.paid, 0)).toBe(said_.paid)
          for (const [at, amount] of amounts.entries()) {
            const own = parts
              .flatMap((part) => part.adjustments)
              .filter(({ carc, group }) => group === 'OA' && carc === String(at + 1))
            expect(own.reduce((sum, part) => sum + part.amount, 0)).toBe(amount)
          }
          for (const part of parts) {
            expect(part.paid + part.adjustments.reduce((sum, { amount }) => sum + amount, 0)).toBe(part.charge)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })
})
