import { memoryEventStore } from '@daybook/adapters/memory'
import type { EventStoreShape } from '@daybook/core/ports'
import { type Desk, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, inject, it } from 'vitest'
import { leaveNoFault } from '../../../scripts/testing/figures.ts'
import {
  accountName,
  clearingFaults,
  controlOf,
  entries,
  entriesOf,
  readLog,
  receivableBy,
  unbalancedPrefixes,
} from './support/books.ts'
import { crashPractice, importDay } from './support/crash-practice.ts'
import { deskOn } from './support/desk.ts'
import { advice, submission } from './support/documents.ts'
import { dyingAfter } from './support/dying-store.ts'

const claims = submission([
  { pcn: 'A', lines: [{ charge: 50_000 }] },
  { pcn: 'B', lines: [{ charge: 30_000 }] },
  { pcn: 'F', lines: [{ charge: 11_000 }] },
])

const correction = advice({
  trace: 'LATE',
  date: '2026-03-20',
  claims: [
    { pcn: 'C', status: '22', lines: [{ charge: -20_000, paid: -20_000 }] },
    { pcn: 'C', lines: [{ charge: 20_000, paid: 15_000, cas: [['CO', '45', 5_000]] }] },
  ],
})

const paid = advice({
  trace: 'FIRST',
  claims: [
    {
      pcn: 'A',
      lines: [
        {
          charge: 50_000,
          paid: 20_000,
          cas: [
            ['CO', '45', 15_000],
            ['PR', '1', 15_000],
          ],
        },
      ],
    },
    { pcn: 'B', lines: [{ charge: 30_000, cas: [['CO', '197', 30_000]] }] },
    { pcn: 'C', lines: [{ charge: 20_000, paid: 20_000 }] },
    { pcn: 'D', lines: [{ charge: 9_900, paid: 9_800 }] },
    { pcn: 'E', patient: { last: 'ROE', first: 'RICHARD' }, lines: [{ charge: 7_000, paid: 7_000 }] },
  ],
  plb: [['L6', '', -300]],
})

/** Pays claim F before its 837 is here: held, and posted when that arrives. */
const early = advice({ trace: 'EARLY', claims: [{ pcn: 'F', lines: [{ charge: 11_000, paid: 11_000 }] }] })

/** A day's files, in a bad order. */
const importAll = (desk: Desk): Promise<void> =>
  Effect.runPromise(
    Effect.gen(function* () {
      yield* receiveRemittance(desk, correction, { openMissing: true })
      yield* receiveRemittance(desk, early, { openMissing: false })
      yield* submitClaims(desk, claims)
      yield* receiveRemittance(desk, paid, { openMissing: true })
    }),
  )

const standing = async (store: EventStoreShape) => {
  const desk = deskOn(store)
  const log = await entries(desk)
  return {
    control: controlOf(log, accountName),
    receivable: receivableBy(log, ({ party }) => (party === 'patient' ? party : 'insurance')),
    types: Object.fromEntries(
      [...Map.groupBy(log, ({ event }) => event.type)].map(([type, found]) => [type, found.length] as const).sort(),
    ),
  }
}

const opened = (): Promise<EventStoreShape> => Effect.runPromise(memoryEventStore())

/** The next start is on another day. */
const restarted = (store: EventStoreShape): Desk => deskOn(store, { now: '2026-11-22T09:00:00.000Z' })

describe('N12 a process that dies after any of its commits, and starts again', { tags: ['N12'] }, () => {
  it('ends where one that never died ends, and the books balance in between', async () => {
    const whole = await opened()
    let commits = 0
    const counting: EventStoreShape = {
      ...whole,
      append: (request) =>
        Effect.tap(whole.append(request), () =>
          Effect.sync(() => {
            commits += 1
          }),
        ),
    }
    await importAll(deskOn(counting))
    const expected = await standing(whole)
    expect(expected.control).toMatchObject({ revenue: -118_000 })
    expect(commits).toBeGreaterThan(20)

    for (let death = 0; death < commits; death += 1) {
      const store = await opened()
      await expect(importAll(deskOn(dyingAfter(store, death)))).rejects.toThrow('killed')
      const log = entriesOf(await readLog(deskOn(store)))
      expect({ death, off: unbalancedPrefixes(log), clearing: clearingFaults(log) }).toEqual({
        death,
        off: [],
        clearing: [],
      })
      await importAll(restarted(store))
      expect({ death, ...(await standing(store)) }).toEqual({ death, ...expected })
    }
  })

  it(`${inject('kills')} deaths at random commits of a day of 60 claims, each start going on where the last one fell`, {
    tags: ['torture'],
  }, async ({ task }) => {
    const calm = await opened()
    const day = crashPractice(60)
    await importDay(deskOn(calm), day)
    const expected = await standing(calm)
    let deaths = 0
    for (let round = 0; deaths < inject('kills'); round += 1) {
      const store = await opened()
      for (let done = false; !done; ) {
        const commits = 1 + Math.floor(Math.random() * 25)
        const life = await importDay(deskOn(dyingAfter(store, commits)), day).then(
          () => 'done',
          (error: Error) => error.message,
        )
        done = life === 'done'
        if (!done) {
          expect(life).toContain('killed')
          deaths += 1
        }
        const log = entriesOf(await readLog(deskOn(store)))
        expect({ round, deaths, commits, off: unbalancedPrefixes(log), clearing: clearingFaults(log) }).toEqual({
          round,
          deaths,
          commits,
          off: [],
          clearing: [],
        })
      }
      expect(await standing(store)).toEqual(expected)
    }
    leaveNoFault(
      { task },
      { programme: 'deaths between commits of a day', store: 'memory', of: 'deaths', tried: deaths },
    )
  })
})
