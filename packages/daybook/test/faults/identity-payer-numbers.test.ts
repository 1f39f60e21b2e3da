import { memoryEventStore } from '@daybook/adapters/memory'
import type { RemittanceId, VisitId } from '@daybook/core/kernel'
import type { EventStoreShape } from '@daybook/core/ports'
import { type Desk, migrate, migrations, receiveRemittance, retryHeldClaims, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { entriesOf, readLog } from '../support/books.ts'
import { deskOn } from '../support/desk.ts'
import { advice, type ClaimOf, submission } from '../support/documents.ts'
import { dyingAfter } from '../support/dying-store.ts'

// Faults of kind “whose visit, whose claim”: a reversal finds its original by the payer's own number first, whatever number
// and person it names (clarification 25).

const jane = { id: 'M1', last: 'DOE', first: 'JANE' }
const exam = { charge: 10_000, paid: 6_000, cas: [['PR', '1', 4_000]] } as const
const taken = { charge: -10_000, paid: -6_000, cas: [['PR', '1', -4_000]] } as const
const run = <A, E>(effect: Effect.Effect<A, E>): Promise<A> => Effect.runPromise(effect)
const opened = (): Promise<EventStoreShape> => run(memoryEventStore())

const receive = (desk: Desk, trace: string, claims: readonly ClaimOf[]) =>
  run(receiveRemittance(desk, advice({ trace, method: 'ACH', claims }), { openMissing: false }))
/** A visit with its claim, and the decision of the payer under a number of its own. */
const decided = async (desk: Desk, pcn = 'V1', icn = 'P1') => {
  const { id, ...patient } = jane
  await run(submitClaims(desk, submission([{ pcn, patient, to: { payer: 'ACME', member: id }, lines: [exam] }])))
  await receive(desk, `PAID-${pcn}`, [{ pcn, icn, patient: jane, lines: [exam] }])
}
const reversal = (of: Partial<ClaimOf>): ClaimOf => ({
  pcn: 'OTHER',
  status: '22',
  icn: 'P1',
  patient: { id: 'X77', last: 'DOE', first: 'JANE' },
  lines: [taken],
  ...of,
})
const reversed = async (store: EventStoreShape) =>
  entriesOf(await readLog(deskOn(store))).filter(({ event }) => event.type === 'AdjudicationReversed').length

describe('a reversal under another number and another member id', () => {
  it.each<[string, Partial<ClaimOf>]>([
    ['names the payer’s number of the decision', {}],
    ['names it as its original', { icn: 'P2', originalReference: 'P1' }],
    ['has no number of ours', { pcn: '0' }],
    ['names nobody', { patient: {} }],
  ])('posts where it %s', async (_, of) => {
    const store = await opened()
    await decided(deskOn(store))
    expect(await receive(deskOn(store), 'T2', [reversal(of)])).toMatchObject({ outcome: 'posted', held: [] })
    expect(await reversed(store)).toBe(1)
  })

  it('waits where the payer has no such decision on file, and where another payer has', async () => {
    const store = await opened()
    await decided(deskOn(store))
    expect(await receive(deskOn(store), 'T2', [reversal({ icn: 'P9' })])).toMatchObject({ outcome: 'partial' })
    const other = advice({ trace: 'T3', payer: 'BETA', method: 'ACH', claims: [reversal({})] })
    expect(await run(receiveRemittance(deskOn(store), other, { openMissing: false }))).toMatchObject({
      outcome: 'partial',
    })
    expect(await reversed(store)).toBe(0)
  })

  it('is held with the visit where its name is another one, and goes where a person says', async () => {
    const store = await opened()
    await decided(deskOn(store))
    const report = await receive(deskOn(store), 'T2', [reversal({ patient: { id: 'X77', last: 'POE', first: 'ANN' } })])
    expect(report).toMatchObject({ outcome: 'partial', held: [{ hits: [{ rule: 'ambiguousVisit' }] }] })
    const visits = new Map<number, VisitId>([[1, report.held[0]?.candidates[0]?.visitId as VisitId]])
    const options = { openMissing: false, visits }
    expect(await run(retryHeldClaims(deskOn(store), report.remittanceId as RemittanceId, options))).toMatchObject({
      held: [],
    })
    expect(await reversed(store)).toBe(1)
  })

  it('is held where two decisions have the payer’s number', async () => {
    const store = await opened()
    await decided(deskOn(store))
    await decided(deskOn(store), 'V2')
    await receive(deskOn(store), 'T2', [reversal({})])
    expect(await reversed(store)).toBe(0)
  })

  it('is found wherever the process of the decision was killed', async () => {
    for (let commits = 0; commits < 12; commits += 1) {
      const store = await opened()
      await decided(deskOn(dyingAfter(store, commits))).catch(() => undefined)
      await decided(deskOn(store))
      expect(await receive(deskOn(store), 'T2', [reversal({})]), `killed after ${commits}`).toMatchObject({ held: [] })
    }
  })

  it('is found in a book of an older Daybook, once its references are made; killed, they are made again', async () => {
    const old = await withoutPayerNumbers()
    for (let commits = 0; commits < 3; commits += 1) {
      await run(migrate(deskOn(dyingAfter(old, commits)), migrations)).catch(() => undefined)
    }
    await run(migrate(deskOn(old), migrations))
    expect(await receive(deskOn(old), 'T2', [reversal({})])).toMatchObject({ outcome: 'posted', held: [] })
  })
})

const lost = {
  firstVersion: 0,
  lastVersion: 0,
  firstPosition: 1,
  lastPosition: 1,
  headHash: '-',
  committedAt: '2026-11-21T15:14:00.000Z' as never,
  repeated: false,
}

/** The visit and its decision as an older Daybook has left them. */
const withoutPayerNumbers = async (): Promise<EventStoreShape> => {
  const store = await opened()
  await decided(
    deskOn({
      ...store,
      append: (request) =>
        request.events.some(({ data }) => data.includes('"payerClaim"'))
          ? Effect.succeed({ ...request, ...lost })
          : store.append(request),
    }),
  )
  return store
}
