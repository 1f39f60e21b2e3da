import * as Effect from 'effect/Effect'
import type { AccountCommand } from '../account/rooms.ts'
import { precondition, type RuleHit } from '../kernel/decision.ts'
import type { AccountId } from '../kernel/ids.ts'
import { attorneysOf } from '../person/gate-facts.ts'
import { humanOf } from '../person/others.ts'
import { type Desk, loadAccount } from './desk.ts'
import { filesOf } from './person-files.ts'
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
    const rule = desk.catalogue.rules.find(({ id }) => id === 'PC-01.5.attorney')
    const hits: RuleHit[] = []
    for (const [personId, { role }] of registration.persons) {
      if (role !== 'guarantor') continue
      const { file, others } = yield* filesOf(desk, personId)
      const [attorney] = attorneysOf(humanOf(file, others), accountId, { now, today: world.dayOf(now) })
      if (!attorney) continue
      const reason = `an attorney represents the guarantor since ${attorney.effectiveDate}, says person ${personId}`
      const said = precondition('person.represented', reason, 'SendToLegalQueue')
      hits.push(rule ? { ...said, rule: rule.id, citation: rule.citation, jurisdiction: rule.jurisdiction } : said)
    }
    return hits
  })
