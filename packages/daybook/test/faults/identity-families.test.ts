import { type Desk, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { entries } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice, submission } from '../support/documents.ts'
import { blood, bookOf, decided, exam, remit, send } from '../support/two-papers.ts'

// Faults of kind “whose visit, whose claim”: two of a family, under one member id, one number, one day and one service
// (clarification 26).

type Patient = { readonly last: string; readonly first: string; readonly suffix?: string; readonly born?: string }

const born = '2015-03-01'
const families: readonly [string, Patient, Patient][] = [
  ['twins whose names begin alike', { last: 'DOE', first: 'JANE', born }, { last: 'DOE', first: 'JANET', born }],
  [
    'father and son, told apart by suffix',
    { last: 'DOE', first: 'JO', suffix: 'SR' },
    { last: 'DOE', first: 'JO', suffix: 'JR' },
  ],
  [
    'father and son, told apart by birth day',
    { last: 'DOE', first: 'JO', born: '1980-01-01' },
    { last: 'DOE', first: 'JO', born },
  ],
]

const claimOf = (patient: Patient) => ({
  pcn: 'FAMILY',
  patient,
  to: { payer: 'ACME', member: 'M1' },
  lines: [{ charge: 10_000 }],
})
const submit = async (desk: Desk, patients: readonly Patient[]) => {
  const { claims } = await Effect.runPromise(submitClaims(desk, submission(patients.map(claimOf))))
  return claims.map(({ outcome }) => outcome)
}
const pay = ({ born: _born, ...patient }: Patient, trace: string, paid: number) =>
  advice({
    trace,
    claims: [
      {
        pcn: 'FAMILY',
        icn: trace,
        patient: { ...patient, id: 'M1' },
        lines: [{ charge: 10_000, paid, cas: [['PR', '1', 10_000 - paid]] }],
      },
    ],
  })
/** The patients of the charges and of the payments, in order. */
const whose = async (desk: Desk) => {
  const log = await entries(desk)
  const patients = new Map(
    log.flatMap(({ event }) => (event.type === 'VisitOpened' ? [[event.visitId, event.patientId] as const] : [])),
  )
  const charged = log.flatMap(({ event }) => (event.type === 'ChargePosted' ? [patients.get(event.visitId)] : []))
  const paid = log.flatMap(({ event }) =>
    event.type === 'ClaimAdjudicated' ? [`${charged.indexOf(patients.get(event.visitId))}: ${event.paidTotal}`] : [],
  )
  return { charged, paid, accounts: log.filter(({ event }) => event.type === 'AccountOpened').length }
}

describe.each(families)('%s', (what, one, other) => {
  it('in one file: two patients of one account, each charged', async () => {
    const desk = await memoryDesk()
    expect(await submit(desk, [one, other])).toEqual(['posted', 'posted'])
    const { charged, accounts } = await whose(desk)
    expect({ patients: new Set(charged).size, charges: charged.length, accounts }).toEqual({
      patients: 2,
      charges: 2,
      accounts: 1,
    })
    expect(await submit(desk, [one, other])).toEqual(['duplicate', 'duplicate'])
    expect((await whose(desk)).charged).toHaveLength(2)
  })

  it('each payment goes to the one whom it names, or is held where the advice does not tell them apart', async () => {
    const desk = await memoryDesk()
    await submit(desk, [one, other])
    const reports = []
    for (const [at, patient] of [other, one].entries()) {
      reports.push(
        await Effect.runPromise(receiveRemittance(desk, pay(patient, `T${at}`, 6_000 + at), { openMissing: true })),
      )
    }
    const { paid, charged } = await whose(desk)
    expect(charged).toHaveLength(2)
    if (what.endsWith('birth day')) {
      expect(reports.map(({ held }) => held[0]?.hits[0]?.rule)).toEqual(['ambiguousVisit', 'ambiguousVisit'])
    } else expect(paid).toEqual(['1: 6000', '0: 6001'])
  })
})

describe('identity-58 a family under one member id, of whom the payer gives the children ids of their own', () => {
  const father = { last: 'DOE', first: 'TOM', born: '1975-05-05' }
  const daughter = { last: 'DOE', first: 'ANN', born }
  const named = (id: string, { last, first }: Patient) => ({ patient: { id, last, first } })

  it('identity-58 beside the father in one file the daughter is paid on her visit, and it learns her id', async () => {
    const desk = await memoryDesk()
    await send(desk, [
      { pcn: 'T1', patient: father },
      { pcn: 'A1', patient: daughter, lines: [blood] },
    ])
    const both = [
      { pcn: 'T1', ...named('M1', father) },
      { pcn: 'A1', ...named('M1-01', daughter), lines: [decided(blood)] },
    ]
    expect(await remit(desk, both)).toEqual({ posted: 2, held: [] })
    expect(await bookOf(desk)).toMatchObject({ accounts: 1, visits: 2, charged: 13_000, patient: 5_200 })
  })

  it.each([
    ['another service', blood],
    ['the same service', exam],
  ])('identity-58 under one number, of %s: nothing is charged again', async (_, line) => {
    const desk = await memoryDesk()
    await send(desk, [{ patient: father }, { patient: daughter, lines: [line] }])
    const both = [named('M1', father), { ...named('M1-01', daughter), lines: [decided(line)] }]
    expect(await remit(desk, both)).toEqual({ posted: 1, held: ['ambiguousVisit'] })
    expect(await bookOf(desk)).toMatchObject({ accounts: 1, visits: 2, charged: 10_000 + line.charge })
  })

  it('identity-58 the old id beside the new one is asked about where both may be hers', async () => {
    const desk = await memoryDesk()
    const later = { ...exam, on: '2026-01-20' }
    await send(desk, [
      { pcn: 'A1', patient: daughter },
      { pcn: 'A2', patient: daughter, lines: [later] },
    ])
    const both = [
      { pcn: 'A1', ...named('M1', daughter) },
      { pcn: 'A2', ...named('M1-01', daughter), lines: [decided(later)] },
    ]
    expect(await remit(desk, both)).toEqual({ posted: 1, held: ['ambiguousVisit'] })
  })
})
