import type { Day } from '@daybook/core/kernel'
import { executeOnAccount, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { expect, it } from 'vitest'
import { memoryDesk } from '../support/desk.ts'
import { type AdviceOf, advice, submission } from '../support/documents.ts'
import { bookOf } from '../support/watch.ts'

// Fault net-14 at the desk: what the list says of a payer's credit that is more than the payer has paid.

const run = Effect.runPromise
const patient = { id: 'M1', last: 'ROE', first: 'JO' }

it('net-14 the list asks to return what the payer has paid, and to have it decide again for the rest', async () => {
  const desk = await memoryDesk()
  const payers = [
    { payer: 'ACME', sequence: 'P', member: 'M1' },
    { payer: 'BETA', sequence: 'S', member: 'M2' },
  ] as const
  const [to, other] = payers
  await run(submitClaims(desk, submission([{ pcn: 'V1', patient, lines: [{ charge: 50_000 }], to, others: [other] }])))
  const receive = async (of: AdviceOf) => {
    const { accounts, held } = await run(
      receiveRemittance(desk, advice({ ...of, trace: of.date ?? '' }), { openMissing: false }),
    )
    expect(held).toEqual([])
    return accounts[0] ?? ''
  }
  const first = {
    pcn: 'V1',
    patient,
    lines: [
      {
        charge: 50_000,
        paid: 20_000,
        cas: [
          ['CO', '45', 15_000],
          ['PR', '1', 15_000],
        ],
      },
    ],
  } as const
  const back = {
    pcn: 'V1',
    patient,
    status: '22',
    lines: [
      {
        charge: -50_000,
        paid: -20_000,
        cas: [
          ['CO', '45', -15_000],
          ['PR', '1', -15_000],
        ],
      },
    ],
  } as const
  const inFull = { pcn: 'V1', patient, lines: [{ charge: 50_000, paid: 35_000, cas: [['CO', '45', 15_000]] }] } as const
  const second = {
    pcn: 'V1',
    patient: { ...patient, id: 'M2' },
    status: '2',
    lines: [
      {
        charge: 50_000,
        paid: 10_000,
        cas: [
          ['OA', '23', 35_000],
          ['PR', '2', 5_000],
        ],
      },
    ],
  } as const
  const account = await receive({ date: '2026-02-01', claims: [first] })
  await receive({ payer: 'BETA', date: '2026-02-18', claims: [second] })
  await receive({ date: '2026-03-12', claims: [back, inFull] })

  const on = '2026-11-21'
  const work = async () => (await bookOf(desk, on as Day)).items.filter(({ queue }) => queue === 'credits')
  const [credit] = await work()
  expect(credit).toMatchObject({
    amount: 15_000,
    nextAction:
      'return 100.00 to the payer, which has paid no more; have it decide again for the rest, which had gone on',
  })
  const refund = {
    type: 'ApproveRefund',
    on,
    refund: 'r1',
    credit: credit?.subject,
    payee: 'payer',
    method: 'check',
    reason: 'x',
  }
  for (const [id, command] of [
    ['a', refund],
    ['b', { type: 'IssueRefund', on, refund: 'r1' }],
  ] as const) {
    expect(await run(executeOnAccount(desk, account, command, id))).toMatchObject({ ok: true })
  }
  expect(await work()).toMatchObject([
    { amount: 5_000, nextAction: 'have the payer decide again: it has paid none of it, and its share had gone on' },
  ])
})
