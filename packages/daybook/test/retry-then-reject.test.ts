import { memoryEventStore } from '@daybook/adapters/memory'
import type { Day, RemittanceId } from '@daybook/core/kernel'
import type { EventStoreShape } from '@daybook/core/ports'
import { type Desk, receiveRemittance, rejectHeldClaim, retryHeldClaims, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { accountName, clearingFaults, controlOf, entries, unbalancedPrefixes } from './support/books.ts'
import { deskOn } from './support/desk.ts'
import { advice, submission } from './support/documents.ts'
import { dyingAfter } from './support/dying-store.ts'

// A held claim is posted to its account in one commit and its outcome recorded in a later one. Whoever rejects the claim
// in between must not take its money out of clearing a second time (law P1).

const run = Effect.runPromise
const on = '2026-11-21' as Day
const rejection = { on, claim: 1, differenceAccount: 'refundsPayable', reason: 'the payer can not say whose it is' }
const paid = advice({
  claims: [
    { pcn: 'A', lines: [{ charge: 10_000, paid: 6_000, cas: [['CO', '45', 4_000]] }] },
    { pcn: 'B', lines: [{ charge: 5_000, paid: 5_000 }] },
  ],
})
const claims = submission([{ pcn: 'A', lines: [{ charge: 10_000 }] }])

/** A book in which both claims of an advice are held, because nobody knows them. */
const held = async (): Promise<{ readonly store: EventStoreShape; readonly id: RemittanceId }> => {
  const store = await run(memoryEventStore())
  const report = await run(receiveRemittance(deskOn(store), paid, { openMissing: false }))
  expect(report.held.length).toBe(2)
  return { store, id: report.remittanceId as RemittanceId }
}

const books = async (desk: Desk) => {
  const log = await entries(desk)
  return {
    log,
    control: controlOf(log, accountName),
    faults: [...unbalancedPrefixes(log), ...clearingFaults(log)],
    posted: log.some(({ event }) => event.type === 'InsurancePaymentPosted' && event.lines[0]?.amount === 6_000),
  }
}

const begun = {
  'retried by a person who opens accounts for unknown claims': (desk: Desk, id: RemittanceId) =>
    Effect.asVoid(retryHeldClaims(desk, id, { openMissing: true })),
  'tried again because its 837 arrived': (desk: Desk) => Effect.asVoid(submitClaims(desk, claims)),
}

describe('P1 N12 a held claim whose posting was begun by a process that died', { tags: ['P1', 'N12'] }, () => {
  it.each(Object.entries(begun))('%s: rejected after any commit, it leaves clearing once', async (_, begin) => {
    const outcomes = new Set<string>()
    for (let commits = 0, died = true; died; commits += 1) {
      const { store, id } = await held()
      died = await run(begin(deskOn(dyingAfter(store, commits)), id)).then(
        () => false,
        (error: Error) => {
          expect(error.message).toContain('killed')
          return true
        },
      )
      const desk = deskOn(store)
      const { outcome } = await run(rejectHeldClaim(desk, id, rejection))
      const { control, posted, faults } = await books(desk)
      outcomes.add(`${outcome.ok ? 'rejected' : outcome.hits[0]?.rule}, ${posted ? 'posted' : 'not posted'}`)
      expect({ commits, faults }).toEqual({ commits, faults: [] })
      // Claim A is in one place: posted, or given up; B still waits, unless the retry came as far as to post it.
      expect({ commits, off: control['refundsPayable'] ?? 0 }).toEqual({ commits, off: posted ? 0 : -6_000 })
      await run(retryHeldClaims(desk, id, { openMissing: true }))
      const end = await books(desk)
      expect({ commits, faults: end.faults, clearing: end.control['payerClearing'] ?? 0 }).toEqual({
        commits,
        faults: [],
        clearing: 0,
      })
    }
    expect([...outcomes].sort()).toEqual(['rejected, not posted', 'remittance.claimNotHeld, posted'])
  })

  it('a retry that its account refuses writes nothing: the claim stays held for the same reason', async () => {
    const { store, id } = await held()
    const events = (await books(deskOn(store))).log.length
    await run(retryHeldClaims(deskOn(store), id, { openMissing: false }))
    expect((await books(deskOn(store))).log.length).toBe(events)
  })
})
