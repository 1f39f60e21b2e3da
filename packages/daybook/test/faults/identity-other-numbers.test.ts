import type { RemittanceId, VisitId } from '@daybook/core/kernel'
import { type Desk, executeOnAccount, receiveRemittance, retryHeldClaims, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { expect, it } from 'vitest'
import { entries } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice, type ClaimOf, type SubmittedOf, submission } from '../support/documents.ts'

// Faults of kind “whose visit, whose claim”: papers of one visit under different numbers, or under none (clarifications
// 25–30).

const patient = { last: 'DOE', first: 'JANE', born: '1980-01-01' }
const exam = { code: '99213', charge: 10_000 }
const blood = { code: '85025', charge: 3_000 }

const submit = (desk: Desk, claim: Partial<SubmittedOf> = {}) =>
  Effect.runPromise(
    submitClaims(
      desk,
      submission([{ pcn: 'OURS', patient, to: { payer: 'ACME', member: 'M1' }, lines: [exam], ...claim }]),
    ),
  )

const paidBy = (line: typeof exam) => ({
  ...line,
  paid: line.charge - 1_000,
  cas: [['PR', '1', 1_000] as const],
})

let traces = 0
const receive = (desk: Desk, claims: readonly Partial<ClaimOf>[], openMissing = false) => {
  traces += 1
  return Effect.runPromise(
    receiveRemittance(
      desk,
      advice({
        trace: `T${traces}`,
        claims: claims.map((claim) => ({
          pcn: 'OURS',
          patient: { id: 'M1', last: 'DOE', first: 'JANE' },
          lines: [paidBy(exam)],
          ...claim,
        })),
      }),
      { openMissing },
    ),
  )
}

const charged = async (desk: Desk): Promise<readonly number[]> =>
  (await entries(desk)).flatMap(({ event }) =>
    event.type === 'ChargePosted' ? event.amount : event.type === 'ChargeVoided' ? 0 : [],
  )

/** The desk opens a visit of the patient, of no number. */
const openAtDesk = async (desk: Desk) => {
  const account = '01a00000-0000-7000-8000-000000000001'
  const on = '2026-01-10'
  const commands = [
    { type: 'OpenAccount', accountId: account, on, guarantor: { name: 'JANE DOE' } },
    { type: 'RegisterPatient', on, patient: 'p1', ...patient },
    { type: 'OpenVisit', on, visit: 'v1', patient: 'p1' },
    { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: exam.code, amount: exam.charge },
  ]
  for (const [n, command] of commands.entries()) {
    expect(await Effect.runPromise(executeOnAccount(desk, account, command, `d${n}`))).toMatchObject({ ok: true })
  }
}

it('a claim that the payer split under a longer member id is of the visit that has each of its lines', async () => {
  const desk = await memoryDesk()
  await submit(desk, { lines: [exam, blood] })
  const longer = { id: 'M101', last: 'DOE', first: 'JANE' }
  const parts = [exam, blood].map((line) => ({ icn: `P-${line.code}`, patient: longer, lines: [paidBy(line)] }))
  expect(await receive(desk, parts, true)).toMatchObject({ outcome: 'posted', held: [] })
  expect(await charged(desk)).toEqual([10_000, 3_000])
})

it('the claim of which an advice has opened a part, under a longer member id, completes that visit', async () => {
  const desk = await memoryDesk()
  await receive(desk, [{ patient: { id: 'M101', last: 'DOE', first: 'JANE' } }], true)
  expect((await submit(desk, { lines: [exam, blood] })).claims[0]?.outcome).toBe('submitted')
  expect(await charged(desk)).toEqual([10_000, 3_000])
})

it('a visit that has no number is found by patient, code and day, whatever number its claim has', async () => {
  const desk = await memoryDesk()
  await openAtDesk(desk)
  expect((await submit(desk)).claims[0]?.outcome).toBe('submitted')
  expect(await receive(desk, [{}])).toMatchObject({ outcome: 'posted', held: [] })
  expect(await charged(desk)).toEqual([10_000])
})

