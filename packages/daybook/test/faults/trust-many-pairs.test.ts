import { memoryEventStore } from '@daybook/adapters/memory'
import type { RemittanceAdvice } from '@daybook/core/remittance'
import { type Desk, receiveRemittance } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { accountName, controlOf, entries } from '../support/books.ts'
import { deskOn } from '../support/desk.ts'
import { advice } from '../support/documents.ts'
import { dyingAfter } from '../support/dying-store.ts'

// Faults of kind “the book's own trust”: a payment with thousands of provider adjustments.

const run = Effect.runPromise

/** An advice of one claim, with so many PLB pairs of a cent. */
const withPairs = (count: number, code: string, reference: (at: number) => string): RemittanceAdvice =>
  advice({
    claims: [{ pcn: 'A', lines: [{ charge: 100_000, paid: 100_000 }] }],
    plb: Array.from({ length: count }, (_, at) => [code, reference(at), 1] as const),
  })

const take = (desk: Desk, paper: RemittanceAdvice) => run(receiveRemittance(desk, paper, { openMissing: true }))

const pairsIn = async (desk: Desk): Promise<readonly string[]> =>
  (await entries(desk)).flatMap(({ event }) =>
    event.type === 'ProviderAdjustmentRecorded' ? [`${event.reference} ${event.amount} ${event.exception ?? ''}`] : [],
  )

describe('a payment with many provider adjustments (PLB)', () => {
  it.each([
    ['recoupments of many claims', 'WO', (at: number) => `ICN${at}`],
    ['recoupments of one claim', 'WO', () => 'ICN'],
    ['forwarded balances', 'FB', (at: number) => `T${at}`],
    ['adjustments that carry nothing', 'CS', (at: number) => `R${at}`],
  ])('trust-9 10,000 pairs post, each recorded once: %s', { timeout: 120_000 }, async (_, code, reference) => {
    const desk = deskOn(await run(memoryEventStore()))
    expect(await take(desk, withPairs(10_000, code, reference))).toMatchObject({ outcome: 'posted', held: [] })
    const pairs = await pairsIn(desk)
    expect(pairs.length).toBe(10_000)
    expect(pairs.map((pair) => pair.split(' ')[0])).toEqual(pairs.map((__, at) => reference(at)))
    const control = controlOf(await entries(desk), accountName)
    expect(
      Object.entries(control).filter(([name, amount]) => name.startsWith('payerClearing') && amount !== 0),
    ).toEqual([])
    expect(await take(desk, withPairs(10_000, code, reference))).toMatchObject({ outcome: 'duplicate' })
    expect((await pairsIn(desk)).length).toBe(10_000)
  })

  // What an event holds at most (ports `limits`), and more of it: each pair has some 140 bytes.
  const long = (at: number): string => `${'R'.repeat(44)}${String(at).padStart(6, '0')}`
  it('trust-9 a list of pairs that no event holds posts whole, each recorded once', { timeout: 120_000 }, async () => {
    const desk = deskOn(await run(memoryEventStore()))
    const paper = withPairs(12_000, 'WO', long)
    expect(await take(desk, paper)).toMatchObject({ outcome: 'posted', held: [] })
    expect((await pairsIn(desk)).map((pair) => pair.split(' ')[0])).toEqual(
      Array.from({ length: 12_000 }, (_, at) => long(at)),
    )
    expect(await take(desk, paper)).toMatchObject({ outcome: 'duplicate' })
    expect((await pairsIn(desk)).length).toBe(12_000)
  })

  it('trust-9 such a list, killed after any commit until it is judged, ends as without the kill', {
    timeout: 120_000,
  }, async () => {
    const paper = withPairs(7_600, 'CS', long)
    const calm = deskOn(await run(memoryEventStore()))
    await take(calm, paper)
    const expected = await pairsIn(calm)
    expect(expected.length).toBe(7_600)
    for (let commits = 0; commits < 7; commits += 1) {
      const store = await run(memoryEventStore())
      await expect(take(deskOn(dyingAfter(store, commits)), paper)).rejects.toThrow('killed')
      const next = deskOn(store)
      await take(next, paper)
      expect(await pairsIn(next)).toEqual(expected)
    }
  })

  it('trust-9 what no event holds, and can not be taken apart, is refused before anything of it is written', async () => {
    const store = await run(memoryEventStore())
    const desk = deskOn(store)
    const wide = advice({
      claims: [
        { pcn: 'A', lines: Array.from({ length: 6_000 }, () => ({ charge: 1, paid: 1, remarks: ['N1', 'N2'] })) },
      ],
    })
    const refused = await take(desk, wide).catch((error: unknown) => error)
    expect(refused).toMatchObject({
      _tag: 'LimitExceeded',
      limit: 'eventBytes',
      message: expect.stringMatching(/claim A/),
    })
    expect((await run(store.head)).position).toBe(0)
    // The payment is not taken for one that is in the books: the payer's other paper of it posts.
    const mended = advice({ claims: [{ pcn: 'A', lines: [{ charge: 6_000, paid: 6_000 }] }] })
    expect(await take(desk, mended)).toMatchObject({ outcome: 'posted' })
  })

  it('trust-9 killed after any commit, and imported again, records each pair once', async () => {
    const paper = withPairs(900, 'CS', (at) => `R${at}`)
    const calm = deskOn(await run(memoryEventStore()))
    await take(calm, paper)
    const expected = await pairsIn(calm)
    expect(expected.length).toBe(900)
    let kills = 0
    for (let commits = 0, died = true; died; commits += 1) {
      const store = await run(memoryEventStore())
      died = await take(deskOn(dyingAfter(store, commits)), paper).then(
        () => false,
        (error: Error) => {
          expect(error.message).toContain('killed')
          return true
        },
      )
      const next = deskOn(store)
      await take(next, paper)
      expect(await pairsIn(next)).toEqual(expected)
      if (died) kills += 1
    }
    expect(kills).toBeGreaterThan(4)
  })
})
