import { executeOnAccount } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { expect, it } from 'vitest'
import { entries } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { acme, beta, exam, janeAtBeta, remit, send } from '../support/two-papers.ts'
import { bookOf } from '../support/watch.ts'

// Fault watch-13: a payer that refused as the first one turns out to be the second.

it('watch-13 it is billed with the decision of the one before, and then waited for', async () => {
  const desk = await memoryDesk()
  await send(desk, { others: [beta] })
  const refused = { ...exam, paid: 0, cas: [['CO', '22', 10_000] as const] }
  await remit(desk, { icn: 'A1', lines: [refused] }, { date: '2026-02-01', openMissing: false })
  const events = (await entries(desk)).map(({ event }) => event)
  const idOf = (payer: string) =>
    events.flatMap((each) => (each.type === 'CoverageAdded' && each.payerId === payer ? each.coverageId : []))[0]
  const account = events.flatMap((each) => (each.type === 'AccountOpened' ? each.accountId : []))[0] ?? ''
  const give = async (command: object, id: string) => {
    const outcome = await Effect.runPromise(executeOnAccount(desk, account, { on: '2026-11-21', ...command }, id))
    expect(outcome).toMatchObject({ ok: true })
  }
  const patient = events.flatMap((each) => (each.type === 'PatientRegistered' ? each.patientId : []))[0]
  await give({ type: 'SetCobOrder', patient, order: [idOf('BETA'), idOf('ACME')], reason: 'BETA comes first' }, 'c1')
  const denial = events.flatMap((each) => (each.type === 'DenialRecorded' ? each.denialId : []))[0]
  const outcome = { kind: 'rebilledNext', coverage: idOf('BETA') }
  await give({ type: 'ResolveDenial', denial, outcome, reason: 'BETA comes first' }, 'c2')
  await send(desk, { to: { ...beta, sequence: 'P' }, others: [{ ...acme, sequence: 'S' }] }, '2026-11-21')
  const lines = [{ ...exam, paid: 7_000, cas: [['CO', '45', 1_000] as const, ['PR', '1', 2_000] as const] }]
  const paid = { icn: 'B1', patient: janeAtBeta, lines }
  await remit(desk, paid, { payer: 'BETA', date: '2026-11-21', openMissing: false })

  const work = async () =>
    (await bookOf(desk)).items.map(({ queue, amount, nextAction }) => [queue, amount, nextAction])
  const bill = 'bill ACME HEALTH with the decision of the payer before'
  expect(await work()).toEqual([['secondaryToBill', 2_000, bill]])
  await send(desk, { to: { ...acme, sequence: 'S' }, others: [{ ...beta, sequence: 'P' }] }, '2026-11-21')
  expect(await work()).toEqual([])
  expect((await bookOf(desk)).waiting.map(({ queue, amount }) => [queue, amount])).toEqual([['payerFollowUp', 2_000]])
})
