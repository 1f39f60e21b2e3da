import { type AccountEvent, review } from '@daybook/core/account'
import { type AccountId, toDay } from '@daybook/core/kernel'
import type { RemittanceEvent } from '@daybook/core/remittance'
import { contextOf } from '@daybook/core/testing'
import { describe, expect, it } from 'vitest'
import type { WorkItem } from '../../src/worklist/index.ts'
import { office } from '../explanation/decided-account.ts'
import { accA, adjudicated, charge, effect, event, opened, patientPaid } from '../history/script.ts'
import { openBook, today } from './book.ts'

/** A script under the id of another account. */
const as = (id: string, events: readonly AccountEvent[]): readonly AccountEvent[] =>
  events.map((one) => (one.type === 'AccountOpened' ? { ...one, accountId: id as AccountId } : one))
const fields = (type: RemittanceEvent['type'], more: object): RemittanceEvent =>
  ({ type, effectiveDate: today, ...more }) as RemittanceEvent
const received = fields('RemittanceReceived', {
  remittanceId: 'r1',
  payerId: 'ACME',
  payerName: 'ACME HEALTH',
  payeeId: '1234567893',
  payeeName: 'CLINIC',
  trace: '0012345',
  paymentDate: today,
  amount: 150_000,
  method: 'ACH',
  contentHash: 'abc',
  claims: 2,
  chunks: 1,
  charged: 200_000,
  paid: 138_018,
  providerAdjustments: [],
  findings: [],
})
const queues = (items: readonly WorkItem[]) => items.map(({ queue }) => queue)

const denied = (filing: string, on = '2026-11-02') => [
  ...opened('2026-10-01', { filing }),
  charge('L1', '2026-10-03', '29881', 30_000),
  ...adjudicated('adj1', on, [
    {
      line: 'L1',
      charge: 30_000,
      paid: 0,
      adjustments: [{ group: 'CO', carc: '197', amount: 30_000, disposition: 'denial' }],
    },
  ]),
]

const onPlan = [
  ...accA,
  event('PlanProposed', '2026-09-01', {
    planId: 'plan1',
    total: 15_000,
    lines: ['L1', 'L2'],
    schedule: [
      { number: 1, due: '2026-10-05', amount: 5_000 },
      { number: 2, due: '2026-11-05', amount: 10_000 },
    ],
    interval: 'month',
    writtenAgreement: false,
    expires: '2026-10-01',
  }),
  event('PlanActivated', '2026-09-02', { planId: 'plan1', agreedOn: '2026-09-02' }),
  patientPaid('pay1', '2026-10-04', 5_000, [{ line: 'L1', amount: 5_000 }]),
  event('InstalmentPaid', '2026-10-04', {
    planId: 'plan1',
    number: 1,
    paymentId: 'pay1',
    amount: 5_000,
    complete: true,
  }),
]

