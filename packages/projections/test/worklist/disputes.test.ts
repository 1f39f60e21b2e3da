import { createHash } from 'node:crypto'
import { type AccountCommandInput, foldAccount, newAccount } from '@daybook/core/account'
import { toDay } from '@daybook/core/kernel'
import { presets } from '@daybook/core/policy'
import { makeCatalogue, rules } from '@daybook/core/rules'
import { emptyHistory, eventsOf, issue, type Office, usZones } from '@daybook/core/testing'
import { describe, expect, it } from 'vitest'
import { historyOf } from '../../src/history/index.ts'
import { summarise } from '../../src/summary/index.ts'
import { queues as inquiryQueues } from '../../src/worklist/queues/inquiries.ts'
import { unwatched } from '../../src/worklist/watch.ts'
import { recorded } from '../history/book.ts'
import { openBook, policy } from './book.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const office: Office = {
  policy: { version: 1, policy: presets.physicianPracticeMN },
  catalogue: makeCatalogue(rules, sha256),
  sha256,
  actor: { id: 'anna', roles: ['supervisor'] },
  localTime: usZones,
}

type Step = readonly [on: string, command: AccountCommandInput]
const opened: readonly Step[] = [
  [
    '2026-03-02',
    { type: 'OpenAccount', accountId: 'a1', on: '2026-03-02', guarantor: { name: 'Jo Roe', state: 'MN' } },
  ],
  ['2026-03-02', { type: 'ConfirmGuarantor', on: '2026-03-02', reason: 'called' }],
  ['2026-03-02', { type: 'PostCharge', on: '2026-03-02', visit: 'v1', line: 'l1', code: '99213', amount: 30_000 }],
  ['2026-03-02', { type: 'PostCharge', on: '2026-03-02', visit: 'v2', line: 'l2', code: '99214', amount: 20_000 }],
]
type Open = Extract<AccountCommandInput, { type: 'OpenDispute' }>
const dispute = (over: Partial<Open> = {}): Step => [
  '2026-04-01',
  {
    ...{ type: 'OpenDispute', on: '2026-04-01', dispute: 'd1', kind: 'billingError', lines: ['l2'] },
    ...{ raisedBy: 'patient', channel: 'phone', written: false, says: 'charged twice' },
    ...over,
  },
]
const decided: Step = [
  '2026-05-05',
  { type: 'ResolveDispute', on: '2026-05-05', dispute: 'd1', outcome: 'upheld', explanation: 'it was one visit' },
]
const sent: Step = [
  '2026-05-06',
  { type: 'CloseDispute', on: '2026-05-06', dispute: 'd1', because: { kind: 'resultSent', channel: 'mail' } },
]

const eventsFrom = (steps: readonly Step[]) => {
  const history = steps.reduce((done, [on, command]) => {
    const next = issue(done, command, on, office)
    expect(next.steps.at(-1)?.decision.ok, `${command.type} is refused`).toBe(true)
    return next
  }, emptyHistory)
  return eventsOf(history).map(({ event }) => event)
}

const onDay = async (asOf: string, ...more: readonly Step[]) => {
  const events = eventsFrom([...opened, ...more])
  const book = await openBook()
  await book.account('a1', events)
  const { items } = await book.worklist({ asOf: toDay(asOf) })
  const context = { asOf: toDay(asOf), now: `${asOf}T18:00:00.000Z` as never, localTime: usZones, policy }
  expect(unwatched(foldAccount(newAccount, events), context)).toEqual([])
  return items.filter(({ queue }) => !queue.startsWith('prePlacement'))
}

