// Run as a process of its own: a fixed day at the desk, on the named store, printed without what is random in it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryEventStore } from '@daybook/adapters/memory'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import { canonicalJson } from '@daybook/core/kernel'
import { presets } from '@daybook/core/policy'
import { limits } from '@daybook/core/ports'
import { makeCatalogue, rules } from '@daybook/core/rules'
import { type Desk, receiveRemittance, StateCache, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { sha256, worldOf } from '../../src/book/world.ts'
import { live } from './commands.ts'
import { advice, submission } from './documents.ts'

const [kind = 'memory'] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'daybook-fixed-'))
const policy = { version: 1, policy: presets.physicianPracticeMN }
const catalogue = makeCatalogue(rules, sha256)
/** In the practice's zone it is still the evening before. */
let minute = 0
const clock = () => {
  minute += 1
  return new Date(Date.UTC(2026, 10, 21, 3, minute))
}

/** A patient whose name every locale spells, sorts and capitalises in its own way. */
const patient = { id: 'ißI1', last: 'ÄŞIKÖĞLU i', first: 'İLKAY' }

const program = Effect.gen(function* () {
  const store = kind === 'SQLite' ? yield* sqliteEventStore({ path: join(folder, 'a.db') }) : yield* memoryEventStore()
  const desk: Desk = {
    service: {
      store,
      cache: new StateCache(),
      policyVersion: () => policy.version,
      catalogueHash: catalogue.hash,
      world: worldOf(
        () => new Uint8Array(32).fill(7),
        clock,
        () => policy.policy.practice.timeZone,
      ),
    },
    policy: () => policy,
    catalogue,
    actor: { id: 'import', roles: ['system'] },
  }
  yield* submitClaims(desk, submission([{ pcn: 'i1', patient, lines: [{ charge: 30_000 }, { charge: 1_999 }] }]))
  const cas = [
    ['CO', '45', 10_000],
    ['PR', '1', 333],
  ] as const
  const claims = [
    {
      pcn: 'i1',
      patient,
      lines: [
        { charge: 30_000, paid: 19_667, cas },
        { charge: 1_999, paid: 1_999 },
      ],
    },
    { pcn: 'I2', patient, lines: [{ charge: 5_000, paid: 1, cas: [['PR', '3', 4_999]] as const }] },
  ]
  yield* receiveRemittance(desk, advice({ claims }), { openMissing: true })
  const integers = Array.from({ length: 600 }, (_, at) => (at * 2_654_435_761 + at * at * 7_919) % 1_000_003)
  yield* Effect.promise(() => live(() => desk, 'a1', integers, 60))

  const log = yield* store.readAll({ after: 0, limit: limits.page })
  for (const stored of log) {
    const { salt: _salt, ...data } = JSON.parse(stored.data)
    const { stream, version, recordedAt, effectiveDate, actor } = stored
    // Ids of outcomes are new ones each time; everything else derives from what was given.
    const meta = stored.stream.startsWith('remittance') ? '' : stored.meta
    console.log(sha256(canonicalJson({ stream, version, recordedAt, effectiveDate, actor, meta, data })), stored.type)
  }
})

try {
  await Effect.runPromise(Effect.scoped(program))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
