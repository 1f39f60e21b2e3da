import * as Effect from 'effect/Effect'
import type { account } from '../../account/account.ts'
import type { AccountCommand, AccountEvent, AccountState } from '../../account/rooms.ts'
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

const visitIn = (
  { registration }: AccountState,
  command: AccountCommand,
  { place, mayOpen }: { readonly place: Place; readonly mayOpen: boolean },
): AccountCommand => {
  if (command.type === 'RecordSubmittedClaim') {
    return registration.visits.has(place.visitId) ? { ...command, visit: { known: place.visitId } } : command
  }
  if (command.type !== 'PostRemittedClaims') return command
  if (registration.visits.has(place.visitId)) {
    const adds = 'known' in command.visit && command.visit.adds ? { adds: true } : {}
    return { ...command, visit: { known: place.visitId, ...adds } }
  }
  return mayOpen ? { ...command, visit: { open: { ...place } } } : command
}

/**
 * The account as a claim finds it: of all claims that come for a noted visit, the first opens it and the others find it
 * open, however their commands call it.
 */
export const openedOnce = (place: Place, mayOpen: boolean): typeof account => ({
  ...guardedAccount,
  decide: (state, command, context) =>
    guardedAccount.decide(state, visitIn(state, command, { place, mayOpen }), context),
})
