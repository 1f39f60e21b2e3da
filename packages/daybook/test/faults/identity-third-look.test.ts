import { describe, expect, it } from 'vitest'
import { memoryDesk } from '../support/desk.ts'
import type { LineOf } from '../support/documents.ts'
import {
  acme,
  atDesk,
  beta,
  blood,
  bookOf,
  charged,
  decided,
  exam,
  jane,
  janeAtAcme,
  registered,
  remit,
  send,
  visitOf,
} from '../support/two-papers.ts'

// Faults of kind “whose visit, whose claim” that drawing papers by chance has found: two or three of one service, each of
// which differs from the others in one or two things.

const recoded = { ...exam, code: '99212' }
const later = { ...exam, on: '2026-01-20' }
const heldFor = (rule: string) => ({ posted: 0, held: [rule] })

describe('identity-36 a claim under the number, day and charge of a visit that has another code', () => {
  it('identity-36 is held where the desk has made the visit: it may be the claim of it', async () => {
    const desk = await memoryDesk()
    await atDesk(desk, [...registered(), visitOf('V1'), charged(exam)])
    expect(await send(desk, { lines: [recoded] })).toEqual(['held: claim.changed'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000 })
  })

  it('identity-36 is held where only a claim to another payer has come', async () => {
    const desk = await memoryDesk()
    await send(desk, { others: [beta] })
    const next = { to: beta, others: [{ ...acme, sequence: 'P' }], lines: [recoded] }
    expect(await send(desk, next)).toEqual(['held: claim.changed'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000 })
  })

  it('identity-36 is held where it went to another payer in the first place', async () => {
    const desk = await memoryDesk()
    await send(desk)
    expect(await send(desk, { to: { ...beta, sequence: 'P' }, lines: [recoded] })).toEqual(['held: claim.changed'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000 })
  })

  it('identity-36 is held where an advice has made it, of as many lines of the same charges', async () => {
    const desk = await memoryDesk()
    await remit(desk)
    expect(await send(desk, { lines: [recoded] })).toEqual(['held: claim.changed'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000 })
  })

  it('identity-36 is another visit where its claim has come, or where the charge is another one', async () => {
    const desk = await memoryDesk()
    await send(desk)
    expect(await send(desk, { lines: [recoded] })).toEqual(['posted'])
    const atFront = await memoryDesk()
    await atDesk(atFront, [...registered(), visitOf('V1'), charged(exam)])
    expect(await send(atFront, { lines: [blood] })).toEqual(['posted'])
  })
})

describe('identity-37 what the payer has decided under the very number of a decision is no other service', () => {
  const paid = { icn: 'SAME', lines: [decided(exam)] }

  it.each([
    ['another number of ours', { pcn: 'V 1' }],
    ['another code', { lines: [decided(recoded)] }],
  ])('identity-37 %s: it is held with the visit, and nothing is charged again', async (_, change) => {
    const desk = await memoryDesk()
    await send(desk)
    expect(await remit(desk, paid)).toEqual({ posted: 1, held: [] })
    expect(await remit(desk, { ...paid, ...change })).toEqual(heldFor('ambiguousVisit'))
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000, decisions: ['SAME: JANE'] })
  })

  it('identity-37 a decision of another day is another one, and so is one of another number of the payer', async () => {
    const desk = await memoryDesk()
    await send(desk)
    await remit(desk, paid)
    expect(await remit(desk, { ...paid, pcn: 'V2', lines: [decided(later)] })).toEqual({ posted: 1, held: [] })
    expect(await remit(desk, { ...paid, pcn: 'V3', icn: 'OTHER' })).toEqual({ posted: 1, held: [] })
  })
})

