import { memoryEventStore } from '@daybook/adapters/memory'
import { receiveRemittance } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { deskOn } from './support/desk.ts'
import { advice } from './support/documents.ts'
import { dyingAfter } from './support/dying-store.ts'
import { blood, bookOf, decided, exam, send } from './support/two-papers.ts'

// Law L1: what a killed import had begun to open for one claim is nothing that another claim of its number joins unasked.

const run = Effect.runPromise
const patient = { id: 'M101', last: 'DOE', first: 'JANE' }
/** Under a number and a member id of the payer's own: of the exam nothing but the name says whose it is, and it waits. */
const both = advice({
  method: 'ACH',
  claims: [
    { pcn: 'PAYER-7', icn: 'P1', patient, lines: [decided(exam)] },
    { pcn: 'PAYER-7', icn: 'P2', patient, lines: [decided(blood)] },
  ],
})
const receive = (on: Parameters<typeof receiveRemittance>[0]) => run(receiveRemittance(on, both, { openMissing: true }))

describe('two claims of one number, of which one waits beside what is on file and the other opens its visit', {
  tags: ['L1'],
}, () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])('L1 killed after %i appends the one waits no less', async (appends) => {
    const store = await run(memoryEventStore())
    const desk = deskOn(store)
    await send(desk)
    await receive(deskOn(dyingAfter(store, appends))).catch(() => undefined)
    const { held } = await receive(desk)
    expect(held.flatMap(({ claims }) => claims)).toEqual([1])
    expect(await bookOf(desk)).toMatchObject({ charged: 13_000, patient: 1_200, decisions: ['P2: JANE'] })
  })
})
