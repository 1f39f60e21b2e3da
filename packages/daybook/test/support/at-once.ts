import { memoryEventStore } from '@daybook/adapters/memory'
import type { ClaimSubmission } from '@daybook/core/account'
import type { EventStoreShape } from '@daybook/core/ports'
import { type SubmissionReport, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { expect } from 'vitest'
import { controlOf, entriesOf, readLog, unbalancedPrefixes } from './books.ts'
import { deskOn } from './desk.ts'
import { type SubmittedOf, submission } from './documents.ts'

// Imports by several processes at once: what they take in, and what the book holds at the end.

export const opened = (): Promise<EventStoreShape> => Effect.runPromise(memoryEventStore())
export const submit = (store: EventStoreShape, claims: ClaimSubmission): Promise<SubmissionReport> =>
  Effect.runPromise(submitClaims(deskOn(store), claims))

export const patient = { id: 'M1', last: 'DOE', first: 'JANE' }
/** A claim of that patient to a payer. */
export const to = (payer: string, of: Partial<SubmittedOf> = {}, created = '2026-01-12'): ClaimSubmission =>
  submission([{ pcn: 'V1', patient, to: { payer, member: 'M1' }, lines: [{ charge: 10_000 }], ...of }], { created })

/** What was charged (cents), how many accounts and visits there are, and how many claims were sent; the log balances. */
export const bookIn = async (store: EventStoreShape) => {
  const log = entriesOf(await readLog(deskOn(store)))
  expect(unbalancedPrefixes(log)).toEqual([])
  const count = (type: string) => log.filter(({ event }) => event.type === type).length
  return {
    revenue: controlOf(log)['revenue'] ?? 0,
    accounts: count('AccountOpened'),
    visits: count('VisitOpened'),
    submissions: count('ClaimSubmitted'),
  }
}
