import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Day, Instant } from '@daybook/core/kernel'
import { presets } from '@daybook/core/policy'
import type { EventStoreShape } from '@daybook/core/ports'
import { makeCatalogue, rules } from '@daybook/core/rules'
import { type Desk, StateCache } from '@daybook/core/service'
import { v7 } from 'uuid'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const catalogue = makeCatalogue(rules, sha256)

/** A desk on a store as the front door makes it, with the machine's clock. */
export const deskOn = (store: EventStoreShape): Desk => {
  const policy = { version: 1, policy: presets.physicianPracticeMN }
  return {
    service: {
      store,
      cache: new StateCache(),
      policyVersion: () => policy.version,
      catalogueHash: catalogue.hash,
      world: {
        sha256,
        keyedHash: (kind, value) => createHmac('sha256', 'bench').update(`${kind}\n${value}`).digest('hex'),
        uuid: v7,
        salt: () => randomBytes(16).toString('hex'),
        now: () => new Date().toISOString() as Instant,
        dayOf: (instant) => instant.slice(0, 10) as Day,
      },
    },
    policy: () => policy,
    catalogue,
    actor: { id: 'bench', roles: ['system'] },
  }
}
