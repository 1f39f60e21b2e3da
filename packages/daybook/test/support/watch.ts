import { memoryViewStore } from '@daybook/adapters/memory'
import type { Day, Instant } from '@daybook/core/kernel'
import { presets } from '@daybook/core/policy'
import { EventStore, ViewStore } from '@daybook/core/ports'
import type { Desk } from '@daybook/core/service'
import { usZones } from '@daybook/core/testing'
import { controlAccounts } from '@daybook/projections/controls'
import { worklist } from '@daybook/projections/worklist'
import * as Effect from 'effect/Effect'
import type { ClaimOf } from './documents.ts'

// What stands on the control accounts, beside what the lists of a day say of it.

const run = Effect.runPromise
export const today = '2026-11-21' as Day

/** The control accounts and the worklist of a desk's book, as of a day. */
export const bookOf = async ({ service }: Desk, on: Day = today) => {
  const views = await run(memoryViewStore())
  const ask = <A, E>(question: Effect.Effect<A, E, EventStore | ViewStore>): Promise<A> =>
    run(question.pipe(Effect.provideService(EventStore, service.store), Effect.provideService(ViewStore, views)))
  const { physicianPracticeMN: policy } = presets
  const day = { asOf: on, now: `${on}T18:00:00.000Z` as Instant, localTime: usZones, policy }
  const { accounts } = await ask(controlAccounts({ asOf: on }))
  const { items, waiting } = await ask(worklist(day))
  return { accounts, items, waiting }
}

/** Cents. */
export const total = (of: readonly { readonly amount: number }[]): number =>
  of.reduce((sum, { amount }) => sum + amount, 0)

/** A claim that is paid in part, the rest contractual. */
export const paid = (pcn: string): ClaimOf => ({
  pcn,
  lines: [{ charge: 10_000, paid: 6_000, cas: [['CO', '45', 4_000]] }],
})
