import { createHash } from 'node:crypto'
import { type AccountCommandInput, foldAccount, newAccount } from '@daybook/core/account'
import { toDay } from '@daybook/core/kernel'
import { presets } from '@daybook/core/policy'
import { makeCatalogue, rules } from '@daybook/core/rules'
import { emptyHistory, eventsOf, issue, type Office, usZones } from '@daybook/core/testing'
import { describe, expect, it } from 'vitest'
import { historyOf } from '../../src/history/index.ts'
import { summarise } from '../../src/summary/index.ts'
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

/** 2,500.00 owed since 2026-09-10, and all of it promised for Friday, 2026-11-20. */
const promised: readonly Step[] = [
  [
    '2026-09-10',
    { type: 'OpenAccount', accountId: 'a1', on: '2026-09-10', guarantor: { name: 'Jo Roe', state: 'MN' } },
  ],
  ['2026-09-10', { type: 'ConfirmGuarantor', on: '2026-09-10', reason: 'called' }],
  ['2026-09-10', { type: 'PostCharge', on: '2026-09-10', visit: 'v1', line: 'l1', code: '99213', amount: 250_000 }],
  [
    '2026-11-10',
    {
      type: 'RecordPromise',
      on: '2026-11-10',
      promise: 'w1',
      pays: { amount: 250_000, due: '2026-11-20' },
      madeBy: 'guarantor',
      channel: 'phone',
    },
  ],
]
const paid = (on: string, amount: number): Step => [on, { type: 'PostPayment', on, amount, tender: 'check' }]
const looked = (on: string): Step => [on, { type: 'EvaluatePromise', on, promise: 'w1' }]
const closed = (on: string): Step => [on, { type: 'ClosePromise', on, promise: 'w1', reason: 'called, plan offered' }]

const eventsFrom = (steps: readonly Step[]) => {
  const history = steps.reduce((done, [on, command]) => {
    const next = issue(done, command, on, office)
    expect(next.steps.at(-1)?.decision.ok, `${command.type} is refused`).toBe(true)
    return next
  }, emptyHistory)
  return eventsOf(history).map(({ event }) => event)
}

const onDay = async (asOf: string, ...more: readonly Step[]) => {
  const events = eventsFrom([...promised, ...more])
  const book = await openBook()
  await book.account('a1', events)
  const { items, waiting } = await book.worklist({ asOf: toDay(asOf) })
  const context = { asOf: toDay(asOf), now: `${asOf}T18:00:00.000Z` as never, localTime: usZones, policy }
  expect(unwatched(foldAccount(newAccount, events), context)).toEqual([])
  return {
    items: items.map(({ queue, amount }) => `${queue} ${amount}`),
    first: items[0],
    waiting: waiting.map(({ queue, amount, until }) => `${queue} ${amount} until ${until}`),
  }
}

describe('a promise in the day’s work', () => {
  it('while it runs nobody asks for what it is about; the day before it is due, somebody reminds', async () => {
    expect(await onDay('2026-11-12')).toMatchObject({
      items: [],
      waiting: ['selfPay 250000 until 2026-11-25', 'promises:due 250000 until 2026-11-19'],
    })
    expect(await onDay('2026-11-19')).toMatchObject({
      items: ['promises:due 250000'],
      first: { nextAction: 'remind of it', reasons: [expect.stringContaining('due tomorrow')] },
      waiting: ['selfPay 250000 until 2026-11-25'],
    })
  })

  it('on its day it has twelve points more (§11.2), and the money is looked for, also in its grace', async () => {
    const { first } = await onDay('2026-11-20')
    expect(first).toMatchObject({ nextAction: 'look for the payment', reasons: [expect.stringContaining('due today')] })
    expect(first?.score).toContainEqual({ term: 'promiseDueToday', points: 12, source: 'yes' })
    const { first: later } = await onDay('2026-11-23')
    expect(later?.score).toContainEqual({ term: 'promiseDueToday', points: 0, source: 'no' })
    expect(later?.reasons).toEqual([expect.stringContaining('in its grace until 2026-11-23')])
  })

  it('broken on Tuesday, it is work on Wednesday, whether or not anybody has recorded it (§5.5)', async () => {
    expect(await onDay('2026-11-24')).toMatchObject({
      items: [],
      waiting: ['selfPay 250000 until 2026-11-25', 'promises:broken 250000 until 2026-11-25'],
    })
    const { items, first } = await onDay('2026-11-25')
    expect(items.sort()).toEqual(['promises:broken 250000', 'selfPay:61-90 250000'])
    expect(first?.nextAction).toContain('offer a plan')
    const seen = await onDay('2026-11-25', looked('2026-11-24'))
    expect(seen.items.sort()).toEqual(['promises:broken 250000', 'selfPay:61-90 250000'])
  })

  it('F15 a broken promise is worth fifteen points on what is asked: 2,500.00 of 76 days', async () => {
    const events = eventsFrom(promised)
    const book = await openBook()
    await book.account('a1', events)
    const { items } = await book.worklist({ asOf: toDay('2026-11-25'), queue: 'selfPay' })
    // What is left of the 58 of the reference comes from contact: propensity 9, two attempts −6.
    expect(items).toMatchObject([{ priority: 55 }])
    expect(items[0]?.score).toContainEqual({ term: 'brokenPromise', points: 15, source: 'yes' })
  })

  it('the item ends when the promise is closed, kept, or nothing is owed', async () => {
    const after = [looked('2026-11-24'), closed('2026-11-25')]
    expect((await onDay('2026-11-25', ...after)).items).toEqual(['selfPay:61-90 250000'])
    expect(await onDay('2026-11-25', paid('2026-11-23', 250_000))).toMatchObject({ items: [], waiting: [] })
    expect((await onDay('2026-11-25', paid('2026-11-24', 250_000))).items).toEqual([])
  })

  it('a part of it is missing: that part is the item, the whole balance is asked for', async () => {
    const { items } = await onDay('2026-11-25', paid('2026-11-20', 200_000))
    expect(items.sort()).toEqual(['promises:broken 50000', 'selfPay:61-90 50000'])
  })
})

describe('a promise on the page about the account', () => {
  it('stands there until it is kept or closed, with what is missing and its last day', () => {
    const page = (asOf: string, ...more: readonly Step[]) =>
      summarise(foldAccount(newAccount, eventsFrom([...promised, ...more])), toDay(asOf))
    expect(page('2026-11-12').promises).toEqual([
      {
        promise: 'w1',
        status: 'open',
        madeOn: '2026-11-10',
        parts: [{ due: '2026-11-20', amount: 250_000 }],
        missing: { due: '2026-11-20', lastDay: '2026-11-23', amount: 250_000 },
      },
    ])
    expect(page('2026-11-12').standing.flags).toEqual(['promised'])
    expect(page('2026-11-24').standing.flags).toEqual(['promiseBroken'])
    expect(page('2026-11-23', paid('2026-11-23', 250_000)).promises).toBeUndefined()
  })

  it('and in the history, in the words of the desk', () => {
    const told = historyOf(
      recorded(eventsFrom([...promised, paid('2026-11-20', 100_000), looked('2026-11-24'), closed('2026-11-25')])),
    ).map(({ what }) => what)
    expect(told).toContain('Promised by the guarantor by phone: 2,500.00 by 2026-11-20')
    expect(told.slice(-2)).toEqual([
      'Promise broken: 1,000.00 of 2,500.00 came in time',
      'Promise closed: called, plan offered',
    ])
  })
})
