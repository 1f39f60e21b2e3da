import { memoryEventStore } from '@daybook/adapters/memory'
import type { EventStoreShape } from '@daybook/core/ports'
import { type Desk, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
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

describe('N12 a process that dies after any of its commits, and starts again', () => {
  it('ends where one that never died ends, and the books balance in between', async () => {
    const whole = await opened()
    let commits = 0
    await importAll(
      deskOn({
        ...whole,
        append: (request) =>
          Effect.tap(whole.append(request), () =>
            Effect.sync(() => {
              commits += 1
            }),
          ),
      }),
    )
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
      await importAll(deskOn(store))
      expect({ death, ...(await standing(store)) }).toEqual({ death, ...expected })
    }
  })
})
