import { describe, expect, it } from 'vitest'
import { memoryDesk } from '../support/desk.ts'
import { bookOf, decided, exam, jane, janeAtAcme, remit, send } from '../support/two-papers.ts'

// Faults of kind “whose visit, whose claim”: a name that a payer, or a later claim, writes otherwise (clarification 26).

describe('a name of several words', () => {
  it.each([
    ['its parts in another order, under another member id', 'SMITH-DOE', 'M2'],
    ['one part of it, under another member id', 'SMITH', 'M2'],
    ['one part of it', 'SMITH', 'M1'],
  ])('identity-24 is the name: %s', async (_, last, id) => {
    const desk = await memoryDesk()
    await send(desk, { patient: { ...jane, last: 'DOE-SMITH' } })
    expect(await remit(desk, { patient: { last, first: 'JANE', id } })).toEqual({ posted: 1, held: [] })
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, patient: 4_000, accounts: 1 })
  })

  it('identity-24 the second of two given names is the patient', async () => {
    const desk = await memoryDesk()
    await send(desk, { patient: { ...jane, first: 'MARY ANN' } })
    expect(await remit(desk, { patient: { ...janeAtAcme, first: 'ANN' } })).toEqual({ posted: 1, held: [] })
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, patients: 1 })
  })

  it('identity-24 two names that share no whole word are two: SMITHERS is no SMITH-DOE', async () => {
    const desk = await memoryDesk()
    await send(desk, { patient: { ...jane, last: 'SMITH-DOE' } })
    await remit(desk, { patient: { last: 'DOERS', first: 'JANE', id: 'M2' } })
    expect(await bookOf(desk)).toMatchObject({ charged: 20_000, accounts: 2 })
  })
})

describe('family and given name in each other’s place', () => {
  const exchanged = { last: 'JANE', first: 'DOE' }

  it('identity-24 by a payer that opens what is missing: held, and nothing is charged again', async () => {
    const desk = await memoryDesk()
    await send(desk)
    expect((await remit(desk, { patient: { ...exchanged, id: 'M1' } })).held).toEqual(['ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, clearing: [-6_000] })
  })

  it('identity-24 by a second claim: held, and mended by one that names its original', async () => {
    const desk = await memoryDesk()
    await send(desk, { patient: { ...exchanged, born: jane.born } })
    expect(await send(desk, {}, '2026-01-20')).toEqual(['held: ambiguousVisit'])
    expect(await send(desk, { frequency: '7', originalReference: 'V1' }, '2026-01-20')).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, visits: 1 })
  })
})

describe('a replacement that names its original (REF F8)', () => {
  it('identity-24 may mend a birth day; one that names none is held with the claim in question', async () => {
    const desk = await memoryDesk()
    await send(desk)
    const mended = { frequency: '7', patient: { ...jane, born: '1980-10-01' } }
    expect(await send(desk, mended, '2026-01-20')).toEqual(['held: originalUnknown'])
    expect(await send(desk, { ...mended, originalReference: 'V1' }, '2026-01-20')).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, visits: 1 })
  })
})

describe('a given name that the payer does not know', () => {
  const child = { last: 'DOE', first: 'KIT', born: '2015-03-01' }

  it.each([
    ['of a child it names the subscriber', child, 'JANE'],
    ['it has a nickname', { ...jane, first: 'ROBERT' }, 'BOB'],
    ['of a newborn it has the name that came later', { ...child, first: 'BABY GIRL' }, 'EMMA'],
    ['of a newborn it has none yet', { ...child, first: 'EMMA' }, 'BABYGIRL'],
  ])(
    'identity-25 %s, all else equal: nothing is charged again, it is held with the visit',
    async (_, patient, first) => {
      const desk = await memoryDesk()
      await send(desk, { patient })
      expect((await remit(desk, { patient: { ...janeAtAcme, first } })).held).toEqual(['ambiguousVisit'])
      expect(await bookOf(desk)).toMatchObject({ charged: 10_000, clearing: [-6_000] })
    },
  )

  it('identity-25 an advice that has both of a family opens the one whose claim is not here', async () => {
    const desk = await memoryDesk()
    await send(desk)
    const both = [{}, { icn: 'OTHER', patient: { ...janeAtAcme, first: 'KIT' } }]
    expect(await remit(desk, both)).toEqual({ posted: 2, held: [] })
    expect(await bookOf(desk)).toMatchObject({ charged: 20_000, patients: 2, accounts: 1 })
  })

  it('identity-25 what the payer has decided of the one keeps nobody from opening the other', async () => {
    const desk = await memoryDesk()
    await send(desk)
    await remit(desk)
    expect(await remit(desk, { icn: 'OTHER', patient: { ...janeAtAcme, first: 'KIT' } })).toEqual({
      posted: 1,
      held: [],
    })
    expect(await bookOf(desk)).toMatchObject({ charged: 20_000, patients: 2 })
  })

  it('identity-25 mother and newborn in one file, one id and one number: two patients, each paid its own', async () => {
    const desk = await memoryDesk()
    const birth = { ...exam, code: '59400', charge: 90_000 }
    const baby = { last: 'DOE', first: 'BABY BOY', born: '2026-01-10' }
    await send(desk, [{ lines: [birth] }, { patient: baby }])
    const babyAtAcme = { ...janeAtAcme, first: 'BABY BOY' }
    const claims = [{ patient: babyAtAcme }, { icn: 'MOTHER', lines: [decided(birth)] }]
    expect(await remit(desk, claims)).toEqual({ posted: 2, held: [] })
    expect(await bookOf(desk)).toMatchObject({ charged: 100_000, patients: 2, accounts: 1 })
  })
})
