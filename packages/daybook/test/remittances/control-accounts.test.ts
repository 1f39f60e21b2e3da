import type { Day, RemittanceId } from '@daybook/core/kernel'
import { remittance, unsettled } from '@daybook/core/remittance'
import { type Desk, receiveRemittance, rejectHeldClaim, submitClaims } from '@daybook/core/service'
import { type Piece, Tally } from '@daybook/projections/controls'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Entry, entries } from '../support/books.ts'
import { kinds, practiceOf } from '../support/crash-practice.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice, type ClaimOf } from '../support/documents.ts'

// What explains clearing, recoupments and refunds payable, against what remittances themselves say stands open.

const run = Effect.runPromise
const on = '2026-11-21' as Day
const ALWAYS = '9999-12-31' as Day

const tallied = (log: readonly Entry[], asOf = ALWAYS): ReadonlyMap<string, readonly Piece[]> => {
  const tally = new Tally(asOf)
  for (const { stored, event } of log) tally.add(stored.stream, event)
  return tally.accounts()
}

const parts = (pieces: readonly Piece[] | undefined): Readonly<Record<string, number>> =>
  Object.fromEntries(
    (pieces ?? []).map(({ matter, amount }) => [
      'reference' in matter ? matter.reference : 'remittance' in matter ? matter.remittance : matter.kind,
      amount,
    ]),
  )

/** Σ CLP04 that each opened remittance has still to post. */
const toPost = (log: readonly Entry[]): Readonly<Record<string, number>> => {
  const streams = Map.groupBy(
    log.flatMap(({ stored, event }) => (stored.stream.startsWith('remittance-') ? [{ stored, event }] : [])),
    ({ stored }) => stored.stream,
  )
  return Object.fromEntries(
    [...streams].flatMap(([stream, of]) => {
      const events = of.map(({ event }) => event) as Parameters<typeof remittance.fold>[1]
      const opened = events.some(({ type }) => type === 'RemittanceOpened')
      const open = unsettled(remittance.fold(remittance.initial, events)).reduce((sum, { paid = 0 }) => sum + paid, 0)
      return opened && open !== 0 ? [[stream.slice('remittance-'.length), -open]] : []
    }),
  )
}

const total = (accounts: ReadonlyMap<string, readonly Piece[]>): number =>
  [...accounts.values()].flat().reduce((sum, { amount }) => sum + amount, 0)

const paid = (pcn: string): ClaimOf => ({
  pcn,
  paid: 6_000,
  lines: [{ charge: 10_000, paid: 6_000, cas: [['CO', '45', 4_000]] }],
})

describe('what explains the control accounts of imports', () => {
  it('P1 P6 clearing is explained by the remittances that have claims to post', {
    tags: ['P1', 'P6'],
  }, async () => {
    const dayArb = fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 5 }).map(practiceOf)
    await fc.assert(
      fc.asyncProperty(dayArb, fc.boolean(), async (day, openMissing) => {
        const desk = await memoryDesk()
        await run(submitClaims(desk, day.bills))
        for (const document of [day.earlier, day.remittance]) {
          await run(receiveRemittance(desk, document, { openMissing }))
          const log = await entries(desk)
          const accounts = tallied(log)
          expect(parts(accounts.get('payerClearing'))).toEqual(toPost(log))
          expect(total(accounts)).toBe(0)
        }
        const log = await entries(desk)
        // As known at any position, and as of any day, the parts of all accounts are 0 together.
        for (let at = 0; at < log.length; at += 7) {
          expect(total(tallied(log.slice(0, at)))).toBe(0)
          expect(total(tallied(log, log[at]?.event.effectiveDate))).toBe(0)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('P2 a recoupment is explained by the references that are not even', {
    tags: ['P2'],
  }, async () => {
    const pair = fc.record({
      code: fc.constantFrom('WO', '72', 'OB', 'L6', 'CS'),
      reference: fc.constantFrom('ICN-1', 'ICN-2', 'ICN-3'),
      amount: fc.integer({ min: -3, max: 3 }).filter((amount) => amount !== 0),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(pair, { maxLength: 4 }), { maxLength: 4 }), async (advices) => {
        const desk = await memoryDesk()
        const sums: Record<string, number> = {}
        for (const [at, pairs] of advices.entries()) {
          const plb = pairs.map(({ code, reference, amount }) => [code, reference, amount * 100] as const)
          const amount = 6_000 - plb.reduce((sum, [, , cents]) => sum + cents, 0)
          await run(
            receiveRemittance(desk, advice({ trace: `T${at}`, claims: [paid(`V${at}`)], plb, amount }), {
              openMissing: true,
            }),
          )
          for (const [code, reference, cents] of plb) {
            if (code !== 'L6' && code !== 'CS') sums[reference] = (sums[reference] ?? 0) + cents
          }
        }
        const accounts = tallied(await entries(desk))
        const recoupments = [...accounts].find(([name]) => name.startsWith('payerRecoupment:'))?.[1]
        expect(parts(recoupments)).toEqual(Object.fromEntries(Object.entries(sums).filter(([, cents]) => cents !== 0)))
        expect(total(accounts)).toBe(0)
      }),
      { numRuns: 200 },
    )
  })

  it('P1 money of a held claim that was given up is where the person put it, under its remittance', {
    tags: ['P1'],
  }, async () => {
    const desk: Desk = await memoryDesk()
    const { remittanceId } = await run(
      receiveRemittance(desk, advice({ claims: [paid('V1')] }), { openMissing: false }),
    )
    expect(parts(tallied(await entries(desk)).get('payerClearing'))).toEqual({ [remittanceId]: -6_000 })
    const given = { on, reason: 'not our patient', claim: 1, differenceAccount: 'refundsPayable' }
    await run(rejectHeldClaim(desk, remittanceId as RemittanceId, given))
    const accounts = tallied(await entries(desk))
    expect(accounts.get('payerClearing')).toBeUndefined()
    expect(parts(accounts.get('refundsPayable'))).toEqual({ [remittanceId]: -6_000 })
  })
})
