import * as Effect from 'effect/Effect'
import type { AccountCommand } from '../account/rooms.ts'
import { precondition, type RuleHit } from '../kernel/decision.ts'
import type { AccountId } from '../kernel/ids.ts'
import { attorneysOf } from '../person/gate-facts.ts'
import { type Desk, loadAccount } from './desk.ts'
import { loadPerson } from './person-commands.ts'
import type { ExecuteError } from './service.ts'

/**
 * What stands on a person's own file against sending their account to an agency, whatever the desk attests of it: an account
 * knows none of it (decision 0015).
 */
export const representedHits = (
  desk: Desk,
  accountId: AccountId,
  command: AccountCommand,
): Effect.Effect<readonly RuleHit[], ExecuteError> =>
  Effect.gen(function* () {
    if (command.type !== 'PlaceAccount') return []
    const { world } = desk.service
    const now = world.now()
    const { registration } = yield* loadAccount(desk, accountId)
    const hits: RuleHit[] = []
    for (const [personId, { role }] of registration.persons) {
      if (role !== 'guarantor') continue
      const [attorney] = attorneysOf(yield* loadPerson(desk, personId), accountId, { now, today: world.dayOf(now) })
      if (!attorney) continue
      const reason = `an attorney represents the guarantor since ${attorney.effectiveDate}, says person ${personId}`
      hits.push(precondition('person.represented', reason, 'SendToLegalQueue'))
    }
    return hits
  })
