import { type Desk, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { entries } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice, type ClaimOf, type LineOf, type SubmittedOf, submission } from '../support/documents.ts'

// Faults of kind “whose visit, whose claim” that a second look has found: papers that agree in part, and contradict each
// other in the rest.

const jane = { last: 'DOE', first: 'JANE' }
const roe = { last: 'ROE', first: 'RICHARD' }
const born = '1980-01-01'
const exam: LineOf = { code: '99213', charge: 10_000 }
const blood: LineOf = { code: '85025', charge: 3_000 }
const later: LineOf = { ...exam, on: '2026-01-20' }

const paid = (line: LineOf, share = 2_000): LineOf => ({
  ...line,
  paid: line.charge - share,
  cas: [['PR', '2', share]],
})
const takenBack = (line: LineOf, share = 2_000): LineOf => ({
  ...line,
  charge: -line.charge,
  paid: share - line.charge,
  cas: [['PR', '2', -share]],
})

const submit = async (desk: Desk, first: Partial<SubmittedOf> = {}, ...others: readonly Partial<SubmittedOf>[]) => {
  const whole = [first, ...others].map((claim) => ({
    ...{ pcn: 'V1', patient: { ...jane, born }, to: { payer: 'ACME', member: 'M1' }, lines: [exam] },
    ...claim,
  }))
  const report = await Effect.runPromise(submitClaims(desk, submission(whole)))
  return report.claims.map(({ outcome }) => outcome)
}

let traces = 0
const receive = async (desk: Desk, ...claims: readonly Partial<ClaimOf>[]) => {
  traces += 1
  const whole = claims.map((claim) => ({
    ...{ pcn: 'V1', icn: 'I1', patient: { ...jane, id: 'M1' }, lines: [paid(exam)] },
    ...claim,
  }))
  const report = await Effect.runPromise(
    receiveRemittance(desk, advice({ trace: `T${traces}`, claims: whole }), { openMissing: true }),
  )
  return {
    outcome: report.outcome,
    held: report.held.map(({ hits, candidates }) => [hits[0]?.rule, candidates?.length]),
  }
}

/** What was charged on each visit, by its number, and what payers paid there, cents; and how many patients there are. */
const books = async (desk: Desk) => {
  const log = (await entries(desk)).map(({ event }) => event)
  const numbers = new Map<string, string>()
  const visits: Record<string, { charged: number; paid: number }> = {}
  const patients = new Set<string>()
  const at = (visit: string) => {
    const number = numbers.get(visit) ?? visit
    visits[number] ??= { charged: 0, paid: 0 }
    return visits[number]
  }
  for (const event of log) {
    if (event.type === 'PatientRegistered') patients.add(event.patientId)
    if (event.type === 'VisitOpened') numbers.set(event.visitId, event.patientControlNumber ?? '')
    if (event.type === 'ChargePosted') at(event.visitId).charged += event.amount
    if (event.type === 'InsurancePaymentPosted' || event.type === 'AdjudicationReversed') {
      for (const { account, amount } of event.contra)
        if (account.startsWith('payerClearing')) at(event.visitId).paid += amount
    }
  }
  return { visits, patients: patients.size }
}
const posted = { outcome: 'posted', held: [] }
const heldBeside = (candidates: number) => ({ outcome: 'partial', held: [['ambiguousVisit', candidates]] })