describe('F08: a disputed line in the day’s work', () => {
  it('is not asked for; the other lines are, and the dispute is work with a date', async () => {
    const items = await onDay('2026-04-02', dispute())
    expect(items.map(({ queue, amount, due }) => [queue, amount, due])).toEqual(
      expect.arrayContaining([
        ['selfPay:31-60', 30_000, undefined],
        ['blocked', 20_000, undefined],
        ['disputes', 20_000, '2026-04-08'],
      ]),
    )
    expect(items.find(({ queue }) => queue === 'blocked')?.blockedBy).toEqual(['dispute d1'])
  })

  it.each([
    ['billingError', '2026-04-08', false],
    ['agencyWritten', '2026-04-08', false],
    ['bureau', '2026-05-01', true],
  ] as const)('%s is answered by %s', async (kind, due, legalDeadline) => {
    const items = await onDay('2026-04-02', dispute({ kind }))
    expect(items.find(({ queue }) => queue === 'disputes')).toMatchObject({ due, legalDeadline })
  })

  it('a bureau’s may take 15 days longer where the consumer has sent more in time; a network says its own day', async () => {
    const more: Step = [
      '2026-04-20',
      { type: 'InvestigateDispute', on: '2026-04-20', dispute: 'd1', finding: 'a bill', consumerAdded: true },
    ]
    const bureau = await onDay('2026-04-21', dispute({ kind: 'bureau' }), more)
    expect(bureau.find(({ queue }) => queue === 'disputes')).toMatchObject({ due: '2026-05-16' })
    const again: Step = [
      '2026-05-10',
      { type: 'InvestigateDispute', on: '2026-05-10', dispute: 'd1', finding: 'a letter', consumerAdded: true },
    ]
    const later = await onDay('2026-05-11', dispute({ kind: 'bureau' }), more, again)
    expect(later.find(({ queue }) => queue === 'disputes')).toMatchObject({ due: '2026-05-16' })
    const network = await onDay('2026-04-02', dispute({ kind: 'chargeback', respondBy: '2026-04-11' }))
    expect(network.find(({ queue }) => queue === 'disputes')).toMatchObject({ due: '2026-04-11' })
  })

  // 15 U.S.C. 1681s-2(a)(8)(E)(iii): the result is reported to the consumer before the time is over.
  it('a bureau’s keeps its day of law until the letter is out: decided, it can not be put off past it', async () => {
    const decide: Step = [
      '2026-04-28',
      { type: 'ResolveDispute', on: '2026-04-28', dispute: 'd1', outcome: 'rejected', explanation: 'as charged' },
    ]
    const putOff: Step = [
      '2026-04-29',
      { type: 'SnoozeWork', on: '2026-04-29', queue: 'disputes', until: '2026-05-20', reason: 'busy' },
    ]
    const items = await onDay('2026-04-30', dispute({ kind: 'bureau' }), decide, putOff)
    const [item] = items.filter(({ queue }) => queue === 'disputes')
    expect(item).toMatchObject({ due: '2026-05-01', legalDeadline: true })
    expect(item?.nextAction).toContain('CloseDispute')
  })

  it('a day that the other side has set makes it earlier, never later than law', async () => {
    const due = async (respondBy: string) => {
      const items = await onDay('2026-04-02', dispute({ kind: 'bureau', respondBy: respondBy as never }))
      const { due, legalDeadline } = items.find(({ queue }) => queue === 'disputes') ?? {}
      return [due, legalDeadline]
    }
    expect(await due('2026-06-01')).toEqual(['2026-05-01', true])
    expect(await due('2026-04-10')).toEqual(['2026-04-10', true])
  })

  it('a result that is late to send is due by the day that the network has set', async () => {
    const decide: Step = [
      '2026-04-09',
      { type: 'ResolveDispute', on: '2026-04-09', dispute: 'd1', outcome: 'rejected', explanation: 'as charged' },
    ]
    const items = await onDay('2026-04-10', dispute({ kind: 'chargeback', respondBy: '2026-04-11' as never }), decide)
    expect(items.find(({ queue }) => queue === 'disputes')).toMatchObject({ due: '2026-04-11', legalDeadline: false })
  })

  // §7.1, row by row: whether it freezes its line, by when it is answered and decided.
  it.each([
    ['billingError', true, '2026-04-08', '2026-05-01', false],
    ['insuranceProcessing', true, '2026-04-08', '2026-05-01', false],
    ['agencyWritten', true, '2026-04-08', '2026-04-08', false],
    ['bureau', false, '2026-05-01', '2026-05-01', true],
    ['identityTheft', true, '2026-04-08', '2026-05-01', false],
    ['quality', true, '2026-04-08', '2026-05-01', false],
    ['ppdr', true, '2026-04-08', '2026-05-01', false],
    ['chargeback', false, '2026-04-08', '2026-05-01', false],
  ] as const)('§7.1 %s', async (kind, frozen, acknowledgeBy, decideBy, legalDeadline) => {
    const acknowledged: Step = [
      '2026-04-02',
      { type: 'AcknowledgeDispute', on: '2026-04-02', dispute: 'd1', channel: 'mail' },
    ]
    const before = await onDay('2026-04-02', dispute({ kind }))
    const after = await onDay('2026-04-03', dispute({ kind }), acknowledged)
    const dueOf = (items: typeof before) => items.find(({ queue }) => queue === 'disputes')
    expect(dueOf(before)).toMatchObject({ due: acknowledgeBy, legalDeadline })
    expect(dueOf(after)).toMatchObject({ due: decideBy, legalDeadline })
    expect(before.some(({ queue }) => queue === 'blocked')).toBe(frozen)
  })

  it('AR-10 what a review of 2026-05-05 finds overpaid is refunded by 2026-06-04, in Minnesota', async () => {
    const paid: Step = [
      '2026-03-10',
      {
        ...{ type: 'PostPayment', on: '2026-03-10', payment: 'p1', amount: 50_000, tender: 'check' },
      } as AccountCommandInput,
    ]
    const voided: Step = ['2026-05-05', { type: 'VoidCharge', on: '2026-05-05', line: 'l2', reason: 'charged twice' }]
    const items = await onDay('2026-05-07', paid, dispute(), decided, voided, sent)
    expect(items.find(({ queue }) => queue === 'disputes:refund')).toMatchObject({
      amount: 20_000,
      due: '2026-06-04',
      legalDeadline: true,
    })
  })

  it('AR-10 what is overpaid after the review is complete is no overpayment of the error, and waits with the credits', async () => {
    const voided: Step = ['2026-05-05', { type: 'VoidCharge', on: '2026-05-05', line: 'l2', reason: 'charged twice' }]
    const paid: Step = [
      '2026-06-20',
      {
        ...{ type: 'PostPayment', on: '2026-06-20', payment: 'p2', amount: 35_000, tender: 'check' },
      } as AccountCommandInput,
    ]
    const items = await onDay('2026-06-21', dispute(), decided, voided, sent, paid)
    expect(items.map(({ queue }) => queue)).not.toContain('disputes:refund')
    expect(items.find(({ queue }) => queue.startsWith('credits'))).toMatchObject({ amount: 5_000 })
  })

  it('ends with its letter: the line is asked for again', async () => {
    const items = await onDay('2026-05-07', dispute(), decided, sent)
    expect(items.map(({ queue, amount }) => `${queue} ${amount}`)).toEqual(['selfPay:61-90 50000'])
  })

  it('stands on the page, and in the history', () => {
    const events = eventsFrom([...opened, dispute(), decided, sent])
    const page = summarise(foldAccount(newAccount, eventsFrom([...opened, dispute()])), toDay('2026-04-02'))
    expect(page.disputes).toMatchObject([{ dispute: 'd1', lines: ['l2'], status: 'received', frozen: true }])
    expect(page.standing.flags).toEqual(['disputed'])
    expect(historyOf(recorded(events)).map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'Disputed (billing error) 99214 of 2026-03-02: charged twice',
        'Dispute upheld: it was one visit',
        'Dispute closed: the letter with the result is out',
      ]),
    )
  })
})

