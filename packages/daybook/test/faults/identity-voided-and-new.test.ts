import { expect, it } from 'vitest'
import { memoryDesk } from '../support/desk.ts'
import { bookOf, decided, exam, remit, send, takenBack } from '../support/two-papers.ts'
import { bookOf as listsOf } from '../support/watch.ts'

// Fault identity-63: a claim is voided and another one sent under its number; one advice takes back the one and pays the other.

const long = { code: '99214', charge: 15_000 } as const
const whole = { ...exam, paid: 6_000, cas: [['CO', '45', 4_000]] } as const
const taken = { ...exam, charge: -10_000, paid: -6_000, cas: [['CO', '45', -4_000]] } as const

/** 60.00 was paid; then the claim is voided, and another service is claimed under its number. */
const voidedAndNew = async () => {
  const desk = await memoryDesk()
  await send(desk)
  await remit(desk, { icn: 'A1', lines: [whole] }, { openMissing: false })
  await send(desk, { frequency: '8', originalReference: 'A1' }, '2026-02-05')
  expect(await send(desk, { lines: [long] }, '2026-02-10')).toEqual(['posted'])
  return desk
}
const paid = { ...long, paid: 9_000, cas: [['CO', '45', 6_000]] } as const

it('identity-63 each is of its own visit, and nothing is left in clearing', async () => {
  const desk = await voidedAndNew()
  const both = [
    { icn: 'A1', status: '22', lines: [taken] },
    { icn: 'A2', lines: [paid] },
  ]
  expect(await remit(desk, both, { openMissing: false })).toEqual({ posted: 2, held: [] })
  expect(await bookOf(desk)).toMatchObject({ charged: 15_000, visits: 2, clearing: [] })
  expect((await listsOf(desk)).items).toEqual([])
})

it('identity-63 a correction under another number of the payer follows its reversal: coded anew, charged anew, or both', async () => {
  const anew = [{ code: '99214', charge: exam.charge }, { ...exam, charge: 15_000 }, long]
  for (const line of anew.map((each) => decided(each))) {
    const desk = await memoryDesk()
    await send(desk)
    await remit(desk, { icn: 'A1' }, { openMissing: false })
    await send(desk, { frequency: '7', originalReference: 'A1', lines: [line] }, '2026-02-05')
    const both = [
      { icn: 'A1', status: '22', lines: [takenBack(exam)] },
      { icn: 'A2', lines: [line] },
    ]
    expect(await remit(desk, both, { openMissing: false })).toEqual({ posted: 2, held: [] })
    expect(await bookOf(desk)).toMatchObject({
      charged: line.charge,
      visits: 1,
      patient: line.charge * 0.4,
      clearing: [],
    })
  }
})