describe('identity-38 a visit of which one letter says that it is not the patient’s', () => {
  const janie = { ...jane, first: 'JANIE' }

  it('identity-38 an advice under another number opens nothing beside it', async () => {
    const desk = await memoryDesk()
    await send(desk, { patient: janie })
    expect(await remit(desk, { pcn: 'OTHER' })).toEqual(heldFor('ambiguousVisit'))
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000 })
  })

  it('identity-38 nor one of another code', async () => {
    const desk = await memoryDesk()
    await send(desk, { patient: janie })
    expect(await remit(desk, { lines: [decided(recoded)] })).toEqual(heldFor('match'))
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000 })
  })

  it('identity-38 nor one beside a balance of an older book that has no number', async () => {
    const desk = await memoryDesk()
    const line = { line: 'b1', code: '99213', dos: '2026-01-10', party: { coverageId: 'c1' }, amount: 10_000 }
    const balance = { type: 'BringForward', visit: 'v1', patient: 'p1', booksBegin: '2026-01-20', source: 'old' }
    await atDesk(desk, [...registered(janie), { ...balance, lines: [{ ...line, originalCharge: 10_000 }] }])
    expect(await remit(desk)).toEqual(heldFor('ambiguousVisit'))
    expect(await bookOf(desk)).toMatchObject({ visits: 1 })
  })

  it('identity-38 of another charge it is somebody else’s of the family', async () => {
    const desk = await memoryDesk()
    await send(desk, { patient: janie })
    expect(await remit(desk, { pcn: 'OTHER', lines: [decided({ ...exam, charge: 12_000 })] })).toMatchObject({
      posted: 1,
    })
  })

  it('identity-38 nor does a claim under another number, where an advice has opened it', async () => {
    const desk = await memoryDesk()
    await remit(desk, { patient: { ...janeAtAcme, first: 'JANIE' } })
    expect(await send(desk, { pcn: 'OTHER' })).toEqual(['held: ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000 })
  })
})

describe('identity-39 a replacement or a void under the number of a visit of which one letter says that it is not the patient’s', () => {
  const mistyped = { patient: { ...jane, first: 'JANIE' } }
  const fits = { pcn: 'V2', lines: [{ ...exam, modifiers: ['76'] }] }

  it.each([
    ['7', 'whose other visit has another number and this service', { ...fits }, {}],
    ['8', 'whose other visit has another number and this service', { ...fits }, {}],
    ['7', 'whose other visit has this number and another day', { lines: [later] }, {}],
    ['7', 'whose other visit has this number and another day', { lines: [later] }, { originalReference: 'V1' }],
    [
      '7',
      'whose other visit has this number, day and charge',
      { lines: [recoded] },
      { pcn: 'V9', originalReference: 'V1' },
    ],
    [
      '7',
      'whose other visit has this service, under a new number',
      { ...fits },
      { pcn: 'V9', originalReference: 'NONE' },
    ],
  ])('identity-39 (%s) %s: neither is touched', async (frequency, _, other, change) => {
    const desk = await memoryDesk()
    expect(await send(desk, mistyped)).toEqual(['posted'])
    expect(await send(desk, other)).toEqual(['posted'])
    expect(await send(desk, { frequency, ...change })).toEqual(['held: originalUnknown'])
    expect(await bookOf(desk)).toMatchObject({ visits: 2, charged: 20_000 })
  })

  it('identity-39 of two whose names begin alike, under one number, it is of the one who is called so', async () => {
    const desk = await memoryDesk()
    await send(desk, [{}, { patient: { ...jane, first: 'JANET' } }])
    expect(await send(desk, { frequency: '8' })).toEqual(['voided'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000 })
  })
})

describe('identity-39 a replacement that names its original by a number which visits of two days have (REF F8)', () => {
  const replaces = { frequency: '7', pcn: 'NEW', originalReference: 'V1' }

  it('identity-39 is held, where the one on file is of another day, and its own number has been decided', async () => {
    const desk = await memoryDesk()
    await send(desk, { lines: [later] })
    expect(await remit(desk, { pcn: 'NEW' })).toEqual({ posted: 1, held: [] })
    expect(await send(desk, replaces)).toEqual(['held: originalUnknown'])
    expect(await bookOf(desk)).toMatchObject({ visits: 2, charged: 20_000 })
  })

  it('identity-39 is of the one of its day, also under another member id, where an advice has opened it', async () => {
    const desk = await memoryDesk()
    await send(desk, { lines: [later] })
    await remit(desk, { patient: { ...janeAtAcme, id: 'M101' } })
    const report = await send(desk, { ...replaces, to: { payer: 'ACME', member: 'M101' } })
    expect(report).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ visits: 2, charged: 20_000 })
  })
})

