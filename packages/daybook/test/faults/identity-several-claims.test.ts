import { describe, expect, it } from 'vitest'
import { entries, receivableBy } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import type { LineOf, SubmittedOf } from '../support/documents.ts'
import {
  acme,
  atDesk,
  beta,
  blood,
  bookOf,
  charged,
  decided,
  exam,
  janeAtBeta,
  registered,
  remit,
  send,
  visitOf,
} from '../support/two-papers.ts'

// Faults of kind “whose visit, whose claim”: a visit has several claims, and a replacement or a void is of one of them; or one
// number has several visits, and a replacement says services of more than one.

const scan: LineOf = { code: '73030', charge: 5_000 }
const dearer = { ...exam, charge: 12_000 }
const late = { frequency: '5' }
const [monday, tuesday, friday] = ['2026-01-14', '2026-01-16', '2026-02-26']
const refused = (line: LineOf): LineOf => ({ ...line, paid: 0, cas: [['CO', '16', line.charge]] })

/** A claim of the exam, and the blood count as late charges. */
const withLate = async () => {
  const desk = await memoryDesk()
  expect(await send(desk)).toEqual(['posted'])
  expect(await send(desk, { ...late, lines: [blood] }, monday)).toEqual(['submitted'])
  return desk
}

describe('identity-48 a visit has several claims: a void takes back one of them', () => {
  it.each([
    ['the claim', exam, 3_000],
    ['the late charges', blood, 10_000],
  ])('identity-48 that of %s leaves what the other one has charged', async (_, line, left) => {
    const desk = await withLate()
    expect(await send(desk, { frequency: '8', lines: [line] }, tuesday)).toEqual(['voided'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: left })
  })

  it('identity-48 what is paid of the other one stays paid', async () => {
    const desk = await withLate()
    await remit(desk, [
      { icn: 'CLAIM', lines: [decided(exam)] },
      { icn: 'LATE', lines: [refused(blood)] },
    ])
    expect(await send(desk, { frequency: '8', lines: [blood], originalReference: 'LATE' }, friday)).toEqual(['voided'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, patient: 4_000 })
  })

  it('identity-48 one that says the services of both takes back both; sent again, nothing comes back', async () => {
    const desk = await withLate()
    expect(await send(desk, { frequency: '8', lines: [exam, blood] }, tuesday)).toEqual(['voided'])
    expect(await bookOf(desk)).toMatchObject({ charged: 0 })
    expect(await send(desk, { ...late, lines: [blood] }, monday)).toEqual(['duplicate'])
    expect(await bookOf(desk)).toMatchObject({ charged: 0 })
  })

  it('identity-48 one that comes once more, on another day, takes nothing else back', async () => {
    const desk = await withLate()
    await send(desk, { frequency: '8', lines: [blood] }, tuesday)
    await send(desk, { frequency: '8', lines: [blood] }, friday)
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000 })
  })

  it('identity-48 late charges that are filed anew after their void are charged, once', async () => {
    const desk = await withLate()
    await send(desk, { frequency: '8', lines: [blood] }, tuesday)
    expect(await send(desk, { ...late, lines: [blood] }, friday)).toEqual(['submitted'])
    expect(await bookOf(desk)).toMatchObject({ charged: 13_000 })
  })

  it('identity-48 what only an advice or the desk has charged is no part of the claim', async () => {
    const advised = await memoryDesk()
    await remit(advised, { icn: 'A' })
    await remit(advised, { icn: 'B', lines: [decided(blood)] })
    await send(advised)
    expect(await send(advised, { frequency: '8' }, friday)).toEqual(['voided'])
    expect(await bookOf(advised)).toMatchObject({ charged: 3_000 })
    const desk = await memoryDesk()
    await atDesk(desk, [...registered(), visitOf('V1'), charged(exam), charged(blood)])
    await send(desk)
    expect(await send(desk, { frequency: '7', lines: [dearer] }, friday)).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ charged: 15_000 })
  })
})

