import { readFileSync } from 'node:fs'
import type { Day, RemittanceId } from '@daybook/core/kernel'
import { type Desk, receiveRemittance, refundPayer, rejectHeldClaim, releaseRemittance } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { controlOf, entries } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice } from '../support/documents.ts'
import { openTestBook } from '../support/folder.ts'

// Fault watch-3: a payer's money that no claim explains was put to refunds payable, and nobody was told to send it back.

const run = Effect.runPromise
const on = '2026-11-21' as Day
const held = { pcn: 'V2', lines: [{ charge: 10_000, paid: 7_000 }] }

const books = async (desk: Desk) => controlOf(await entries(desk), (name) => name.replace(/:.*/, ''))

/** A claim of 70.00 that does not add up, given up: its money is the payer's. */
const givenUp = async () => {
  const desk = await memoryDesk()
  const { remittanceId } = await run(receiveRemittance(desk, advice({ claims: [held] }), { openMissing: true }))
  const id = remittanceId as RemittanceId
  await run(rejectHeldClaim(desk, id, { on, claim: 1, differenceAccount: 'refundsPayable', reason: 'not ours' }))
  return { desk, id }
}

const sent = { on, method: 'check', reference: '1001', reason: 'paid in error' }
const rulesOf = (outcome: { readonly ok: boolean; readonly hits?: readonly { readonly rule: string }[] }) =>
  (outcome.hits ?? []).map(({ rule }) => rule)

describe('watch-3 money of a payer in refunds payable goes back to it', () => {
  it('watch-3 in parts, each once, and never more than is there', async () => {
    const { desk, id } = await givenUp()
    expect(await books(desk)).toEqual({ cash: 7_000, refundsPayable: -7_000 })
    const first = await run(refundPayer(desk, id, { ...sent, amount: 3_000 }, 'refund-1'))
    expect(first.outcome).toMatchObject({ ok: true, events: ['PayerRefunded'] })
    expect((await run(refundPayer(desk, id, { ...sent, amount: 3_000 }, 'refund-1'))).outcome).toMatchObject({
      repeated: true,
    })
    expect(await books(desk)).toEqual({ cash: 4_000, refundsPayable: -4_000 })
    const more = await run(refundPayer(desk, id, { ...sent, amount: 4_001 }))
    expect(rulesOf(more.outcome)).toEqual(['remittance.beyondRefundable'])
    expect((await run(refundPayer(desk, id, sent))).outcome).toMatchObject({ ok: true })
    expect(await books(desk)).toEqual({})
    expect(rulesOf((await run(refundPayer(desk, id, sent))).outcome)).toEqual(['remittance.beyondRefundable'])
  })

  it('watch-3 one that never arrived is to be sent again', async () => {
    const { desk, id } = await givenUp()
    await run(refundPayer(desk, id, sent))
    const back = { on, refund: 1, reason: 'returned by the post' }
    expect((await run(refundPayer(desk, id, back))).outcome).toMatchObject({ ok: true, events: ['PayerRefundVoided'] })
    expect(await books(desk)).toEqual({ cash: 7_000, refundsPayable: -7_000 })
    expect(rulesOf((await run(refundPayer(desk, id, back))).outcome)).toEqual(['remittance.refundVoided'])
    expect(rulesOf((await run(refundPayer(desk, id, { ...back, refund: 9 }))).outcome)).toEqual([
      'remittance.refundUnknown',
    ])
    const early = { ...back, refund: 2, on: '2026-11-20' as Day }
    expect((await run(refundPayer(desk, id, sent))).outcome).toMatchObject({ ok: true })
    expect(rulesOf((await run(refundPayer(desk, id, early))).outcome)).toEqual(['remittance.beforeRefund'])
  })

  it('watch-3 counts from the day on which the money was there, and not from one ahead of time', async () => {
    const { desk, id } = await givenUp()
    await run(refundPayer(desk, id, { ...sent, on: '2026-11-01' as Day }))
    const refunded = (await entries(desk)).map(({ event }) => event).find(({ type }) => type === 'PayerRefunded')
    expect(refunded?.effectiveDate).toBe(on)
    const ahead = await run(refundPayer(desk, id, { ...sent, on: '2027-11-01' as Day }))
    expect(rulesOf(ahead.outcome)).toContain('ledger.tooFarAhead')
  })

  it('watch-3 what is missing is nothing to send back: a shortfall and a takeback go elsewhere', async () => {
    const desk = await memoryDesk()
    const paid = { pcn: 'V1', lines: [{ charge: 10_000, paid: 6_000, cas: [['CO', '45', 4_000]] as const }] }
    const short = await run(receiveRemittance(desk, advice({ claims: [paid], amount: 5_900 }), { openMissing: true }))
    const release = { on, reason: 'short', differenceAccount: 'refundsPayable' }
    const { outcome } = await run(
      releaseRemittance(desk, short.remittanceId as RemittanceId, release, { openMissing: true }),
    )
    expect(rulesOf(outcome)).toEqual(['remittance.nothingToSend'])
    expect(await books(desk)).toEqual({})
  })
})

it('watch-3 it is on the list of the day until it was sent, with a date by which it is', async () => {
  await using book = await openTestBook()
  const text = readFileSync(new URL('edi/j-member-id-suffix-2.edi', import.meta.url), 'utf8')
  await book.importContent(text, { name: 'advice.edi' })
  const [{ remittance } = { remittance: '' }] = (await book.remittances()).items
  expect(await book.reject(remittance, { claim: 1, account: 'refundsPayable', reason: 'not ours' })).toMatchObject({
    ok: true,
  })
  const listed = async () => (await book.worklist({ queue: 'refundsPayable' })).items
  expect(await listed()).toMatchObject([
    { queue: 'refundsPayable', remittance, amount: 6_000, due: expect.any(String) },
  ])
  expect(await book.refund(remittance, { method: 'ach', reference: 'T9', reason: 'paid in error' })).toMatchObject({
    ok: true,
  })
  expect(await listed()).toEqual([])
  expect(await book.refund(remittance, { void: 1, reason: 'came back' })).toMatchObject({ ok: true })
  expect(await listed()).toMatchObject([{ amount: 6_000 }])
  await expect(book.refund(remittance, { reason: 'x' })).rejects.toMatchObject({ _tag: 'InvalidCommand' })
  await expect(book.refund('r-unknown', { method: 'ach', reason: 'x' })).rejects.toMatchObject({ _tag: 'NotFound' })
  expect((await book.check()).findings).toEqual([])
})
