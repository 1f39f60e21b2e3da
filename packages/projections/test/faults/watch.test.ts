import { toDay } from '@daybook/core/kernel'
import { describe, expect, it } from 'vitest'
import { adjudicated, charge, effect, event, opened } from '../history/script.ts'
import { openBook } from '../worklist/book.ts'

const sent = (on: string, coverageId = 'cov1') =>
  event('ClaimSubmitted', on, {
    visitId: 'v1',
    coverageId,
    patientControlNumber: 'ACC-A',
    frequency: '1',
    sequence: 'P',
    charge: 50_000,
    lines: ['L1'],
    findings: [],
  })

const denied = adjudicated('adj1', '2026-02-02', [
  {
    line: 'L1',
    charge: 50_000,
    paid: 0,
    adjustments: [{ group: 'CO', carc: '197', amount: 50_000, disposition: 'denial' }],
  },
])

const listed = async (events: readonly ReturnType<typeof event>[], asOf: string) => {
  const book = await openBook()
  await book.account('a1', events)
  const { items, waiting } = await book.worklist({ asOf: toDay(asOf) })
  return {
    items: items.map(({ queue, amount, since, reasons }) => [queue, amount, since, reasons[0]]),
    waiting: waiting.map(({ queue, amount, until, reason }) => [queue, amount, until, reason]),
  }
}

