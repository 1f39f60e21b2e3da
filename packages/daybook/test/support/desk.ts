import { createHmac, hash, randomBytes } from 'node:crypto'
import { memoryEventStore } from '@daybook/adapters/memory'
import type { Day, Instant } from '@daybook/core/kernel'
import { type PracticePolicy, presets } from '@daybook/core/policy'
import type { EventStoreShape } from '@daybook/core/ports'
import { makeCatalogue, rules } from '@daybook/core/rules'
import { type Desk, StateCache } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { v7 } from 'uuid'
import { systemZones } from '../../src/book/zones.ts'

export const sha256 = (text: string): string => hash('sha256', text)

const catalogue = makeCatalogue(rules, sha256)

export interface DeskOptions {
  /** The writer's clock: an instant, or what gives one. */
  readonly now?: string | (() => string)
  readonly posting?: Partial<PracticePolicy['posting']>
}

/** A desk on a store, with a clock of its own: what the front door makes, laid open for tests. */
export const deskOn = (store: EventStoreShape, options: DeskOptions = {}): Desk => {
  const { now = '2026-11-21T15:14:00.000Z' } = options
  const preset = presets.physicianPracticeMN
  const policy = { version: 1, policy: { ...preset, posting: { ...preset.posting, ...options.posting } } }
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
        now: () => (typeof now === 'string' ? now : now()) as Instant,
        localTime: systemZones,
        dayOf: (instant) => instant.slice(0, 10) as Day,
      },
    },
    policy: () => policy,
    catalogue,
    actor: { id: 'import', roles: ['system'] },
  }
}

/** A desk on an empty book in memory. */
export const memoryDesk = (options: DeskOptions = {}): Promise<Desk> =>
  Effect.runPromise(Effect.map(memoryEventStore(), (store) => deskOn(store, options)))
