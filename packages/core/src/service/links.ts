import * as Effect from 'effect/Effect'
import type { AccountCommand, AccountState } from '../account/rooms.ts'
import { precondition, type RuleHit } from '../kernel/decision.ts'
import type { AccountId, PersonId } from '../kernel/ids.ts'
import { personStream } from '../kernel/streams.ts'
import type { PersonCommand } from '../person/commands.ts'
import { person } from '../person/person.ts'
import type { PersonState } from '../person/state.ts'
import { accountContext, type Desk, issueToAccount, loadAccount, refusalOf } from './desk.ts'
import { issue } from './execute.ts'
import { loadPerson } from './person-files.ts'
import type { ExecuteError, Outcome } from './service.ts'

// Who stands behind an account is said on two streams, the account's and the person's (decision 0015), and means one thing.
// Whichever is told, the other learns of it; what a killed process left said on one side alone is completed by whoever next
// meets it. The account is told first: what it says of the person is what the person's own file is made to say.

export interface Link {
  readonly account: AccountId
  readonly command: Extract<AccountCommand, { type: 'LinkPerson' | 'UnlinkPerson' }>
  readonly commandId: string
}

/** What the account is told of who stands behind it, where a command on the person says that. */
export const linkOf = (command: PersonCommand, personId: PersonId, commandId: string): Link | undefined => {
  if (command.type !== 'NameAccount' && command.type !== 'EndAccount') return undefined
  const { on, account } = command
  return {
    account,
    command:
      command.type === 'NameAccount'
        ? { type: 'LinkPerson', on, person: personId, role: command.role }
        : { type: 'UnlinkPerson', on, person: personId, reason: 'said of the person' },
    commandId: `${commandId}:account:${account}`,
  }
}

/** Why the account would not take it: nobody has opened it, or its books begin later. Both say it, or neither. */
export const refusedByAccount = (
  desk: Desk,
  link: Link | undefined,
): Effect.Effect<readonly RuleHit[], ExecuteError> =>
  link ? refusalOf(desk, link.account, link.command, link.commandId) : Effect.succeed([])

/** The account learns who stands behind it. */
export const tellAccount = (
  desk: Desk,
  personId: PersonId,
  link: Link | undefined,
): Effect.Effect<void, ExecuteError> =>
  link
    ? Effect.asVoid(issueToAccount(desk, link.account, link.command, link.commandId, { cause: { person: personId } }))
    : Effect.void

const tellPerson = (
  desk: Desk,
  personId: PersonId,
  command: Extract<PersonCommand, { type: 'NameAccount' | 'EndAccount' }>,
  commandId: string,
): Effect.Effect<Outcome, ExecuteError> =>
  issue(desk.service, person, accountContext(desk), personStream(personId), command, {
    commandId,
    actor: desk.actor,
    cause: { account: command.account },
  })

/**
 * Makes the person's file say of the account what the account says of the person; nothing where it does.
 * `commandId` begins the name of the command, so that a retry gives the same one.
 */
const agree = (
  desk: Desk,
  account: AccountState,
  file: PersonState,
  {
    accountId,
    personId,
    commandId,
  }: { readonly accountId: AccountId; readonly personId: PersonId; readonly commandId: string },
): Effect.Effect<void, ExecuteError> => {
  const said = account.registration.persons.get(personId)
  const says = file.accounts.get(accountId)
  if (!file.person || said?.role === says?.role) return Effect.void
  const { service } = desk
  const on = said?.effectiveDate ?? service.world.dayOf(service.world.now())
  const command: Parameters<typeof tellPerson>[2] = said
    ? { type: 'NameAccount', on, account: accountId, role: said.role }
    : { type: 'EndAccount', on, account: accountId, reason: 'said of the account' }
  return Effect.asVoid(tellPerson(desk, personId, command, `${commandId}:person:${personId}`))
}

/** Why a person can not be named behind an account: nobody has opened them, and their file could not say so. */
export const personHits = (desk: Desk, command: AccountCommand): Effect.Effect<readonly RuleHit[], ExecuteError> =>
  Effect.gen(function* () {
    if (command.type !== 'LinkPerson') return []
    const { person: known } = yield* loadPerson(desk, command.person)
    return known
      ? []
      : [precondition('person.unknown', `there is no person ${command.person} in this book`, 'open the person first')]
  })

/** The person's file learns what the account was told. */
export const toldOfLink = (
  desk: Desk,
  accountId: AccountId,
  command: AccountCommand,
  commandId: string,
): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    if (command.type !== 'LinkPerson' && command.type !== 'UnlinkPerson') return
    const { person: personId } = command
    const account = yield* loadAccount(desk, accountId)
    yield* agree(desk, account, yield* loadPerson(desk, personId), { accountId, personId, commandId })
  })

/** Who meets a person about an account that names them, and whose file does not have it, completes that first. */
export const completedLink = (
  desk: Desk,
  accountId: AccountId,
  personId: PersonId,
  commandId: string,
): Effect.Effect<void, ExecuteError> =>
  Effect.gen(function* () {
    const file = yield* loadPerson(desk, personId)
    if (file.accounts.has(accountId)) return
    const account = yield* loadAccount(desk, accountId)
    if (account.registration.persons.has(personId))
      yield* agree(desk, account, file, { accountId, personId, commandId })
  })
