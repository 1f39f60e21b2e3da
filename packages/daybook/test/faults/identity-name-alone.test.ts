import type { RemittanceId, VisitId } from '@daybook/core/kernel'
import { executeOnAccount, loadAccount, receiveRemittance, retryHeldClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { memoryDesk } from '../support/desk.ts'
import { advice } from '../support/documents.ts'
import { blood, bookOf, decided, exam, janeAtAcme, remit, send } from '../support/two-papers.ts'

// Faults of kind “whose visit, whose claim”: an advice under another number that only the name, the day and the services join
// to a claim on file. It is no evidence that it is the patient (clarification 26), and to open it charges the service again.

const beta = { payer: 'BETA' }
const theirs = { pcn: 'THEIRS', patient: { id: 'B7', last: 'DOE', first: 'JANE' } }

describe('identity-26 an advice of somebody of the name, the day and the services of a claim on file', () => {
  it.each([
    ['of a payer that is not on file', theirs, beta],
    ['under another member id of its payer', { ...theirs, patient: { ...janeAtAcme, id: 'M777' } }, {}],
    ['without a member id', { ...theirs, patient: { last: 'DOE', first: 'JANE' } }, beta],
  ])('%s is held: nothing is charged again', async (_, claim, of) => {
    const desk = await memoryDesk()
    await send(desk)
    expect((await remit(desk, claim, of)).held).toEqual(['ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, accounts: 1, clearing: [-6_000] })
  })

  it('is held likewise where the payer has given the new member id before, for another visit', async () => {
    const desk = await memoryDesk()
    await send(desk)
    const second = { ...exam, on: '2026-02-02' }
    await send(desk, { pcn: 'V2', lines: [second] })
    const changed = { ...janeAtAcme, id: 'M777' }
    await remit(desk, { pcn: 'V2', patient: changed, lines: [decided(second)] })
    expect((await remit(desk, { ...theirs, patient: changed })).held).toEqual(['ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ charged: 20_000, accounts: 1 })
  })

  it('is held likewise under the number of another visit that an advice has opened: it is no part of that one', async () => {
    const desk = await memoryDesk()
    const changed = { ...janeAtAcme, id: 'M777' }
    await remit(desk, { pcn: 'OTHER', patient: changed, lines: [decided(blood)] })
    await send(desk)
    const under = { pcn: 'OTHER', patient: changed, lines: [decided(exam)] }
    expect((await remit(desk, under)).held).toEqual(['ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ charged: 13_000, visits: 2, clearing: [-6_000] })
  })

  it('is posted to the visit that a person names', async () => {
    const desk = await memoryDesk()
    await send(desk)
    const changed = { ...theirs, patient: { ...janeAtAcme, id: 'M777' }, lines: [decided(exam)] }
    const document = advice({ method: 'ACH', claims: [changed] })
    const report = await Effect.runPromise(receiveRemittance(desk, document, { openMissing: true }))
    const [candidate] = report.held[0]?.candidates ?? []
    const visits = new Map<number, VisitId>(candidate ? [[1, candidate.visitId]] : [])
    const released = retryHeldClaims(desk, report.remittanceId as RemittanceId, { openMissing: true, visits })
    expect(await Effect.runPromise(released)).toMatchObject({ outcome: 'posted', held: [] })
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, accounts: 1, patient: 4_000 })
  })

  it('is another one where anything of it is: a letter of the name, the day, the code or the charge', async () => {
    const others = [
      { patient: { ...theirs.patient, first: 'JOAN' } },
      { lines: [decided({ ...exam, on: '2026-01-11' })] },
      { lines: [decided({ ...exam, code: '99214' })] },
      { lines: [decided({ ...exam, charge: 10_100 })] },
    ]
    for (const other of others) {
      const desk = await memoryDesk()
      await send(desk)
      expect(await remit(desk, { ...theirs, ...other }, beta)).toEqual({ posted: 1, held: [] })
    }
  })

  it('is another one where its payer has paid the claim on file', async () => {
    const desk = await memoryDesk()
    await send(desk)
    await remit(desk)
    expect(await remit(desk, { ...theirs, patient: { ...janeAtAcme, id: 'M777' } })).toEqual({ posted: 1, held: [] })
  })

  it('where one advice has both ids, they are two people', async () => {
    const desk = await memoryDesk()
    await send(desk)
    const both = [{}, { ...theirs, icn: 'OTHER', patient: { ...janeAtAcme, id: 'M777' } }]
    expect(await remit(desk, both)).toEqual({ posted: 2, held: [] })
    expect(await bookOf(desk)).toMatchObject({ charged: 20_000, accounts: 2 })
  })
})

describe('identity-26 the claim that comes after such an advice', () => {
  it.each([
    ['under another member id', 'M777'],
    ['under the same', 'M1'],
  ])('%s is held also where a claim has come for the rest of its visit: nothing is charged again', async (_, id) => {
    const desk = await memoryDesk()
    const patient = { ...janeAtAcme, id }
    for (const line of [blood, exam]) await remit(desk, { pcn: 'OTHER', patient, lines: [decided(line)] })
    expect(await send(desk, { pcn: 'OTHER', lines: [blood] })).toEqual(['submitted'])
    expect(await send(desk)).toEqual(['held: ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ charged: 13_000, visits: 1 })
  })

  it('is held; where the desk has said that it is the patient, it posts as a replacement', async () => {
    const desk = await memoryDesk()
    const document = advice({ ...beta, method: 'ACH', claims: [{ ...theirs, lines: [decided(exam)] }] })
    const { accounts } = await Effect.runPromise(receiveRemittance(desk, document, { openMissing: true }))
    expect(await send(desk)).toEqual(['held: ambiguousVisit'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, accounts: 1 })
    expect(accounts).toHaveLength(1)
    const account = accounts[0] as string
    const { registration } = await Effect.runPromise(loadAccount(desk, account))
    const [patient] = [...registration.patients.keys()]
    const coverage = { coverage: 'c9', patient, payer: 'ACME', payerName: 'ACME HEALTH', memberId: 'M1' }
    await Effect.runPromise(
      executeOnAccount(desk, account, { type: 'AddCoverage', on: '2026-01-10', ...coverage }, 'a'),
    )
    expect(await send(desk, { frequency: '7' })).toEqual(['replaced'])
    expect(await bookOf(desk)).toMatchObject({ charged: 10_000, accounts: 1 })
  })
})
