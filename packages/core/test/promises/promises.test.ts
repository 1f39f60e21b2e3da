import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/account/index.ts'
import type { PromiseId } from '../../src/account/promises/events.ts'
import type { PaymentPromise } from '../../src/account/promises/state.ts'
import { judgedOn } from '../../src/account/promises/state.ts'
import { toDay } from '../../src/kernel/day.ts'
import { type Desk, office } from '../support/desk.ts'
import { clean, place } from '../support/placement-desk.ts'
import { agreed, pay, selfPay } from '../support/plan-desk.ts'

type Record = Extract<AccountCommandInput, { type: 'RecordPromise' }>

const made = '2026-11-10'
const due = '2026-11-20'

const promise = (over: Partial<Record> = {}): Record => ({
  type: 'RecordPromise',
  on: made,
  promise: 'w1',
  pays: { amount: 10_000, due },
  madeBy: 'guarantor',
  channel: 'phone',
  ...over,
})
const promised = (over: Partial<Record> = {}, amount = 30_000, on = made): Desk => {
  const desk = selfPay({ l1: amount }, '2026-10-01')
  desk.does(promise({ on, ...over }), on)
  return desk
}
const promiseOf = (desk: Desk, id = 'w1'): PaymentPromise => {
  const found = desk.state.promises.promises.get(id as PromiseId)
  if (!found) throw new RangeError(`no promise ${id}`)
  return found
}
const looked = (desk: Desk, on: string, id = 'w1') => desk.does({ type: 'EvaluatePromise', on, promise: id }, on)
const nsf = (desk: Desk, payment: string, on: string, kind: 'nsf' | 'misposted' = 'nsf') =>
  desk.does({ type: 'ReversePayment', on, payment, kind, reason: 'returned' }, on)

describe('reference §5.5: 100.00 promised for Friday 2026-11-20, with three days of grace', () => {
  it('F31 is kept by money of 2026-11-23', () => {
    const desk = promised()
    expect(pay(desk, 10_000, '2026-11-23').map(({ type, effectiveDate }) => `${type} ${effectiveDate}`)).toContain(
      'PromiseKept 2026-11-23',
    )
    expect(promiseOf(desk).status).toBe('kept')
  })

  it('F31 is broken on 2026-11-24, whatever comes then', () => {
    const desk = promised()
    expect(looked(desk, '2026-11-23')).toEqual([])
    expect(looked(desk, '2026-11-24')).toEqual([
      { type: 'PromiseBroken', effectiveDate: '2026-11-24', promiseId: 'w1', number: 1, asked: 10_000, paid: 0 },
    ])
    pay(desk, 10_000, '2026-11-24')
    expect(promiseOf(desk).status).toBe('broken')
    expect(looked(desk, '2026-11-25')).toEqual([])
  })

  it('is broken by the day alone, also where nobody has looked', () => {
    const desk = promised()
    expect(judgedOn(promiseOf(desk), toDay('2026-11-23'))).toBe('open')
    expect(judgedOn(promiseOf(desk), toDay('2026-11-24'))).toBe('broken')
  })

  it.each([
    [4_999, 'PromiseBroken'],
    [5_000, 'PromisePartiallyKept'],
    [9_999, 'PromisePartiallyKept'],
  ] as const)('%i cents of it in time: %s', (amount, type) => {
    const desk = promised()
    pay(desk, amount, '2026-11-12')
    expect(looked(desk, '2026-11-24')).toMatchObject([{ type, paid: amount }])
  })

  it('what was paid before it was promised keeps nothing; what comes on its day and after it does', () => {
    const desk = selfPay({ l1: 30_000 }, '2026-10-01')
    pay(desk, 10_000, made)
    desk.does(promise(), made)
    expect(promiseOf(desk).received).toEqual([])
    pay(desk, 10_000, '2026-11-09', { recorded: '2026-11-12' })
    expect(promiseOf(desk).received).toEqual([])
    pay(desk, 10_000, made, { payment: 'later', recorded: made })
    expect(promiseOf(desk).status).toBe('kept')
  })
})

