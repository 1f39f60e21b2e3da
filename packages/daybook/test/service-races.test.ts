import type { EventStoreShape } from '@daybook/core/ports'
import type { Desk, Outcome } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf, give, opened, saidIn, streamOf, today } from './support/commands.ts'
import { deskOn } from './support/desk.ts'
import { onPlace, type Place, shelves } from './support/shelves.ts'

const charge = (line: string, amount: number) =>
  ({ type: 'PostCharge', on: '2026-11-02', visit: 'v1', line, code: '99213', amount, party: 'patient' }) as const
const giveUp = (amount: number) => ({
  ...{ type: 'WriteOff', on: today, visit: 'v1', party: 'patient', category: 'administrative', reason: 'raced' },
  ...{ lines: [{ line: 'l1', amount }], approval: { by: 'dora', roles: ['director'] } },
})

/** Commands that can not all pass, or not in any order to the same end. */
const pool = [
  charge('l2', 3_000),
  charge('l2', 7_000),
  giveUp(6_000),
  giveUp(5_000),
  { type: 'PostPayment', on: '2026-11-05', payment: 'p1', amount: 8_000, tender: 'check' },
  { type: 'PostPayment', on: '2026-11-06', payment: 'p2', amount: 4_000, tender: 'cash' },
  { type: 'ReversePayment', on: today, payment: 'p0', kind: 'nsf', reason: 'no funds' },
  { type: 'VoidCharge', on: today, line: 'l1', reason: 'not performed' },
] as const

/** A store whose every answer comes when the scheduler lets it. */
const scheduled = (store: EventStoreShape, scheduler: fc.Scheduler): EventStoreShape => {
  const late = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A, E> =>
    Effect.andThen(
      Effect.promise(() => scheduler.schedule(Promise.resolve())),
      effect,
    )
  return {
    ...store,
    append: (request) => late(store.append(request)),
    readStream: (stream, page) => late(store.readStream(stream, page)),
    findCommand: (stream, id) => late(store.findCommand(stream, id)),
  }
}

const begun = async (desk: Desk, account: string): Promise<void> => {
  await opened(desk, account)
  await give(desk, account, charge('l1', 10_000), 'charge')
  await give(desk, account, { ...pool[5], payment: 'p0', amount: 1_500 }, 'pay')
}

describe.each(shelves)('commands at once ($name)', (shelf) => {
  let place: Place
  let accounts = 0
  const nextAccount = () => {
    accounts += 1
    return `a${accounts}`
  }
  beforeAll(async () => {
    place = await shelf.place()
  })
  afterAll(() => place.clear())

  /** Sixteen desks' worth of one item: each gives up a tenth of it. */
  const storm = async (desks: readonly Desk[], account: string): Promise<readonly Outcome[]> =>
    Promise.all(
      Array.from({ length: 16 }, (_, at) => give(desks[at % desks.length] as Desk, account, giveUp(1_000), `c${at}`)),
    )

  it.each([1, 4, 16])(
    'B1 B10 sixteen at once by %i processes: as many pass as there is balance, the others are refused by rule',
    { tags: ['B1', 'B10'] },
    async (processes) => {
      const account = nextAccount()
      const desks = await Promise.all(Array.from({ length: processes }, async () => deskOn(await place.open())))
      const [desk] = desks as [Desk]
      await opened(desk, account)
      await give(desk, account, charge('l1', 10_000), 'charge')
      const outcomes = await storm(desks, account)
      const refused = outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.hits.map(({ rule }) => rule)))
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(10)
      expect(refused).toHaveLength(6)
      const stream = await streamOf(desk, account)
      expect(faultsOf(stream)).toEqual([])
      expect(stream.filter(({ type }) => type === 'WriteOffPosted')).toHaveLength(10)
    },
  )

  it('B2 a process that has fallen behind decides on what the other has written since', { tags: ['B2'] }, async () => {
    const account = nextAccount()
    const [behind, ahead] = [deskOn(await place.open()), deskOn(await place.open())]
    await opened(behind, account)
    await give(behind, account, charge('l1', 10_000), 'charge')
    expect(await give(ahead, account, giveUp(6_000), 'first')).toMatchObject({ ok: true })
    // On what it remembers, 10,000 are open.
    expect(await give(behind, account, giveUp(6_000), 'second')).toMatchObject({ ok: false })
    const next = (await streamOf(ahead, account)).length
    expect(await give(behind, account, giveUp(4_000), 'third')).toMatchObject({ ok: true, firstVersion: next })
    // It has never heard of this line: before it says so, it reads on.
    await give(ahead, account, charge('l9', 2_000), 'fourth')
    const onNew = { ...giveUp(500), lines: [{ line: 'l9', amount: 500 }] }
    expect(await give(behind, account, onNew, 'fifth')).toMatchObject({ ok: true })
    expect(faultsOf(await streamOf(behind, account))).toEqual([])
  })
})

describe.each(shelves.filter(({ name }) => name === 'memory'))('races in any order of answers', (shelf) => {
  const ends = new Map<string, Promise<object>>()
  /** Where the commands end that are given one after the other in this order, by their places in the pool. */
  const end = (commands: readonly [at: number, id: string][], id: string): Promise<object> => {
    const known = ends.get(id)
    if (known) return known
    const serial = onPlace(shelf, async (place) => {
      const desk = deskOn(await place.open())
      await begun(desk, 'a1')
      const oks: Record<string, boolean> = {}
      for (const [at, commandId] of commands) oks[commandId] = (await give(desk, 'a1', pool[at], commandId)).ok
      return { oks, said: await saidIn(desk, 'a1') }
    })
    ends.set(id, serial)
    return serial
  }

  it('B10 two processes raced end as one of the two serial histories, event for event', {
    tags: ['B10'],
    meta: { over: shelf.name },
  }, async () => {
    const which = fc.nat({ max: pool.length - 1 })
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), which, which, async (scheduler, one, two) => {
        const raced = await onPlace(shelf, async (place) => {
          const store = await place.open()
          await begun(deskOn(store), 'a1')
          const desks = [deskOn(scheduled(store, scheduler)), deskOn(scheduled(store, scheduler))]
          const both = [one, two].map((at, by) => give(desks[by] as Desk, 'a1', pool[at], `c${by}`))
          await scheduler.waitAll()
          const [first, second] = await Promise.all(both)
          expect(faultsOf(await streamOf(deskOn(store), 'a1'))).toEqual([])
          return { oks: { c0: first?.ok, c1: second?.ok }, said: await saidIn(deskOn(store), 'a1') }
        })
        const orders = [
          await end(
            [
              [one, 'c0'],
              [two, 'c1'],
            ],
            `${one} then ${two}`,
          ),
          await end(
            [
              [two, 'c1'],
              [one, 'c0'],
            ],
            `${one} after ${two}`,
          ),
        ]
        expect(orders).toContainEqual(raced)
      }),
      { numRuns: shelf.runs },
    )
  })
})
