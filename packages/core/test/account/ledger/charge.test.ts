import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../../src/account/index.ts'
import { balancesByParty } from '../../../src/account/ledger/balances.ts'
import { type Desk, insured, opened } from '../../support/desk.ts'

const balances = (desk: Desk) => Object.fromEntries(balancesByParty(desk.state.ledger))
const on = '2026-03-02'
const cov = { coverageId: 'cov' }
const charged = (): Desk => {
  const desk = insured(on)
  desk.does({ type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 30_000 }, on)
  return desk
}

describe('AR-06: a service that Medicaid covers', () => {
  const self = {
    type: 'PostCharge',
    on,
    visit: 'v1',
    line: 'l1',
    code: '99213',
    amount: 100,
    party: 'patient',
  } as const
  const covered = (filingIndicator: string, lastDay?: string): Desk => {
    const desk = opened(on)
    desk.does({ type: 'AddCoverage', on, coverage: 'cov', payer: 'acme', filingIndicator }, on)
    if (lastDay) desk.does({ type: 'TerminateCoverage', on, coverage: 'cov', lastDay, reason: 'moved away' }, on)
    return desk
  }

  it('is not charged to the patient past it', () => {
    expect(covered('MC').refused(self, on)).toEqual(['AR-06'])
  })

  it('of another payer, or after the coverage ended, the desk may', () => {
    for (const desk of [covered('12'), covered('MB'), covered('MC', '2026-02-28')]) {
      desk.does(self, on)
      expect(balances(desk)).toEqual({ patient: 100 })
    }
  })
})

