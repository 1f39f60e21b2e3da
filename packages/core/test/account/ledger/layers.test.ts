import { describe, expect, it } from 'vitest'
import { mergeEffects } from '../../../src/account/ledger/taken.ts'
import { workingLedger } from '../../../src/account/ledger/working.ts'
import { toCents } from '../../../src/kernel/cents.ts'
import { toDay } from '../../../src/kernel/day.ts'
import { coverageParty, PATIENT } from '../../../src/kernel/effects.ts'
import type { CoverageId, LineId } from '../../../src/kernel/ids.ts'
import { claimOf, type Desk, insured, opened, remit } from '../../support/desk.ts'

const l1 = 'l1' as LineId
const ledgerOf = (desk: Desk) => {
  let count = 0
  return workingLedger(desk.state.ledger, () => {
    count += 1
    return `new-${count}`
  })
}
const charged = (amount = 10_000): Desk => {
  const desk = opened('2026-03-02')
  desk.does({ type: 'PostCharge', on: '2026-03-02', visit: 'v1', line: 'l1', code: '99213', amount }, '2026-03-02')
  return desk
}
const fresh = { on: toDay('2026-04-01'), agingFrom: toDay('2026-04-01') }

describe('layers (reference §2.1, errata 11)', () => {
  it('a partial payment does not re-age what is left', () => {
    const desk = charged()
    desk.does({ type: 'PostPayment', on: '2026-06-01', amount: 4_000, tender: 'check' }, '2026-06-01')
    expect(desk.at('2026-06-30', '2026-06-30').layers).toEqual(['patient 60 120d'])
  })

  it('a residual that moves later does not re-age what moved before; a payment takes the oldest first', () => {
    const desk = insured('2026-05-01')
    desk.does(
      { type: 'PostCharge', on: '2026-05-01', visit: 'v1', line: 'l1', code: '99213', amount: 50_000 },
      '2026-05-01',
    )
    // The deductible goes to the patient at once, the share on a denial code when it is released on a notice.
    const claim = claimOf({ charge: 50_000, paid: 9_700 }, [
      ['PR', '1', 40_000],
      ['PR', '204', 300],
    ])
    desk.does(remit([claim], '2026-06-15'), '2026-06-15')
    desk.does(
      {
        type: 'ReleaseResponsibility',
        on: '2026-08-15',
        holding: [...desk.state.ledger.holdings.keys()][0] ?? '',
        outcome: { kind: 'toPatient', evidence: { group: 'PR', carc: '204', notice: 'waiver of 2026-05-01' } },
        reason: 'the notice was signed',
      },
      '2026-08-15',
    )
    expect(desk.at('2026-09-01', '2026-09-01').layers).toEqual(['patient 3 17d', 'patient 400 78d'])
    desk.does({ type: 'PostPayment', on: '2026-09-01', amount: 40_100, tender: 'check' }, '2026-09-01')
    expect(desk.at('2026-09-01', '2026-09-01').layers).toEqual(['patient 2 17d'])
  })

  it('vector 2.1-b: service 05-01, responsibility 10-15: on 11-21 the patient’s layer is 37 days old', () => {
    const desk = insured('2026-05-01')
    desk.does(
      { type: 'PostCharge', on: '2026-05-01', visit: 'v1', line: 'l1', code: '99213', amount: 50_000 },
      '2026-05-01',
    )
    const adjustments = [['PR', '1', 15_000]] as const
    desk.does(remit([claimOf({ charge: 50_000, paid: 35_000 }, adjustments)], '2026-10-15'), '2026-10-15')
    expect(desk.at('2026-11-21', '2026-11-21').layers).toEqual(['patient 150 37d'])
    expect(desk.state.ledger.lines.get(l1)?.dosTo).toBe('2026-05-01')
  })
})

describe('the working ledger of a decision', () => {
  it('sees what it has decided before', () => {
    const ledger = ledgerOf(charged())
    expect(ledger.take(l1, PATIENT, 4_000).taken).toBe(4_000)
    expect(ledger.owed(l1)).toBe(6_000)
    expect(ledger.take(l1, PATIENT, 9_000).taken).toBe(6_000)
    expect(ledger.take(l1, PATIENT, 1).effects).toEqual([])
  })

  it('takes payer money in full: the last layer goes below zero, and a stranger’s first layer is opened', () => {
    const ledger = ledgerOf(charged())
    expect(ledger.overdraw(l1, PATIENT, 12_000, fresh).effects.map((effect) => effect.amount)).toEqual([-12_000])
    expect(ledger.owed(l1, PATIENT)).toBe(-2_000)
    const other = coverageParty('cov9' as CoverageId)
    const moved = ledger.overdraw(l1, other, 500, fresh)
    expect(moved.opens).toHaveLength(1)
    expect(ledger.owed(l1, other)).toBe(-500)
  })

  it('puts an amount back on what was overpaid first, then on the oldest layer', () => {
    const ledger = ledgerOf(charged())
    ledger.overdraw(l1, PATIENT, 12_000, fresh)
    const opened = ledger.openLayer(l1, PATIENT, 1_000, fresh)
    const put = ledger.put(l1, PATIENT, 2_500, fresh)
    expect(put.effects.map((effect) => effect.amount)).toEqual([2_500])
    expect(put.effects[0]?.layerId).not.toBe(opened.opens[0]?.layerId)
  })

  it('takes the youngest first where a correction asks for less', () => {
    const ledger = ledgerOf(charged())
    const opened = ledger.openLayer(l1, PATIENT, 1_000, fresh)
    const [first] = ledger.take(l1, PATIENT, 1_500, { order: 'youngest' }).effects
    expect(first).toMatchObject({ layerId: opened.opens[0]?.layerId, amount: -1_000 })
  })

  it('never takes more than the party owes in all, though one of its layers holds more', () => {
    const ledger = ledgerOf(charged())
    ledger.overdraw(l1, PATIENT, 12_000, fresh)
    ledger.openLayer(l1, PATIENT, 3_000, fresh)
    expect(ledger.take(l1, PATIENT, 3_000).taken).toBe(1_000)
  })

  it('leaves out layers that open later, and says from which day effects may count', () => {
    const ledger = ledgerOf(charged())
    const opened = ledger.openLayer(l1, PATIENT, 1_000, fresh)
    expect(ledger.take(l1, PATIENT, 20_000, { openedBy: toDay('2026-03-31') }).taken).toBe(10_000)
    expect(ledger.notBefore(toDay('2026-03-15'), opened.effects)).toBe('2026-04-01')
  })

  it('merges effects of one layer and stage and drops what cancels out', () => {
    const ledger = ledgerOf(charged())
    const taken = ledger.take(l1, PATIENT, 4_000)
    const [effect] = taken.effects
    if (!effect) throw new Error('nothing taken')
    expect(mergeEffects([effect, { ...effect, amount: toCents(4_000) }])).toEqual([])
  })
})
