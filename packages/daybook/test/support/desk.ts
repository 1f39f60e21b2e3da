import { createHash, createHmac, randomBytes } from 'node:crypto'
import { memoryEventStore } from '@daybook/adapters/memory'
import type { Day, Instant } from '@daybook/core/kernel'
import { presets } from '@daybook/core/policy'
import type { EventStoreShape } from '@daybook/core/ports'
import { makeCatalogue, rules } from '@daybook/core/rules'
import { type Desk, StateCache } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { v7 } from 'uuid'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A desk on a store, with a fixed clock: what the front door makes, laid open for tests. */
export const deskOn = (store: EventStoreShape, now = '2026-11-21T15:14:00.000Z'): Desk => {
  const catalogue = makeCatalogue(rules, sha256)
  const policy = { version: 1, policy: presets.physicianPracticeMN }
  return {
    service: {
      store,
      cache: new StateCache(),
      policyVersion: () => policy.version,
      catalogueHash: catalogue.hash,
      world: {
        sha256,
        keyedHash: (kind, value) => createHmac('sha256', 'test').update(`${kind}\n${value}`).digest('hex'),
        uuid: v7,
        salt: () => randomBytes(16).toString('hex'),
        now: () => now as Instant,
        dayOf: (instant) => instant.slice(0, 10) as Day,
      },
    },
    policy: () => policy,
    catalogue,
    actor: { id: 'import', roles: ['system'] },
  }
}

export const memoryDesk = (): Promise<Desk> => Effect.runPromise(Effect.map(memoryEventStore(), (store) => deskOn(store)))