describe('watch-1 each thing that stands open is on a list, or says until when it waits', () => {
  const claim = [...opened('2026-01-01'), charge('L1', '2026-01-03', '29881', 50_000)]

  it('watch-1 a claim that a payer has not answered: waited for until its day, then work', async () => {
    const events = [...claim, sent('2026-01-05')]
    const says = 'SAMPLE HEALTH PLAN has 500.00 since 2026-01-05 and has not answered'
    expect(await listed(events, '2026-01-29')).toEqual({
      items: [],
      waiting: [['payerFollowUp', 50_000, '2026-01-30', `${says}, for 24 days`]],
    })
    expect(await listed(events, '2026-07-24')).toEqual({
      items: [['payerFollowUp', 50_000, '2026-01-05', `${says}, for 200 days`]],
      waiting: [],
    })
  })

  it('watch-1 a charge that was never claimed', async () => {
    expect((await listed(claim, '2026-02-01')).items).toEqual([
      [
        'unbilled',
        50_000,
        '2026-01-03',
        '500.00 of the service of 2026-01-03 was never claimed from SAMPLE HEALTH PLAN',
      ],
    ])
  })

  it('watch-1 a coverage that ended before the service', async () => {
    const ended = event('CoverageTerminated', '2026-01-20', {
      coverageId: 'cov1',
      lastDay: '2025-12-31',
      reason: 'payer',
    })
    expect((await listed([...claim, ended], '2026-02-01')).items).toEqual([
      [
        'terminatedCoverage',
        50_000,
        '2026-01-03',
        '500.00 stands at SAMPLE HEALTH PLAN, whose coverage ended 2025-12-31, before the service of 2026-01-03',
      ],
    ])
  })

  it('watch-1 of one visit each line by what was said of it: a late charge is unbilled beside a claim that was sent', async () => {
    const late = charge('L2', '2026-01-04', '99213', 7_000)
    expect(
      (await listed([...claim, sent('2026-01-05'), late], '2026-07-24')).items.map((item) => item.slice(0, 3)),
    ).toEqual([
      ['payerFollowUp', 50_000, '2026-01-05'],
      ['unbilled', 7_000, '2026-01-04'],
    ])
  })

  it('watch-1 of a coverage that ended within a visit, what was served after its end alone', async () => {
    const later = charge('L2', '2026-01-04', '99213', 7_000)
    const ended = event('CoverageTerminated', '2026-01-20', {
      coverageId: 'cov1',
      lastDay: '2026-01-03',
      reason: 'payer',
    })
    const { items } = await listed([...claim, later, ended], '2026-02-01')
    expect(items.map((item) => item.slice(0, 3))).toEqual([
      ['unbilled', 50_000, '2026-01-03'],
      ['terminatedCoverage', 7_000, '2026-01-04'],
    ])
  })

  it('watch-1 a correction is waited for from the day of the reversal, not of the decision that it took back', async () => {
    const decided = adjudicated('adj1', '2026-02-02', [{ line: 'L1', charge: 50_000, paid: 0, adjustments: [] }])
    const reversed = event('AdjudicationReversed', '2026-06-01', {
      visitId: 'v1',
      adjudicationId: 'adj1',
      coverageId: 'cov1',
      source: { remittanceId: 'r2', claim: 1 },
      pending: true,
      residual: [],
      effects: [],
      contra: [],
    })
    const says =
      'SAMPLE HEALTH PLAN took back its decision of 2026-02-02 on 2026-06-01; 500.00 waits for the correction'
    const events = [...claim, sent('2026-01-05'), ...decided, reversed]
    expect(await listed(events, '2026-06-25')).toEqual({
      items: [],
      waiting: [['payerFollowUp', 50_000, '2026-06-26', says]],
    })
    expect((await listed(events, '2026-06-26')).items).toEqual([['payerFollowUp', 50_000, '2026-06-01', says]])
  })

  it('watch-1 what a payer has withheld waits for its settlement as long as policy says, and is then asked for', async () => {
    const decided = adjudicated('adj1', '2026-02-02', [
      {
        line: 'L1',
        charge: 50_000,
        paid: 45_000,
        adjustments: [{ group: 'CO', carc: '104', amount: 5_000, disposition: 'withheld' }],
      },
    ])
    const withheld = event('ContractualAdjustmentPosted', '2026-02-02', {
      visitId: 'v1',
      adjudicationId: 'adj1',
      coverageId: 'cov1',
      lines: [{ lineId: 'L1', group: 'CO', carc: '104', amount: 5_000, reported: 5_000 }],
      effects: [effect('L1', { coverageId: 'cov1' }, -5_000)],
      contra: [{ account: 'withhold:payer', amount: 5_000 }],
    })
    const says = 'SAMPLE HEALTH PLAN has withheld 50.00 since 2026-02-02'
    const of = (list: readonly (readonly unknown[])[]) => list.filter(([queue]) => queue === 'withheld')
    const events = [...claim, sent('2026-01-05'), ...decided, withheld]
    const before = await listed(events, '2027-02-01')
    expect(of(before.waiting)).toEqual([['withheld', 5_000, '2027-02-02', `${says}: it settles after its year`]])
    expect(of(before.items)).toEqual([])
    expect(of((await listed(events, '2027-02-02')).items)).toEqual([['withheld', 5_000, '2026-02-02', says]])
  })

  it('watch-1 what nobody has claimed for as long as policy says is to be reported, and not before (reference §8.12)', async () => {
    const credit = event('CreditBalanceIdentified', '2023-08-01', {
      creditId: 'c1',
      owner: 'patient',
      amount: 3_750,
      sources: [{ lineId: 'L1', party: 'patient', amount: 3_750 }],
      provisional: false,
      identifiedDate: '2023-08-01',
    })
    const reasons = async (asOf: string) => {
      const book = await openBook()
      await book.account('a1', [...opened('2023-07-01'), credit])
      return (await book.worklist({ asOf: toDay(asOf), queue: 'credits' })).items[0]?.reasons.filter((each) =>
        each.startsWith('unclaimed'),
      )
    }
    expect(await reasons('2026-07-31')).toEqual([])
    expect(await reasons('2026-08-01')).toEqual([
      'unclaimed since 2023-08-01: to be reported as unclaimed property from 2026-08-01',
    ])
  })

  it('watch-1 a balance brought forward at a payer is not said to be unbilled: the older book knows', async () => {
    const forward = event('BalanceBroughtForward', '2026-01-01', {
      visitId: 'v1',
      booksBegin: '2026-01-01',
      source: 'an older book',
      lines: [
        {
          lineId: 'L1',
          code: '99213',
          dosFrom: '2025-11-03',
          party: { coverageId: 'cov1' },
          amount: 9_000,
          agingFrom: '2025-11-03',
        },
      ],
      effects: [{ lineId: 'L1', layerId: 'L1-1', party: { coverageId: 'cov1' }, stage: 'active', amount: 9_000 }],
      opens: [{ layerId: 'L1-1', lineId: 'L1', party: { coverageId: 'cov1' }, agingFrom: '2025-11-03' }],
      contra: [{ account: 'openingBalance', amount: -9_000 }],
    })
    const { items, waiting } = await listed([...opened('2026-01-01'), forward], '2026-01-20')
    expect([items, waiting]).toEqual([
      [],
      [
        [
          'payerFollowUp',
          9_000,
          '2026-01-26',
          '90.00 was brought forward at SAMPLE HEALTH PLAN; what was claimed, the older book knows',
        ],
      ],
    ])
  })

  it('watch-1 a denial that was won in appeal, and is not paid yet', async () => {
    const recorded = denied.find(({ type }) => type === 'DenialRecorded') as { denialId: string } | undefined
    const won = event('DenialResolved', '2026-03-01', {
      visitId: 'v1',
      denialId: recorded?.denialId ?? '',
      outcome: { kind: 'appealWon', reference: 'letter' },
      reason: 'won',
    })
    const { items } = await listed([...claim, sent('2026-01-05'), ...denied, won], '2026-03-02')
    expect(items).toEqual([
      [
        'payerFollowUp',
        50_000,
        '2026-02-02',
        'SAMPLE HEALTH PLAN decided on 2026-02-02, and 500.00 still stands there, on no denial',
      ],
    ])
  })
})