describe('an inquiry in the day’s work', () => {
  const asked = (topic: 'balance' | 'itemisedStatement' | 'disclosures'): Step => [
    '2026-04-01',
    {
      ...{ type: 'RecordInquiry', on: '2026-04-01', inquiry: 'i1', topic, channel: 'phone' },
      ...{ by: 'guarantor', says: 'what is this?' },
    } as AccountCommandInput,
  ]

  it('PR-04 an accounting of disclosures is work of law: sixty days, or as far as more time was taken', async () => {
    const first = async (...more: readonly Step[]) =>
      (await onDay('2026-04-20', asked('disclosures'), ...more)).find(({ queue }) => queue.startsWith('inquiries'))
    expect(await first()).toMatchObject({ queue: 'inquiries', due: '2026-05-31', legalDeadline: true })
    const until = { type: 'ExtendInquiry', on: '2026-04-15', inquiry: 'i1', until: '2026-06-30', reason: 'archive' }
    expect(await first(['2026-04-15', until as AccountCommandInput])).toMatchObject({
      ...{ queue: 'inquiries', due: '2026-06-30', legalDeadline: true },
    })
  })

  it('is answered in two business days, and a supervisor’s after five', async () => {
    const [first] = (await onDay('2026-04-02', asked('balance'))).filter(({ queue }) => queue.startsWith('inquiries'))
    expect(first).toMatchObject({ queue: 'inquiries', due: '2026-04-03', legalDeadline: false })
    const [late] = (await onDay('2026-04-09', asked('balance'))).filter(({ queue }) => queue.startsWith('inquiries'))
    expect(late).toMatchObject({ queue: 'inquiries:escalated' })
  })

  it('DS-08 an itemised statement is given within 30 days; for Medicare by law', async () => {
    const medicare: Step = [
      '2026-03-03',
      {
        ...{ type: 'AddCoverage', on: '2026-03-03', coverage: 'c1', payer: 'mb', payerName: 'MEDICARE' },
        filingIndicator: 'MB',
      } as AccountCommandInput,
    ]
    const due = async (...more: readonly Step[]) =>
      (await onDay('2026-04-02', ...more, asked('itemisedStatement'))).find(({ queue }) => queue === 'inquiries')
    expect(await due()).toMatchObject({ due: '2026-05-01', legalDeadline: false })
    expect(await due(medicare)).toMatchObject({ due: '2026-05-01', legalDeadline: true })
    // An earlier day of the practice's own lets nobody put it off past the day of law.
    const own = { ...policy, inquiries: { ...policy.inquiries, itemisedDays: 10 } }
    const early = inquiryQueues.work(
      [{ inquiry: 'i1', topic: 'itemisedStatement', since: toDay('2026-04-01'), medicare: true }],
      { asOf: toDay('2026-04-02'), now: '2026-04-02T18:00:00.000Z' as never, localTime: usZones, policy: own },
    )
    expect(early).toMatchObject([{ deadline: { due: '2026-04-11', legal: true } }])
  })
})
