import { expect, it } from 'vitest'
import { entries } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { blood, bookOf, decided, exam, remit, send, takenBack } from '../support/two-papers.ts'

// Faults of kind “whose visit, whose claim”: the numbers of one visit's set agree (clarification 25). A claim that was
// replaced under a new number is taken back under the old one and decided anew under the new.

const replaced = async () => {
  const desk = await memoryDesk()
  await send(desk)
  await send(desk, { pcn: 'NEW', frequency: '7', originalReference: 'V1' }, '2026-01-14')
  await remit(desk, { icn: 'A1' })
  return desk
}
const reversal = { pcn: 'V1', icn: 'A1', status: '22', lines: [takenBack(exam)] }
const later = { date: '2026-03-20' }

it.each([
  ['by CLP07', [reversal, { pcn: 'NEW', icn: 'A1', lines: [decided(exam, 7_000)] }]],
  ['by CLP07, the correction first in the file', [{ pcn: 'NEW', icn: 'A1', lines: [decided(exam, 7_000)] }, reversal]],
  ['by REF F8', [{ pcn: 'NEW', icn: 'A2', originalReference: 'A1', lines: [decided(exam, 7_000)] }, reversal]],
])(
  'identity-14 a reversal under the old number and its correction under the new are one unit: %s',
  async (_, claims) => {
    const desk = await replaced()
    expect(await remit(desk, claims, later)).toEqual({ posted: 2, held: [] })
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, patient: 3_000, clearing: [], visits: 1 })
    const log = await entries(desk)
    const taken = log.flatMap(({ event }) => (event.type === 'AdjudicationReversed' ? [event.pending] : []))
    expect(taken).toEqual([false])
  },
)

it('identity-14 what the payer’s number ties, and no service does, stays two units', async () => {
  const desk = await replaced()
  await send(desk, { pcn: 'OTHER', lines: [blood] }, '2026-01-15')
  const other = { pcn: 'OTHER', icn: 'A1', lines: [decided(blood)] }
  expect(await remit(desk, [reversal, other], later)).toEqual({ posted: 2, held: [] })
  expect(await bookOf(desk)).toMatchObject({ charged: 13_000, patient: 1_200, clearing: [], visits: 2 })
})

it('identity-14 a correction that came before its reversal posts when that has come, whatever their numbers', async () => {
  const desk = await replaced()
  const correction = { pcn: 'NEW', icn: 'A1', lines: [decided(exam, 7_000)] }
  expect((await remit(desk, correction, later)).held).toEqual(['repeatedClaim'])
  expect(await remit(desk, reversal, later)).toEqual({ posted: 1, held: [] })
  expect(await bookOf(desk)).toMatchObject({ charged: 10_000, patient: 3_000, clearing: [] })
})

it('identity-14 with no original on file the unit waits under either number', async () => {
  const desk = await memoryDesk()
  await send(desk)
  await send(desk, { pcn: 'NEW', frequency: '7', originalReference: 'V1' }, '2026-01-14')
  const correction = { pcn: 'NEW', icn: 'A1', lines: [decided(exam, 7_000)] }
  expect((await remit(desk, [reversal, correction], later)).posted).toBe(0)
  await remit(desk, { icn: 'A1' })
  expect(await bookOf(desk)).toMatchObject({ charged: 10_000, patient: 3_000, clearing: [], visits: 1 })
})

it('identity-14 an advice that waits under the old number posts when the replacement comes under a new one', async () => {
  const desk = await memoryDesk()
  const dearer = { ...exam, charge: 12_000 }
  await send(desk)
  expect((await remit(desk, { lines: [decided(dearer)] })).held).toEqual(['match'])
  await send(desk, { pcn: 'NEW', frequency: '7', originalReference: 'V1', lines: [dearer] }, '2026-01-20')
  expect(await bookOf(desk)).toMatchObject({ charged: 12_000, patient: 4_800, clearing: [] })
})

it('identity-19 a payer splits a claim whose lines are alike: each part is of another line', async () => {
  const desk = await memoryDesk()
  await send(desk, { lines: [exam, exam] })
  expect(await remit(desk, [{ icn: 'P1' }, { icn: 'P2' }])).toEqual({ posted: 2, held: [] })
  expect(await bookOf(desk)).toMatchObject({ charged: 20_000, patient: 8_000, clearing: [] })
})

it('identity-19 the same part sent once more is no part of the other line', async () => {
  const desk = await memoryDesk()
  await send(desk, { lines: [exam, exam] })
  await remit(desk, { icn: 'P1' })
  expect((await remit(desk, { icn: 'P1' })).held).toEqual(['repeatedClaim'])
  expect(await bookOf(desk)).toMatchObject({ patient: 4_000 })
})

it('identity-6 REF F8 names a decision by the payer’s number, however it is written', async () => {
  const desk = await memoryDesk()
  await send(desk)
  await remit(desk, { icn: 'A1b' })
  const other = { code: '99205', charge: 12_000, on: '2026-04-04' }
  const later7 = { pcn: 'NEW', frequency: '7', originalReference: ' a1B ', lines: [other] }
  expect(await send(desk, later7, '2026-04-05')).toEqual(['replaced'])
  expect(await bookOf(desk)).toMatchObject({ charged: 12_000, visits: 1 })
})

it('identity-21 a claim without lines and of another total is held, with open-missing too (rule S)', async () => {
  const desk = await memoryDesk()
  await send(desk)
  const whole = { lines: [], charge: 9_000, paid: 6_000, cas: [['PR', '1', 3_000]] } as const
  expect((await remit(desk, whole)).held).toEqual(['match'])
  expect(await bookOf(desk)).toMatchObject({ charged: 10_000, visits: 1 })
})

const nextDay = '2026-01-11'
const twoDays = async () => {
  const desk = await memoryDesk()
  await send(desk, [{}, { lines: [{ ...exam, on: nextDay }] }])
  return desk
}

it('identity-22 a reversal and a decision of another day, one of each under one number, are two units', async () => {
  const desk = await twoDays()
  await remit(desk, { icn: 'A1' })
  const other = { icn: 'A2', lines: [decided({ ...exam, on: nextDay }, 7_000)] }
  expect(await remit(desk, [{ ...reversal }, other], later)).toEqual({ posted: 2, held: [] })
  expect(await bookOf(desk)).toMatchObject({ charged: 20_000, patient: 3_000, clearing: [] })
})

it('identity-22 of two decisions under one number of the payer a reversal takes back the one of its day', async () => {
  const desk = await twoDays()
  await remit(desk, { icn: 'A1' })
  await remit(desk, { icn: 'A1', lines: [decided({ ...exam, on: nextDay }, 5_000)] })
  const back = { icn: 'A1', status: '22', lines: [takenBack({ ...exam, on: nextDay }, 5_000)] }
  expect(await remit(desk, back, later)).toEqual({ posted: 1, held: [] })
  expect(await bookOf(desk)).toMatchObject({ charged: 20_000, patient: 4_000, clearing: [] })
})

it('identity-19 of two lines alike, one paid and one denied, the next decision is of the one that was denied', async () => {
  const desk = await memoryDesk()
  await send(desk, { lines: [exam, exam] })
  const denied = { ...exam, paid: 0, cas: [['CO', '16', 10_000]] as const }
  await remit(desk, { icn: 'A1', lines: [decided(exam), denied] })
  expect(await remit(desk, { icn: 'A2' })).toEqual({ posted: 1, held: [] })
  expect(await bookOf(desk)).toMatchObject({ charged: 20_000, patient: 8_000, clearing: [] })
})