describe('identity-61 advices alone have brought two claims of one number and day to one visit', () => {
  /** The advices of the exam and of the blood count, whose 837s were never imported. */
  const advised = async () => {
    const desk = await memoryDesk()
    await remit(desk, { icn: 'EXAM' })
    await remit(desk, { icn: 'BLOOD', lines: [decided(blood)] })
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 13_000, patient: 5_200 })
    return desk
  }

  it.each<[string, Partial<SubmittedOf>, number, number]>([
    ['a replacement of the one, by its service', { frequency: '7' }, 13_000, 5_200],
    ['a replacement of the one, by the payer’s number', { frequency: '7', originalReference: 'EXAM' }, 13_000, 5_200],
    ['a void of the one', { frequency: '8' }, 3_000, 1_200],
    ['a replacement of both, as it says both', { frequency: '7', lines: [dearer, blood] }, 15_000, 1_200],
  ])('identity-61 %s takes out nothing that the payer has paid of the other', async (_, later, total, share) => {
    const desk = await advised()
    await send(desk, later, friday)
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: total, patient: share })
  })

  it('identity-61 coded anew it is the one of its charge; of another charge it is held', async () => {
    const desk = await advised()
    expect(await send(desk, { frequency: '7', lines: [scan] }, friday)).toEqual(['held: originalUnknown'])
    expect(await bookOf(desk)).toMatchObject({ charged: 13_000, patient: 5_200 })
    expect(await send(desk, { frequency: '7', lines: [{ ...blood, code: '85027' }] }, friday)).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ charged: 13_000, patient: 4_000 })
  })
})

describe('identity-62 late charges and the claim that they were added to come in any order, and advices before them', () => {
  const lateBlood = { ...late, lines: [blood] }
  const unnumbered = { pcn: '0' }

  it('identity-62 late charges that an advice without a number has brought to a visit beside are charged once', async () => {
    const desk = await memoryDesk()
    await send(desk)
    await remit(desk, { ...unnumbered, lines: [decided(blood)] })
    expect(await send(desk, lateBlood, monday)).toEqual(['submitted'])
    expect(await bookOf(desk)).toMatchObject({ charged: 13_000, patient: 1_200 })
  })

  it('identity-62 the claim that comes after its late charges, and after its advice without a number, is charged once', async () => {
    const desk = await memoryDesk()
    await send(desk, lateBlood, monday)
    await remit(desk, unnumbered)
    expect(await send(desk)).toEqual(['submitted'])
    expect(await bookOf(desk)).toMatchObject({ charged: 13_000, patient: 4_000 })
  })

  it('identity-62 under another member id and number too: it is held beside what the advice has brought', async () => {
    const desk = await memoryDesk()
    await send(desk, lateBlood, monday)
    await remit(desk, { pcn: 'PAYER-7', patient: { id: 'M101', last: 'DOE', first: 'JANE' } })
    expect(await send(desk)).toEqual(['held: ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ charged: 13_000 })
  })

  it.each(['7', '8'])(
    'identity-62 late charges alone are nothing that a claim of frequency %s takes back',
    async (frequency) => {
      const desk = await memoryDesk()
      await send(desk, lateBlood, monday)
      await remit(desk, { lines: [decided(blood)] })
      expect(await send(desk, { frequency }, tuesday)).toEqual(['held: originalUnknown'])
      expect(await bookOf(desk)).toMatchObject({ charged: 3_000, patient: 1_200 })
    },
  )

  it.each([
    ['8', [exam], 3_000],
    ['7', [dearer], 15_000],
  ] as const)(
    'identity-62 of a visit of the desk frequency %s is of its services, not of the late charges',
    async (frequency, lines, left) => {
      const desk = await memoryDesk()
      await atDesk(desk, [...registered(), visitOf('V1'), charged(exam), charged(blood)])
      await send(desk, lateBlood, monday)
      await send(desk, { frequency, lines }, tuesday)
      expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: left })
    },
  )
})