describe('identity-30 a part of a claim comes under a number of its own, when the payer has paid the other part', () => {
  it.each([
    ['the same member id', 'M1'],
    ['another one: name, day and services alone', 'M7'],
  ])('identity-30 %s: it is held with the visit where it waits, and nothing is charged again', async (_, id) => {
    const desk = await memoryDesk()
    await submit(desk, { lines: [exam, blood] })
    expect(await receive(desk, {})).toEqual(posted)
    const part = { pcn: 'V1A', icn: 'I2', patient: { ...jane, id }, lines: [paid(blood, 1_000)] }
    expect(await receive(desk, part)).toEqual(heldBeside(1))
    expect((await books(desk)).visits).toEqual({ V1: { charged: 13_000, paid: 8_000 } })
  })

  it('identity-30 the other part was denied: it may be decided again, under another number', async () => {
    const desk = await memoryDesk()
    await submit(desk, { lines: [exam, blood] })
    const denied: LineOf = { ...blood, paid: 0, cas: [['CO', '50', blood.charge]] }
    expect(await receive(desk, { lines: [paid(exam), denied] })).toEqual(posted)
    expect(await receive(desk, { pcn: 'V1R', icn: 'I2', lines: [paid(blood, 1_000)] })).toEqual(heldBeside(1))
  })

  it('identity-30 what the payer has paid of both is another service', async () => {
    const desk = await memoryDesk()
    await submit(desk, { lines: [exam, blood] })
    expect(await receive(desk, { lines: [paid(exam), paid(blood)] })).toEqual(posted)
    expect(await receive(desk, { pcn: 'V9', icn: 'I2', lines: [paid(blood, 1_000)] })).toEqual(posted)
  })
})

describe('identity-31 a reversal whose number, day and service are of one visit, and the number of its payer of another', () => {
  it.each([
    ['of another day', later, 'V1'],
    ['of another service of the day', { ...exam, code: '99214' }, 'V1'],
    ['of another day, and no number', later, '0'],
  ])('identity-31 %s: it is held with both', async (_, other, pcn) => {
    const desk = await memoryDesk()
    await submit(desk, {}, { pcn: 'V2', lines: [other] })
    expect(await receive(desk, {}, { pcn: 'V2', icn: 'I2', lines: [paid(other)] })).toEqual(posted)
    const before = await books(desk)
    expect(await receive(desk, { pcn, icn: 'I2', status: '22', lines: [takenBack(exam)] })).toEqual(heldBeside(2))
    expect(await books(desk)).toEqual(before)
  })

  it('identity-31 under another number, of the very service: the number of the payer says which', async () => {
    const desk = await memoryDesk()
    await submit(desk)
    await receive(desk, {})
    expect(await receive(desk, { pcn: 'OTHER', status: '22', lines: [takenBack(exam)] })).toEqual(posted)
    expect((await books(desk)).visits).toEqual({ V1: { charged: 10_000, paid: 0 } })
  })
})

describe('identity-32 a member id that the name has told', () => {
  const learned = async () => {
    const desk = await memoryDesk()
    await submit(desk, { to: { payer: 'ACME', member: 'OLD' } })
    expect(await receive(desk, { patient: { ...jane, id: 'NEW' } })).toEqual(posted)
    return desk
  }
  const second = { pcn: 'V2', to: { payer: 'ACME', member: 'OLD' }, lines: [later] }

  it('identity-32 is the patient, of a claim that names no more, or an initial', async () => {
    const desk = await learned()
    expect(await receive(desk, { pcn: 'V9', icn: 'I2', patient: { id: 'NEW' }, lines: [paid(later)] })).toEqual(posted)
    await submit(desk, { pcn: 'V3', patient: { last: 'DOE', first: 'J' }, to: { payer: 'ACME', member: 'NEW' } })
    expect((await books(desk)).patients).toBe(1)
  })

  it('identity-32 finds the visit of an advice without a number', async () => {
    const desk = await learned()
    await submit(desk, second)
    expect(await receive(desk, { pcn: '0', icn: 'I2', patient: { id: 'NEW' }, lines: [paid(later)] })).toEqual(posted)
    expect((await books(desk)).visits['V2']).toEqual({ charged: 10_000, paid: 8_000 })
  })

  it('identity-32 under another number: held with the visit, and not charged again', async () => {
    const desk = await learned()
    await submit(desk, second)
    const other = { pcn: 'ZZ', icn: 'I2', patient: { id: 'NEW' }, lines: [paid(later)] }
    expect(await receive(desk, other)).toEqual(heldBeside(1))
    expect((await books(desk)).visits['V2']).toEqual({ charged: 10_000, paid: 0 })
  })

  it('identity-32 is of nobody else who has it and another name', async () => {
    const desk = await learned()
    await submit(desk, {
      pcn: 'V3',
      patient: { last: 'DOE', first: 'JOHN', born: '1981-02-02' },
      to: { payer: 'ACME', member: 'NEW' },
    })
    expect((await books(desk)).patients).toBe(2)
  })
})

