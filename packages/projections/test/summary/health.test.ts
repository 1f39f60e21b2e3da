import { type AccountEvent, foldAccount, newAccount } from '@daybook/core/account'
import { toDay } from '@daybook/core/kernel'
import { describe, expect, it } from 'vitest'
import { summarise } from '../../src/summary/index.ts'
import { accA, adjudicated, charge, event, opened, patientPaid } from '../history/script.ts'

const healthOf = (events: readonly AccountEvent[]) =>
  summarise(foldAccount(newAccount, events), toDay('2026-11-21')).health

const sent = (on: string, over: { readonly frequency?: string; readonly coverageId?: string } = {}) =>
  event('ClaimSubmitted', on, {
    ...{ visitId: 'v1', coverageId: 'cov1', patientControlNumber: 'ACC-A', frequency: '1', sequence: 'P' },
    ...{ charge: 10_000, lines: ['L1'], findings: [] },
    ...over,
  })
const claimed = [...opened('2026-02-01'), charge('L1', '2026-02-03', '99213', 10_000), sent('2026-02-04')]

describe('F05 what a reviewer should look at', () => {
  it('F05 is nothing where nothing is: the page has no such part', () => {
    expect(healthOf(accA)).toBeUndefined()
  })

  it('F05 a claimed charge that points at no diagnosis, until a replacement claim has the line', () => {
    expect(healthOf(claimed)).toEqual([{ kind: 'missingDiagnosis', amount: 10_000, visit: 'v1', line: 'L1' }])
    expect(healthOf([...claimed, sent('2026-02-10', { frequency: '7' })])).toBeUndefined()
  })

  it('F05 not one that points at a diagnosis, that the patient owes, or that nobody has claimed', () => {
    const pointed = { ...charge('L1', '2026-02-03', '99213', 10_000), diagnosisPointers: [1] }
    expect(healthOf([...opened('2026-02-01'), pointed, sent('2026-02-04')])).toBeUndefined()
    const own = charge('L1', '2026-02-03', '99213', 10_000, 'patient')
    expect(healthOf([...opened('2026-02-01'), own, sent('2026-02-04')])).toBeUndefined()
    expect(healthOf(claimed.slice(0, -1))).toBeUndefined()
  })

  it('F05 money that has no item, money that has not settled, an item below zero', () => {
    const pending = event('PaymentCapturePending', '2026-04-02', {
      ...{ paymentId: 'pay2', amount: 700, tender: 'card', source: 'guarantor', receivedDate: '2026-04-02' },
    })
    expect(
      healthOf([
        ...opened('2026-02-01'),
        charge('L1', '2026-02-03', '99213', 10_000, 'patient'),
        patientPaid('pay1', '2026-04-01', 12_500, [{ line: 'L1', amount: 11_000 }]),
        pending,
      ]),
    ).toEqual([
      { kind: 'unposted', amount: 700, since: '2026-04-02', payment: 'pay2' },
      { kind: 'unmatched', amount: 1_500, since: '2026-04-01', payment: 'pay1' },
      { kind: 'negative', amount: 1_000, visit: 'v1', line: 'L1' },
    ])
  })

  it('F05 AR-05 patient responsibility of a QMB that is held', () => {
    const held = event('ResponsibilityHeld', '2026-03-02', {
      ...{ visitId: 'v1', holdingId: 'h1', coverageId: 'cov1', adjudicationId: 'adj1' },
      lines: [{ lineId: 'L1', group: 'PR', carc: '2', amount: 2_000 }],
      blockedBy: ['AR-05'],
    })
    expect(healthOf([...opened('2026-02-01'), charge('L1', '2026-02-03', '99213', 10_000), held])).toEqual([
      { kind: 'qmb', amount: 2_000, rule: 'AR-05', since: '2026-03-02', visit: 'v1', line: 'L1', holding: 'h1' },
    ])
  })

  it('F05 AR-05 what stands at the patient of a visit on which a payer has said that they are a QMB', () => {
    const decided = (remarks: readonly string[]) => [
      ...opened('2026-02-01'),
      charge('L1', '2026-02-03', '99213', 10_000),
      ...adjudicated('adj1', '2026-03-02', [
        {
          ...{ line: 'L1', charge: 10_000, paid: 8_000 },
          adjustments: [{ group: 'PR', carc: '2', amount: 2_000, disposition: 'transfer' }],
        },
      ]).map((one) => (one.type === 'ClaimAdjudicated' ? { ...one, remarks: [...remarks] } : one)),
    ]
    expect(healthOf(decided([]))).toBeUndefined()
    expect(healthOf(decided(['N782']))).toEqual([
      { kind: 'qmb', amount: 2_000, rule: 'AR-05', visit: 'v1', line: 'L1' },
    ])
  })

  it('F44 a claim with wrong data, until a replacement goes to its payer; a claim to another payer ends nothing', () => {
    const problems = [{ code: 'birth' as const, element: 'DMG02', words: 'DMG02 is not a day' }]
    const failed = event('ValidationFailed', '2026-02-04', {
      ...{
        findingId: 'f1',
        visitId: 'v1',
        coverageId: 'cov1',
        patientControlNumber: 'ACC-A',
        charge: 10_000,
        problems,
      },
    })
    const wrong = [...opened('2026-02-01', { secondary: true }), sent('2026-02-04'), failed]
    const item = { kind: 'claimData', amount: 10_000, since: '2026-02-04', visit: 'v1', finding: 'f1', problems }
    expect(healthOf(wrong)).toEqual([item])
    expect(healthOf([...wrong, sent('2026-02-10', { frequency: '7', coverageId: 'cov2' })])).toEqual([item])
    expect(healthOf([...wrong, sent('2026-02-10')])).toEqual([item])
    for (const frequency of ['7', '8']) expect(healthOf([...wrong, sent('2026-02-10', { frequency })])).toBeUndefined()
  })
})
