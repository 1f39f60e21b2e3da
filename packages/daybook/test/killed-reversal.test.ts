import { memoryEventStore } from '@daybook/adapters/memory'
import { receiveRemittance } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { entries } from './support/books.ts'
import { deskOn } from './support/desk.ts'
import { advice } from './support/documents.ts'
import { dyingAfter } from './support/dying-store.ts'
import { decided, exam, janeAtAcme, remit, send, takenBack } from './support/two-papers.ts'

// Law L1: an import that was killed goes on where it was. A reversal is found by the payer's own number of what it takes back;
// once it is taken back, it is found no less.

const run = Effect.runPromise
const february = { ...decided(exam), on: '2026-02-10' }

/** A visit that an advice opened under one number; the practice has another visit of the patient under the other one. */
const book = async () => {
  const store = await run(memoryEventStore())
  const desk = deskOn(store)
  await send(desk)
  await remit(desk, { pcn: 'LATER', icn: 'PAID', lines: [february] })
  return { store, desk }
}
/** The payer takes it back under the number of the other visit. */
const back = advice({
  trace: 'BACK',
  method: 'ACH',
  claims: [
    { pcn: 'V1', icn: 'PAID', status: '22', patient: janeAtAcme, lines: [{ ...takenBack(exam), on: '2026-02-10' }] },
  ],
})
const receive = (on: Parameters<typeof receiveRemittance>[0]) => run(receiveRemittance(on, back, { openMissing: true }))

describe('a reversal under another number than its visit has', { tags: ['L1'] }, () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'L1 killed after %i appends it is taken in again: reversed once, and posted',
    async (appends) => {
      const { store, desk } = await book()
      await receive(deskOn(dyingAfter(store, appends))).catch(() => undefined)
      expect(await receive(desk)).toMatchObject({ held: [] })
      const events = (await entries(desk)).map(({ event }) => event.type)
      expect(events.filter((type) => type === 'AdjudicationReversed')).toHaveLength(1)
      expect(events.filter((type) => type === 'VisitOpened')).toHaveLength(2)
      expect(events.slice(-2)).toEqual(['RemittanceClaimPosted', 'RemittanceClosed'])
    },
  )
})
