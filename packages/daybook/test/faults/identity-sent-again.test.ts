import { describe, expect, it } from 'vitest'
import { memoryDesk } from '../support/desk.ts'
import {
  acme,
  atDesk,
  beta,
  blood,
  bookOf,
  charged,
  exam,
  registered,
  remit,
  send,
  visitOf,
} from '../support/two-papers.ts'

// Faults of kind “whose visit, whose claim”: a second 837 is the same claim only where it has the same lines (clarification 28).

const half = { ...blood, charge: 4_000 }
const first = [{ ...exam, charge: 6_000 }, half]
const others: readonly [string, readonly object[]][] = [
  [
    'another line of the same charge',
    [
      { ...exam, charge: 6_000 },
      { ...half, code: '36415' },
    ],
  ],
  ['a modifier', [{ ...exam, charge: 6_000, modifiers: ['25'] }, half]],
  ['units', [{ ...exam, charge: 6_000, units: '2' }, half]],
  [
    'another day',
    [
      { ...exam, charge: 6_000 },
      { ...half, on: '2026-01-11' },
    ],
  ],
  ['fewer lines', [{ ...exam, charge: 6_000 }]],
  ['more lines', [...first, { code: '36415', charge: 500 }]],
]

describe.each(others)('sent as an original once more, with %s', (_, lines) => {
  it.each([
    ['on the same day', '2026-01-12'],
    ['later', '2026-02-01'],
  ])('identity-17 it is held, and charges nothing: %s', async (_when, created) => {
    const desk = await memoryDesk()
    await send(desk, { lines: first })
    expect(await send(desk, { lines: lines as typeof first }, created)).toEqual(['held: claim.changed'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, visits: 1 })
  })
})

it.each([
  ['as it was', first],
  ['its lines in another order', first.toReversed()],
  ['units written otherwise', first.map((line) => ({ ...line, units: '1.0' }))],
])('identity-17 sent once more %s it is a duplicate', async (_, lines) => {
  const desk = await memoryDesk()
  await send(desk, { lines: first })
  for (const created of ['2026-01-12', '2026-02-01'])
    expect(await send(desk, { lines }, created)).toEqual(['duplicate'])
  expect(await bookOf(desk)).toMatchObject({ charged: 10_000, visits: 1 })
})

it('identity-17 a claim to the next payer may have fewer lines and other modifiers', async () => {
  const desk = await memoryDesk()
  await send(desk, { lines: first })
  const to = { to: beta, others: [{ ...acme, sequence: 'P' }] }
  expect(await send(desk, { ...to, lines: [{ ...exam, charge: 6_000, modifiers: ['25'] }] })).toEqual(['submitted'])
  expect(await bookOf(desk)).toMatchObject({ charged: 10_000 })
})

it('identity-17 the claim of a visit that the desk or an advice charged is a duplicate when it comes again', async () => {
  for (const come of [
    (desk: Awaited<ReturnType<typeof memoryDesk>>) => atDesk(desk, [...registered(), visitOf('V1'), charged(exam)]),
    (desk: Awaited<ReturnType<typeof memoryDesk>>) => remit(desk),
  ]) {
    const desk = await memoryDesk()
    await come(desk)
    const claim = { lines: [{ ...exam, modifiers: ['25'], units: '2' }] }
    expect(await send(desk, claim)).toEqual(['submitted'])
    expect(await send(desk, claim)).toEqual(['duplicate'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, visits: 1 })
  }
})

it('identity-17 a claim that was replaced is held or a duplicate when its file comes again, and charges nothing', async () => {
  const desk = await memoryDesk()
  await send(desk)
  await send(desk, { frequency: '7', originalReference: 'V1', lines: [{ ...exam, charge: 11_000 }] }, '2026-01-20')
  expect(await send(desk)).toEqual(['duplicate'])
  expect(await send(desk, {}, '2026-02-20')).toEqual(['held: claim.changed'])
  expect(await bookOf(desk)).toMatchObject({ charged: 11_000, visits: 1 })
})
