import { describe, expect, it } from 'vitest'
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
  jane,
  registered,
  remit,
  send,
  takenBack,
  visitOf,
} from '../support/two-papers.ts'

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

  it.each([
    ['the practitioner’s first', [exam, facility]],
    ['the facility’s first', [facility, exam]],
  ])(
    'identity-50 both payments come before the claims, %s: each opens its own, which its claim completes',
    async (_, lines) => {
      const desk = await memoryDesk()
      for (const line of lines) expect(await remit(desk, { lines: [decided(line)] })).toEqual(posted)
      expect(await send(desk)).toEqual(['submitted'])
      expect(await send(desk, atFacility)).toEqual(['submitted'])
      expect(await send(desk, [{}, atFacility])).toEqual(['duplicate', 'duplicate'])
      expect(await bookOf(desk)).toMatchObject({ visits: 2, charged: 30_000, patient: 12_000 })
    },
  )

  it('identity-50 a payer that decides one charge with revenue codes and without decides one claim', async () => {
    const desk = await memoryDesk()
    const { revenueCode: _, ...bare } = facility
    const refused: LineOf = { ...facility, paid: 0, cas: [['CO', '16', facility.charge]] }
    expect(await remit(desk, { icn: 'NO', lines: [refused] })).toEqual(posted)
    expect(await remit(desk, { icn: 'YES', lines: [decided(bare)] })).toEqual(posted)
    expect(await send(desk, atFacility)).toEqual(['submitted'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 20_000, patient: 8_000 })
  })

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

describe('identity-52 a payer bundles lines under a code of its own, or takes one apart, and names none that it got', () => {
  const metabolic: LineOf = { code: '80053', charge: 4_000 }
  const panel: LineOf = { code: '80050', charge: 7_000 }
  const parts = [blood, metabolic]
  const paid = (lines: readonly LineOf[]) => lines.map((line) => decided(line))

  it.each([
    ['all lines of the claim', parts, [panel]],
    ['one line, taken apart', [panel], parts],
    ['some lines of it', [exam, ...parts], [panel]],
    ['one of its lines, taken apart', [exam, panel], parts],
  ])('identity-52 %s: it is held with the visit, and nothing is charged again', async (_, lines, said) => {
    const desk = await memoryDesk()
    await send(desk, { lines })
    const before = await bookOf(desk)
    expect(await remit(desk, { lines: paid(said) })).toEqual(heldFor('match'))
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: before.charged })
  })

  it('identity-52 the rest of a claim of which a part is decided', async () => {
    const desk = await memoryDesk()
    await send(desk, { lines: [exam, ...parts] })
    await remit(desk, { icn: 'PART' })
    expect(await remit(desk, { lines: [decided(panel)] })).toEqual(heldFor('match'))
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 17_000 })
  })

  it.each([
    [
      'an advice has opened as a part',
      async (desk: Awaited<ReturnType<typeof memoryDesk>>) => remit(desk, { lines: [decided(panel)] }),
      [exam, ...parts],
    ],
    [
      'the desk has made',
      async (desk: Awaited<ReturnType<typeof memoryDesk>>) =>
        atDesk(desk, [...registered(), visitOf('V1'), charged(blood), charged(metabolic)]),
      [panel],
    ],
    [
      'a claim to another payer has made',
      async (desk: Awaited<ReturnType<typeof memoryDesk>>) => send(desk, { lines: parts, to: beta }),
      [panel],
    ],
  ])('identity-52 a claim beside a visit that %s is held', async (_, make, lines) => {
    const desk = await memoryDesk()
    await make(desk)
    const { charged: before } = await bookOf(desk)
    expect(await send(desk, { lines })).toEqual(['held: claim.changed'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: before })
  })

  it('identity-52 of other charges, or of what is decided, it is another service of the day', async () => {
    const desk = await memoryDesk()
    await send(desk, { lines: parts })
    expect(await remit(desk, { lines: [decided({ ...panel, charge: 6_500 })] })).toEqual(posted)
    const other = await memoryDesk()
    await send(other, { lines: parts })
    await remit(other, { lines: paid(parts) })
    expect(await remit(other, { lines: [decided(panel)] })).toEqual(posted)
  })
})

describe('identity-53 a claim that its payer denies as a duplicate, under another number', () => {
  const duplicate: LineOf = { ...exam, paid: 0, cas: [['OA', '18', exam.charge]] }

  it('identity-53 is none of its own: it is held beside what the payer has paid, and not charged again', async () => {
    const desk = await memoryDesk()
    await send(desk)
    expect(await remit(desk, [{}, { pcn: 'V1B', status: '4', lines: [duplicate] }])).toEqual({
      posted: 1,
      held: ['ambiguousVisit'],
    })
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000, patient: 4_000 })
  })

  it('identity-53 under its number the fact alone is kept; of nothing on file it is a denial', async () => {
    const desk = await memoryDesk()
    await send(desk)
    await remit(desk)
    await remit(desk, { status: '4', lines: [duplicate] })
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000, patient: 4_000 })
    const empty = await memoryDesk()
    expect(await remit(empty, { status: '4', lines: [duplicate] })).toEqual(posted)
  })
})

