import type { Desk } from '@daybook/core/service'
import { describe, expect, it } from 'vitest'
import { memoryDesk } from '../support/desk.ts'
import { atDesk, blood, bookOf, charged, decided, exam, registered, remit, send } from '../support/two-papers.ts'

// Faults of kind “whose visit, whose claim”: balances brought forward are found by number, patient and day (clarification 33).

const brought = async (desk: Desk, of: { readonly number?: string; readonly originalCharge?: number } = {}) => {
  const { number, originalCharge } = of
  await atDesk(desk, [
    ...registered(),
    {
      type: 'BringForward',
      booksBegin: '2026-02-01',
      visit: 'v1',
      patient: 'p1',
      ...(number === undefined ? {} : { patientControlNumber: number }),
      source: 'the older book',
      lines: [
        {
          line: 'l1',
          code: 'OLD',
          dos: '2026-01-10',
          party: { coverageId: 'c1' },
          amount: 10_000,
          ...(originalCharge === undefined ? {} : { originalCharge }),
        },
      ],
    },
  ])
}

describe('a balance beside which the desk has charged a service of another day', () => {
  it('identity-20 takes the payer’s money of its own day; no visit is opened beside it', async () => {
    const desk = await memoryDesk()
    await brought(desk, { number: 'V1' })
    await atDesk(desk, [charged(blood, '2026-02-02')])
    expect(await remit(desk)).toEqual({ posted: 1, held: [] })
    expect(await bookOf(desk)).toMatchObject({ charged: 3_000, patient: 4_000, visits: 1, clearing: [] })
  })

  it('identity-20 leaves the money of that service to its charge', async () => {
    const desk = await memoryDesk()
    await brought(desk, { number: 'V1' })
    await atDesk(desk, [charged(blood, '2026-02-02')])
    const both = [decided(exam), decided({ ...blood, on: '2026-02-02' })]
    expect(await remit(desk, { lines: both })).toEqual({ posted: 1, held: [] })
    expect(await bookOf(desk)).toMatchObject({ charged: 3_000, patient: 5_200, clearing: [] })
  })

  it('identity-20 its claim charges nothing', async () => {
    const desk = await memoryDesk()
    await brought(desk, { number: 'V1' })
    await atDesk(desk, [charged(blood, '2026-02-02')])
    expect(await send(desk, {}, '2026-02-03')).toEqual(['submitted'])
    expect(await bookOf(desk)).toMatchObject({ charged: 3_000, visits: 1 })
  })
})

describe('a balance that no number names', () => {
  it.each([
    ['without a number', {}],
    ['under another number, of the same charge', { number: 'OLD-1', originalCharge: 10_000 }],
  ])('identity-20 %s: the payer’s money of its patient and day is held, and so is the claim', async (_, of) => {
    const desk = await memoryDesk()
    await brought(desk, of)
    expect((await remit(desk)).held).toEqual(['ambiguousVisit'])
    expect(await send(desk, {}, '2026-02-03')).toEqual(['held: ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ charged: 0, visits: 1 })
  })

  it('identity-20 under another number, of another charge and code, it is of another service', async () => {
    const desk = await memoryDesk()
    await brought(desk, { number: 'OLD-1', originalCharge: 25_000 })
    expect(await send(desk, {}, '2026-02-03')).toEqual(['posted'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, visits: 2 })
  })
})

it('identity-20 two balances of one day each take the payer’s money of a line that they can hold', async () => {
  const desk = await memoryDesk()
  await brought(desk, { number: 'V1' })
  const second = { line: 'l2', code: 'OLD2', dos: '2026-01-10', party: { coverageId: 'c1' }, amount: 3_000 }
  const bring = { type: 'BringForward', booksBegin: '2026-02-01', visit: 'v1', patient: 'p1', source: 'the older book' }
  await atDesk(desk, [{ ...bring, lines: [second] }])
  expect(await remit(desk, { lines: [decided(blood), decided(exam)] })).toEqual({ posted: 1, held: [] })
  expect(await bookOf(desk)).toMatchObject({ charged: 0, patient: 5_200, clearing: [] })
})
