import * as Effect from 'effect/Effect'
import { account } from '../account/account.ts'
import { type Given, momentOf } from '../account/context.ts'
import { type Behind, type NextAction, nextActionOf } from '../account/next-action.ts'
import type { AccountState } from '../account/rooms.ts'
import type { Instant } from '../kernel/day.ts'
import type { AccountId } from '../kernel/ids.ts'
import { accountStream } from '../kernel/streams.ts'
import { contactFacts, dataFor } from '../person/gate-facts.ts'
import { mayContact, questionOf } from '../person/may.ts'
import type { ReadError, UnreadableEvent } from '../ports/errors.ts'
import { accountContext, type Desk } from './desk.ts'
import { glancing } from './glance.ts'
import { load, loadAhead } from './load.ts'
import { ofAccountIn } from './person-commands.ts'
import { type Files, filesOf } from './person-files.ts'
import { guarantorOf, writingTo } from './writing.ts'

const isTrue = (
  facts: ReturnType<typeof contactFacts>,
  name: 'person.ceased' | 'person.represented' | 'person.vulnerable',
) => {
  const fact = facts[name]
  return fact?.known === true && fact.value
}

/** What a person's files say of reaching them about an account, for the table of next actions. */
const behindOf = ({ file, others }: Files, account: AccountId, state: AccountState, given: Given): Behind => {
  const facts = contactFacts(file, questionOf({ account, medium: 'call' }), momentOf(given, given.today), others)
  const asking = { ...given, ofAccount: ofAccountIn(state, given), others }
  return {
    special: [
      ...(isTrue(facts, 'person.ceased') ? ['they asked in writing that nobody contacts them (CT-04)'] : []),
      ...(isTrue(facts, 'person.represented') ? ['an attorney speaks for them (CT-05)'] : []),
    ],
    vulnerable: isTrue(facts, 'person.vulnerable'),
    reachable: (['call', 'mail'] as const).some((medium) => dataFor(file, medium, given.today).length > 0),
    may: (medium) => {
      const { allowed, hits, ways, earliest } = mayContact(file, { account, medium }, asking)
      const against = [...hits, ...ways.flatMap((way) => way.hits)]
      const each = new Map(against.map((hit) => [`${hit.rule} ${hit.reason}`, hit] as const))
      return { allowed, hits: [...each.values()], earliest }
    },
  }
}

/** By all that its own stream and its guarantor's say. */
const nextStepOf = (
  desk: Desk,
  accountId: AccountId,
  at: Instant,
): Effect.Effect<NextAction, ReadError | UnreadableEvent> =>
  Effect.gen(function* () {
    const { world } = desk.service
    const { state } = yield* load(desk.service, account, accountStream(accountId))
    const writing = yield* writingTo(desk, accountId, state)
    const ask = accountContext(desk, writing)
    const given = ask({ commandId: '', stream: '', now: at, today: world.dayOf(at), actor: desk.actor })
    const guarantor = guarantorOf(state)
    const found = guarantor === undefined ? undefined : yield* filesOf(desk, guarantor)
    return nextActionOf(state, given, found && behindOf(found, accountId, state, given))
  })

/** Accounts whose streams are read together. */
const AT_ONCE = 256

/**
 * The next best action of each account, now. Accounts are read many in a round trip, and whoever answers for several of them once.
 * Writes nothing.
 */
export const nextStepsOf = (
  desk: Desk,
  accounts: readonly AccountId[],
  at: Instant = desk.service.world.now(),
): Effect.Effect<ReadonlyMap<AccountId, NextAction>, ReadError | UnreadableEvent> =>
  Effect.gen(function* () {
    const batch = glancing(desk)
    const steps = new Map<AccountId, NextAction>()
    const all = [...new Set(accounts)]
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const some = all.slice(from, from + AT_ONCE)
      yield* loadAhead(batch.service, account, some.map(accountStream))
      for (const each of some) {
        steps.set(each, yield* nextStepOf(batch, each, at))
        yield* Effect.yieldNow
      }
    }
    return steps
  })
