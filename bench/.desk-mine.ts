import { presets } from '@daybook/core/policy'
import type { EventStoreShape } from '@daybook/core/ports'
import { makeCatalogue, rules } from '@daybook/core/rules'
import { type Desk, StateCache } from '@daybook/core/service'
import { sha256, systemClock, worldOf } from '../packages/daybook/src/book/world.ts'

const secret = new Uint8Array(32)
const catalogue = makeCatalogue(rules, sha256)
export const deskOn = (store: EventStoreShape): Desk => {
  const policy = { version: 1, policy: presets.physicianPracticeMN }
  return {
    service: {
      store,
      cache: new StateCache(),
      policyVersion: () => 1,
      catalogueHash: catalogue.hash,
      world: worldOf(
        () => secret,
        systemClock,
        () => 'America/Chicago',
      ),
    },
    policy: () => policy,
    catalogue,
    actor: { id: 'bench', roles: ['system'] },
  }
}
