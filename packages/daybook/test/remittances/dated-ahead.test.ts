import type { Day, RemittanceId } from '@daybook/core/kernel'
import type { RemittanceAdvice } from '@daybook/core/remittance'
import {
  type Desk,
  receiveRemittance,
  rejectHeldClaim,
  rejectRemittance,
  releaseRemittance,
} from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { accountName, clearingFaults, controlOf, entries, unbalancedPrefixes } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice } from '../support/documents.ts'

const run = Effect.runPromise
const received = async (desk: Desk, document: RemittanceAdvice) => {
  const report = await run(receiveRemittance(desk, document, { openMissing: true }))
  return { ...report, remittanceId: report.remittanceId as RemittanceId }
}
const open = { openMissing: true }
/** Today, by the clock of `memoryDesk`; policy allows 30 days from here. */
const on = '2026-11-21' as Day
const one = { pcn: 'V1', lines: [{ charge: 10_000, paid: 6_000, cas: [['CO', '45', 4_000]] }] } as const

const books = async (desk: Desk) => {
  const log = await entries(desk)
  expect(unbalancedPrefixes(log)).toEqual([])
  expect(clearingFaults(log)).toEqual([])
  return controlOf(log, accountName)
}

describe('two-clocks: a remittance is dated ahead by policy’s days and no more', () => {
  it.each(['9999-12-31', '2062-02-20', '2026-12-22'])(
    'a payment date further ahead than policy allows, %s, is a slip: held whole, until a person gives the right one',
    async (far) => {
      const desk = await memoryDesk()
      const report = await received(desk, advice({ date: far, claims: [one] }))
      expect(report).toMatchObject({ outcome: 'held', reasons: ['tooFarAhead'], postedClaims: 0, held: [] })
      expect(await books(desk), 'no cash, nothing in clearing, no claim half-posted').toEqual({})
      const release = (paymentDate?: string) =>
        run(
          releaseRemittance(
            desk,
            report.remittanceId,
            { on, reason: 'the deposit is of 2026-02-20', ...(paymentDate ? { paymentDate } : {}) },
            open,
          ),
        )
      for (const given of [undefined, '2027-02-20']) {
        const refused = await release(given)
        expect(refused.outcome).toMatchObject({ ok: false, hits: [{ rule: 'ledger.tooFarAhead' }] })
        expect(refused.report.outcome).toBe('held')
      }
      expect((await release('2026-02-20')).report.outcome).toBe('posted')
      expect(await books(desk)).toEqual({ cash: 6_000, contractual: 4_000, revenue: -10_000 })
      const days = (await entries(desk)).flatMap(({ event }) =>
        event.type === 'RemittanceOpened' || event.type === 'InsurancePaymentPosted' ? [event.effectiveDate] : [],
      )
      expect(days, 'all of it counts from the corrected day').toEqual(['2026-02-20', '2026-02-20'])
    },
  )

  it('a payment date as far ahead as policy allows is posted, and counts from its day', async () => {
    const desk = await memoryDesk()
    expect(await received(desk, advice({ date: '2026-12-21', claims: [one] }))).toMatchObject({ outcome: 'posted' })
    const stricter = await memoryDesk({ posting: { futureDays: 29 } })
    expect(await received(stricter, advice({ date: '2026-12-21', claims: [one] }))).toMatchObject({ outcome: 'held' })
  })

  it('a payment date that policy did not allow when it came may be released as it is once its time is near', async () => {
    let now = '2026-11-21T15:14:00.000Z'
    const desk = await memoryDesk({ now: () => now })
    const report = await received(desk, advice({ date: '2026-12-31', claims: [one] }))
    expect(report.outcome).toBe('held')
    const asItIs = () => run(releaseRemittance(desk, report.remittanceId, { on, reason: 'the payer means it' }, open))
    expect((await asItIs()).outcome).toMatchObject({ ok: false, earliest: '2026-12-01' })
    now = '2026-12-01T15:14:00.000Z'
    expect((await asItIs()).report.outcome).toBe('posted')
  })

  it('a day of service further ahead than policy allows holds the claim that would open it, not the others', async () => {
    const desk = await memoryDesk()
    const slip = { ...one, pcn: 'V2', lines: [{ ...one.lines[0], on: '2062-01-10' }] }
    const report = await received(desk, advice({ claims: [one, slip] }))
    expect(report).toMatchObject({ outcome: 'partial', postedClaims: 1 })
    expect(report.held).toMatchObject([{ claims: [2], hits: [{ rule: 'ledger.tooFarAhead' }] }])
    expect(await books(desk)).toMatchObject({ payerClearing: -6_000 })
  })

  it('what a person decides about a remittance is not dated further ahead than policy allows', async () => {
    const desk = await memoryDesk()
    const far = '2062-11-21' as Day
    const conflict = await received(desk, advice({ claims: [one], amount: 7_000 }))
    const outcomes = [
      (await run(rejectRemittance(desk, conflict.remittanceId, { on: far, reason: 'wrong' }))).outcome,
      (
        await run(
          releaseRemittance(
            desk,
            conflict.remittanceId,
            { on: far, reason: 'so', differenceAccount: 'refundsPayable' },
            open,
          ),
        )
      ).outcome,
    ]
    const repeated = await received(desk, advice({ trace: 'T2', claims: [one, one] }))
    const rejection = { on: far, claim: 1, differenceAccount: 'refundsPayable', reason: 'paid twice' }
    outcomes.push((await run(rejectHeldClaim(desk, repeated.remittanceId, rejection))).outcome)
    for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: false, hits: [{ rule: 'ledger.tooFarAhead' }] })
  })
})
