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
  const { items } = await book.worklist({ asOf: toDay('2026-11-21'), policy: office.policy.policy })
  return items.map(({ queue, amount, nextAction }) => ({ queue, amount, nextAction }))
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
    ])
  })
})
