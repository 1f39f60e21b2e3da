import type { Day } from '@daybook/core/kernel'
import { type Desk, executeOnAccount, receiveRemittance } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { entries } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice } from '../support/documents.ts'

const run = Effect.runPromise
const on = '2026-11-21' as Day

/** A claim that was paid 60.00, and a later payment that kept 20.00 of it under a reference of its payer. */
const paidAndTaken = async () => {
  const desk = await memoryDesk()
  const line = { charge: 10_000, paid: 6_000, cas: [['CO', '45', 4_000]] } as const
  const paid = await run(
    receiveRemittance(desk, advice({ trace: 'T1', date: '2026-02-20', claims: [{ pcn: 'V1', lines: [line] }] }), {
      openMissing: true,
    }),
  )
  const taking = await run(
    receiveRemittance(
      desk,
      advice({
        trace: 'T2',
        date: '2026-03-20',
        claims: [{ pcn: 'V2', lines: [line] }],
        plb: [['WO', 'ICN-V1', 2_000]],
        amount: 4_000,
      }),
      { openMissing: true },
    ),
  )
  const account = paid.accounts[0] ?? ''
  const all = (await entries(desk)).map(({ event }) => event)
  const charged = all.find(({ type }) => type === 'ChargePosted')
  if (charged?.type !== 'ChargePosted' || charged.party === 'patient') throw new Error('nothing was charged')
  const received = all.find(({ type }) => type === 'RemittanceReceived')
  if (received?.type !== 'RemittanceReceived') throw new Error('nothing was received')
  const takeback = {
    type: 'PostTakeback' as const,
    on,
    visit: charged.visitId,
    coverage: charged.party.coverageId,
    lines: [{ line: charged.lineId, amount: 2_000 }],
    recoupment: { payerId: received.payerId, payerControlNumber: 'ICN-V1', remittanceId: taking.remittanceId },
    reason: 'PLB WO',
  }
  return { desk, account, takeback }
}

const refusedFor = async (desk: Desk, account: string, command: object): Promise<readonly string[]> => {
  const before = (await entries(desk)).length
  const outcome = await run(executeOnAccount(desk, account, command, 'takeback'))
  expect((await entries(desk)).length).toBe(before)
  return outcome.ok ? [] : outcome.hits.map(({ rule }) => rule)
}

describe('watch-7 a takeback is of a payer, a remittance and a reference that are there', () => {
  it('watch-7 one that the remittance shows is posted, once', async () => {
    const { desk, account, takeback } = await paidAndTaken()
    const first = await run(executeOnAccount(desk, account, takeback, 'takeback'))
    expect(first).toMatchObject({ ok: true })
    const again = await run(executeOnAccount(desk, account, takeback, 'takeback'))
    expect(again).toMatchObject({ ok: true, repeated: true })
  })

  it('watch-7 a remittance that nobody received is refused, with every other reason', async () => {
    const { desk, account, takeback } = await paidAndTaken()
    const remittanceId = '00000000-0000-4000-8000-000000000000'
    const command = {
      ...takeback,
      lines: [{ line: 'l-unknown', amount: 2_000 }],
      recoupment: { ...takeback.recoupment, remittanceId },
    }
    expect(await refusedFor(desk, account, command)).toEqual([
      'remittance.unknown',
      'ledger.lineUnknown',
      'claims.beyondPaid',
    ])
  })

  it('watch-7 another payer, another reference, and more than was taken are refused', async () => {
    const { desk, account, takeback } = await paidAndTaken()
    const of = (over: object) => ({ ...takeback, recoupment: { ...takeback.recoupment, ...over } })
    expect(await refusedFor(desk, account, of({ payerId: 'acme' }))).toEqual(['claims.otherPayer'])
    expect(await refusedFor(desk, account, of({ payerControlNumber: 'ICN-OTHER' }))).toEqual([
      'claims.recoupmentUnknown',
    ])
    const more = { ...takeback, lines: takeback.lines.map((line) => ({ ...line, amount: 2_001 })) }
    expect(await refusedFor(desk, account, more)).toEqual(['claims.beyondRecoupment'])
  })

  it('watch-7 an acknowledgement names a remittance that was received', async () => {
    const { desk, account, takeback } = await paidAndTaken()
    const { visit, coverage } = takeback
    const remittanceId = '00000000-0000-4000-8000-000000000000'
    const [{ line } = { line: '' }] = takeback.lines
    const command = { type: 'AcknowledgeRefund', on, refund: 'r1', remittanceId, visit, coverage, line, amount: 100 }
    expect(await refusedFor(desk, account, command)).toContain('remittance.unknown')
  })

  it('watch-6 and a reference under which the payer shows what we had sent back, where it names one', async () => {
    const { desk, account, takeback } = await paidAndTaken()
    const { visit, coverage, recoupment } = takeback
    const [{ line } = { line: '' }] = takeback.lines
    const shown = await run(
      receiveRemittance(
        desk,
        advice({
          trace: 'T3',
          date: '2026-04-20',
          claims: [{ pcn: 'V3', lines: [{ charge: 10_000, paid: 6_000, cas: [['CO', '45', 4_000]] }] }],
          plb: [['72', 'ICN-V1', -2_000]],
          amount: 8_000,
        }),
        { openMissing: true },
      ),
    )
    const about = { type: 'AcknowledgeRefund', on, refund: 'r1', visit, coverage, line, amount: 2_000 }
    const of = (over: object) => ({ ...about, remittanceId: shown.remittanceId, reference: 'icn v1', ...over })
    expect(await refusedFor(desk, account, of({}))).toEqual(['credits.refundUnknown'])
    expect(await refusedFor(desk, account, of({ amount: 2_001 }))).toContain('claims.beyondRecoupment')
    expect(await refusedFor(desk, account, of({ reference: 'ICN-OTHER' }))).toContain('claims.recoupmentUnknown')
    // What a payer has taken is nothing that it shows to have received.
    expect(await refusedFor(desk, account, of({ remittanceId: recoupment.remittanceId }))).toContain(
      'claims.recoupmentUnknown',
    )
    const { reference: _reference, ...whatever } = of({})
    expect(await refusedFor(desk, account, whatever)).toEqual(['credits.refundUnknown'])
  })

  it('watch-15 without a reference, one of the payer that got the refund, which shows as much', async () => {
    const { desk, account, takeback } = await paidAndTaken()
    const { visit, coverage, recoupment } = takeback
    const [{ line } = { line: '' }] = takeback.lines
    const about = { type: 'AcknowledgeRefund', on, refund: 'r1', visit, coverage, line, amount: 2_000 }
    // What a payer has taken is nothing that it shows to have received.
    const none = { ...about, remittanceId: recoupment.remittanceId }
    expect(await refusedFor(desk, account, none)).toContain('claims.recoupmentUnknown')
    const ofBeta = advice({
      payer: 'BETA',
      trace: 'T4',
      claims: [{ pcn: 'V4', lines: [{ charge: 10_000, paid: 6_000, cas: [['CO', '45', 4_000]] }] }],
      plb: [['72', 'ICN-V4', -1_500]],
    })
    const { remittanceId } = await run(receiveRemittance(desk, ofBeta, { openMissing: true }))
    const refused = await refusedFor(desk, account, { ...about, remittanceId })
    expect(refused).toEqual(expect.arrayContaining(['claims.otherPayer', 'claims.beyondRecoupment']))
  })
})
