import { type AccountEvent, accountCodec, foldAccount, newAccount } from '@daybook/core/account'
import { type Instant, isUnreadable } from '@daybook/core/kernel'
import { limits, type StoredEvent } from '@daybook/core/ports'
import type { Desk } from '@daybook/core/service'
import { comparable } from '@daybook/core/testing'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf, give, opened, streamOf } from './support/commands.ts'
import { deskOn } from './support/desk.ts'
import { type Place, shelves } from './support/shelves.ts'

const start = Date.UTC(2026, 10, 20, 12)
const instantAt = (milliseconds: number): Instant => new Date(start + milliseconds).toISOString() as Instant

/** Two processes on one book, the second one's clock five seconds ahead, for the records and for the store alike. */
const twoDesks = async (place: Place, time: () => number): Promise<readonly [Desk, Desk]> => {
  const ahead = () => instantAt(time() + 5_000)
  const right = () => instantAt(time())
  return [deskOn(await place.open(right), { now: right }), deskOn(await place.open(ahead), { now: ahead })]
}

const decoded = (stored: StoredEvent): AccountEvent => {
  const event = accountCodec.decode(stored)
  if (isUnreadable(event)) throw new Error(event.reason)
  return event
}

/** What was known at a time: the position it resolves to, and an account folded from the log up to there. */
const knownAt = async ({ service }: Desk, account: string, t: Instant) => {
  const position = await Effect.runPromise(service.store.positionAt(t))
  if (position === 0) return { position, state: comparable(newAccount) }
  const log = await Effect.runPromise(service.store.readAll({ after: 0, limit: limits.page, upTo: position }))
  const own = log.filter(({ stream }) => stream === `account-${account}`)
  return { position, state: comparable(foldAccount(newAccount, own.map(decoded))) }
}

const charge = (number: number) => ({
  ...{ type: 'PostCharge', on: '2026-11-02', visit: 'v1', line: `l${number}`, code: '99213', amount: 1_000 + number },
})
/** Who writes next, and how many milliseconds later. */
const turns = fc.array(fc.tuple(fc.nat({ max: 1 }), fc.constantFrom(0, 1, 400, 2_500, 5_000, 7_000)), {
  minLength: 2,
  maxLength: 8,
})

describe.each(shelves)('two writers whose clocks are 5 s apart ($name)', (shelf) => {
  let place: Place
  beforeAll(async () => {
    place = await shelf.place()
  })
  afterAll(() => place.clear())

  it('C3 change no past answer: the position of a past time and the account as known then stay what they were', {
    tags: ['C3'],
    meta: { over: shelf.name },
  }, async () => {
    await fc.assert(
      fc.asyncProperty(turns, async (moves) => {
        const fresh = await shelf.place()
        try {
          let time = 0
          const desks = await twoDesks(fresh, () => time)
          await opened(desks[0], 'a1')
          const answers = new Map<Instant, object>()
          for (const [number, [by, later]] of moves.entries()) {
            time += later
            await give(desks[by] as Desk, 'a1', charge(number), `c${number}`)
            for (const [t, answer] of answers) expect(await knownAt(desks[0], 'a1', t)).toEqual(answer)
            const head = (await Effect.runPromise(desks[1].service.store.head)).committedAt ?? instantAt(0)
            // Past is what lies before the last commit: at its own instant another may still be committed.
            for (const back of [1, 900, 4_000, 6_000]) {
              const t = new Date(Date.parse(head) - back).toISOString() as Instant
              if (!answers.has(t)) answers.set(t, await knownAt(desks[1], 'a1', t))
            }
          }
        } finally {
          await fresh.clear()
        }
      }),
      { numRuns: shelf.runs },
    )
  })

  it('C3 B12 recordedAt is never before the stream’s previous event, committedAt never before the log’s', {
    tags: ['C3', 'B12'],
  }, async () => {
    let time = 0
    const desks = await twoDesks(place, () => time)
    const [right, ahead] = desks
    await opened(right, 'a1')
    expect(await give(ahead, 'a1', charge(1), 'c1')).toMatchObject({ ok: true })
    time += 1_000
    expect(await give(right, 'a1', charge(2), 'c2')).toMatchObject({ ok: true })
    time += 10_000
    expect(await give(right, 'a1', charge(3), 'c3')).toMatchObject({ ok: true })
    const stream = await streamOf(right, 'a1')
    expect(faultsOf(stream)).toEqual([])
    const recorded = (line: string) => stream.find(({ data }) => data.includes(`"lineId":"${line}"`))?.recordedAt
    expect([recorded('l1'), recorded('l2'), recorded('l3')]).toEqual([5_000, 5_000, 11_000].map(instantAt))
    // Another account owes nothing to that clock: its records are those of its own writer.
    await opened(right, 'a2')
    expect((await streamOf(right, 'a2'))[0]?.recordedAt).toBe(instantAt(11_000))
  })
})
