import { memoryEventStore } from '@daybook/adapters/memory'
import { type Desk, executeOnAccount, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { controlOf, entries, entriesOf, readLog } from '../support/books.ts'
import { deskOn, memoryDesk } from '../support/desk.ts'
import { advice, type ClaimOf, submission } from '../support/documents.ts'
import { dyingAfter } from '../support/dying-store.ts'

// Faults of kind “whose visit, whose claim”: what waits is tried again when what it waits for has come (law L2).

const patient = { id: 'M1', last: 'DOE', first: 'JANE' }
const born = '1980-01-01'
const exam = { code: '99213', charge: 10_000 }
const paid: Partial<ClaimOf> = { lines: [{ ...exam, paid: 6_000, cas: [['PR', '1', 4_000]] }] }

const remit = (trace: string, claim: Partial<ClaimOf>, date = '2026-02-20') =>
  advice({ trace, date, method: 'ACH', claims: [{ pcn: '0', icn: 'P1', patient, ...paid, ...claim }] })
const receive = (desk: Desk, document: ReturnType<typeof remit>) =>
  Effect.runPromise(receiveRemittance(desk, document, { openMissing: false }))
const claim = (of: { readonly pcn?: string; readonly last?: string } = {}) =>
  submission([
    {
      pcn: of.pcn ?? 'OURS',
      patient: { last: of.last ?? 'DOE', first: 'JANE', born },
      to: { payer: 'ACME', member: of.last ? 'M2' : 'M1' },
      lines: [exam],
    },
  ])
const submit = (desk: Desk, file = claim()) => Effect.runPromise(submitClaims(desk, file))

/** What stands at the patient and in clearing, and how often a claim was held. Cents. */
const standing = async (desk: Desk) => {
  const log = await entries(desk)
  const control = controlOf(log)
  const patientOwes = log
    .flatMap(({ event }) => ('effects' in event ? event.effects : []))
    .reduce((sum, { party, amount }) => (party === 'patient' ? sum + amount : sum), 0)
  return {
    patient: patientOwes,
    clearing: Object.keys(control).filter((account) => account.startsWith('payerClearing')),
    held: log.filter(({ event }) => event.type === 'RemittanceClaimHeld').length,
  }
}

const openAtDesk = async (desk: Desk) => {
  const account = '01a00000-0000-7000-8000-000000000001'
  const on = '2026-01-10'
  const commands = [
    { type: 'OpenAccount', accountId: account, on, guarantor: { name: 'JANE DOE' } },
    { type: 'RegisterPatient', on, patient: 'p1', last: 'DOE', first: 'JANE', born },
    { type: 'AddCoverage', on, patient: 'p1', coverage: 'c1', payer: 'ACME', payerName: 'ACME HEALTH', memberId: 'M1' },
    { type: 'OpenVisit', on, visit: 'v1', patient: 'p1' },
    { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: exam.code, amount: exam.charge },
  ]
  for (const [n, command] of commands.entries()) {
    expect(await Effect.runPromise(executeOnAccount(desk, account, command, `d${n}`))).toMatchObject({ ok: true })
  }
}

describe('an advice without a number that came before its claim', () => {
  it.each<[string, (desk: Desk) => Promise<unknown>]>([
    ['its claim has come', (desk) => submit(desk)],
    ['its claim has come, which has no number either', (desk) => submit(desk, claim({ pcn: 'NONE' }))],
    ['the desk has charged its visit, of no number', openAtDesk],
  ])('posts when %s', async (_, come) => {
    const desk = await memoryDesk()
    expect(await receive(desk, remit('T1', {}))).toMatchObject({ outcome: 'partial' })
    await come(desk)
    expect(await standing(desk)).toMatchObject({ patient: 4_000, clearing: [] })
  })

  it('waits on when the claim of somebody else comes, and is not even tried', async () => {
    const desk = await memoryDesk()
    await receive(desk, remit('T1', {}))
    await submit(desk, claim({ pcn: 'OTHER', last: 'ROE' }))
    expect(await standing(desk)).toMatchObject({ patient: 0, held: 1 })
    await submit(desk)
    expect(await standing(desk)).toMatchObject({ patient: 4_000, clearing: [] })
  })

  it('a reversal without a number posts when the decision that it takes back has come', async () => {
    const desk = await memoryDesk()
    await submit(desk)
    const taken: Partial<ClaimOf> = {
      status: '22',
      lines: [{ ...exam, charge: -10_000, paid: -6_000, cas: [['PR', '1', -4_000]] }],
    }
    await receive(desk, remit('T2', taken, '2026-03-20'))
    await receive(desk, remit('T1', { pcn: 'OURS' }))
    expect(await standing(desk)).toMatchObject({ patient: 0, clearing: [] })
  })

  it('is posted also where the process died between the claim and the try, and the claim comes again', async () => {
    let deaths = 0
    for (let commits = 0; commits < 8; commits += 1) {
      const store = await Effect.runPromise(memoryEventStore())
      await receive(deskOn(store), remit('T1', {}))
      const dying = submit(deskOn(dyingAfter(store, commits)))
      if ((await dying.catch(() => 'killed')) === 'killed') deaths += 1
      await submit(deskOn(store))
      const log = entriesOf(await readLog(deskOn(store)))
      expect(controlOf(log)['cash'], `killed after ${commits}`).toBe(6_000)
      expect(log.filter(({ event }) => event.type === 'InsurancePaymentPosted')).toHaveLength(1)
    }
    expect(deaths).toBeGreaterThan(3)
  })
})

it('an advice of a claim that is decided is held, and posts once the first decision is taken back (law L2)', async () => {
  const desk = await memoryDesk()
  await submit(desk)
  await receive(desk, remit('T1', { pcn: 'OURS' }))
  expect(await receive(desk, remit('T2', { pcn: 'OURS' }, '2026-02-25'))).toMatchObject({
    outcome: 'partial',
    held: [{ hits: [{ rule: 'repeatedClaim' }] }],
  })
  expect(await standing(desk)).toMatchObject({ patient: 4_000, held: 1 })
  const taken: Partial<ClaimOf> = {
    pcn: 'OURS',
    status: '22',
    lines: [{ ...exam, charge: -10_000, paid: -6_000, cas: [['PR', '1', -4_000]] }],
  }
  await receive(desk, remit('T3', taken, '2026-03-01'))
  expect(await standing(desk)).toMatchObject({ patient: 4_000, clearing: [] })
  const posted = (await entries(desk)).filter(({ event }) => event.type === 'InsurancePaymentPosted')
  expect(posted).toHaveLength(2)
})
