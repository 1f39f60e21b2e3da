import { createHash } from 'node:crypto'
import type { AccountCommandInput } from '@daybook/core/account'
import { toDay } from '@daybook/core/kernel'
import { presets } from '@daybook/core/policy'
import { makeCatalogue, rules } from '@daybook/core/rules'
import { emptyHistory, eventsOf, issue, type Office, usZones } from '@daybook/core/testing'
import { describe, expect, it } from 'vitest'
import { openBook } from './book.ts'

// Faults net-1, net-2 and net-8 at the desk: the day's work asks nobody for what stands beside it already.

const { physicianPracticeMN: preset } = presets
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const officeOf = (onAccount: Partial<(typeof preset)['onAccount']>): Office => ({
  policy: { version: 1, policy: { ...preset, onAccount: { ...preset.onAccount, ...onAccount } } },
  catalogue: makeCatalogue(rules, sha256),
  sha256,
  actor: { id: 'anna', roles: ['supervisor'] },
  localTime: usZones,
})
const byHand = officeOf({ unapplied: 'byHand' })

type Step = readonly [on: string, command: AccountCommandInput]
const opened: Step = [
  '2026-01-05',
  { type: 'OpenAccount', accountId: 'a1', on: '2026-01-05', guarantor: { state: 'MN' } },
]
const charge = (on: string, line: string, amount: number): Step => [
  on,
  { type: 'PostCharge', on, visit: `v-${line}`, line, code: '99213', amount },
]
const paid = (on: string, payment: string, amount: number): Step => [
  on,
  { type: 'PostPayment', on, payment, amount, tender: 'check' },
]

/** What the desk has to do about the account on 21 November 2026. */
const workOf = async (steps: readonly Step[], office: Office) => {
  const { items } = await worklistOf(steps, office)
  return items.map(({ queue, amount, nextAction }) => ({ queue, amount, nextAction }))
}

const worklistOf = async (steps: readonly Step[], office: Office, asOf = '2026-11-21') => {
  const history = steps.reduce((done, [on, command]) => {
    const next = issue(done, command, on, office)
    expect(next.steps.at(-1)?.decision.ok, `${command.type} is refused`).toBe(true)
    return next
  }, emptyHistory)
  const book = await openBook()
  await book.account(
    'a1',
    eventsOf(history).map(({ event }) => event),
  )
  return book.worklist({ asOf: toDay(asOf), policy: office.policy.policy })
}