it('open-missing does not open again what is on file under another number: a person names the visit', async () => {
  const desk = await memoryDesk()
  await submit(desk)
  const report = await receive(desk, [{ pcn: 'THEIRS' }], true)
  expect(report).toMatchObject({ outcome: 'partial', held: [{ hits: [{ rule: 'ambiguousVisit' }] }] })
  const [candidate] = report.held[0]?.candidates ?? []
  expect(candidate?.why).toBe('it has 99213 of 2026-01-10 100.00')
  expect(await charged(desk)).toEqual([10_000])
  const visits = new Map<number, VisitId>(candidate ? [[1, candidate.visitId]] : [])
  const options = { openMissing: false, visits }
  expect(await Effect.runPromise(retryHeldClaims(desk, report.remittanceId as RemittanceId, options))).toMatchObject({
    outcome: 'posted',
    held: [],
  })
  expect(await charged(desk)).toEqual([10_000])
})

it('a person with two accounts is found on both by a payer that names no more than their member id', async () => {
  const desk = await memoryDesk()
  const on = '2026-01-10'
  for (const n of [1, 2]) {
    const account = `01a00000-0000-7000-8000-00000000000${n}`
    const commands = [
      { type: 'OpenAccount', accountId: account, on, guarantor: { name: 'JANE DOE' } },
      { type: 'RegisterPatient', on, patient: 'p1', ...patient },
      {
        type: 'AddCoverage',
        on,
        coverage: 'c1',
        patient: 'p1',
        payer: 'ACME',
        payerName: 'ACME HEALTH',
        memberId: 'M1',
      },
      { type: 'OpenVisit', on, visit: `v${n}`, patient: 'p1', patientControlNumber: `V${n}` },
      {
        type: 'PostCharge',
        on,
        visit: `v${n}`,
        line: `l${n}`,
        code: n === 1 ? '80053' : exam.code,
        amount: exam.charge,
      },
    ]
    for (const [at, command] of commands.entries()) {
      await Effect.runPromise(executeOnAccount(desk, account, command, `d${n}-${at}`))
    }
  }
  const report = await receive(desk, [{ pcn: '0' }], true)
  expect(report).toMatchObject({ outcome: 'posted', held: [], accounts: ['01a00000-0000-7000-8000-000000000002'] })
  expect(await charged(desk)).toEqual([10_000, 10_000])
})

it('what the payer has decided of a visit keeps no other visit of that day from being opened', async () => {
  const desk = await memoryDesk()
  await submit(desk)
  await receive(desk, [{}])
  expect(await receive(desk, [{ pcn: 'SECOND', icn: 'P2' }], true)).toMatchObject({ outcome: 'posted' })
  expect(await charged(desk)).toEqual([10_000, 10_000])
})

it('the claim of a visit that an advice opened under another number is held, and posts as its replacement', async () => {
  const desk = await memoryDesk()
  await receive(desk, [{ pcn: 'THEIRS' }], true)
  const [held] = (await submit(desk)).claims
  expect(held).toMatchObject({ outcome: 'held', heldBy: 'ambiguousVisit' })
  expect(held?.problems[0]).toContain('under another number: visit ')
  expect(await charged(desk)).toEqual([10_000])
  expect((await submit(desk, { frequency: '7' })).claims[0]?.outcome).toBe('replaced')
  expect(await charged(desk)).toEqual([10_000])
})

it('a replacement that comes before its claim is not taken for one of another visit of the account’s number', async () => {
  const desk = await memoryDesk()
  await submit(desk)
  const later = { lines: [{ ...blood, on: '2026-02-10' }], frequency: '7', originalReference: 'OURS' }
  expect((await submit(desk, later)).claims[0]).toMatchObject({ outcome: 'held', heldBy: 'originalUnknown' })
  expect(await charged(desk)).toEqual([10_000])
})