describe('identity-48 a visit has several claims: a replacement is of one of them', () => {
  it.each<[string, Partial<SubmittedOf>, number]>([
    ['the claim, by its service', { lines: [dearer] }, 15_000],
    ['the claim, by the payer’s number', { lines: [dearer], originalReference: 'CLAIM' }, 15_000],
    ['the claim coded anew, by the payer’s number', { lines: [scan], originalReference: 'CLAIM' }, 8_000],
    [
      'the late charges, by the payer’s number',
      { lines: [{ ...blood, charge: 3_500 }], originalReference: 'LATE' },
      13_500,
    ],
    ['both, as it says them both', { lines: [dearer, { ...blood, charge: 3_500 }] }, 15_500],
  ])('identity-48 %s', async (_, replacement, total) => {
    const desk = await withLate()
    await remit(desk, [
      { icn: 'CLAIM', lines: [refused(exam)] },
      { icn: 'LATE', lines: [refused(blood)] },
    ])
    expect(await send(desk, { frequency: '7', ...replacement }, friday)).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: total })
  })

  it('identity-48 coded anew it is the one of its charge; of another charge, and without a number of the payer, it is held', async () => {
    const desk = await withLate()
    const recoded = { frequency: '7', lines: [{ ...blood, code: '85027' }] }
    expect(await send(desk, recoded, tuesday)).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ charged: 13_000 })
    expect(await send(desk, { frequency: '7', lines: [scan] }, tuesday)).toEqual(['held: originalUnknown'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 13_000 })
  })

  it('identity-48 a claim to the next payer, of all that was charged, does not make them one', async () => {
    const desk = await memoryDesk()
    await send(desk, { others: [beta] })
    await send(desk, { ...late, lines: [blood], others: [beta] }, monday)
    const next = { to: beta, others: [{ ...acme, sequence: 'P' }], lines: [exam, blood] }
    expect(await send(desk, next, tuesday)).toEqual(['submitted'])
    const replaces = { frequency: '7', lines: [{ ...blood, charge: 3_500 }], others: [beta] }
    expect(await send(desk, replaces, friday)).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 13_500 })
  })

  it('identity-48 a line that the claim had and its replacement has not is taken out', async () => {
    const desk = await memoryDesk()
    await send(desk, { lines: [exam, scan] })
    await send(desk, { ...late, lines: [blood] }, monday)
    expect(await send(desk, { frequency: '7' }, tuesday)).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ charged: 13_000 })
  })
})

describe('identity-49 a replacement of a claim to a later payer', () => {
  const both = { lines: [exam, blood], others: [beta] }
  const next = { to: beta, others: [{ ...acme, sequence: 'P' }] }
  const paidFirst = async () => {
    const desk = await memoryDesk()
    await send(desk, both)
    await remit(desk, { lines: [decided(exam), decided(blood, 3_000)] })
    return desk
  }

  it('identity-49 under a number of its own, of the line that is left: nothing is taken out', async () => {
    const desk = await paidFirst()
    const own = { ...next, pcn: 'V2', lines: [exam] }
    expect(await send(desk, own, friday)).toEqual(['held: ambiguousVisit'])
    expect(await send(desk, { ...own, frequency: '7', originalReference: 'V1' }, friday)).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 13_000 })
  })

  it('identity-49 with other modifiers: it is the same charge, and what the first payer has paid of it stays', async () => {
    const desk = await paidFirst()
    await send(desk, { ...next, lines: [exam, blood] }, friday)
    const modified = { ...next, frequency: '7', lines: [{ ...exam, modifiers: ['GY'] }, blood] }
    expect(await send(desk, modified, '2026-02-27')).toEqual(['replaced'])
    const left: LineOf = { ...exam, paid: 4_000, cas: [['OA', '23', 6_000]] }
    const secondary = { status: '2', patient: janeAtBeta, lines: [left] }
    expect(await remit(desk, secondary, { payer: 'BETA' })).toEqual({ posted: 1, held: [] })
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 13_000 })
    const open = Object.values(receivableBy(await entries(desk), ({ lineId }) => lineId))
    expect(open.filter((cents) => cents !== 0)).toEqual([])
  })

  it.each([
    ['another charge', [dearer, blood]],
    ['another code', [{ ...exam, code: '99212' }, blood]],
    ['one line more', [exam, blood, scan]],
  ])('identity-49 that says %s is held until the claim to the first payer is replaced', async (_, lines) => {
    const desk = await paidFirst()
    await send(desk, { ...next, lines: [exam, blood] }, friday)
    const replacement = { ...next, frequency: '7', lines }
    expect(await send(desk, replacement, '2026-02-27')).toEqual(['held: claim.changed'])
    expect(await bookOf(desk)).toMatchObject({ charged: 13_000 })
    expect(await send(desk, { ...both, frequency: '7', lines }, '2026-02-27')).toEqual(['replaced'])
    expect(await send(desk, replacement, '2026-02-27')).toEqual(['replaced'])
    const total = lines.reduce((sum, { charge }) => sum + charge, 0)
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: total })
  })
})