describe('watch-2 a plan that nobody pays and nobody evaluates', () => {
  const promised = event('PlanProposed', '2026-01-05', {
    planId: 'plan1',
    total: 10_000,
    lines: ['L1'],
    schedule: [
      { number: 1, due: '2026-02-05', amount: 5_000 },
      { number: 2, due: '2026-03-05', amount: 5_000 },
    ],
    interval: 'month',
    writtenAgreement: false,
    expires: '2026-02-01',
  })
  const agreed = event('PlanActivated', '2026-01-06', { planId: 'plan1', agreedOn: '2026-01-06' })
  const selfPay = event('ChargePosted', '2026-01-05', {
    visitId: 'v1',
    lineId: 'L1',
    code: '99213',
    modifiers: [],
    units: '1',
    dosFrom: '2026-01-05',
    dosTo: '2026-01-05',
    amount: 10_000,
    party: 'patient',
    effects: [{ lineId: 'L1', layerId: 'L1-1', party: 'patient', stage: 'active', amount: 10_000 }],
    opens: [{ layerId: 'L1-1', lineId: 'L1', party: 'patient', agingFrom: '2026-01-05' }],
    contra: [{ account: 'revenue', amount: -10_000 }],
  })
  const events = [...opened('2026-01-01'), selfPay, promised, agreed]

  it('watch-2 waits until the grace of the next instalment has ended, and is work from the day after', async () => {
    expect(await listed(events, '2026-02-10')).toEqual({
      items: [],
      waiting: [['plansDue', 10_000, '2026-02-11', 'on a plan, next due 2026-02-05']],
    })
    expect(await listed(events, '2026-02-11')).toEqual({
      items: [['plansDue', 5_000, '2026-02-05', 'instalment due 2026-02-05: 50.00 open past its grace']],
      waiting: [['plansDue', 5_000, '2026-03-11', 'on a plan, next due 2026-03-05']],
    })
    expect((await listed(events, '2026-11-21')).items).toEqual([
      ['plansDue', 10_000, '2026-02-05', 'instalment due 2026-02-05: 50.00 open past its grace'],
    ])
  })
})