describe('identity-43 late charges under another number', () => {
  it('identity-43 are held where an advice has charged them', async () => {
    const desk = await memoryDesk()
    await remit(desk, { lines: [decided(exam), decided(blood)] })
    await send(desk)
    expect(await send(desk, { pcn: 'OTHER', frequency: '5', lines: [blood] })).toEqual(['held: ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ charged: 13_000 })
  })
})

describe('identity-44 a service that the payer has denied beside one that it has paid', () => {
  const refused: LineOf = { ...blood, paid: 0, cas: [['CO', '16', blood.charge]] }

  it('identity-44 decided again under another number: it is held, and not charged again', async () => {
    const desk = await memoryDesk()
    await send(desk, { lines: [exam, blood] })
    expect(await remit(desk, { lines: [decided(exam), refused] })).toEqual({ posted: 1, held: [] })
    expect(await remit(desk, { pcn: 'V1R', lines: [decided(blood)] })).toEqual(heldFor('ambiguousVisit'))
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 13_000 })
  })

  it('identity-44 the one that it has paid is another service under another number', async () => {
    const desk = await memoryDesk()
    await send(desk, { lines: [exam, blood] })
    await remit(desk, { lines: [decided(exam), refused] })
    expect(await remit(desk, { pcn: 'V1R', lines: [decided(exam)] })).toEqual({ posted: 1, held: [] })
  })
})

describe('identity-45 a new member id beside the old one in one file, where the visit on file has no number', () => {
  it('identity-45 is held with the visit, where name and birth day are equal', async () => {
    const desk = await memoryDesk()
    await atDesk(desk, [...registered(), visitOf(), charged(exam)])
    const changed = { to: { payer: 'ACME', member: 'M101' } }
    const outcomes = await send(desk, [changed, { pcn: 'V2', lines: [later] }])
    expect(outcomes).toEqual(['held: ambiguousVisit', 'posted'])
    expect(await bookOf(desk)).toMatchObject({ accounts: 1, charged: 20_000 })
  })
})

describe('identity-46 twins whose names are one letter apart, under one member id and number', () => {
  const boy = (first: string) => ({ last: 'DOE', first, born: '2026-01-09' })
  const [one, two] = [boy('BABYBOY A'), boy('BABYBOY B')]
  const paidOf = ({ last, first }: { last: string; first: string }) => ({ patient: { id: 'M1', last, first } })

  it('identity-46 in one file they are two, each is charged, and paid on their own', async () => {
    const desk = await memoryDesk()
    expect(await send(desk, [{ patient: one }, { patient: two }])).toEqual(['posted', 'posted'])
    expect(
      await remit(desk, [
        { ...paidOf(two), icn: 'B' },
        { ...paidOf(one), icn: 'A' },
      ]),
    ).toMatchObject({ posted: 2 })
    const book = await bookOf(desk)
    expect(book).toMatchObject({ charged: 20_000, patients: 2 })
    expect([...book.decisions].sort()).toEqual(['A: BABYBOY A', 'B: BABYBOY B'])
  })

  it('identity-46 the same where their advice comes first', async () => {
    const desk = await memoryDesk()
    expect(await remit(desk, [paidOf(one), paidOf(two)])).toEqual({ posted: 2, held: [] })
    expect(await send(desk, [{ patient: one }, { patient: two }])).toEqual(['submitted', 'submitted'])
    expect(await bookOf(desk)).toMatchObject({ charged: 20_000, patients: 2 })
  })

  it('identity-46 in two files, or of other services, a letter is a letter: held', async () => {
    const desk = await memoryDesk()
    await send(desk, { patient: one })
    expect(await send(desk, { patient: two })).toEqual(['held: ambiguousVisit'])
    const other = { pcn: 'V1', patient: one, lines: [later] }
    expect(await send(desk, [{ patient: two }, other])).toEqual(['held: ambiguousVisit', 'posted'])
  })
})