describe('posting and giving up', () => {
  it('opens the visit for the account’s own patient, registering the guarantor when nobody is', () => {
    const desk = opened(on)
    const events = desk.does({ type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 12_500 }, on)
    expect(events.map((event) => event.type)).toEqual(['PatientRegistered', 'VisitOpened', 'ChargePosted'])
    expect(balances(desk)).toEqual({ patient: 12_500 })
  })

  it('asks which patient where there are several', () => {
    const desk = opened(on)
    for (const patient of ['kim', 'lee']) {
      desk.does({ type: 'RegisterPatient', on, patient, relationshipToGuarantor: 'child' }, on)
    }
    const charge = { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 100 } as const
    expect(desk.refused(charge, on)).toEqual(['registration.patientAmbiguous'])
    desk.does({ ...charge, patient: 'kim' }, on)
  })

  it('bills the first coverage that covers the day of service', () => {
    const desk = opened(on)
    desk.does({ type: 'AddCoverage', on, coverage: 'old', payer: 'acme', to: '2026-02-28' }, on)
    desk.does({ type: 'AddCoverage', on, coverage: 'new', payer: 'beta', from: '2026-03-01' }, on)
    desk.does({ type: 'PostCharge', on: '2026-02-20', visit: 'v1', line: 'l1', code: '99213', amount: 100 }, on)
    desk.does({ type: 'PostCharge', on, visit: 'v2', line: 'l2', code: '99213', amount: 200 }, on)
    expect(balances(desk)).toEqual({ old: 100, new: 200 })
  })

  it('D6 refuses a day further ahead than policy allows, and says from when it may be posted', { tags: ['D6'] }, () => {
    const desk = opened(on)
    const far = { type: 'PostCharge', on: '2026-04-02', visit: 'v1', line: 'l1', code: '99213', amount: 100 } as const
    expect(desk.refused(far, on)).toEqual(['ledger.tooFarAhead'])
    const step = desk.history.steps.at(-1)
    expect(step?.decision).toMatchObject({ earliest: '2026-03-03' })
    desk.does(far, '2026-03-03')
    expect(desk.at('2026-03-03', '2026-03-03').net).toBe(0)
  })

  it('A8 an account never holds more than 2^53 cents: the charge that would is refused, and says what to look for', {
    tags: ['A8'],
  }, () => {
    const desk = opened(on)
    const most = { type: 'PostCharge', on, visit: 'v1', code: '99213', amount: Number.MAX_SAFE_INTEGER } as const
    desk.does({ ...most, line: 'l1' }, on)
    expect(desk.refused({ ...most, line: 'l2' }, on)).toEqual(['ledger.tooLarge'])
  })

  it('F1 F4 gives up no more than is open, and not alone above one’s limit', { tags: ['F1', 'F4'] }, () => {
    const desk = charged()
    const off = {
      type: 'WriteOff',
      on,
      visit: 'v1',
      party: cov,
      category: 'settlement',
      reason: 'settled',
    } as const
    expect(desk.refused({ ...off, lines: [{ line: 'l1', amount: 30_001 }] }, on)).toEqual(['ledger.beyondOpen'])
    desk.does({ type: 'PostCharge', on, visit: 'v2', line: 'l2', code: '99213', amount: 600_000 }, on)
    expect(desk.refused({ ...off, visit: 'v2' }, on)).toEqual(['WO-01'])
    for (const by of ['anna', 'Anna', 'ANNA']) {
      expect(desk.refused({ ...off, visit: 'v2', approval: { by, roles: ['director'] } }, on)).toEqual(['WO-01'])
    }
    desk.does({ ...off, visit: 'v2', approval: { by: 'dora', roles: ['director'] } }, on)
    expect(balances(desk)).toEqual({ cov: 30_000 })
  })

  it('F2 writes small balances off only within the threshold and after the waiting time', { tags: ['F2'] }, () => {
    const desk = opened(on)
    desk.does({ type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 999 }, on)
    const small = {
      type: 'WriteOff',
      visit: 'v1',
      party: 'patient',
      category: 'smallDebit',
      reason: 'policy',
    } as const
    expect(desk.refused({ ...small, on }, on)).toEqual(['WO-02'])
    desk.does({ ...small, on: '2026-05-01' }, '2026-05-02')
    expect(balances(desk)).toEqual({})
  })

  it('A10 takes a write-off back in parts, to the layers it came from, and no more than there was', {
    tags: ['A10'],
  }, () => {
    const desk = charged()
    desk.does(
      { type: 'WriteOff', on, visit: 'v1', party: cov, category: 'administrative', adjustment: 'w1', reason: 'x' },
      on,
    )
    const back = { type: 'ReverseAdjustment', on: '2026-03-10', adjustment: 'w1', reason: 'x' } as const
    const part = { ...back, mode: 'economic' as const, lines: [{ line: 'l1', amount: 10_000 }] }
    desk.does(part, '2026-03-10')
    expect(desk.at('2026-03-10', '2026-03-10').layers).toEqual(['cov 100 8d'])
    expect(desk.refused({ ...part, lines: [{ line: 'l1', amount: 20_001 }] }, '2026-03-10')).toEqual([
      'ledger.beyondAdjustment',
    ])
    desk.does({ ...back, mode: 'correction' }, '2026-03-10')
    expect(desk.at('2026-03-05', '2026-03-10').layers).toEqual(['cov 200 3d'])
    expect(desk.refused({ ...back, mode: 'economic' }, '2026-03-10')).toEqual(['ledger.beyondAdjustment'])
  })
})

describe('a converted book', () => {
  const forward: Extract<AccountCommandInput, { type: 'BringForward' }> = {
    type: 'BringForward',
    booksBegin: '2026-01-01',
    visit: 'v1',
    source: 'old system',
    lines: [
      { line: 'l1', code: '99213', dos: '2025-10-01', party: 'patient', amount: 8_000, agingFrom: '2025-11-15' },
      { line: 'l2', code: '99214', dos: '2025-10-01', party: 'patient', amount: -1_000 },
    ],
  }

  it('brings balances and credits forward with their age, against opening balance', () => {
    const desk = opened('2026-01-01')
    desk.does(forward, '2026-01-05')
    expect(desk.at('2026-01-01', '2026-01-05').layers).toEqual(['patient -10 92d', 'patient 80 47d'])
    expect(desk.state.ledger.control.get('openingBalance')).toBe(-7_000)
    expect([...desk.state.credits.credits.values()]).toMatchObject([{ owner: 'patient', amount: 1_000 }])
  })

  it('refuses facts from before the books begin', () => {
    const desk = opened('2026-01-01')
    desk.does(forward, '2026-01-05')
    const early = { type: 'PostCharge', on: '2025-12-31', visit: 'v1', line: 'l3', code: '99213', amount: 1 } as const
    expect(desk.refused(early, '2026-01-05')).toEqual(['ledger.beforeTheBooks'])
    expect(desk.refused({ ...forward, booksBegin: '2026-02-01' }, '2026-02-01')).toContain('ledger.booksBegin')
  })
})
