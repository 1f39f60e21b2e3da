import { type Desk, executeOnAccount } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { entries } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { beta, decided, exam, remit, send, takenBack } from '../support/two-papers.ts'
import { bookOf } from '../support/watch.ts'

// Fault watch-12: what a payer has taken back and never decides again, because its coverage had ended or another payer comes first.

const on = '2026-11-21'

/** 60.00 of 100.00 was paid by ACME, 40.00 by the patient where `paid`; then ACME takes it back. */
const takenBackByAcme = async ({ paid }: { readonly paid: boolean }) => {
  const desk = await memoryDesk()
  await send(desk, { others: paid ? [] : [beta] })
  const whole = { cas: [['CO', '45', 4_000]] as const }
  const first = paid ? decided(exam) : { ...decided(exam), ...whole }
  await remit(desk, { icn: 'A1', lines: [first] }, { date: '2026-02-01', openMissing: false })
  const events = (await entries(desk)).map(({ event }) => event)
  const account = events.flatMap((event) => (event.type === 'AccountOpened' ? event.accountId : []))[0] ?? ''
  const line = events.flatMap((event) => (event.type === 'ChargePosted' ? event.lineId : []))[0]
  const coverage = (payer: string) => ({
    coverageId: events.flatMap((event) =>
      event.type === 'CoverageAdded' && event.payerId === payer ? event.coverageId : [],
    )[0],
  })
  let number = 0
  const give = async (command: object) => {
    number += 1
    const outcome = await Effect.runPromise(executeOnAccount(desk, account, { on, ...command }, `c${number}`))
    if (!outcome.ok) throw new Error(outcome.hits.map(({ reason }) => reason).join('; '))
  }
  const move = { type: 'TransferResponsibility', lines: [{ line }], from: coverage('ACME'), reason: 'taken back' }
  const takeBack = () => {
    const back = takenBack(exam)
    const lines = [paid ? back : { ...back, cas: [['CO', '45', -4_000]] as const }]
    const more = { date: '2026-03-01', openMissing: false, plb: [['WO', 'A1', -6_000]] as const }
    return remit(desk, { icn: 'A1', status: '22', lines }, more)
  }
  return { desk, give, move, coverage, takeBack }
}
const queuesOf = async (desk: Desk) => {
  const { items } = await bookOf(desk)
  return items.flatMap(({ queue, amount }) => (queue === 'recoupments' ? [] : [`${queue} ${amount}`]))
}

describe('watch-12 what a payer has taken back and a person has moved on waits for no correction', () => {
  it('watch-12 the coverage had ended: what the patient owes is asked for', async () => {
    const { desk, give, move, coverage, takeBack } = await takenBackByAcme({ paid: false })
    await takeBack()
    await give({ type: 'TerminateCoverage', coverage: coverage('ACME').coverageId, lastDay: '2025-12-31', reason: 'x' })
    await give({ type: 'TerminateCoverage', coverage: coverage('BETA').coverageId, lastDay: '2025-12-31', reason: 'x' })
    await give({ ...move, to: 'patient', because: 'coverageTermed' })
    expect(await queuesOf(desk)).toEqual(['selfPay:0-30 10000'])
  })

  it('watch-12 what the patient had paid meets it: they owe the rest, and nothing stands beside it', async () => {
    const { desk, give, move, coverage, takeBack } = await takenBackByAcme({ paid: true })
    await give({ type: 'PostPayment', on: '2026-02-10', amount: 4_000, tender: 'cash' })
    await takeBack()
    await give({ type: 'TerminateCoverage', coverage: coverage('ACME').coverageId, lastDay: '2025-12-31', reason: 'x' })
    await give({ ...move, to: 'patient', because: 'coverageTermed' })
    expect(await queuesOf(desk)).toEqual(['selfPay:0-30 6000'])
    await give({ type: 'PostPayment', amount: 6_000, tender: 'cash' })
    expect(await queuesOf(desk)).toEqual([])
  })

  it('watch-12 another payer comes first, and has decided: its share of the patient is asked for', async () => {
    const { desk, give, move, coverage, takeBack } = await takenBackByAcme({ paid: false })
    await takeBack()
    await give({ ...move, to: coverage('BETA'), because: 'cobChanged' })
    const lines = [{ ...exam, paid: 7_000, cas: [['CO', '45', 2_000] as const, ['PR', '1', 1_000] as const] }]
    const patient = { id: 'B1', last: 'DOE', first: 'JANE' }
    await remit(desk, { icn: 'B1', patient, lines }, { payer: 'BETA', date: '2026-11-21', openMissing: false })
    expect(await queuesOf(desk)).toEqual(['selfPay:0-30 1000'])
  })

  it('watch-12 where it stands at the payer still, it waits', async () => {
    const { desk, takeBack } = await takenBackByAcme({ paid: false })
    await takeBack()
    expect(await queuesOf(desk)).toEqual(['payerFollowUp 10000'])
  })
})