describe('the worklist', () => {
  it('lists a patient balance by age, with a score that explains itself', async () => {
    const book = await openBook()
    await book.account('a1', accA)
    const { items, position } = await book.worklist()
    expect(position).toBe(11)
    expect(items).toEqual([
      {
        account: 'a1',
        queue: 'selfPay:121+',
        subject: 'patient',
        amount: 15_000,
        since: '2026-03-02',
        priority: 11.8,
        score: expect.arrayContaining([
          { term: 'balance', points: 1.2, source: '150.00 of 5,000.00' },
          { term: 'age', points: 10.6, source: '264 days' },
          { term: 'propensity', points: 0, source: 'no data' },
          { term: 'recentPayment', points: 0, source: 'no payment yet' },
        ]),
        reasons: ['patient owes 150.00, the oldest part for 264 days'],
        nextAction: 'remind, offer a plan',
        allowed: true,
        blockedBy: [],
        legalDeadline: false,
      },
    ])
  })

  it('as of an earlier day the same book is younger, and what came later is not there', async () => {
    const book = await openBook()
    await book.account('a1', accA)
    await book.account('a2', as('a2', denied('12')))
    expect(queues((await book.worklist({ asOf: toDay('2026-04-01') })).items)).toEqual(['selfPay:0-30'])
    expect(queues((await book.worklist()).items)).toEqual(['denials:auth', 'selfPay:121+'])
  })

  it('a missed instalment is work; what a running plan covers is not asked for outside it', async () => {
    const book = await openBook()
    await book.account('a1', onPlan)
    expect((await book.worklist()).items).toMatchObject([
      { queue: 'plansDue', amount: 10_000, reasons: ['instalment due 2026-11-05: 100.00 open past its grace'] },
    ])
    await book.account('a1', [
      event('InstalmentMissed', '2026-11-16', { planId: 'plan1', number: 2, due: '2026-11-05', open: 10_000 }),
    ])
    const { items } = await book.worklist()
    expect(items).toMatchObject([
      {
        queue: 'planMisses',
        amount: 10_000,
        reasons: ['plan instalment missed 2026-11-05, 100.00 open'],
        nextAction: 'call, offer cure (plan)',
      },
    ])
    await book.account('a1', [
      event('PlanCureOffered', '2026-11-17', { planId: 'plan1', cureBy: '2026-11-28', open: 10_000 }),
    ])
    expect((await book.worklist()).items).toMatchObject([
      {
        queue: 'planMisses:cureNotice',
        nextAction: 'send the notice before default (IssueLetter), or record it (RecordPlanNotice)',
        due: '2026-11-28',
        legalDeadline: false,
      },
    ])
    await book.account('a1', [
      event('PlanNoticeSent', '2026-11-18', { planId: 'plan1', kind: 'cure', channel: 'mail' }),
    ])
    expect((await book.worklist()).items).toMatchObject([
      {
        queue: 'planMisses',
        nextAction: 'cure runs until 2026-11-28: remind',
        due: '2026-11-28',
        legalDeadline: false,
      },
    ])
  })

  it('CL-03 CL-06: an appeal has the deadline of its law, and stands before work without one', async () => {
    const book = await openBook()
    await book.account('medicare', as('medicare', denied('MB', '2026-01-15')))
    await book.account('commercial', as('commercial', denied('12', '2026-02-10')))
    await book.account('medicaid', as('medicaid', denied('MC', '2026-02-10')))
    const { items } = await book.worklist({ asOf: toDay('2026-03-01'), queue: 'denials' })
    expect(items.map(({ account, due, legalDeadline }) => [account, due, legalDeadline])).toEqual([
      ['medicare', '2026-05-20', true],
      ['commercial', '2026-08-09', true],
      ['medicaid', undefined, false],
    ])
    expect(items[0]?.reasons.at(-1)).toBe(
      'due 2026-05-20 (CL-03: 120 days from 2026-01-20, when the notice of 2026-01-15 counts as received (42 CFR 405.942(a)))',
    )
  })

  it('CL-03 §11.2: a legal date that has passed says by how many days, and the item stays among the legal ones', async () => {
    const book = await openBook()
    await book.account('late', as('late', denied('MB', '2026-01-15')))
    await book.account('open', as('open', denied('MB', '2026-05-01')))
    await book.account('patient', as('patient', denied('MC', '2026-01-15')))
    const lateness = async (asOf: string) =>
      (await book.worklist({ asOf: toDay(asOf), queue: 'denials' })).items
        .filter(({ account }) => account === 'late')
        .map(({ daysLate, legalDeadline, reasons }) => [daysLate, legalDeadline, reasons.at(-1)])
    const source =
      '(CL-03: 120 days from 2026-01-20, when the notice of 2026-01-15 counts as received (42 CFR 405.942(a)))'
    expect(await lateness('2026-05-19')).toEqual([[undefined, true, `due 2026-05-20 ${source}`]])
    expect(await lateness('2026-05-20')).toEqual([[undefined, true, `due 2026-05-20 ${source}`]])
    expect(await lateness('2026-05-21')).toEqual([[1, true, `was due 2026-05-20, 1 day late ${source}`]])
    expect(await lateness('2026-07-29')).toEqual([[70, true, `was due 2026-05-20, 70 days late ${source}`]])
    // 7 days before the second date: the one that has passed is urgent at its whole weight, so it stands first.
    const { items } = await book.worklist({ asOf: toDay('2026-08-27'), queue: 'denials' })
    expect(items.map(({ account, daysLate }) => [account, daysLate])).toEqual([
      ['late', 99],
      ['open', undefined],
      ['patient', undefined],
    ])
  })

  it('a date that only policy sets is late as well, and still comes after the legal ones', async () => {
    const book = await openBook()
    await book.account('a1', [
      ...opened('2026-01-01'),
      event('CreditBalanceIdentified', '2026-03-02', {
        creditId: 'credit1',
        owner: 'patient',
        amount: 1_000,
        sources: [],
        provisional: false,
        identifiedDate: '2026-03-02',
      }),
    ])
    await book.account('a2', as('a2', denied('MB', '2026-03-02')))
    const { items } = await book.worklist({ asOf: toDay('2026-04-03') })
    expect(items.map(({ account, daysLate, legalDeadline }) => [account, daysLate, legalDeadline])).toEqual([
      ['a2', undefined, true],
      ['a1', 2, false],
    ])
  })

  it('AR-11: a government credit is due by law; a provisional one has no clock and may not be refunded (G5)', {
    tags: ['G5'],
  }, async () => {
    const book = await openBook()
    const credit = (owner: 'government' | 'patient', provisional: boolean) =>
      event('CreditBalanceIdentified', '2026-03-02', {
        creditId: `${owner}-${provisional}`,
        owner,
        amount: 1_000,
        sources: owner === 'patient' ? [] : [{ lineId: 'L1', party: { coverageId: 'cov1' }, amount: 1_000 }],
        provisional,
        identifiedDate: '2026-03-02',
      })
    await book.account('a1', [
      ...opened('2026-01-01', { filing: 'MB' }),
      credit('government', false),
      credit('patient', false),
      credit('patient', true),
    ])
    const { items } = await book.worklist({ asOf: toDay('2026-04-20'), queue: 'credits' })
    expect(items).toMatchObject([
      {
        subject: 'government-false',
        due: '2026-05-01',
        legalDeadline: true,
        nextAction: 'report and return the overpayment',
      },
      { subject: 'patient-false', due: '2026-04-01', legalDeadline: false, allowed: true },
      { subject: 'patient-true', allowed: false, nextAction: "wait for the payer's correction" },
    ])
    expect(items[2]).not.toHaveProperty('due')
  })

  it('P5 a copay before the payer’s decision waits; undesignated money is to be placed within the policy’s days', {
    tags: ['P5'],
  }, async () => {
    const book = await openBook()
    await book.account('a1', [
      ...opened('2026-11-01'),
      charge('L1', '2026-11-02', '99213', 20_000),
      patientPaid('copay', '2026-11-02', 3_000, [], { visitId: 'v1' }),
      patientPaid('loose', '2026-11-03', 2_000, []),
    ])
    const { items } = await book.worklist({ queue: 'unapplied' })
    expect(items).toMatchObject([
      { subject: 'loose', due: '2026-12-03', allowed: true, blockedBy: [] },
      { subject: 'copay', allowed: false, blockedBy: ['insurance open on v1'] },
    ])
  })

  it('F05 patient responsibility of a QMB is listed as a finding of AR-05', async () => {
    const book = await openBook()
    await book.account('a1', [
      ...opened('2026-02-01', { filing: 'MB' }),
      charge('L1', '2026-02-03', '99213', 10_000),
      event('ResponsibilityHeld', '2026-03-02', {
        visitId: 'v1',
        holdingId: 'h1',
        coverageId: 'cov1',
        adjudicationId: 'adj1',
        lines: [{ lineId: 'L1', group: 'PR', carc: '2', amount: 2_000 }],
        blockedBy: ['AR-05'],
      }),
    ])
    expect((await book.worklist({ queue: 'heldResponsibility' })).items).toMatchObject([
      {
        queue: 'heldResponsibility',
        amount: 2_000,
        blockedBy: ['AR-05'],
        reasons: [expect.any(String), expect.stringMatching(/^AR-05: /), 'PR-2 coinsurance'],
      },
    ])
  })

  it('stub coverages and work that a claim raised are listed with what they say', async () => {
    const book = await openBook()
    await book.account('a1', [
      ...opened('2026-02-01'),
      event('CoverageAdded', '2026-03-02', {
        coverageId: 'cov9',
        patientId: 'p1',
        payerId: 'unknown-carrier',
        payerName: 'CROSSOVER CARRIER',
        order: 2,
        capitated: false,
        stub: true,
      }),
      event('ClaimWorkItemRaised', '2026-03-02', {
        visitId: 'v1',
        workItemId: 'w1',
        code: 'patientMayBeOverpaid',
        amount: 1_500,
        due: '2026-11-23',
        message: 'the patient is said to have paid 15.00 more than the claim asks',
      }),
    ])
    expect((await book.worklist()).items).toMatchObject([
      { queue: 'claimWork:patientMayBeOverpaid', due: '2026-11-23', amount: 1_500 },
      { queue: 'stubCoverages', reasons: ['CROSSOVER CARRIER is known by name only; 0.00 stands there'] },
    ])
  })

  it('a reversed visit is not dunned while its correction is awaited: it is shown as blocked', async () => {
    const book = await openBook()
    await book.account('a1', [
      ...accA,
      charge('L3', '2026-03-03', '99213', 1_000, 'patient'),
      event('AdjudicationReversed', '2026-06-01', {
        visitId: 'v1',
        adjudicationId: 'adj1',
        coverageId: 'cov1',
        source: { remittanceId: 'r2', claim: 1 },
        pending: true,
        residual: [],
        effects: [effect('L1', { coverageId: 'cov1' }, 12_000), effect('L1', 'patient', -12_000)],
        contra: [],
      }),
    ])
    expect((await book.worklist({ queue: 'blocked' })).items).toMatchObject([
      { queue: 'blocked', allowed: false, blockedBy: ['correction awaited'], amount: 4_000 },
    ])
  })

  it('F13 placement candidates say what blocks them; without the checklist there are none', async () => {
    const book = await openBook()
    await book.account('a1', accA)
    const blocked = await book.worklist({
      queue: 'placementCandidates',
      review: (gate, state, { asOf }) => ({
        pass: false,
        hits: [
          {
            rule: 'PC-01.3.finalNotice',
            reason: `no final notice is on file for ${state.ledger.lines.size} lines on ${asOf} (${gate})`,
            citation: 'reference §9.1',
            jurisdiction: 'policy',
          },
        ],
        earliest: toDay('2026-12-21'),
      }),
    })
    expect(blocked.items).toMatchObject([
      {
        queue: 'placementCandidates',
        allowed: false,
        blockedBy: ['PC-01.3.finalNotice'],
        reasons: [
          expect.any(String),
          'no final notice is on file for 2 lines on 2026-11-21 (placeAccount)',
          'earliest 2026-12-21',
        ],
      },
    ])
    const real = await book.worklist({
      queue: 'placementCandidates',
      review: (gate, state, { asOf }) => review(gate, state, contextOf(office, asOf, 1), { on: asOf }),
    })
    expect(real.items).toMatchObject([
      { allowed: false, amount: 15_000, blockedBy: expect.arrayContaining([expect.stringMatching(/^PC-01/)]) },
    ])
    const passing = await book.worklist({ review: () => ({ pass: true, hits: [] }) })
    expect(passing.items).toMatchObject([
      { queue: 'placementCandidates', nextAction: 'propose placement', allowed: true },
      {},
    ])
    expect(queues((await book.worklist()).items)).not.toContain('placementCandidates')
  })
})

