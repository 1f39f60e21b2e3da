import { memoryEventStore } from '@daybook/adapters/memory'
import type { EventStoreShape } from '@daybook/core/ports'
import { migrate, migrations } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deskOn, memoryDesk } from '../support/desk.ts'
import {
  acme,
  atDesk,
  beta,
  bookOf,
  charged,
  decided,
  exam,
  jane,
  janeAtBeta,
  registered,
  remit,
  send,
  visitOf,
} from '../support/two-papers.ts'
import { turns, waiting } from '../support/waiting-store.ts'

// Faults of kind “whose visit, whose claim”: a payer has one id in claims and another in its advices, and is one by its
// name; and a patient is a member of more payers than the one that a claim goes to (clarification 26).

const sameName = { payer: 'XV99', payerName: 'ACME HEALTH' }
const unborn = { last: 'DOE', first: 'JANE' }

describe('a payer under another id and the same name', () => {
  it('identity-15 its advice under another number is held, not opened beside the claim', async () => {
    const desk = await memoryDesk()
    await send(desk)
    expect((await remit(desk, { pcn: 'OTHER' }, sameName)).held).toEqual(['ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, accounts: 1, visits: 1 })
  })

  it('identity-15 likewise beside a visit of the desk’s', async () => {
    const desk = await memoryDesk()
    await atDesk(desk, [...registered(), visitOf('V1'), charged(exam)])
    expect((await remit(desk, { pcn: 'OTHER' }, sameName)).held).toEqual(['ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, accounts: 1 })
  })

  it('identity-15 its advice without a number finds its member', async () => {
    const desk = await memoryDesk()
    await send(desk, { patient: unborn })
    expect(await remit(desk, { pcn: '0' }, sameName)).toEqual({ posted: 1, held: [] })
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, patient: 4_000 })
  })

  it('identity-15 a claim to it after its advice, of another number, is held', async () => {
    const desk = await memoryDesk()
    await remit(desk)
    const claim = { pcn: 'OTHER', patient: unborn, to: { ...sameName, member: 'M1' } }
    expect(await send(desk, claim)).toEqual(['held: ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, accounts: 1 })
  })

  it('identity-15 a member of it has one account, whichever id came first', async () => {
    const days = ['2026-01-10', '2026-02-10', '2026-02-11']
    const of = (on: string | undefined) => ({ pcn: `V${on}`, lines: [decided({ ...exam, on: on as string })] })
    for (const [one, two] of [
      [{}, sameName],
      [sameName, {}],
    ]) {
      const desk = await memoryDesk()
      await remit(desk, of(days[0]), one)
      await remit(desk, of(days[1]), two)
      await remit(desk, of(days[2]), one)
      expect(await bookOf(desk)).toMatchObject({ charged: 30_000, accounts: 1, patients: 1, visits: 3 })
    }
  })

  it('identity-15 REF F8 names a decision of it', async () => {
    const desk = await memoryDesk()
    await remit(desk, { icn: 'A1' })
    const claim = { pcn: 'NEW', frequency: '7', originalReference: 'A1', to: { ...sameName, member: 'M1' } }
    expect(await send(desk, { ...claim, lines: [{ ...exam, charge: 12_000 }] })).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ charged: 12_000, accounts: 1, visits: 1 })
  })

  it('identity-15 two advices at once, one under each id: a new member gets one account', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(turns, turns), async ([one, two]) => {
        const store = await Effect.runPromise(memoryEventStore())
        const on = (waits: readonly number[]) => deskOn(waiting(store, waits))
        const second = { pcn: 'V2', lines: [decided({ ...exam, on: '2026-02-10' })] }
        await Promise.all([remit(on(one)), remit(on(two), second, sameName)])
        expect(await bookOf(deskOn(store))).toMatchObject({ charged: 20_000, accounts: 1, visits: 2 })
      }),
      { numRuns: 80 },
    )
  })

  it('identity-15 of another name as well it decides the coverage of its member, however the id is written', async () => {
    const desk = await memoryDesk()
    await send(desk)
    const patient = { id: ' m1', last: 'DOE', first: 'JANE' }
    expect(await remit(desk, { patient }, { payer: 'XV99', payerName: 'ACME LIFE' })).toEqual({ posted: 1, held: [] })
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, patient: 4_000, clearing: [] })
  })
})