describe('identity-51 a replacement that says services of two visits of its number', () => {
  const later = { ...exam, on: '2026-01-20' }
  const month = (on: string, until: string, charge: number): LineOf => ({ code: '99307', charge, on, until })
  const [january, february] = [month('2026-01-01', '2026-01-31', 31_000), month('2026-02-01', '2026-02-28', 28_000)]

  it('identity-51 of two days: it is held with both, though REF F8 names one', async () => {
    const desk = await memoryDesk()
    await send(desk)
    await send(desk, { lines: [later] }, '2026-01-22')
    await remit(desk, { icn: 'FIRST' })
    const replaces = { frequency: '7', originalReference: 'FIRST' }
    expect(await send(desk, { ...replaces, lines: [dearer, later] }, friday)).toEqual(['held: originalUnknown'])
    expect(await bookOf(desk)).toMatchObject({ visits: 2, charged: 20_000 })
    expect(await send(desk, { ...replaces, lines: [dearer] }, friday)).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ visits: 2, charged: 22_000 })
  })

  it('identity-51 of a stay billed by the month: it is of the first where the second is voided before', async () => {
    const desk = await memoryDesk()
    await send(desk, { frequency: '2', lines: [january] }, '2026-02-02')
    await send(desk, { frequency: '3', lines: [february] }, '2026-03-02')
    await remit(desk, { icn: 'JAN', lines: [decided(january)] }, { date: '2026-03-10' })
    const whole = { frequency: '7', originalReference: 'JAN', lines: [month('2026-01-01', '2026-02-28', 59_000)] }
    expect(await send(desk, whole, '2026-03-20')).toEqual(['held: originalUnknown'])
    expect(await bookOf(desk)).toMatchObject({ charged: 59_000 })
    expect(await send(desk, { frequency: '8', lines: [february] }, '2026-03-21')).toEqual(['voided'])
    expect(await send(desk, whole, '2026-03-22')).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ visits: 2, charged: 59_000 })
  })
})

describe('identity-59 claims of one number and day, whose advices came first and stand on one visit', () => {
  const opened = async () => {
    const desk = await memoryDesk()
    expect(await remit(desk, { icn: 'A' })).toEqual({ posted: 1, held: [] })
    expect(await remit(desk, { icn: 'B', lines: [decided(blood)] })).toEqual({ posted: 1, held: [] })
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 13_000 })
    return desk
  }

  it.each([
    ['of one form', {}],
    ['of a practitioner and a facility', { kind: 'institutional' } as const],
  ])('identity-59 %s: each is the first of its services', async (_, other) => {
    const desk = await opened()
    const claims = [{}, { ...other, lines: [blood] }]
    expect(await send(desk, claims)).toEqual(['submitted', 'submitted'])
    expect(await send(desk, claims)).toEqual(['duplicate', 'duplicate'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 13_000 })
  })

  it('identity-59 the second completes its part, and says nothing else of what a claim has had', async () => {
    const desk = await opened()
    expect(await send(desk)).toEqual(['submitted'])
    expect(await send(desk, { lines: [blood, scan] })).toEqual(['submitted'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 18_000 })
    expect(await send(desk, { lines: [exam, scan] }, friday)).toEqual(['held: claim.changed'])
    expect(await send(desk, { lines: [{ ...exam, modifiers: ['25'] }] }, friday)).toEqual(['held: claim.changed'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 18_000 })
  })

  it('identity-59 a void of one leaves the other', async () => {
    const desk = await opened()
    await send(desk, [{}, { lines: [blood] }])
    expect(await send(desk, { frequency: '8', lines: [blood] }, friday)).toEqual(['voided'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, patient: 4_000 })
  })
})
