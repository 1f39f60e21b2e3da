import { describe, expect, it } from 'vitest'
import { all, owed, pays, visitWith } from './visit.ts'

const matched = (desk: ReturnType<typeof visitWith>) =>
  all(desk, 'ClaimAdjudicated')
    .at(-1)
    ?.lines.map(({ lineId, matchedBy }) => `${lineId} ${matchedBy}`)

describe('rule M: which charge a line of the advice speaks of', () => {
  it('a bundle: one adjudicated code, the submitted codes (SVC06) and 6R tell the lines apart', () => {
    const desk = visitWith({
      charges: [
        { line: 'l1', amount: 10_000, code: '80047', controlNumber: 'L1' },
        { line: 'l2', amount: 5_000, code: '82330', controlNumber: 'L2' },
      ],
    })
    const bundle = {
      lines: [
        { code: '80050', submitted: '82330', charge: 5_000, controlNumber: 'L2', cas: [['CO', '97', 5_000]] },
        {
          code: '80050',
          submitted: '80047',
          charge: 10_000,
          paid: 8_000,
          controlNumber: 'L1',
          cas: [['CO', '45', 2_000]],
        },
      ],
    } as const
    desk.does(pays('acme', bundle, '2026-02-20'), '2026-02-21')
    expect(matched(desk)).toEqual(['l2 lineControlNumber', 'l1 lineControlNumber'])
    expect(owed(desk)).toEqual({ 'l2 acme': 5_000 })
    expect(all(desk, 'DenialRecorded')[0]).toMatchObject({ category: 'bundled', expected: 0 })
  })

  it('the same without 6R goes by the submitted code and charge', () => {
    const desk = visitWith({
      charges: [
        { line: 'l1', amount: 10_000, code: '80047' },
        { line: 'l2', amount: 5_000, code: '82330' },
      ],
    })
    const bundle = {
      lines: [
        { code: '80050', submitted: '82330', charge: 5_000, cas: [['CO', '97', 5_000]] },
        { code: '80050', submitted: '80047', charge: 10_000, paid: 8_000, cas: [['CO', '45', 2_000]] },
      ],
    } as const
    desk.does(pays('acme', bundle, '2026-02-20'), '2026-02-21')
    expect(matched(desk)).toEqual(['l2 codeModifiersChargeDate', 'l1 codeModifiersChargeDate'])
  })

  it('never by the adjudicated code alone: with SVC06 naming no charge the claim is held', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000, code: '80050' }] })
    const other = { lines: [{ code: '80050', submitted: '80047', charge: 10_000, paid: 10_000 }] }
    expect(desk.refused(pays('acme', other, '2026-02-20'), '2026-02-21')).toContain('match')
  })

  it('a split repeats one 6R: its lines add up on the charge', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 20_000, controlNumber: 'L1', units: '2' }] })
    const split = {
      lines: [
        { charge: 10_000, paid: 7_000, controlNumber: 'L1', cas: [['CO', '45', 3_000]] },
        { charge: 10_000, controlNumber: 'L1', cas: [['CO', '151', 10_000]] },
      ],
    } as const
    desk.does(pays('acme', split, '2026-02-20'), '2026-02-21')
    expect(matched(desk)).toEqual(['l1 lineControlNumber', 'l1 lineControlNumber'])
    expect(owed(desk)).toEqual({ 'l1 acme': 10_000 })
    expect(all(desk, 'InsurancePaymentPosted')[0]?.lines).toEqual([{ lineId: 'l1', amount: 7_000 }])
  })

  it('an unbundle: other codes, one 6R, the sum must be the charge', () => {
    const charges = [{ line: 'l1', amount: 20_000, code: '80050', controlNumber: 'L1' }]
    const parts = (second: number) => ({
      lines: [
        { code: '80047', submitted: '80050', charge: 12_000, paid: 12_000, controlNumber: 'L1' },
        { code: '82330', submitted: '80050', charge: second, paid: second, controlNumber: 'L1' },
      ],
    })
    const whole = visitWith({ charges })
    whole.does(pays('acme', parts(8_000), '2026-02-20'), '2026-02-21')
    expect(owed(whole)).toEqual({})
    const short = visitWith({ charges })
    expect(short.refused(pays('acme', parts(7_000), '2026-02-20'), '2026-02-21')).toEqual(['match'])
  })

  it('modifiers and day before code and charge; then units; a charge is taken once', () => {
    const desk = visitWith({
      charges: [
        { line: 'l1', amount: 10_000, units: '1' },
        { line: 'l2', amount: 10_000, units: '1' },
      ],
    })
    const two = {
      lines: [
        { charge: 10_000, paid: 10_000, modifiers: ['25'], on: '2026-01-10' },
        { charge: 10_000, paid: 10_000, on: '2026-01-10' },
      ],
    }
    desk.does(pays('acme', two, '2026-02-20'), '2026-02-21')
    expect(matched(desk)).toEqual(['l2 codeCharge', 'l1 codeModifiersChargeDate'])
  })

  it('a line with no charge and no money speaks of nothing; with money it holds the claim', () => {
    const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    const silent = {
      lines: [
        { charge: 10_000, paid: 10_000 },
        { code: 'G8427', charge: 0, cas: [['CO', '246', 0]] },
      ],
    } as const
    desk.does(pays('acme', silent, '2026-02-20'), '2026-02-21')
    expect(owed(desk)).toEqual({})
    const other = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
    const bonus = {
      lines: [
        { charge: 10_000, paid: 10_000 },
        { code: 'G0000', charge: 0, paid: 500, cas: [['CO', '144', -500]] },
      ],
    } as const
    expect(other.refused(pays('acme', bonus, '2026-02-20'), '2026-02-21')).toEqual(['match'])
  })
})
