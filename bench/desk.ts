import { presets } from '@daybook/core/policy'
import type { EventStoreShape } from '@daybook/core/ports'
import { makeCatalogue, rules } from '@daybook/core/rules'
import { type Desk, StateCache } from '@daybook/core/service'
import { sha256, systemClock, worldOf } from '../packages/daybook/src/book/world.ts'

const catalogue = makeCatalogue(rules, sha256)
const policy = { version: 1, policy: presets.physicianPracticeMN }
const secret = new Uint8Array(32).fill(7)

/** A desk on a store as the front door makes it, with the front door's own world and a secret that is none. */
export const deskOn = (store: EventStoreShape): Desk => ({
  service: {
    store,
    cache: new StateCache(),
    policyVersion: () => policy.version,
    catalogueHash: catalogue.hash,
    world: worldOf(
      () => secret,
      systemClock,
      () => policy.policy.practice.timeZone,
    ),
  },
  policy: () => policy,
  catalogue,
  actor: { id: 'bench', roles: ['system'] },
})
