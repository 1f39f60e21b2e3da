import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../../src/account/index.ts'
import { balancesByParty } from '../../../src/account/ledger/balances.ts'
import { claimOf, type Desk, opened, remit } from '../../support/desk.ts'

const balances = (desk: Desk) => Object.fromEntries(balancesByParty(desk.state.ledger))
const on = '2026-03-02'
const cov = { coverageId: 'cov' }
const charged = (filingIndicator = '12'): Desk => {
  const desk = opened(on)
  desk.does({ type: 'AddCoverage', on, coverage: 'cov', payer: 'acme', payerName: 'Acme Health', filingIndicator }, on)
  desk.does({ type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 30_000 }, on)
  return desk
}
const transfer = (over: object): AccountCommandInput => ({
  type: 'TransferResponsibility',
  on: '2026-03-20',
  from: cov,
  to: 'patient',
  lines: [{ line: 'l1', amount: 10_000 }],
  because: 'manual',
  reason: 'letter of the payer',
  ...over,
})

describe('moving responsibility', () => {
  it('AR-04 nothing of a coverage becomes the patient’s by hand before a payer has said so', () => {
    const desk = charged()
    expect(desk.refused(transfer({}), '2026-03-20')).toContain('AR-04')
    for (const evidence of [
      { group: 'CO', carc: '45' },
      { group: 'PR', carc: '1' },
    ]) {
      expect(desk.refused(transfer({ evidence }), '2026-03-20')).toContain('AR-04')
    }
    expect(balances(desk)).toEqual({ cov: 30_000 })
  })

  it.each([
    ['12', ['AR-04', 'PG-04']],
    ['MB', ['AR-04', 'PG-04']],
    ['MC', ['AR-04', 'AR-06', 'PG-04']],
  ])('a reason code of a denial is one, said or not (filing %s)', (filingIndicator, hits) => {
    const desk = charged(filingIndicator)
    for (const denial of [{}, { denial: false }]) {
      const evidence = { group: 'PR', carc: '96', ...denial }
      expect(desk.refused(transfer({ evidence }), '2026-03-20')).toEqual(hits)
    }
    expect(desk.refused(transfer({ evidence: { group: 'PR', carc: '50' } }), '2026-03-20')).toEqual(hits)
  })

  it.each([
    ['PR', 'ZZZ'],
    ['PR', '01'],
    ['pr', '1'],
  ])('%s-%s is no reason that a payer gives, with a notice or without', (group, carc) => {
    const desk = charged()
    for (const notice of [{}, { notice: 'signed waiver' }]) {
      const refused = desk.refused(transfer({ evidence: { group, carc, ...notice } }), '2026-03-20')
      expect(refused).toContain('ledger.noPayerReason')
    }
  })

  it.each(['cobChanged', 'guarantorChanged'])(
    'AR-04 %s takes nothing from a coverage to the patient without the payer’s word',
    (because) => {
      const evidence = { group: 'PR', carc: '1' }
      for (const filingIndicator of ['12', 'MB', 'MC']) {
        const desk = charged(filingIndicator)
        expect(desk.refused(transfer({ because }), '2026-03-20')).toContain('AR-04')
        expect(desk.refused(transfer({ because, evidence }), '2026-03-20')).toContain('AR-04')
      }
    },
  )

  it('a coverage that covers the day of service and has not paid comes before the patient', () => {
    const desk = charged()
    desk.does({ type: 'AddCoverage', on, coverage: 'sec', payer: 'beta' }, on)
    expect(desk.refused(transfer({ evidence: { group: 'PR', carc: '1' } }), '2026-03-20')).toEqual([
      'coverage.paysNext',
      'AR-04',
    ])
  })

  it('a coverage that ended before the service leaves the amount to the patient, from the day of the charge', () => {
    const desk = charged()
    const termed = transfer({ because: 'coverageTermed', lines: [{ line: 'l1' }] })
    expect(desk.refused(termed, '2026-03-20')).toEqual(['coverage.stillCovering'])
    desk.does(
      { type: 'TerminateCoverage', on: '2026-03-20', coverage: 'cov', lastDay: '2026-02-28', reason: 'lost job' },
      '2026-03-20',
    )
    const [event] = desk.does(termed, '2026-03-20')
    expect(event).toMatchObject({ effectiveDate: on, mode: 'correction' })
    expect(desk.at('2026-03-20', '2026-03-20').layers).toEqual(['patient 300 0d'])
  })

  it('changed coordination of benefits moves to the other coverage, which ages from the service', () => {
    const desk = charged()
    desk.does({ type: 'AddCoverage', on, coverage: 'sec', payer: 'beta' }, on)
    desk.does(transfer({ because: 'cobChanged', to: { coverageId: 'sec' }, lines: [{ line: 'l1' }] }), '2026-03-20')
    expect(desk.at('2026-03-22', '2026-03-22').layers).toEqual(['sec 300 20d'])
    expect(desk.at('2026-03-10', '2026-03-22').layers).toEqual(['cov 300 8d'])
  })

  it('lists every reason at once: unknown line, more than is open, same party', () => {
    const desk = charged()
    expect(
      desk.refused(transfer({ to: cov, lines: [{ line: 'l1', amount: 30_001 }, { line: 'l9' }] }), '2026-03-20'),
    ).toEqual(['ledger.beyondOpen', 'ledger.lineUnknown', 'ledger.sameParty'])
  })
})

describe('releasing what a gate holds', () => {
  const held = (): Desk => {
    const desk = charged()
    desk.does(remit([claimOf({ charge: 30_000, paid: 20_000 }, [['PR', '204', 10_000]])], '2026-03-15'), '2026-03-16')
    expect(balances(desk)).toEqual({ cov: 10_000 })
    return desk
  }
  const holding = (desk: Desk) => [...desk.state.ledger.holdings.keys()][0] ?? ''
  const release = (
    desk: Desk,
    outcome: Extract<AccountCommandInput, { type: 'ReleaseResponsibility' }>['outcome'],
  ): AccountCommandInput => ({
    type: 'ReleaseResponsibility',
    on: '2026-03-20',
    holding: holding(desk),
    outcome,
    reason: 'reviewed',
  })

  it('to the patient only on evidence that a notice made them liable', () => {
    const desk = held()
    expect(desk.refused(release(desk, { kind: 'toPatient' }), '2026-03-20')).toEqual(['PG-04'])
    const evidence = { group: 'PR', carc: '204', denial: true, notice: 'waiver of 2026-03-01' }
    const events = desk.does(release(desk, { kind: 'toPatient', evidence }), '2026-03-20')
    expect(events.map((event) => event.type)).toEqual([
      'DenialResolved',
      'ResponsibilityReleased',
      'ResponsibilityTransferred',
    ])
    expect(balances(desk)).toEqual({ patient: 10_000 })
  })

  it('to the next coverage, or written off with approval; once', () => {
    const desk = held()
    expect(desk.refused(release(desk, { kind: 'toNext' }), '2026-03-20')).toEqual(['coverage.noNext'])
    const off = release(desk, { kind: 'writtenOff', category: 'administrative' })
    desk.does(off, '2026-03-20')
    expect(balances(desk)).toEqual({})
    expect(desk.refused(off, '2026-03-20')).toEqual(['ledger.notHeld'])
    // The denial that stood beside the holding for the queue is closed with it: nothing else could close it.
    expect([...desk.state.claims.denials.values()].map(({ resolved }) => resolved?.kind)).toEqual(['writtenOff'])
  })
})