describe('money on account, at the desk', () => {
  it('net-1 by policy it meets what is owed: there is nothing to do', async () => {
    const steps = [opened, paid('2026-01-06', 'p1', 10_000), charge('2026-01-08', 'l1', 10_000)]
    expect(await workOf(steps, officeOf({}))).toEqual([])
  })

  it('net-1 where a person applies it, that is the first item, and nothing else is asked', async () => {
    const steps = [opened, paid('2026-01-06', 'p1', 10_000), charge('2026-01-08', 'l1', 10_000)]
    expect(await workOf(steps, byHand)).toEqual([
      { queue: 'unapplied', amount: 10_000, nextAction: 'apply 100.00 on account first' },
    ])
  })

  it('net-1 of 300.00 with 100.00 on account 200.00 is asked for', async () => {
    const steps = [opened, paid('2026-01-06', 'p1', 10_000), charge('2026-01-08', 'l1', 30_000)]
    expect((await workOf(steps, byHand)).filter(({ queue }) => queue.startsWith('selfPay'))).toMatchObject([
      { amount: 20_000 },
    ])
  })

  it('net-8 9.50 paid after a small-balance write-off: the write-off is undone before anything is refunded', async () => {
    const given = {
      type: 'WriteOff',
      on: '2026-06-01',
      visit: 'v-l1',
      party: 'patient',
      category: 'smallDebit',
      adjustment: 'w1',
      reason: 'small balance',
    } as const
    const steps: readonly Step[] = [
      opened,
      charge('2026-01-08', 'l1', 950),
      ['2026-06-01', given],
      paid('2026-06-20', 'p1', 950),
    ]
    const work = await workOf(steps, officeOf({}))
    const undo = 'undo the write-off (small balance) of 9.50 first (ReverseAdjustment w1)'
    expect(work.map(({ nextAction }) => nextAction)).toEqual(work.map(() => undo))
    expect(work.length).toBeGreaterThan(0)
    const undone: Step = [
      '2026-06-21',
      { type: 'ReverseAdjustment', on: '2026-06-21', adjustment: 'w1', mode: 'economic', reason: 'it was paid' },
    ]
    expect(await workOf([...steps, undone], officeOf({})), 'the money meets it by itself').toEqual([])
  })

  it('net-3 a refund that somebody else got, of a check that bounced, is asked back from them', async () => {
    const approve = {
      type: 'ApproveRefund',
      on: '2026-02-01',
      refund: 'r1',
      payment: 'p1',
      payee: 'state',
      method: 'check',
      reason: 'unclaimed',
      override: 'unclaimed property',
    } as const
    const steps: readonly Step[] = [
      opened,
      paid('2026-01-06', 'p1', 10_000),
      ['2026-02-01', approve],
      ['2026-02-02', { type: 'IssueRefund', on: '2026-02-02', refund: 'r1' }],
      ['2026-02-10', { type: 'ReversePayment', on: '2026-02-10', payment: 'p1', kind: 'nsf', reason: 'returned' }],
    ]
    expect(await workOf(steps, officeOf({}))).toEqual([
      {
        queue: 'returnedRefunds',
        amount: 10_000,
        nextAction: 'ask the state for it, or void the refund where it was never cashed',
      },
      {
        queue: 'refundsIssued',
        amount: 10_000,
        nextAction: 'stop it and void it (VoidRefund): the payment that it came of was taken back',
      },
    ])
  })

  describe('and a refund on its way back', () => {
    const approve = {
      type: 'ApproveRefund',
      on: '2026-10-01',
      refund: 'r1',
      payment: 'p1',
      payee: 'guarantor',
      method: 'check',
      reason: 'overpaid',
    } as const
    const approved: readonly Step[] = [opened, paid('2026-09-06', 'p1', 10_000), ['2026-10-01', approve]]
    const issued: readonly Step[] = [
      ...approved,
      ['2026-10-02', { type: 'IssueRefund', on: '2026-10-02', refund: 'r1' }],
    ]
    const cleared: Step = ['2026-10-20', { type: 'ClearRefund', on: '2026-10-20', refund: 'r1' }]

    it('that is approved and not issued is on the list with its credit: the next step issues it', async () => {
      const nextAction = 'issue the refund of 100.00 that is approved (IssueRefund), or void it'
      expect(await workOf(approved, officeOf({}))).toEqual([{ queue: 'credits', amount: 10_000, nextAction }])
    })

    it('net-2 that is approved while a new charge came to be owed: the next step voids it, unless policy lets it go', async () => {
      const owing = [...approved, charge('2026-10-05', 'l1', 8_000)]
      const nextAction =
        'void the refund of 100.00 that is approved (VoidRefund): the same guarantor owes 80.00 by now, which the money pays first'
      const next = async (at: Office) =>
        (await workOf(owing, at)).filter(({ queue }) => queue === 'unapplied').map((item) => item.nextAction)
      expect(await next(officeOf({}))).toEqual([nextAction])
      expect(await next(officeOf({ refundWhileOwed: 'allowed' }))).toEqual([
        'issue the refund of 100.00 that is approved (IssueRefund), or void it',
      ])
      const voided = { type: 'VoidRefund', on: '2026-10-06', refund: 'r1', reason: 'owed meanwhile' } as const
      expect(await workOf([...owing, ['2026-10-06', voided]], officeOf({}))).toEqual([
        { queue: 'credits', amount: 2_000, nextAction: 'apply it to an item, or refund the patient' },
      ])
    })

    it('that is issued waits to be cashed as long as policy gives it, and says since when', async () => {
      const { items, waiting } = await worklistOf(issued, officeOf({}), '2026-10-31')
      expect(items).toEqual([])
      expect(waiting).toEqual([
        {
          account: 'a1',
          queue: 'refundsIssued',
          subject: 'r1',
          amount: 10_000,
          reason: '100.00 to the guarantor (check), issued on 2026-10-02, is not cashed yet',
          until: '2026-11-01',
        },
      ])
    })

    it('by a figure of its own, not that for refunds to be approved', async () => {
      const { policy } = officeOf({})
      const posting = { ...policy.policy.posting, cashedDays: 90 }
      const patient = { ...officeOf({}), policy: { ...policy, policy: { ...policy.policy, posting } } }
      const { waiting } = await worklistOf(issued, patient, '2026-11-05')
      expect(waiting).toMatchObject([{ queue: 'refundsIssued', until: '2026-12-31' }])
    })

    it('that nobody has cashed since is on the list, until it is cashed', async () => {
      const { items, waiting } = await worklistOf(issued, officeOf({}), '2026-11-01')
      expect(waiting).toEqual([])
      expect(items).toMatchObject([
        {
          queue: 'refundsIssued',
          subject: 'r1',
          amount: 10_000,
          nextAction:
            'record that it was cashed (ClearRefund), or void it (VoidRefund) and send it again; where nobody can be found it is unclaimed property',
        },
      ])
      const after = await worklistOf([...issued, cleared], officeOf({}))
      expect([after.items, after.waiting]).toEqual([[], []])
    })

    it('of a check that bounced meanwhile does not wait: it is to be stopped', async () => {
      const taken = {
        type: 'ReversePayment',
        on: '2026-10-05',
        payment: 'p1',
        kind: 'nsf',
        reason: 'returned',
      } as const
      const { items, waiting } = await worklistOf([...issued, ['2026-10-05', taken]], officeOf({}), '2026-10-06')
      expect(waiting).toEqual([])
      expect(items.find(({ queue }) => queue === 'refundsIssued')).toMatchObject({
        amount: 10_000,
        nextAction: 'stop it and void it (VoidRefund): the payment that it came of was taken back',
      })
    })
  })
})
