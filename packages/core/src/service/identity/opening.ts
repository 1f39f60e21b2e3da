import * as Effect from 'effect/Effect'
import type { account } from '../../account/account.ts'
import type { Asked } from '../../account/claims/identity/asked.ts'
import type { AccountCommand, AccountEvent, AccountState } from '../../account/rooms.ts'
import { identifierOf } from '../../documents/patients.ts'
import { clearOf } from '../../kernel/classes.ts'
import { precondition, type RuleHit, reject } from '../../kernel/decision.ts'
import type { AccountId } from '../../kernel/ids.ts'
import type { Desk } from '../desk.ts'
import { guardedAccount } from '../guarded.ts'
import type { ExecuteError } from '../service.ts'
import { noteMember } from './payers.ts'
import type { Place } from './place.ts'

// A visit is noted under its number, and its person under theirs, before its account opens it (decision 0012).

/** What names a claim of a visit: its number must be noted before the claim is posted. */
const naming: ReadonlySet<AccountEvent['type']> = new Set(['VisitOpened', 'ClaimSubmitted', 'ClaimAdjudicated'])

/** A claim whose decision is about to be written. */
export interface Before<F> {
  readonly accountId: AccountId
  readonly asked: Pick<Asked, 'payer' | 'patient'>
  /** Notes the visit, or its further number. */
  readonly noting: Effect.Effect<void, F>
  /** The claim's own member id is noted with the visit. */
  readonly notesMember: boolean
}

/** The members whom a decision adds, by whatever payer: each payer's claims and advices look for them. */
const membersIn = <F>(events: readonly AccountEvent[], { asked, notesMember }: Before<F>) =>
  events.flatMap((event) => {
    if (event.type !== 'CoverageAdded') return []
    const id = clearOf(event.memberId) ?? ''
    const isOwn = event.payerId === asked.payer.payerId && identifierOf({ id }) === identifierOf(asked.patient)
    return notesMember && isOwn ? [] : [{ event, id }]
  })

/** For `Task.before` of a claim: what must be noted where its decision opens the visit, gives it a number, or adds a member. */
export const noteBefore =
  <F>(desk: Desk, before: Before<F>) =>
  (events: readonly AccountEvent[]): Effect.Effect<void, F | ExecuteError> => {
    const { accountId, noting } = before
    const members = membersIn(events, before).map(({ event, id }) =>
      noteMember(desk, event, id, { accountId, patientId: event.patientId }, event.effectiveDate),
    )
    const visit = events.some(({ type }) => naming.has(type)) ? [noting] : []
    return Effect.all([...visit, ...members], { concurrency: 'unbounded', discard: true })
  }

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
