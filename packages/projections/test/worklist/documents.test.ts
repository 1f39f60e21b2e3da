import { foldAccount, newAccount } from '@daybook/core/account'
import { toDay } from '@daybook/core/kernel'
import type { RemittanceEvent } from '@daybook/core/remittance'
import { describe, expect, it } from 'vitest'
import { queueFacets, queuesOf } from '../../src/worklist/account-queues.ts'
import {
  accountDocument,
  documentVersion,
  type RemittanceDocument,
  remittanceAfter,
  versionOf,
} from '../../src/worklist/documents.ts'
import { worklistView } from '../../src/worklist/index.ts'
import { bankQueues } from '../../src/worklist/queues/bank.ts'
import { personQueues } from '../../src/worklist/queues/persons.ts'
import { remittanceKeys, remittanceQueues } from '../../src/worklist/queues/remittance.ts'
import { submissionQueues } from '../../src/worklist/queues/submissions.ts'
import { accA, adjudicated, charge, event, opened, patientPaid } from '../history/script.ts'
import { openBook, today } from './book.ts'

/** An account on which every facet has something to do. */
const busy = [
  ...opened('2026-02-01', { filing: 'MB' }),
  event('CoverageAdded', '2026-02-02', {
    coverageId: 'cov9',
    patientId: 'p1',
    payerId: 'unknown-carrier',
    payerName: 'CROSSOVER CARRIER',
    order: 2,
    capitated: false,
    stub: true,
  }),
  charge('L1', '2026-02-03', '29881', 30_000),
  ...adjudicated('adj1', '2026-03-02', [
    {
      line: 'L1',
      charge: 30_000,
      paid: 0,
      adjustments: [{ group: 'CO', carc: '197', amount: 30_000, disposition: 'denial' }],
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
  event('ClaimWorkItemRaised', '2026-03-02', {
    visitId: 'v1',
    workItemId: 'w1',
    code: 'patientMayBeOverpaid',
    amount: 1_500,
    due: '2026-11-23',
    message: 'the patient is said to have paid more than the claim asks',
  }),
  charge('L2', '2026-03-03', '99213', 10_000, 'patient'),
  charge('L3', '2026-03-04', '99214', 12_000, 'patient'),
  event('RefundAcknowledged', '2026-03-03', {
    ...{ visitId: 'v1', refundId: 'f1', remittanceId: 'r1', amount: 700, effects: [], contra: [] },
  }),
  event('PlanProposed', '2026-04-01', {
    planId: 'plan1',
    total: 12_000,
    lines: ['L3'],
    schedule: [{ number: 1, due: '2026-05-05', amount: 12_000 }],
    interval: 'month',
    writtenAgreement: false,
    expires: '2026-05-01',
  }),
  event('PlanActivated', '2026-04-02', { planId: 'plan1', agreedOn: '2026-04-02' }),
  event('InstalmentMissed', '2026-05-16', { planId: 'plan1', number: 1, due: '2026-05-05', open: 12_000 }),
  event('PlanCureOffered', '2026-05-17', { planId: 'plan1', cureBy: '2026-05-28', open: 12_000 }),
  event('PromiseMade', '2026-05-01', {
    promiseId: 'w1',
    parts: [{ number: 1, due: '2026-05-08', amount: 4_000 }],
    lines: [{ visitId: 'v1', lineId: 'L2' }],
    graceDays: 3,
    partlyFrom: 5_000,
    madeBy: 'guarantor',
    channel: 'phone',
  }),
  event('DisputeOpened', '2026-05-03', {
    disputeId: 'd1',
    kind: 'insuranceProcessing',
    lines: [{ visitId: 'v1', lineId: 'L1' }],
    raisedBy: 'patient',
    channel: 'mail',
    written: true,
    says: 'the plan should have paid',
  }),
  event('ItemisationRequested', '2026-05-18', {
    itemisationId: 'i1',
    visits: ['v1'],
    channel: 'phone',
    dueBy: '2026-06-17',
  }),
  event('InquiryReceived', '2026-05-04', {
    ...{ inquiryId: 'i1', topic: 'balance', channel: 'phone', by: 'guarantor', identifiers: ['name'], says: 'why?' },
  }),
  event('AccountReviewed', '2026-05-19', { reviewId: 'rv1', found: 1 }),
  event('DiscrepancyFound', '2026-05-19', {
    ...{ reviewId: 'rv1', findingId: 'f1', kind: 'missingDiagnosis', lineId: 'L1', visitId: 'v1', says: 'no pointer' },
  }),
  event('ValidationFailed', '2026-05-19', {
    ...{ findingId: 'f2', visitId: 'v1', coverageId: 'cov1', patientControlNumber: 'ACC-A', charge: 30_000 },
    problems: [{ code: 'total', element: 'CLM02', words: 'CLM02 is 300.00, its lines 310.00' }],
  }),
  event('AgencyNoticeRaised', '2026-05-20', {
    noticeId: 'n1',
    placementId: 'pl1',
    agencyId: 'acme',
    cause: 'recall',
    items: [{ lineId: 'L3', layerId: 'y1', was: 9_000, now: 0 }],
    left: 0,
  }),
  patientPaid('pay1', '2026-06-01', 3_000, [], { visitId: 'v1' }),
  event('CreditBalanceIdentified', '2026-06-02', {
    creditId: 'credit1',
    owner: 'patient',
    amount: 1_000,
    sources: [],
    provisional: false,
    identifiedDate: '2026-06-02',
  }),
  event('RefundApproved', '2026-06-03', {
    refundId: 'refund1',
    payee: 'guarantor',
    amount: 400,
    of: [],
    method: 'check',
    approver: 'sue',
    reason: 'overpaid',
  }),
  event('RefundIssued', '2026-06-03', { refundId: 'refund1', amount: 400, of: [], effects: [], contra: [] }),
]

const remitted = (type: RemittanceEvent['type'], more: object): RemittanceEvent =>
  ({ type, effectiveDate: today, ...more }) as RemittanceEvent

const received = remitted('RemittanceReceived', {
  remittanceId: 'r1',
  payerId: 'ACME',
  payerName: 'ACME HEALTH',
  trace: '0012345',
  amount: 150_000,
})
const busyRemittance = [
  remitted('RemittanceHeld', {
    reasons: ['conflict'],
    differences: [{ level: 'transaction', reference: 'transaction', rule: 'B6', amount: 11_982 }],
    conflictsWith: 'r0',
  }),
  remitted('RemittanceClaimHeld', {
    claims: [2],
    reasons: [{ rule: 'match', reason: 'no account has this control number', requiredAction: 'find the account' }],
    differences: [],
    amount: 5_000,
  }),
  remitted('RemittanceClaimsRecorded', { chunk: 1, claims: [{ number: 1, filingIndicator: 'MB' }] }),
  remitted('RemittanceClaimRejected', {
    claims: [1],
    amount: 7_000,
    effects: [],
    contra: [
      { account: 'refundsPayable', amount: -6_500 },
      { account: 'providerAdjustment:CS', amount: -500 },
    ],
  }),
  remitted('ProviderAdjustmentRecorded', {
    payerId: 'ACME',
    code: 'WO',
    reference: 'PCN0009',
    amount: 5_000,
    account: 'payerRecoupment:ACME',
    exception: 'recoupmentWithoutReversal',
  }),
  remitted('RecoupmentMatched', { payerId: 'ACME', reference: 'PCN0008' }),
  remitted('ProviderAdjustmentRecorded', {
    payerId: 'ACME',
    code: 'FB',
    reference: 'T9',
    amount: -900,
    account: 'forwardBalance:ACME',
  }),
]

describe('the documents behind the worklist', () => {
  it('are what stands here under their numbers: whoever changes what a queue keeps raises its number', () => {
    const document = accountDocument(foldAccount(newAccount, busy))
    const kept = queueFacets.map((facet) => [facet, queuesOf(facet).version, document?.matters[facet]])
    expect(kept).toEqual([
      ['autopay', 1, []],
      [
        'claims',
        7,
        {
          denials: [
            {
              denial: expect.any(String),
              payer: 'SAMPLE HEALTH PLAN',
              filingIndicator: 'MB',
              category: 'auth',
              reasons: [expect.stringMatching(/^CO-197 /)],
              pending: false,
              amountHeld: false,
              amount: 30_000,
              since: '2026-03-02',
            },
          ],
          workItems: [
            {
              workItem: 'w1',
              code: 'patientMayBeOverpaid',
              message: 'the patient is said to have paid more than the claim asks',
              amount: 1_500,
              since: '2026-03-02',
              due: '2026-11-23',
            },
          ],
          answers: [{ remittance: 'r1', amount: -700, since: '2026-03-03' }],
          payers: [],
          withheld: [],
          withholdsBack: [],
        },
      ],
      ['coverage', 1, [{ coverage: 'cov9', payer: 'CROSSOVER CARRIER', amount: 0, since: '2026-02-01' }]],
      [
        'credits',
        7,
        {
          credits: [
            {
              credit: 'credit1',
              owner: 'patient',
              provisional: false,
              amount: 1_000,
              since: '2026-06-02',
              owed: 22_000,
            },
          ],
          issued: [
            {
              refund: 'refund1',
              payee: 'guarantor',
              method: 'check',
              acknowledged: false,
              owedAgain: false,
              amount: 400,
              since: '2026-06-03',
            },
          ],
          returned: [],
        },
      ],
      [
        'disputes',
        2,
        {
          open: [{ dispute: 'd1', kind: 'insuranceProcessing', since: '2026-05-03', amount: 0, step: 'acknowledge' }],
          refunds: [],
        },
      ],
      ['inquiries', 2, [{ inquiry: 'i1', topic: 'balance', since: '2026-05-04', medicare: true }]],
      [
        'ledger',
        6,
        {
          guarantorConfirmed: true,
          beside: { credits: 0, onAccount: 0 },
          owed: [{ amount: 10_000, since: '2026-03-03', correctionPending: false, promisedUntil: '2026-05-13' }],
          holdings: [
            {
              holding: 'h1',
              payer: 'SAMPLE HEALTH PLAN',
              blockedBy: ['AR-05'],
              reasons: ['PR-2 coinsurance'],
              amount: 2_000,
              since: '2026-03-02',
            },
          ],
        },
      ],
      ['letters', 1, { owed: [{ about: 'refund', concerns: 'refund1', on: '2026-06-03' }], back: [] }],
      [
        'payments',
        7,
        {
          unapplied: [{ payment: 'pay1', amount: 3_000, since: '2026-06-01', waitsForVisit: 'v1' }],
          lastPaymentOn: '2026-06-01',
        },
      ],
      [
        'placement',
        4,
        {
          gross: 10_000,
          beside: { credits: 0, onAccount: 0 },
          oldest: '2026-03-03',
          placed: [],
          toTell: [
            {
              notice: 'n1',
              agency: 'acme',
              cause: 'recall',
              was: 9_000,
              now: 0,
              amount: 9_000,
              since: '2026-05-20',
            },
          ],
        },
      ],
      [
        'plans',
        5,
        [
          {
            plan: 'plan1',
            status: 'active',
            missed: [{ number: 1, due: '2026-05-05', open: 12_000 }],
            unpaid: [],
            cureBy: '2026-05-28',
            noticeDue: true,
            beside: { credits: 0, onAccount: 0 },
          },
        ],
      ],
      [
        'promises',
        1,
        [
          {
            promise: 'w1',
            made: '2026-05-01',
            due: '2026-05-08',
            lastDay: '2026-05-11',
            asked: 4_000,
            missing: 4_000,
            recorded: false,
          },
        ],
      ],
      ['registration', 1, []],
      [
        'reviews',
        1,
        {
          findings: [{ finding: 'f1', kind: 'missingDiagnosis', amount: 0, since: '2026-05-19', of: 'line L1' }],
          failed: [
            {
              finding: 'f2',
              visit: 'v1',
              claim: 'ACC-A',
              payer: 'SAMPLE HEALTH PLAN',
              problems: ['CLM02 is 300.00, its lines 310.00'],
              amount: 30_000,
              since: '2026-05-19',
            },
          ],
        },
      ],
      [
        'statements',
        2,
        {
          visits: [{ amount: 10_000, since: '2026-03-03', level: 0 }],
          instalmentOn: '2026-05-05',
          unsent: [],
          itemised: [{ itemisation: 'i1', since: '2026-05-18', dueBy: '2026-06-17' }],
        },
      ],
      ['work', 1, { assigned: [], snoozed: [] }],
    ])
  })

  it('of remittances likewise', () => {
    const document = [received, ...busyRemittance]
      .map((event, index) => ({ event, position: index + 1 }))
      .reduce<RemittanceDocument | undefined>(remittanceAfter, undefined)
    const kept = remittanceKeys.map((key) => [key, remittanceQueues[key].version, document?.matters[key]])
    expect(kept).toEqual([
      ['besideClaims', 2, [{ account: 'providerAdjustment:CS', amount: -500, since: today, at: 5 }]],
      ['forwardedBalances', 1, [{ reference: 'T9', amount: -900, since: today, at: 8 }]],
      [
        'heldRemittances',
        1,
        [
          {
            reasons: ['conflict'],
            differences: [{ level: 'transaction', reference: 'transaction', rule: 'B6', amount: 11_982 }],
            since: today,
            conflictsWith: 'r0',
          },
        ],
      ],
      [
        'recoupments',
        4,
        {
          recoupments: [
            {
              code: 'WO',
              reference: 'PCN0009',
              amount: 5_000,
              since: today,
              at: 6,
              exception: 'recoupmentWithoutReversal',
            },
          ],
          evened: [{ reference: 'PCN0008', since: today, at: 7 }],
        },
      ],
      ['refundsPayable', 1, { amount: 6_500, since: today, government: true }],
      [
        'unmatchedClaims',
        1,
        [
          {
            claims: [2],
            reasons: [
              { rule: 'match', reason: 'no account has this control number', requiredAction: 'find the account' },
            ],
            differences: [],
            amount: 5_000,
            since: today,
          },
        ],
      ],
      [
        'unpostedClaims',
        1,
        { standing: 'done', claims: 1, settled: 1, clearing: -7_000, held: [{ claims: [2], amount: 5_000 }] },
      ],
    ])
  })

  it('have a version that adds up: one queue whose number is raised makes the view new', () => {
    const ofAccounts = queueFacets.map((facet) => queuesOf(facet))
    const all = [...ofAccounts, ...Object.values(remittanceQueues), personQueues, submissionQueues, bankQueues]
    expect(worklistView.version).toBe(documentVersion)
    expect(versionOf(all)).toBe(documentVersion)
    for (const raised of all) {
      const then = all.map((one) => (one === raised ? { version: one.version + 1 } : one))
      expect(versionOf(then)).toBe(documentVersion + 1)
    }
  })

  it('of another version are not read: the view is built again beside them', async () => {
    const book = await openBook()
    await book.account('a1', accA)
    const head = await book.run(book.events.head)
    const [last] = await book.run(book.events.readAll({ after: head.position - 1, limit: 1 }))
    for (const version of [1, documentVersion - 1, documentVersion + 1]) {
      const put = new Map([['account-a1', '{"kind":"account","account":"a1","selfPay":[]}']])
      const at = { from: 0, to: head.position, leaf: last?.leaf ?? '' }
      await book.run(book.views.commit({ view: worklistView.view, version, ...at, put }))
    }
    const { items } = await book.worklist({ asOf: toDay('2026-11-21') })
    expect(items).toMatchObject([{ account: 'a1', queue: 'selfPay:121+', amount: 15_000 }])
  })
})