describe('a promise is judged by postings alone', () => {
  it('money that is recorded late keeps one that was found broken', () => {
    const desk = promised()
    looked(desk, '2026-11-24')
    pay(desk, 10_000, '2026-11-19', { recorded: '2026-11-30' })
    expect(promiseOf(desk).status).toBe('kept')
    expect(promiseOf(desk).shortfall).toBeUndefined()
  })

  it('a check that comes back in its time was no payment; after it, it was kept', () => {
    const early = promised()
    pay(early, 10_000, '2026-11-12', { payment: 'c1' })
    expect(nsf(early, 'c1', '2026-11-20').map(({ type }) => type)).toContain('PromiseReopened')
    expect(looked(early, '2026-11-24')).toMatchObject([{ type: 'PromiseBroken', paid: 0 }])
    const late = promised()
    pay(late, 10_000, '2026-11-12', { payment: 'c1' })
    nsf(late, 'c1', '2026-11-24')
    expect(promiseOf(late).status).toBe('kept')
  })

  it('a payment that was posted by mistake never was: what was recorded is judged again', () => {
    const desk = promised()
    pay(desk, 6_000, '2026-11-12', { payment: 'c1' })
    looked(desk, '2026-11-24')
    expect(promiseOf(desk).status).toBe('partlyKept')
    nsf(desk, 'c1', '2026-11-26', 'misposted')
    expect(promiseOf(desk).status).toBe('open')
    expect(looked(desk, '2026-11-26')).toMatchObject([{ type: 'PromiseBroken', paid: 0 }])
  })

  it('money that the payer sent elsewhere keeps nothing here', () => {
    const desk = selfPay({ l1: 30_000, l2: 30_000 }, '2026-10-01')
    desk.does(promise({ lines: ['l1'] }), made)
    pay(desk, 10_000, '2026-11-12', { line: 'l2' })
    expect(promiseOf(desk).received).toEqual([])
    pay(desk, 10_000, '2026-11-13', { line: 'l1' })
    expect(promiseOf(desk).status).toBe('kept')
  })

  it('is judged by the grace that it was taken under', () => {
    const desk = promised()
    expect(promiseOf(desk).made).toMatchObject({ graceDays: 3, partlyFrom: 5_000 })
  })
})

describe('several parts', () => {
  it('50.00 a week, twice: each by its day, and money ahead of its day counts for the next', () => {
    const desk = promised({ pays: { amount: 5_000, firstDue: '2026-11-13', every: 'week', times: 2 } })
    expect(promiseOf(desk).made.parts).toEqual([
      { number: 1, due: '2026-11-13', amount: 5_000 },
      { number: 2, due: '2026-11-20', amount: 5_000 },
    ])
    pay(desk, 7_000, '2026-11-16')
    expect(promiseOf(desk).status).toBe('open')
    pay(desk, 3_000, '2026-11-23')
    expect(promiseOf(desk).status).toBe('kept')
  })

  it('is broken by its first part, though all of it comes by the last day', () => {
    const desk = promised({
      pays: {
        parts: [
          { amount: 2_000, due: '2026-11-12' },
          { amount: 8_000, due },
        ],
      },
    })
    pay(desk, 10_000, '2026-11-16')
    expect(looked(desk, '2026-11-24')).toMatchObject([
      { type: 'PromiseBroken', effectiveDate: '2026-11-16', number: 1, asked: 2_000, paid: 0 },
    ])
  })
})

