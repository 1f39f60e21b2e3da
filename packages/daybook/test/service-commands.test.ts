import { type Desk, loadAccount, type Outcome } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  failure,
  faultsOf,
  give,
  live,
  openAccount,
  opened,
  said,
  saidIn,
  streamOf,
  today,
} from './support/commands.ts'
import { deskOn } from './support/desk.ts'
import { type Place, shelves } from './support/shelves.ts'

/** Commands that get in each other's way: which of them pass depends on what came before. */
const pool = [
  { type: 'PostCharge', on: '2026-11-02', visit: 'v1', line: 'l1', code: '99213', amount: 10_000, party: 'patient' },
  { type: 'PostCharge', on: '2026-11-03', visit: 'v1', line: 'l1', code: '99214', amount: 12_000, party: 'patient' },
  { type: 'PostPayment', on: '2026-11-05', payment: 'p1', amount: 4_000, tender: 'check' },
  { type: 'PostPayment', on: '2026-11-06', payment: 'p2', amount: 9_000, tender: 'cash', externalRef: 'r' },
  { type: 'ReversePayment', on: '2026-11-10', payment: 'p1', kind: 'nsf', reason: 'no funds' },
  { type: 'DeallocatePayment', payment: 'p2', reason: 'for another visit' },
  { type: 'ApplyUnapplied', payment: 'p2' },
  { type: 'VoidCharge', on: today, line: 'l1', reason: 'not performed' },
] as const