describe('identity-33 late charges', () => {
  const late = { frequency: '5' }

  it('identity-33 of the very service that a claim has had are for a person: no charge is lost without a word', async () => {
    const desk = await memoryDesk()
    await submit(desk)
    expect(await submit(desk, late)).toEqual(['held'])
    expect((await books(desk)).visits).toEqual({ V1: { charged: 10_000, paid: 0 } })
  })

  it('identity-33 sent again are the same, and those that come before their claim are completed by it', async () => {
    const desk = await memoryDesk()
    expect(await submit(desk, { ...late, lines: [blood] })).toEqual(['posted'])
    expect(await submit(desk, { lines: [exam, blood] })).toEqual(['submitted'])
    expect(await submit(desk, { ...late, lines: [blood] })).toEqual(['duplicate'])
    expect((await books(desk)).visits).toEqual({ V1: { charged: 13_000, paid: 0 } })
  })
})

describe('identity-34 a replacement under a number of its own that names our number of the original', () => {
  it('identity-34 is of that visit where the day fits, whatever code and charge it has now; and is voided under a third', async () => {
    const desk = await memoryDesk()
    await submit(desk)
    const recoded = { lines: [{ code: '99214', charge: 15_000 }] }
    expect(await submit(desk, { pcn: 'V2', frequency: '7', originalReference: 'V1', ...recoded })).toEqual(['replaced'])
    expect(await submit(desk, { pcn: 'V3', frequency: '8', originalReference: 'V2', ...recoded })).toEqual(['voided'])
  })

  it('identity-34 of another day it is held', async () => {
    const desk = await memoryDesk()
    await submit(desk)
    const other = { lines: [{ code: '99214', charge: 15_000, on: '2026-01-20' }] }
    expect(await submit(desk, { pcn: 'V2', frequency: '7', originalReference: 'V1', ...other })).toEqual(['held'])
  })
})

describe('identity-35 claims without a number', () => {
  const numbers = ['0', '000', 'NA', '-']

  it.each(numbers)(
    'identity-35 two patients of one advice, under %s: each has their own visit, or is paid on it',
    async (pcn) => {
      const both = [
        { pcn, icn: '', lines: [paid(exam)] },
        { pcn, icn: '', patient: { ...roe, id: 'M2' }, lines: [paid(exam, 3_000)] },
      ]
      const opened = await memoryDesk()
      expect(await receive(opened, ...both)).toEqual(posted)
      expect((await books(opened)).patients).toBe(2)
      const desk = await memoryDesk()
      await submit(desk, {}, { pcn: 'V2', patient: { ...roe, born }, to: { payer: 'ACME', member: 'M2' } })
      expect(await receive(desk, ...both)).toEqual(posted)
      expect((await books(desk)).visits).toEqual({
        V1: { charged: 10_000, paid: 8_000 },
        V2: { charged: 10_000, paid: 7_000 },
      })
    },
  )

  it('identity-35 that wait are tried when the claim of their own patient comes, and no other’s', async () => {
    const desk = await memoryDesk()
    const reports = [
      { pcn: '0', icn: '', status: '22', lines: [takenBack(exam)] },
      { pcn: '0', icn: '', status: '22', patient: { ...roe, id: 'M2' }, lines: [takenBack(exam)] },
    ]
    expect((await receive(desk, ...reports)).outcome).toBe('partial')
    await submit(desk)
    await receive(desk, { icn: '' })
    expect((await books(desk)).visits).toEqual({ V1: { charged: 10_000, paid: 0 } })
  })

  it('identity-35 of which neither name nor id is known: the very same twice is held', async () => {
    const desk = await memoryDesk()
    const one = { pcn: '0', icn: '', patient: {}, lines: [paid(exam)] }
    expect(await receive(desk, one, one)).toEqual({ outcome: 'partial', held: [['repeatedClaim', 0]] })
    expect((await books(desk)).patients).toBe(0)
  })
})