describe('the worklist over remittances', () => {
  it('a held remittance says by how much it is off, until somebody releases or rejects it', async () => {
    const book = await openBook()
    await book.remittance('r1', [
      received,
      fields('RemittanceHeld', {
        reasons: ['outOfBalance'],
        differences: [{ level: 'transaction', reference: 'transaction', rule: 'B6', amount: 11_982 }],
      }),
    ])
    expect((await book.worklist()).items).toMatchObject([
      {
        remittance: 'r1',
        queue: 'heldRemittances',
        reasons: [
          'ACME HEALTH trace 0012345 pays 1,500.00, held: outOfBalance',
          '119.82 over at transaction level (B6)',
        ],
        nextAction: 'compare with the deposit, then release or reject',
      },
    ])
    await book.remittance('r1', [fields('RemittanceRejected', { reason: 'not ours' })])
    expect((await book.worklist()).items).toEqual([])
  })

  it('a held claim stays until it is posted; a recoupment without a reversal is an exception (errata 1)', async () => {
    const book = await openBook()
    await book.remittance('r1', [
      received,
      fields('RemittanceOpened', { effects: [], contra: [] }),
      fields('RemittanceClaimHeld', {
        claims: [2],
        reasons: [{ rule: 'match', reason: 'no account has this control number', requiredAction: 'find the account' }],
        differences: [],
        amount: 5_000,
      }),
      fields('ProviderAdjustmentRecorded', {
        payerId: 'ACME',
        code: 'WO',
        reference: 'PCN0009',
        amount: 5_000,
        account: 'payerRecoupment:ACME',
        exception: 'recoupmentWithoutReversal',
      }),
    ])
    expect((await book.worklist()).items).toMatchObject([
      { queue: 'recoupments', amount: 5_000 },
      { queue: 'unmatchedClaims', subject: '2', amount: 5_000, nextAction: 'find the account', blockedBy: ['match'] },
    ])
    await book.remittance('r1', [
      fields('RemittanceClaimPosted', { claims: [2], outcome: 'posted', amount: 5_000, findings: [] }),
    ])
    expect(queues((await book.worklist()).items)).toEqual(['recoupments'])
  })
})