it('identity-28 a replacement is of no visit that only its payer called so, of whose services it has none', async () => {
  const desk = await memoryDesk()
  await receive(desk, [{ pcn: 'LATER', icn: 'P1' }], true)
  const other = { pcn: 'LATER', lines: [blood], frequency: '7' }
  expect((await submit(desk, other)).claims[0]).toMatchObject({ outcome: 'held', heldBy: 'originalUnknown' })
  expect(await charged(desk)).toEqual([10_000])
  expect((await submit(desk, { ...other, originalReference: 'P1' })).claims[0]?.outcome).toBe('replaced')
  expect(await charged(desk)).toEqual([10_000, 0, 3_000])
})

it('a replacement without a number is of the visit that has its services, not of any of its day', async () => {
  const desk = await memoryDesk()
  await submit(desk)
  const other = { pcn: 'NONE', lines: [blood], frequency: '7' }
  expect((await submit(desk, other)).claims[0]).toMatchObject({ outcome: 'held', heldBy: 'originalUnknown' })
  expect(await charged(desk)).toEqual([10_000])
})

it('a claim without a number that was voided stays voided when its file is imported again', async () => {
  const desk = await memoryDesk()
  const unnumbered = { pcn: 'NONE' }
  await openAtDesk(desk)
  await submit(desk, unnumbered)
  await submit(desk, { pcn: 'LATER', frequency: '8' })
  expect((await submit(desk, unnumbered)).claims[0]?.outcome).toBe('duplicate')
  expect(await charged(desk)).toEqual([10_000, 0])
})

it('a claim that comes after its void charges nothing: it is held with what was voided', async () => {
  const desk = await memoryDesk()
  await receive(desk, [{ lines: [paidBy(exam)] }], true)
  const void8 = { pcn: 'OURS', patient, to: { payer: 'ACME', member: 'M1' }, lines: [exam], frequency: '8' }
  await Effect.runPromise(submitClaims(desk, submission([void8], { created: '2026-02-21' })))
  const [late] = (await submit(desk)).claims
  expect(late).toMatchObject({ outcome: 'held', heldBy: 'claim.changed' })
  expect(late?.problems[0]).toContain('was voided by a later one (frequency 8)')
  expect(await charged(desk)).toEqual([10_000, 0])
})

it('another id and another total under the number, name and day of a visit neither open nor post: a person says', async () => {
  const desk = await memoryDesk()
  await submit(desk)
  const changed = {
    icn: 'P2',
    patient: { id: 'M101', last: 'DOE', first: 'JANE' },
    lines: [paidBy({ ...exam, charge: 10_050 })],
  }
  const report = await receive(desk, [changed], true)
  expect(report).toMatchObject({ outcome: 'partial', held: [{ hits: [{ rule: 'ambiguousVisit' }] }] })
  expect(report.held[0]?.candidates[0]?.why).toContain('the total charge does not')
  expect(await charged(desk)).toEqual([10_000])
})

it('of another charge, what came under another number may be a claim that was replaced: it is held', async () => {
  const desk = await memoryDesk()
  await receive(desk, [{}], true)
  const report = await receive(desk, [{ pcn: 'LATER', icn: 'P2', lines: [paidBy({ ...exam, charge: 10_050 })] }], true)
  expect(report).toMatchObject({ outcome: 'partial', held: [{ hits: [{ rule: 'ambiguousVisit' }] }] })
  expect(await charged(desk)).toEqual([10_000])
})

it('an advice without a number is no part of a visit of its day (clarification 30): its claim finds what it opened', async () => {
  const desk = await memoryDesk()
  await receive(desk, [{ icn: 'P1' }], true)
  await receive(desk, [{ pcn: '0', icn: 'P2', lines: [paidBy(blood)] }], true)
  await submit(desk)
  expect((await submit(desk, { pcn: 'SECOND', lines: [blood] })).claims[0]?.outcome).toBe('submitted')
  expect(await charged(desk)).toEqual([10_000, 3_000])
})
