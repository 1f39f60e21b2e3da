import * as Effect from 'effect/Effect'
import type { account } from '../../account/account.ts'
import type { AccountCommand, AccountEvent, AccountState } from '../../account/rooms.ts'
import { precondition, type RuleHit, reject } from '../../kernel/decision.ts'
import { guardedAccount } from '../guarded.ts'
import type { Place } from './place.ts'

// A visit is noted under its number, and its person under theirs, before its account opens it (decision 0012).

/** What names a claim of a visit: its number must be noted before the claim is posted. */
const naming: ReadonlySet<AccountEvent['type']> = new Set(['VisitOpened', 'ClaimSubmitted', 'ClaimAdjudicated'])

/** For `Task.before` of a claim: what must be noted where its decision opens the visit, or gives it a number. */
export const noteBefore =
  <F>(noting: Effect.Effect<void, F>) =>
  (events: readonly AccountEvent[]): Effect.Effect<void, F> =>
    events.some(({ type }) => naming.has(type)) ? noting : Effect.void

/** Where a claim goes, and what was seen there when its visit was looked for. */
export interface Seen {
  readonly place: Place
  /** The visit was there, and is that of the claim. */
  readonly isThere: boolean
  /** How many visits the account had; absent where nobody counted. */
  readonly visits?: number | undefined
  /** An advice opens what is missing. */
  readonly mayOpen?: boolean
}

const visitIn = (
  { registration }: AccountState,
  command: AccountCommand,
  { place, mayOpen = false }: Pick<Seen, 'place' | 'mayOpen'>,
): AccountCommand => {
  if (command.type !== 'PostRemittedClaims') return command
  if (registration.visits.has(place.visitId)) {
    const known = 'known' in command.visit ? command.visit : {}
    return { ...command, visit: { ...known, known: place.visitId } }
  }
  return mayOpen ? { ...command, visit: { open: { ...place } } } : command
}

const OPENED_MEANWHILE = 'the account has opened a visit since the visit of this claim was looked for'

/** Whoever is refused so looks again for the visit of its claim. */
export const isOpenedMeanwhile = ({ reason }: RuleHit): boolean => reason === OPENED_MEANWHILE

/**
 * The account as a claim finds it. Where it has opened the visit of the claim since, or another one, the claim may be of
 * that: it opens nothing beside it, and is looked at again (decision 0012). A command that was taken before is answered
 * by its first receipt all the same.
 */
export const openedOnce = (seen: Seen): typeof account => ({
  ...guardedAccount,
  decide: (state, command, context) => {
    const { visits } = state.registration
    const { place, isThere } = seen
    if (!isThere && (visits.has(place.visitId) || visits.size > (seen.visits ?? visits.size))) {
      return reject([precondition('match', OPENED_MEANWHILE)])
    }
    return guardedAccount.decide(state, visitIn(state, command, seen), context)
  },
})