describe('identity-47 an original (frequency 1) of services that the payer has refused, under another number', () => {
  const refused: LineOf = { ...exam, paid: 0, cas: [['CO', '16', exam.charge]] }
  const again = { pcn: 'V1B' }

  it('identity-47 is held beside the visit, and as its replacement it is of it', async () => {
    const desk = await memoryDesk()
    await send(desk)
    await remit(desk, { icn: 'NO', lines: [refused] })
    expect(await send(desk, again, '2026-02-20')).toEqual(['held: ambiguousVisit'])
    const replaces = { ...again, frequency: '7', originalReference: 'NO' }
    expect(await send(desk, replaces, '2026-02-20')).toEqual(['replaced'])
    expect(await remit(desk, again)).toEqual({ posted: 1, held: [] })
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000 })
  })

  it('identity-47 of what it has not decided, has paid, or has left to the patient, it is another visit', async () => {
    const share: LineOf = { ...exam, paid: 0, cas: [['PR', '1', exam.charge]] }
    for (const line of [undefined, decided(exam), share]) {
      const desk = await memoryDesk()
      await send(desk)
      if (line) await remit(desk, { lines: [line] })
      expect(await send(desk, again, '2026-02-20')).toEqual(['posted'])
    }
  })
})

describe('identity-40 a name and a birth day that are written otherwise, while all else is equal', () => {
  const desks = async (member: string) => {
    const desk = await memoryDesk()
    await atDesk(desk, [...registered(jane, member), visitOf('V1'), charged(exam)])
    return desk
  }

  it.each(['JANE M', 'J'])('identity-40 the birth day mistyped, and the given name %s: held', async (first) => {
    const desk = await desks('M1')
    expect(await send(desk, { patient: { ...jane, first, born: '1980-01-11' } })).toEqual(['held: ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000 })
  })

  it('identity-40 another family name, no member id on file, and the same birth day: held', async () => {
    const desk = await desks('')
    expect(await send(desk, { patient: { ...jane, last: 'SMITH' } })).toEqual(['held: ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000 })
  })

  it('identity-40 another family name and another birth day: another patient', async () => {
    const desk = await desks('')
    const other = { last: 'SMITH', first: 'JANE', born: '1971-07-07' }
    expect(await send(desk, { patient: other })).toEqual(['posted'])
  })
})

describe('identity-41 a number and a name of one patient, and the member id of another one of that name', () => {
  const elder = { ...jane, born: '1955-09-09' }
  const both = async () => {
    const desk = await memoryDesk()
    await send(desk)
    await send(desk, { pcn: 'V2', patient: elder, to: { payer: 'ACME', member: 'M2' } })
    return desk
  }

  it('identity-41 is held with both, while the very service of each waits', async () => {
    const desk = await both()
    expect(await remit(desk, { pcn: 'V2', patient: janeAtAcme })).toEqual(heldFor('ambiguousVisit'))
    expect(await bookOf(desk)).toMatchObject({ decisions: [] })
  })

  it('identity-41 is of the number where the other one has been decided, or has no such service', async () => {
    const desk = await both()
    await remit(desk)
    expect(await remit(desk, { pcn: 'V2', patient: janeAtAcme })).toEqual({ posted: 1, held: [] })
    const other = await memoryDesk()
    await send(other, { lines: [later] })
    await send(other, { pcn: 'V2', patient: elder, to: { payer: 'ACME', member: 'M2' } })
    expect(await remit(other, { pcn: 'V2', patient: janeAtAcme })).toEqual({ posted: 1, held: [] })
  })
})

describe('identity-42 two long numbers of one file, whose first 20 characters are alike', () => {
  const [one, two] = ['PRACTICE-2026-000123-01', 'PRACTICE-2026-000123-02']

  it('identity-42 are no one number that the file has for two patients', async () => {
    const desk = await memoryDesk()
    await send(desk, [{ pcn: one }, { pcn: two, lines: [later] }])
    const changed = { pcn: one, patient: { ...janeAtAcme, id: 'M101' } }
    const report = await remit(desk, [changed, { pcn: two, lines: [decided(later)] }])
    expect(report).toEqual({ posted: 1, held: ['ambiguousVisit'] })
    expect(await bookOf(desk)).toMatchObject({ visits: 2, charged: 20_000, patients: 1 })
  })

  it('identity-42 cut by the payer they are one', async () => {
    const desk = await memoryDesk()
    await send(desk, { pcn: one })
    const pcn = one.slice(0, 20)
    const other = { pcn, patient: { id: 'M2', last: 'ROE', first: 'RICHARD' } }
    const report = await remit(desk, [{ pcn, patient: { ...janeAtAcme, id: 'M101' } }, other])
    expect(report).toEqual({ posted: 1, held: ['ambiguousVisit'] })
  })
})