describe('a member of the next payer', () => {
  const second = decided(exam, 4_000)
  const answer = { status: '2', patient: janeAtBeta, lines: [{ ...second, cas: [['OA', '23', 6_000]] as const }] }
  const fromBeta = { payer: 'BETA', date: '2026-03-01' }
  const toBeta = { to: beta, others: [{ ...acme, sequence: 'P' }] }

  it.each<[string, (desk: Awaited<ReturnType<typeof memoryDesk>>) => Promise<unknown>]>([
    ['named in the first claim', async (desk) => send(desk, { others: [beta] })],
    ['named in a later one', async (desk) => [await send(desk), await send(desk, toBeta)]],
  ])('identity-15 its advice without a number posts, with another one it is held: %s', async (_, come) => {
    for (const [pcn, held] of [
      ['0', []],
      ['OTHER', ['ambiguousVisit']],
    ] as const) {
      const desk = await memoryDesk()
      await come(desk)
      await remit(desk, { icn: 'A1' })
      expect((await remit(desk, { ...answer, pcn }, fromBeta)).held).toEqual(held)
      expect(await bookOf(desk)).toMatchObject({ charged: 10_000, accounts: 1, visits: 1 })
    }
  })

  it.each([
    ['with a birth day', jane],
    ['without one', unborn],
  ])(
    'identity-18 a claim to it under a number of its own is held: the first payer’s claim may be of its visit, %s',
    async (_, patient) => {
      const desk = await memoryDesk()
      await send(desk, { patient })
      expect(await send(desk, { pcn: 'V1-S', patient, ...toBeta })).toEqual(['held: ambiguousVisit'])
      expect(await bookOf(desk)).toMatchObject({ charged: 10_000, accounts: 1, visits: 1 })
      // A person says so: it is the claim of that visit.
      expect(await send(desk, { pcn: 'V1-S', patient, ...toBeta, frequency: '7' })).toEqual(['replaced'])
      expect(await bookOf(desk)).toMatchObject({ charged: 10_000, visits: 1 })
    },
  )

  it('identity-18 so is the first payer’s claim after it', async () => {
    const desk = await memoryDesk()
    await send(desk, { pcn: 'V1-S', ...toBeta })
    expect(await send(desk)).toEqual(['held: ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, visits: 1 })
  })

  it('identity-18 two services alike of one day, each with a claim to the first payer, are two visits', async () => {
    const desk = await memoryDesk()
    expect(await send(desk, [{ pcn: 'V1' }, { pcn: 'V2' }])).toEqual(['posted', 'posted'])
    expect(
      await send(desk, [
        { pcn: 'V1', ...toBeta },
        { pcn: 'V2', ...toBeta },
      ]),
    ).toEqual(['submitted', 'submitted'])
    expect(await bookOf(desk)).toMatchObject({ charged: 20_000, visits: 2 })
  })
})

it('identity-15 a book of an older Daybook, which noted neither payers nor members of others: it is made from its log', async () => {
  const store = await Effect.runPromise(memoryEventStore())
  const known: EventStoreShape = store
  const older: EventStoreShape = {
    ...known,
    append: (request) => {
      const isNew = request.events.some(
        ({ data }) => data.includes('"kind":"payer"') || (data.includes('"kind":"person"') && !data.includes('"name"')),
      )
      return isNew && request.stream.startsWith('ref-')
        ? Effect.succeed({ ...request, ...unwritten })
        : known.append(request)
    },
  }
  await send(deskOn(older), { patient: unborn, others: [beta] })
  await Effect.runPromise(migrate(deskOn(store), migrations))
  expect((await remit(deskOn(store), { pcn: 'OTHER' }, sameName)).held).toEqual(['ambiguousVisit'])
  expect((await remit(deskOn(store), { pcn: 'OTHER', patient: janeAtBeta }, { payer: 'BETA' })).held).toEqual([
    'ambiguousVisit',
  ])
  expect(await bookOf(deskOn(store))).toMatchObject({ charged: 10_000, accounts: 1 })
})

/** What a store says of an append that it has lost. */
const unwritten = {
  firstVersion: 0,
  lastVersion: 0,
  firstPosition: 1,
  lastPosition: 1,
  headHash: '-',
  committedAt: '2026-11-21T15:14:00.000Z' as never,
  repeated: false,
}
