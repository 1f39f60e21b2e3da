import { memoryEventStore } from '@daybook/adapters/memory'
import { type Desk, executeOnAccount, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { expect, it } from 'vitest'
import { entries } from '../support/books.ts'
import { deskOn } from '../support/desk.ts'
import { advice, type LineOf, submission } from '../support/documents.ts'

// Faults of kind “whose visit, whose claim”: who opened the visit decided who owes a share (law Q2).

const run = <A, E>(effect: Effect.Effect<A, E>) => Effect.runPromise(effect)
const patient = { id: 'M1', last: 'DOE', first: 'JANE' }
const born = '1980-01-01'
const acme = { payer: 'ACME', member: 'M1' }
const beta = { payer: 'BETA', member: 'B1', sequence: 'S' }
const first: LineOf = {
  charge: 50_000,
  paid: 30_000,
  cas: [
    ['CO', '45', 14_000],
    ['PR', '2', 6_000],
  ],
}

const newDesk = async (): Promise<Desk> => deskOn(await run(memoryEventStore()))
const paid = (desk: Desk, line: LineOf, more: object, of: object = {}) =>
  run(
    receiveRemittance(desk, advice({ claims: [{ pcn: 'V1', patient, lines: [line], ...more }], ...of }), {
      openMissing: true,
    }),
  )
const sent = (desk: Desk, to = acme, others: readonly (typeof beta)[] = [beta]) =>
  run(
    submitClaims(
      desk,
      submission([{ pcn: 'V1', patient: { ...patient, born }, to, others, lines: [{ charge: 50_000 }] }]),
    ),
  )

const owed = async (desk: Desk): Promise<Readonly<Record<string, number>>> => {
  const payers = new Map<string, string>()
  const sums: Record<string, number> = {}
  for (const { event } of await entries(desk)) {
    if (event.type === 'CoverageAdded') payers.set(event.coverageId, event.payerId)
    for (const { party, amount } of 'effects' in event ? event.effects : []) {
      const who = party === 'patient' ? party : (payers.get(party.coverageId) ?? '?')
      sums[who] = (sums[who] ?? 0) + amount
    }
  }
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0))
}

it('an 835 opened the visit: the share is the next payer’s as soon as a claim names one', async () => {
  const desk = await newDesk()
  await paid(desk, first, { icn: 'A1' })
  expect(await owed(desk)).toEqual({ patient: 6_000 })
  await sent(desk)
  expect(await owed(desk)).toEqual({ BETA: 6_000 })
})

it('what the patient has paid of that share stays paid, the rest is the next payer’s', async () => {
  const desk = await newDesk()
  await paid(desk, first, { icn: 'A1' })
  const log = await entries(desk)
  const opened = log.find(({ event }) => event.type === 'AccountOpened')
  const account = opened?.stored.stream.replace('account-', '') ?? ''
  const payment = { type: 'PostPayment', on: '2026-03-01', amount: 2_000, tender: 'card', payment: 'pay1' }
  expect(await run(executeOnAccount(desk, account, payment, 'c1'))).toMatchObject({ ok: true })
  await sent(desk)
  expect(await owed(desk)).toEqual({ BETA: 4_000 })
})

it('the first payer takes its word back after that: no credit of the patient’s beside a debt of the next payer’s', async () => {
  const desk = await newDesk()
  await paid(desk, first, { icn: 'A1' })
  await sent(desk)
  const back: LineOf = {
    charge: -50_000,
    paid: -30_000,
    cas: [
      ['CO', '45', -14_000],
      ['PR', '2', -6_000],
    ],
  }
  const report = await paid(
    desk,
    back,
    { icn: 'A1', status: '22' },
    { trace: 'T2', date: '2026-03-20', amount: -30_000 },
  )
  expect(report).toMatchObject({ postedClaims: 1, held: [] })
  expect(await owed(desk)).toEqual({ ACME: 50_000 })
})

it('a claim to the second payer that comes first charges the first payer, who is named in it', async () => {
  const desk = await newDesk()
  const account = '01a00000-0000-7000-8000-000000000001'
  const on = '2026-01-10'
  const commands = [
    { type: 'OpenAccount', accountId: account, on, guarantor: { name: 'JANE DOE' } },
    { type: 'RegisterPatient', on, patient: 'p1', last: 'DOE', first: 'JANE', born },
    { type: 'OpenVisit', on, visit: 'v1', patient: 'p1', patientControlNumber: 'V1' },
    { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 50_000 },
  ]
  for (const [at, command] of commands.entries()) await run(executeOnAccount(desk, account, command, `c${at}`))
  await sent(desk, beta, [{ ...acme, sequence: 'P' }])
  expect(await owed(desk)).toEqual({ ACME: 50_000 })
})
