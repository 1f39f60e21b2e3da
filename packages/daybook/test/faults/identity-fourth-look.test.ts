import { describe, expect, it } from 'vitest'
import { memoryDesk } from '../support/desk.ts'
import type { LineOf, SubmittedOf } from '../support/documents.ts'
import { acme, beta, bookOf, decided, exam, remit, send } from '../support/two-papers.ts'

// Faults of kind “whose visit, whose claim” that a table has found of what was asked least: facilities, bundles, duplicates,
// claims without a number.

const heldFor = (rule: string) => ({ posted: 0, held: [rule] })
const posted = { posted: 1, held: [] }

describe('identity-50 a practitioner and a facility bill one encounter under one number', () => {
  const facility: LineOf = { ...exam, charge: 20_000, revenueCode: '0510' }
  const atFacility: Partial<SubmittedOf> = { kind: 'institutional', lines: [facility] }

  it.each([
    ['another charge', 20_000],
    ['the same charge', 10_000],
  ])('identity-50 the same code and day, %s: two claims, each is charged, and paid on its own', async (_, charge) => {
    const desk = await memoryDesk()
    const lines = [{ ...facility, charge }]
    expect(await send(desk)).toEqual(['posted'])
    expect(await send(desk, { ...atFacility, lines })).toEqual(['posted'])
    expect(await send(desk, { ...atFacility, lines })).toEqual(['duplicate'])
    expect(await remit(desk, { lines: lines.map((line) => decided(line, 1_000)) })).toEqual(posted)
    expect(await bookOf(desk)).toMatchObject({ visits: 2, charged: 10_000 + charge, patient: charge - 1_000 })
    expect(await remit(desk)).toEqual(charge === 20_000 ? posted : heldFor('ambiguousVisit'))
  })

  it.each([true, false])(
    'identity-50 the payment of the facility comes first (open-missing %s)',
    async (openMissing) => {
      const desk = await memoryDesk()
      await send(desk)
      const first = await remit(desk, { icn: 'F', lines: [decided(facility)] }, { openMissing })
      expect(first).toEqual(openMissing ? posted : heldFor('match'))
      expect(await send(desk, atFacility)).toEqual([openMissing ? 'submitted' : 'posted'])
      expect(await remit(desk, { icn: 'P' })).toEqual(posted)
      expect(await bookOf(desk)).toMatchObject({ visits: 2, charged: 30_000, patient: 12_000 })
    },
  )

  it('identity-50 of the same charge it is not paid on the claim of the practitioner', async () => {
    const desk = await memoryDesk()
    await send(desk)
    const lines = [{ ...facility, charge: 10_000 }]
    expect(await remit(desk, { lines: lines.map((line) => decided(line)) })).toEqual(heldFor('match'))
    expect(await send(desk, { ...atFacility, lines })).toEqual(['posted'])
    expect(await bookOf(desk)).toMatchObject({ visits: 2, charged: 20_000, patient: 4_000 })
  })

  it.each([
    ['7', 'another code', { ...facility, code: 'G0463' }],
    ['7', 'its code', facility],
    ['8', 'its code', facility],
  ])('identity-50 (%s) of the facility with %s is none of the practitioner', async (frequency, _, line) => {
    const desk = await memoryDesk()
    await send(desk)
    const follows = { ...atFacility, frequency, lines: [line] }
    expect(await send(desk, follows, '2026-01-20')).toEqual(['held: originalUnknown'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000 })
    await send(desk, atFacility)
    expect(await send(desk, follows, '2026-01-20')).toEqual([frequency === '7' ? 'replaced' : 'voided'])
    expect(await bookOf(desk)).toMatchObject({ visits: 2, charged: frequency === '7' ? 30_000 : 10_000 })
  })

  it('identity-50 late charges of the facility are of its own claim, whichever comes first', async () => {
    const drug: LineOf = { code: 'J1100', charge: 700, revenueCode: '0636' }
    const desk = await memoryDesk()
    await send(desk)
    expect(await send(desk, { ...atFacility, frequency: '5', lines: [drug] }, '2026-01-20')).toEqual(['posted'])
    expect(await send(desk, atFacility)).toEqual(['submitted'])
    expect(await bookOf(desk)).toMatchObject({ visits: 2, charged: 30_700 })
  })

  it('identity-50 to the next payer a claim may have the other form: held, it is not charged again', async () => {
    const desk = await memoryDesk()
    await send(desk, { ...atFacility, others: [beta] })
    const next = { to: beta, others: [{ ...acme, sequence: 'P' }], lines: [{ ...exam, code: 'G0467', charge: 20_000 }] }
    expect(await send(desk, next, '2026-02-22')).toEqual(['held: claim.changed'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 20_000 })
  })
})
