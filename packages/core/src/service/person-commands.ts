import * as Effect from 'effect/Effect'
import type { Given } from '../account/context.ts'
import type { AccountCommand, AccountState } from '../account/rooms.ts'
import { type RuleHit, reject } from '../kernel/decision.ts'
import type { AccountId, PersonId } from '../kernel/ids.ts'
import { personStream } from '../kernel/streams.ts'
import type { PersonCommand } from '../person/commands.ts'
import { type ContactCommand, contactCommands } from '../person/contact-commands.ts'
import type { PersonContext } from '../person/context.ts'
import { person } from '../person/person.ts'
import type { PersonState } from '../person/state.ts'
import type { ReadError, UnreadableEvent } from '../ports/errors.ts'
import { accountContext, type Desk, issueToAccount, loadAccount, refusalOf } from './desk.ts'
import { issue } from './execute.ts'
import { load } from './load.ts'
import { notBilled } from './not-billed.ts'
import { parseTyped } from './parse-command.ts'
import type { ExecuteError, Issued, Outcome } from './service.ts'

export const loadPerson = (desk: Desk, personId: string): Effect.Effect<PersonState, ReadError | UnreadableEvent> =>
  Effect.map(load(desk.service, person, personStream(personId)), ({ state }) => state)

interface Link {
  readonly account: AccountId
  readonly command: AccountCommand
  readonly commandId: string
}

/** What the account is told of who stands behind it, where a command says that. */
const linkOf = (command: PersonCommand, person: PersonId, commandId: string): Link | undefined => {
  if (command.type !== 'NameAccount' && command.type !== 'EndAccount') return undefined
  const { on, account } = command
  return {
    account,
    command:
      command.type === 'NameAccount'
        ? { type: 'LinkPerson', on, person, role: command.role }
        : { type: 'UnlinkPerson', on, person, reason: 'said of the person' },
    commandId: `${commandId}:account:${account}`,
  }
}

/** Why the account would not take it: nobody has opened it, or its books begin later. Both say it, or neither. */
const refusedBy = (desk: Desk, link: Link | undefined): Effect.Effect<readonly RuleHit[], ExecuteError> =>
  link ? refusalOf(desk, link.account, link.command, link.commandId) : Effect.succeed([])

/** The account learns who stands behind it before the person's own stream says so: whoever reads the one finds the other. */
const linked = (desk: Desk, person: PersonId, link: Link | undefined): Effect.Effect<void, ExecuteError> =>
  link
    ? Effect.asVoid(issueToAccount(desk, link.account, link.command, link.commandId, { cause: { person } }))
    : Effect.void

/** What the account that a contact is about has against it, as far as the person's own stream does not know. */
const ofAccountOf = (
  desk: Desk,
  command: PersonCommand,
): Effect.Effect<(context: Given) => PersonContext['ofAccount'], ExecuteError> => {
  if (!isOfAccount(command)) return Effect.succeed(() => undefined)
  return Effect.map(loadAccount(desk, command.account), (state) => (context) => ofAccountIn(state, context))
}

/** The same of one account that is known. */
export const ofAccountIn =
  (state: AccountState, context: Given): NonNullable<PersonContext['ofAccount']> =>
  (account, on) =>
    state.registration.account?.accountId === account ? notBilled(state, context, on) : []

type OfAccount = Extract<ContactCommand, { readonly account: AccountId }>
const contacts: ReadonlySet<PersonCommand['type']> = new Set(contactCommands.map(({ shape }) => shape.type.value))
const isOfAccount = (command: PersonCommand): command is OfAccount => contacts.has(command.type) && 'account' in command

/** A command on a person: decided on their own stream, which counts for all of their accounts (decision 0015). */
export const executeOnPerson = (
  desk: Desk,
  personId: PersonId,
  given: unknown,
  commandId: string,
  cause?: Issued['cause'],
): Effect.Effect<Outcome, ExecuteError> =>
  Effect.gen(function* () {
    const command = yield* parseTyped(person, given)
    const link = linkOf(command, personId, commandId)
    const unfounded = yield* refusedBy(desk, link)
    if (unfounded.length > 0) return reject(unfounded as [RuleHit, ...RuleHit[]])
    const ofAccount = yield* ofAccountOf(desk, command)
    const contextOf = accountContext(desk)
    return yield* issue(
      desk.service,
      person,
      (given) => {
        const context = contextOf(given)
        return { ...context, ofAccount: ofAccount(context) }
      },
      personStream(personId),
      command,
      { commandId, actor: desk.actor, ...(cause ? { cause } : {}) },
      { given, before: (events) => (events.length > 0 ? linked(desk, personId, link) : Effect.void) },
    )
  })
