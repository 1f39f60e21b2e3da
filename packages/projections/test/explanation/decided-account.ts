import { createHash } from 'node:crypto'
import type { AccountEvent } from '@daybook/core/account'
import { presets } from '@daybook/core/policy'
import { makeCatalogue, rules } from '@daybook/core/rules'
import { eventsOf, fromIntegers, type Office, randomHistory, usZones } from '@daybook/core/testing'
import fc from 'fast-check'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export const office: Office = {
  policy: { version: 1, policy: presets.physicianPracticeMN },
  catalogue: makeCatalogue(rules, sha256),
  sha256,
  actor: { id: 'anna', roles: ['supervisor', 'system'] },
  localTime: usZones,
}

/** Histories that commands really lead to: every event was decided, with what follows from it. */
export const arbReachable: fc.Arbitrary<readonly AccountEvent[]> = fc
  .array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 250, size: 'max' })
  .map((integers) => eventsOf(randomHistory(fromIntegers(integers), { office })).map(({ event }) => event))
