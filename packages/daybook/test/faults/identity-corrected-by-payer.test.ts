import { contentHash } from '@daybook/core/remittance'
import type { Desk } from '@daybook/core/service'
import { describe, expect, it } from 'vitest'
import { entries } from '../support/books.ts'
import { memoryDesk, sha256 } from '../support/desk.ts'
import { advice } from '../support/documents.ts'
import { openTestBook, testFolder, write } from '../support/folder.ts'
import { remittanceText } from '../support/remittance-text.ts'
import { acme, blood, bookOf, decided, exam, jane, janeAtAcme, remit, send, takenBack } from '../support/two-papers.ts'

// Fault identity-60: a payer says how it has the patient otherwise (835 NM1 74), and the next claim says it so.

type Named = { readonly id?: string; readonly last?: string; readonly first?: string }

/** A claim of JANE DOE, of which the payer's advice corrects something; what became of her next claim, and the book. */
const after = async (corrected: Named, next: Named, claim: Named = {}) => {
  const desk = await memoryDesk()
  const { id: member = acme.member, ...name } = claim
  await send(desk, { patient: { ...jane, ...name }, to: { ...acme, member } })
  const first = await remit(desk, { patient: { ...janeAtAcme, ...claim }, corrected })
  const { id = member, ...called } = next
  const day = '2026-03-10'
  const sent = await send(
    desk,
    {
      pcn: 'V2',
      patient: { ...jane, ...name, ...called },
      to: { ...acme, member: id },
      lines: [{ ...blood, on: day }],
    },
    day,
  )
  const { accounts, patients, visits } = await bookOf(desk)
  return { first, sent, accounts, patients, visits }
}
const corrections = async (desk: Desk) =>
  (await entries(desk)).flatMap(({ event }) => (event.type === 'PatientCorrectedByPayer' ? [event] : []))
const one = { first: { posted: 1, held: [] }, sent: ['posted'], accounts: 1, patients: 1, visits: 2 }

describe('identity-60 the payer corrects the patient (NM1 74)', () => {
  it('identity-60 another member id and another family name: the next claim that has them is the patient’s', async () => {
    expect(await after({ id: 'M9', last: 'ROE' }, { id: 'M9', last: 'ROE' })).toEqual(one)
  })

  it('identity-60 a given name that was mistyped: the right one holds no claim', async () => {
    expect(await after({ first: 'JANE' }, { first: 'JANE' }, { first: 'JNAE' })).toEqual(one)
  })

  it('identity-60 a given name that is wholly another one may be a twin’s: it makes the two no one', async () => {
    expect(await after({ first: 'EMMA' }, { first: 'EMMA' })).toEqual({ ...one, patients: 2 })
  })

  it('identity-60 the claim named somebody else, and the payer says whom it means: it is the visit of that patient', async () => {
    const desk = await memoryDesk()
    await send(desk)
    const said = { id: 'M7', last: 'POE', first: 'BO' }
    expect(await remit(desk, { patient: said, corrected: janeAtAcme })).toEqual({ posted: 1, held: [] })
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, patient: 4_000, accounts: 1, visits: 1, patients: 1 })
    expect(await corrections(desk), 'they are on file so').toEqual([])
  })

  it('identity-60 it is on record once, and what the payer has as the claim had it is no correction', async () => {
    const desk = await memoryDesk()
    await send(desk, [{}, { pcn: 'V2', lines: [blood] }])
    const corrected = { id: 'M9' }
    await remit(desk, { corrected })
    await remit(desk, { pcn: 'V2', lines: [decided(blood)], corrected })
    await send(desk, { pcn: 'V3', lines: [{ ...exam, on: '2026-02-01' }] })
    await remit(desk, { pcn: 'V3', lines: [{ ...decided(exam), on: '2026-02-01' }], corrected: janeAtAcme })
    const said = await corrections(desk)
    expect(said).toMatchObject([{ payerId: 'ACME', memberId: 'M9' }])
    expect(said[0]).not.toHaveProperty('last')
  })

  it.each([0, 1])(
    'identity-60 the old id and the new one in one file are one patient’s, whichever comes first (%i)',
    async (at) => {
      const desk = await memoryDesk()
      const far = { ...blood, on: '2026-02-01' }
      await send(desk, [{}, { pcn: 'V2', lines: [far] }])
      const old = { corrected: { id: 'M9' } }
      const now = { pcn: 'V2', patient: { ...janeAtAcme, id: 'M9' }, lines: [{ ...decided(blood), on: '2026-02-01' }] }
      const claims = at === 0 ? [old, now] : [now, old]
      expect(await remit(desk, claims)).toEqual({ posted: 2, held: [] })
      expect(await bookOf(desk)).toMatchObject({ charged: 13_000, accounts: 1, visits: 2, patients: 1 })
    },
  )

  it('identity-60 a reversal under the old name and its correction under the new one are one unit', async () => {
    const desk = await memoryDesk()
    await send(desk)
    await remit(desk, { icn: 'P1' })
    const back = { icn: 'P1', status: '22', lines: [takenBack(exam)] }
    const name = { ...janeAtAcme, last: 'ROE', id: 'M9' }
    const again = { icn: 'P2', patient: name, corrected: janeAtAcme, lines: [decided(exam, 7_000)] }
    expect(await remit(desk, [back, again])).toEqual({ posted: 2, held: [] })
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, patient: 3_000, accounts: 1, visits: 1, patients: 1 })
  })

  it('identity-60 an advice that an older book took, which did not read it, is the same advice', () => {
    const claim = { pcn: 'V1', patient: janeAtAcme, lines: [decided(exam)] }
    const hashes = [{}, { corrected: { id: 'M9' } }].map((more) =>
      contentHash(advice({ claims: [{ ...claim, ...more }] }), sha256),
    )
    expect(hashes[0]).toBe(hashes[1])
  })
})

describe('identity-60 in a file', () => {
  const folder = testFolder()
  const file = (name: string, of: string) =>
    write(
      folder,
      name,
      remittanceText().replace('NM1*QC*1*ROE*JO****MI*M1', (line) => `${line}~\n${of}`),
    )
  const findings = async (name: string, of: string) => {
    await using book = await openTestBook()
    const { files } = await book.importPaths([file(name, of)], { openMissing: true })
    const kinds = files.flatMap(({ transactions }) => transactions.flatMap((each) => each.findings.kinds))
    return kinds.map(({ message }) => message.split(':')[0]).filter((kind) => kind?.endsWith('Corrected'))
  }

  it('identity-60 says what is to be corrected where the patient is registered, and names nobody', async () => {
    expect(await findings('both.835', 'NM1*74*1*DOE*JO****C*M9')).toEqual(['nameCorrected', 'memberIdCorrected'])
    expect(await findings('middle.835', 'NM1*74*1***X')).toEqual([])
  })

  it('identity-60 where another person is the insured, the name is theirs, and the member id the family’s', async () => {
    expect(await findings('other.835', 'NM1*IL*1*ROE*ANN****MI*M1~\nNM1*74*1*DOE*ANN****C*M9')).toEqual([
      'memberIdCorrected',
    ])
    expect(await findings('self.835', 'NM1*IL*1*ROE*JO****MI*M1~\nNM1*74*1*DOE')).toEqual(['nameCorrected'])
  })
})
