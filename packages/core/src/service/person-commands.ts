import * as Effect from 'effect/Effect'
import type { Day } from '../kernel/day.ts'
import { precondition, type RuleHit, reject } from '../kernel/decision.ts'
import type { AccountId, PersonId } from '../kernel/ids.ts'
import { personStream } from '../kernel/streams.ts'
import type { PersonCommand } from '../person/commands.ts'
import type { PersonEvent } from '../person/events.ts'
import { person } from '../person/person.ts'
import type { PersonState } from '../person/state.ts'
import type { ReadError, UnreadableEvent } from '../ports/errors.ts'
import { accountContext, type Desk, issueToAccount, loadAccount } from './desk.ts'
import { issue } from './execute.ts'
import { load } from './load.ts'
import { parseCommand } from './parse-command.ts'
import type { ExecuteError, Issued, Outcome } from './service.ts'

export const loadPerson = (desk: Desk, personId: string): Effect.Effect<PersonState, ReadError | UnreadableEvent> =>
  Effect.map(load(desk.service, person, personStream(personId)), ({ state }) => state)

/** An account that nobody has opened has nobody behind it. */
const accountHits = (desk: Desk, command: PersonCommand): Effect.Effect<readonly RuleHit[], ExecuteError> =>
  command.type === 'NameAccount'
    ? Effect.map(loadAccount(desk, command.account), ({ registration }) =>
        registration.account
          ? []
          : [precondition('registration.notOpen', `account ${command.account} has not been opened`, 'open it first')],
      )
    : Effect.succeed([])

/** The account learns who stands behind it before the person's own stream says so: whoever reads the one finds the other. */
const linked = (
  desk: Desk,
  personId: PersonId,
  commandId: string,
  events: readonly PersonEvent[],
): Effect.Effect<void, ExecuteError> => {
  const tell = (account: AccountId, on: Day, more: { role: PersonRole } | { reason: string }) =>
    issueToAccount(
      desk,
      account,
      'role' in more
        ? { type: 'LinkPerson', on, person: personId, role: more.role }
        : { type: 'UnlinkPerson', on, person: personId, reason: more.reason },
      `${commandId}:account:${account}`,
      { cause: { person: personId } },
    )
  const telling = events.flatMap((event) => {
    const { effectiveDate: on } = event
    if (event.type === 'PersonAccountNamed') return [tell(event.accountId, on, { role: event.role })]
    if (event.type === 'PersonAccountEnded') return [tell(event.accountId, on, { reason: 'said of the person' })]
    return []
  })
  return Effect.all(telling, { discard: true })
}
type PersonRole = Extract<PersonEvent, { type: 'PersonAccountNamed' }>['role']

/** A command on a person: decided on their own stream, which counts for all of their accounts (decision 0015). */
export const executeOnPerson = (
  desk: Desk,
  personId: PersonId,
  given: unknown,
  commandId: string,
  cause?: Issued['cause'],
): Effect.Effect<Outcome, ExecuteError> =>
  Effect.gen(function* () {
    const command = yield* parseCommand(person, given)
    const unfounded = yield* accountHits(desk, command)
    if (unfounded.length > 0) return reject(unfounded as [RuleHit, ...RuleHit[]])
    return yield* issue(
      desk.service,
      person,
      accountContext(desk),
      personStream(personId),
      command,
      { commandId, actor: desk.actor, ...(cause ? { cause } : {}) },
      { given, before: (events) => linked(desk, personId, commandId, events) },
    )
  })