const sends = fc.array(
  fc.record({
    /** Which commands are sent side by side, and by which of two processes. */
    together: fc.array(fc.tuple(fc.nat({ max: pool.length - 1 }), fc.nat({ max: 1 })), { minLength: 1, maxLength: 3 }),
    restart: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
)

const isReceipt = (outcome: Outcome) => outcome.ok && !('nothingToDo' in outcome)
const receiptOf = (outcome: Outcome) => {
  if (!outcome.ok || 'nothingToDo' in outcome) throw new Error(`no receipt: ${JSON.stringify(outcome)}`)
  const { warnings: _warnings, events: _events, ids: _ids, repeated: _repeated, ...receipt } = outcome
  return receipt
}

describe.each(shelves)('commands to an account ($name)', (shelf) => {
  let place: Place
  let accounts = 0
  const nextAccount = () => {
    accounts += 1
    return `a${accounts}`
  }
  const newDesk = async (now?: string): Promise<Desk> => deskOn(await place.open(), now === undefined ? {} : { now })
  beforeAll(async () => {
    place = await shelf.place()
  })
  afterAll(() => place.clear())

  it('B3 sent again in any number and interleaving, after a restart, by another process: the first receipt, 0 new events', {
    tags: ['B3'],
    meta: { over: shelf.name },
  }, async () => {
    const desks = [await newDesk(), await newDesk('2026-11-21T15:14:05.000Z')]
    await fc.assert(
      fc.asyncProperty(sends, async (batches) => {
        const account = nextAccount()
        await opened(desks[0] as Desk, account)
        const first = new Map<number, object>()
        for (const { together, restart } of batches) {
          // A process that starts anew has nothing in its memory; the test below opens its file anew, too.
          if (restart) desks[0] = deskOn((desks[0] as Desk).service.store)
          const before = (await streamOf(desks[1] as Desk, account)).length
          const outcomes = await Promise.all(
            together.map(async ([which, at]) => ({
              which,
              outcome: await give(desks[at] as Desk, account, pool[which], `c${which}`),
            })),
          )
          const known = new Set(first.keys())
          let written = 0
          for (const { which, outcome } of outcomes) {
            if ('repeated' in outcome && !outcome.repeated) {
              expect(first.has(which)).toBe(false)
              first.set(which, receiptOf(outcome))
              written += outcome.lastVersion - outcome.firstVersion + 1
            }
          }
          for (const { which, outcome } of outcomes) {
            // Side by side, one may be refused before what it waits for is there, and another pass after it.
            if (isReceipt(outcome)) expect(receiptOf(outcome)).toEqual(first.get(which))
            else expect(known.has(which)).toBe(false)
          }
          const stream = await streamOf(desks[1] as Desk, account)
          expect(stream.length).toBe(before + written)
          expect(faultsOf(stream)).toEqual([])
        }
      }),
      { numRuns: shelf.runs },
    )
  })

  it('B3 a rejection is not remembered: the same command passes once the account has come that far', {
    tags: ['B3'],
  }, async () => {
    const desk = await newDesk()
    const account = nextAccount()
    await opened(desk, account)
    const [charge, , payment, , reversal] = pool
    expect(await give(desk, account, reversal, 'back')).toMatchObject({ ok: false })
    await give(desk, account, charge, 'charge')
    await give(desk, account, payment, 'pay')
    expect(await give(desk, account, reversal, 'back')).toMatchObject({ ok: true, repeated: false })
  })

  it('B3 F09 “reverse payment” sent again gets its first receipt, also when the account has moved on since', {
    tags: ['B3'],
  }, async () => {
    const [charge, , payment, second, reversal] = pool
    const account = nextAccount()
    const desk = await newDesk()
    await opened(desk, account)
    await give(desk, account, charge, 'charge')
    await give(desk, account, payment, 'pay')
    const first = receiptOf(await give(desk, account, reversal, 'back'))
    // Decided anew it would be refused: nothing of the payment is left to go back.
    expect(await give(desk, account, reversal, 'another id')).toMatchObject({ ok: false })
    await give(desk, account, second, 'pay again')
    const whole = await streamOf(desk, account)
    const reopened = await newDesk()
    for (const again of [desk, reopened, await newDesk('2026-12-24T00:00:00.000Z')]) {
      const outcome = await give(again, account, reversal, 'back')
      expect(receiptOf(outcome)).toEqual(first)
      expect(outcome).toMatchObject({ repeated: true })
    }
    expect(await streamOf(reopened, account)).toEqual(whole)
  })

  it('B4 the same id for other content is a CommandMismatch, whatever the other command would have come to', {
    tags: ['B4'],
    meta: { over: shelf.name },
  }, async () => {
    const desks = [await newDesk(), await newDesk()]
    const account = nextAccount()
    await opened(desks[0] as Desk, account)
    const accepted: number[] = []
    for (const [at, command] of pool.entries()) {
      if (isReceipt(await give(desks[0] as Desk, account, command, `c${at}`))) accepted.push(at)
    }
    const whole = await streamOf(desks[0] as Desk, account)
    const others = fc.oneof(
      fc.constantFrom(...pool),
      fc.integer({ min: 1, max: 20_000 }).map((amount) => ({ ...pool[0], amount })),
      // A default that is spelled out is other content: the fingerprint is of the command as given.
      fc.constant({ ...pool[7], mode: 'correction' }),
      fc.constantFrom('2026-11-01', '2026-11-04').map((on) => ({ ...pool[2], on })),
    )
    expect(accepted.length).toBeGreaterThan(5)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...accepted), others, fc.nat({ max: 1 }), async (at, other, by) => {
        fc.pre(JSON.stringify(pool[at]) !== JSON.stringify(other))
        expect(await failure(desks[by] as Desk, account, other, `c${at}`)).toMatchObject({
          _tag: 'CommandMismatch',
          retry: 'never',
        })
      }),
      { numRuns: shelf.runs },
    )
    expect(await streamOf(desks[0] as Desk, account)).toEqual(whole)
  })

  it('B4 the order in which its keys are written is no content', { tags: ['B4'] }, async () => {
    const desk = await newDesk()
    const account = nextAccount()
    await opened(desk, account)
    const turned = Object.fromEntries(Object.entries(pool[0]).reverse())
    const first = receiptOf(await give(desk, account, pool[0], 'id'))
    expect(receiptOf(await give(desk, account, turned, 'id'))).toEqual(first)
  })

  it('A6 B1 B8 B9 B12 of random lives: versions, ids, whole decisions, actors and both times; a rejection writes nothing', {
    tags: ['A6', 'B1', 'B8', 'B9', 'B12'],
    meta: { over: shelf.name },
  }, async () => {
    let minutes = 0
    const now = () => {
      minutes += 1
      return new Date(Date.UTC(2026, 10, 20, 12, minutes)).toISOString()
    }
    const desk = deskOn(await place.open(), { now })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 20, maxLength: 60, size: 'max' }), async (integers) => {
        const account = nextAccount()
        const given = await live(() => desk, account, integers, 10)
        const stream = await streamOf(desk, account)
        expect(faultsOf(stream)).toEqual([])
        const accepted = new Set(given.filter(({ outcome }) => isReceipt(outcome)).map(({ commandId }) => commandId))
        expect(new Set(stream.map(({ commandId }) => commandId))).toEqual(new Set(['open', 'cover', ...accepted]))
      }),
      { numRuns: shelf.runs },
    )
  })

  it('B12 what a person gives up, takes back, moves, holds or lets go says why, and who', {
    tags: ['B12'],
  }, async () => {
    const desk = await newDesk()
    const account = nextAccount()
    await opened(desk, account)
    const on = today
    const reason = 'said so by the supervisor'
    const approval = { by: 'dora', roles: ['director', 'faSupervisor'] }
    const commands = [
      { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 10_000, party: 'patient' },
      { type: 'PostCharge', on, visit: 'v1', line: 'l2', code: '99213', amount: 5_000 },
      { type: 'PostPayment', on, payment: 'p1', amount: 4_000, tender: 'check' },
      { type: 'DeallocatePayment', payment: 'p1', reason },
      { type: 'ReversePayment', on, payment: 'p1', kind: 'nsf', reason },
      {
        ...{ type: 'WriteOff', on, visit: 'v1', party: 'patient', category: 'administrative', approval, reason },
        ...{ adjustment: 'w1', lines: [{ line: 'l1', amount: 700 }] },
      },
      { type: 'ReverseAdjustment', on, adjustment: 'w1', mode: 'economic', reason },
      {
        ...{
          type: 'TransferResponsibility',
          on,
          from: 'patient',
          to: { coverageId: 'cov1' },
          because: 'manual',
          reason,
        },
        ...{ lines: [{ line: 'l1' }] },
      },
      { type: 'VoidCharge', on, line: 'l1', reason },
      { type: 'TerminateCoverage', on, coverage: 'cov1', lastDay: on, reason },
    ]
    for (const [at, command] of commands.entries()) {
      expect({ command, ...(await give(desk, account, command, `c${at}`)) }).toMatchObject({ ok: true })
      if (!('reason' in command)) continue
      const { reason: _reason, ...without } = command
      expect(await failure(desk, account, without, `without${at}`)).toMatchObject({
        _tag: 'InvalidCommand',
        issues: [{ path: 'reason' }],
      })
    }
    const stream = await streamOf(desk, account)
    for (const type of [
      'PaymentDeallocated',
      'PaymentReversed',
      'WriteOffPosted',
      'AdjustmentReversed',
      'ResponsibilityTransferred',
      'ChargeVoided',
      'CoverageTerminated',
    ]) {
      const [event] = stream.filter((stored) => stored.type === type)
      expect({ type, said: event && said(event) }).toMatchObject({ type, said: expect.stringContaining(reason) })
      expect(event?.actor).toBe('import')
    }
  })

  it('what was decided in one process and folded there is what another process reads', async () => {
    const desk = await newDesk()
    const account = nextAccount()
    await opened(desk, account)
    for (const [at, command] of pool.entries()) await give(desk, account, command, `c${at}`)
    const other = await newDesk()
    expect(await saidIn(other, account)).toEqual(await saidIn(desk, account))
    const [here, there] = await Promise.all([desk, other].map((at) => Effect.runPromise(loadAccount(at, account))))
    expect([...(here?.ledger.control ?? [])]).toEqual([...(there?.ledger.control ?? [])])
  })

  it('a command that opens an account twice is refused, and its first sending repeated', async () => {
    const desk = await newDesk()
    const account = nextAccount()
    await give(desk, account, openAccount(account), 'open')
    expect(await give(desk, account, openAccount(account), 'again')).toMatchObject({ ok: false })
    expect(await give(desk, account, openAccount(account), 'open')).toMatchObject({ ok: true, repeated: true })
  })
})