describe('what is no promise', () => {
  it('every reason at once: for a day before it, beyond what is owed, and used before', () => {
    const desk = promised()
    const again = promise({ pays: { amount: 40_000, due: '2026-11-09' } })
    expect(desk.refused(again, made)).toEqual([
      'promises.dueInPast',
      'promises.known',
      'promises.beyondOpen',
      'PL-06.open',
    ])
  })

  it('reaches no further than 30 days: beyond, it is a plan', () => {
    const desk = selfPay({ l1: 30_000 }, '2026-10-01')
    const far = (day: string) => promise({ pays: { amount: 10_000, due: day } })
    expect(desk.refused(far('2026-12-11'), made)).toEqual(['PL-06.horizon'])
    desk.does(far('2026-12-10'), made)
  })

  it('one is open on an account at a time, also where an earlier one is recorded late', () => {
    const desk = promised()
    expect(desk.refused(promise({ promise: 'w2' }), made)).toEqual(['PL-06.open'])
    expect(desk.refused(promise({ promise: 'w2', on: '2026-11-05' }), made)).toEqual(['PL-06.open'])
    desk.does({ type: 'ClosePromise', on: made, promise: 'w1', reason: 'cannot pay' }, made)
    desk.does(promise({ promise: 'w2' }), made)
  })

  it('as many as the practice says', () => {
    const { policy } = office.policy
    const two = { ...policy, promises: { ...policy.promises, openAtOnce: 2, graceDays: 0 } }
    const desk = selfPay({ l1: 30_000 }, '2026-10-01', { ...office, policy: { version: 2, policy: two } })
    desk.does(promise(), made)
    desk.does(promise({ promise: 'w2' }), made)
    expect(looked(desk, '2026-11-21')).toMatchObject([{ type: 'PromiseBroken', effectiveDate: '2026-11-21' }])
  })

  it('parts come one after the other, on a day that has come, for lines that are owed here', () => {
    const desk = selfPay({ l1: 30_000 }, '2026-10-01')
    const parts = [
      { amount: 1_000, due },
      { amount: 1_000, due },
    ]
    expect(desk.refused(promise({ pays: { parts } }), made)).toEqual(['promises.dueOrder'])
    expect(desk.refused(promise({ on: '2026-11-11' }), made)).toEqual(['promises.ahead'])
    expect(desk.refused(promise({ lines: ['l9'] }), made)).toEqual(['ledger.lineUnknown', 'promises.beyondOpen'])
    expect(desk.refused({ type: 'EvaluatePromise', on: made, promise: 'w9' }, made)).toEqual(['promises.unknown'])
  })
})

describe('a promise that nobody waits for any more', () => {
  it('ends with the last cent that is owed on it', () => {
    const desk = promised({}, 10_000)
    const writeOff = { type: 'WriteOff', on: '2026-11-15', visit: 'v-l1', party: 'patient', category: 'administrative' }
    const given = { ...writeOff, lines: [{ line: 'l1', amount: 10_000 }], reason: 'error' } as AccountCommandInput
    expect(desk.does(given, '2026-11-15').at(-1)).toMatchObject({ type: 'PromiseClosed', because: 'settled' })
  })

  it('ends with a plan over its lines', () => {
    const desk = promised({ on: '2026-10-10', pays: { amount: 10_000, due: '2026-10-20' } }, 30_000, '2026-10-10')
    agreed(desk, { firstDue: '2026-11-15' }, '2026-10-12')
    expect(desk.events().at(-1)).toMatchObject({ type: 'PromiseClosed', because: 'planned' })
  })

  it('is closed once, and not before it stands so', () => {
    const desk = promised()
    looked(desk, '2026-11-24')
    const close = { type: 'ClosePromise', on: '2026-11-25', promise: 'w1', reason: 'called, plan offered' } as const
    expect(desk.refused({ ...close, on: '2026-11-20' }, '2026-11-25')).toEqual(['promises.beforeStanding'])
    desk.does(close, '2026-11-25')
    expect(desk.refused(close, '2026-11-25')).toEqual(['promises.standing'])
  })

  it('one that was kept has ended', () => {
    const desk = promised()
    pay(desk, 10_000, '2026-11-12')
    const close = { type: 'ClosePromise', on: '2026-11-25', promise: 'w1', reason: 'x' } as const
    expect(desk.refused(close, '2026-11-25')).toEqual(['promises.standing'])
  })
})

describe('what a promise keeps off (PC-01.5.promise)', () => {
  it('nothing it is about goes to an agency before its time has passed', () => {
    const desk = selfPay({ l1: 40_000, l2: 40_000 })
    desk.does(promise({ on: '2026-07-20', pays: { amount: 10_000, due: '2026-07-28' }, lines: ['l1'] }), '2026-07-20')
    const july = '2026-07-31'
    expect(desk.refused(place(july, { lines: ['l1'] }), july)).toEqual(['PC-01.5.promise'])
    const attested = { ...clean, 'promise.open': false }
    expect(desk.refused(place(july, { attested, lines: ['l1'] }), july)).toContain('facts.alreadyKnown')
    desk.does(place(july, { lines: ['l2'] }), july)
    desk.does(place('2026-08-01', { lines: ['l1'], placement: 'pl2' }), '2026-08-01')
  })
})