describe('identity-54 an advice that returns no number at all (CLP01 is empty)', () => {
  it('identity-54 is of the visit of its patient, day and service', async () => {
    const desk = await memoryDesk()
    await send(desk, [{}, { pcn: 'V2', lines: [blood] }])
    expect(await remit(desk, { pcn: '', lines: [decided(blood)] })).toEqual(posted)
    expect(await remit(desk, { pcn: '' })).toEqual(posted)
    expect(await bookOf(desk)).toMatchObject({ visits: 2, charged: 13_000, patient: 5_200 })
  })

  it('identity-54 opens one where none is, which its claim completes', async () => {
    const desk = await memoryDesk()
    expect(await remit(desk, { pcn: '' })).toEqual(posted)
    expect(await send(desk)).toEqual(['submitted'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000 })
  })

  it('identity-54 of two visits of a day and service it is held with both', async () => {
    const desk = await memoryDesk()
    await send(desk, [{}, { pcn: 'V2', patient: jane, lines: [{ ...exam, modifiers: ['25'] }] }])
    expect(await remit(desk, { pcn: '' })).toEqual(heldFor('ambiguousVisit'))
  })
})

describe('identity-55 a correction that comes after its reversal, without a number of ours', () => {
  const twice = async () => {
    const desk = await memoryDesk()
    await send(desk, [{}, { pcn: 'V2', lines: [{ ...exam, modifiers: ['25'] }] }])
    await remit(desk, { pcn: 'V2', icn: 'A' })
    expect(await remit(desk, { pcn: '0', icn: 'A', status: '22', lines: [takenBack(exam)] })).toEqual(posted)
    return desk
  }

  it.each([
    ['by REF F8', { icn: 'A2', originalReference: 'A' }],
    ['by the same number of the payer', { icn: 'A' }],
  ])('identity-55 %s it is of the visit that was taken back, and no other of its day and service', async (_, of) => {
    const desk = await twice()
    expect(await remit(desk, { pcn: '0', lines: [decided(exam, 5_000)], ...of })).toEqual(posted)
    expect(await remit(desk, { icn: 'B' })).toEqual(posted)
    expect(await bookOf(desk)).toMatchObject({ visits: 2, charged: 20_000, patient: 9_000 })
  })

  it('identity-55 where the payer names none, it is held with both', async () => {
    const desk = await twice()
    expect(await remit(desk, { pcn: '0', icn: 'NEW' })).toEqual(heldFor('ambiguousVisit'))
  })
})

describe('identity-56 what its payer has refused, coded anew under its number', () => {
  const refused: LineOf = { ...exam, paid: 0, cas: [['CO', '4', exam.charge]] }
  const recoded = { ...exam, code: '99212' }
  const denied = async (lines = [exam], said = [refused]) => {
    const desk = await memoryDesk()
    await send(desk, { lines })
    expect(await remit(desk, { icn: 'NO', lines: said })).toEqual(posted)
    return desk
  }

  it('identity-56 sent as an original it is held beside the visit; as its replacement it is of it', async () => {
    const desk = await denied()
    expect(await send(desk, { lines: [recoded] }, '2026-02-22')).toEqual(['held: claim.changed'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000 })
    expect(await send(desk, { frequency: '7', lines: [recoded] }, '2026-02-22')).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000 })
  })

  it('identity-56 the same where another line of the claim is paid', async () => {
    const desk = await denied([exam, blood], [refused, decided(blood)])
    expect(await send(desk, { lines: [recoded] }, '2026-02-22')).toEqual(['held: claim.changed'])
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 13_000 })
  })

  it('identity-56 decided anew by the payer under another code it is held, and not charged again', async () => {
    const desk = await denied()
    expect(await remit(desk, { icn: 'YES', lines: [decided(recoded)] })).toEqual(heldFor('match'))
    expect(await bookOf(desk)).toMatchObject({ visits: 1, charged: 10_000 })
  })

  it('identity-56 of what is paid, or of another charge, it is another service', async () => {
    for (const said of [decided(exam), { ...exam, paid: 0, cas: [['PR', '1', exam.charge]] } as LineOf]) {
      const desk = await denied([exam], [said])
      expect(await send(desk, { lines: [recoded] }, '2026-02-22')).toEqual(['posted'])
    }
    const other = await denied()
    expect(await send(other, { lines: [{ ...recoded, charge: 8_000 }] }, '2026-02-22')).toEqual(['posted'])
  })
})

describe('identity-57 an original to another payer, under another number, of services that the first payer has refused', () => {
  const toBeta: Partial<SubmittedOf> = { pcn: 'V2', to: { ...beta, sequence: 'P' } }
  const refused: LineOf = { ...exam, paid: 0, cas: [['CO', '27', exam.charge]] }

  it('identity-57 is held beside their visit, and as its replacement it is of it', async () => {
    const desk = await memoryDesk()
    await send(desk)
    await remit(desk, { status: '4', lines: [refused] })
    expect(await send(desk, toBeta, '2026-02-22')).toEqual(['held: ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ accounts: 1, visits: 1, charged: 10_000 })
    expect(await send(desk, { ...toBeta, frequency: '7', originalReference: 'V1' }, '2026-02-22')).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ accounts: 1, visits: 1, charged: 10_000 })
  })

  it('identity-57 of others of the day, or of what is not decided yet, it is another visit, and a hint', async () => {
    const desk = await memoryDesk()
    await send(desk)
    expect(await send(desk, toBeta, '2026-02-22')).toEqual(['posted'])
    const other = await memoryDesk()
    await send(other)
    await remit(other, { status: '4', lines: [refused] })
    expect(await send(other, { ...toBeta, lines: [blood] }, '2026-02-22')).toEqual(['posted'])
  })
})