describe('watch-6 what a payer took, or shows to have received, is done when its account says so', () => {
  const plb = (code: string, amount: number, exception: string, reference = 'PCN0009') =>
    fields('ProviderAdjustmentRecorded', {
      ...{ payerId: 'ACME', code, reference, amount, account: 'payerRecoupment:ACME', exception },
    })
  const none = { effects: [], contra: [] }
  const opening = [received, fields('RemittanceOpened', none)]

  it('watch-6 our refund, shown by PLB 72: the next step is to acknowledge it, and then it is done', async () => {
    const book = await openBook()
    await book.remittance('r1', [...opening, plb('72', -5_000, 'recoupmentOutstanding')])
    const items = async () => (await book.worklist({ queue: 'recoupments' })).items
    expect(await items()).toMatchObject([
      { amount: -5_000, nextAction: 'acknowledge the refund of that claim (AcknowledgeRefund)' },
    ])
    const acknowledged = (amount: number) =>
      event('RefundAcknowledged', '2026-11-20', {
        ...{ visitId: 'v1', refundId: 'f1', remittanceId: 'r1', amount },
        ...none,
      })
    await book.account('a1', [...as('a1', accA), acknowledged(2_000)])
    expect(await items()).toMatchObject([{ amount: -3_000 }])
    await book.account('a1', [acknowledged(3_000)])
    expect(await items()).toEqual([])
  })

  it('watch-6 one of several that a payment shows, by its reference alone', async () => {
    const book = await openBook()
    const shown = (reference: string) => plb('72', -5_000, 'recoupmentOutstanding', reference)
    await book.remittance('r1', [...opening, shown('PCN0009'), shown('PCN0010')])
    const acknowledged = event('RefundAcknowledged', '2026-11-20', {
      ...{ visitId: 'v1', refundId: 'f1', remittanceId: 'r1', reference: 'pcn-0010', amount: 5_000 },
      ...none,
    })
    await book.account('a1', [...as('a1', accA), acknowledged])
    const { items } = await book.worklist({ queue: 'recoupments' })
    expect(items.map(({ subject, amount }) => [subject, amount])).toEqual([['PCN0009 1', -5_000]])
  })

  it('watch-6 a recoupment that was pushed to its claim, by the name of the claim alone', async () => {
    const book = await openBook()
    await book.remittance('r1', [...opening, plb('WO', 5_000, 'recoupmentWithoutReversal')])
    const pushed = (amount: number, remittanceId: string) =>
      event('PayerTakebackPosted', '2026-11-20', {
        visitId: 'v1',
        takebackId: `t-${amount}-${remittanceId}`,
        coverageId: 'c1',
        lines: [{ lineId: 'L1', amount }],
        recoupment: { payerId: 'ACME', payerControlNumber: 'pcn-0009', remittanceId },
        reason: 'so',
        ...none,
      })
    await book.account('a1', [...as('a1', accA), pushed(1_000, 'r1'), pushed(4_000, 'r2')])
    const items = async () => (await book.worklist({ queue: 'recoupments' })).items
    expect(await items()).toMatchObject([{ amount: 4_000 }])
    await book.account('a1', [pushed(4_000, 'r1')])
    expect(await items()).toEqual([])
  })
})

describe('the order of the worklist', () => {
  it('§11.2 ties go to the older responsibility, then to the account', async () => {
    const book = await openBook()
    const self = (id: string, on: string) => as(id, [...opened(on), charge(`${id}-L`, on, '99213', 10_000, 'patient')])
    // All older than a year: equal balance and equal age factor, so that only the ties decide.
    await book.account('b', self('b', '2025-03-01'))
    await book.account('c', self('c', '2025-02-01'))
    await book.account('a', self('a', '2025-03-01'))
    const { items } = await book.worklist()
    expect(new Set(items.map(({ priority }) => priority)).size).toBe(1)
    expect(items.map(({ account }) => account)).toEqual(['c', 'a', 'b'])
  })

  it('the top of the list is cut without losing how much there is', async () => {
    const book = await openBook()
    for (const id of ['a', 'b', 'c']) await book.account(id, as(id, accA))
    const list = await book.worklist({ limit: 2 })
    expect([list.total, list.items.length]).toEqual([3, 2])
  })
})
