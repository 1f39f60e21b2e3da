import * as Effect from 'effect/Effect'
import { type Given, momentOf } from '../account/context.ts'
import { type Behind, type NextAction, nextActionOf } from '../account/next-action.ts'
import type { AccountState } from '../account/rooms.ts'
import type { Instant } from '../kernel/day.ts'
import type { AccountId } from '../kernel/ids.ts'
import { contactFacts, dataFor } from '../person/gate-facts.ts'
import { mayContact, questionOf } from '../person/may.ts'
import type { PersonState } from '../person/state.ts'
import type { ReadError, UnreadableEvent } from '../ports/errors.ts'
import { accountContext, type Desk } from './desk.ts'
import { loadPerson, ofAccountIn } from './person-commands.ts'
import { guarantorOf, writingTo } from './writing.ts'

const isTrue = (
  facts: ReturnType<typeof contactFacts>,
  name: 'person.ceased' | 'person.represented' | 'person.vulnerable',
) => {
  const fact = facts[name]
  return fact?.known === true && fact.value
}

/** What a person's stream says of reaching them about an account, for the table of next actions. */
const behindOf = (found: PersonState, account: AccountId, state: AccountState, given: Given): Behind => {
  const facts = contactFacts(found, questionOf({ account, medium: 'call' }), momentOf(given, given.today))
  const asking = { ...given, ofAccount: ofAccountIn(state, given) }
  return {
    special: [
      ...(isTrue(facts, 'person.ceased') ? ['they asked in writing that nobody contacts them (CT-04)'] : []),
      ...(isTrue(facts, 'person.represented') ? ['an attorney speaks for them (CT-05)'] : []),
    ],
    vulnerable: isTrue(facts, 'person.vulnerable'),
    reachable: (['call', 'mail'] as const).some((medium) => dataFor(found, medium, given.today).length > 0),
    may: (medium) => {
      const { allowed, hits, ways, earliest } = mayContact(found, { account, medium }, asking)
      const against = [...hits, ...ways.flatMap((way) => way.hits)]
      const each = new Map(against.map((hit) => [`${hit.rule} ${hit.reason}`, hit] as const))
      return { allowed, hits: [...each.values()], earliest }
    },
  }
}

/** The next best action of an account, now, by all that its own stream and its guarantor's say. Writes nothing. */
export const nextStepOf = (
  desk: Desk,
  account: AccountId,
  state: AccountState,
  at: Instant = desk.service.world.now(),
): Effect.Effect<NextAction, ReadError | UnreadableEvent> =>
  Effect.gen(function* () {
    const { world } = desk.service
    const writing = yield* writingTo(desk, account, state)
    const ask = accountContext(desk, writing)
    const given = ask({ commandId: '', stream: '', now: at, today: world.dayOf(at), actor: desk.actor })
    const guarantor = guarantorOf(state)
    const found = guarantor === undefined ? undefined : yield* loadPerson(desk, guarantor)
    return nextActionOf(state, given, found && behindOf(found, account, state, given))
  })
