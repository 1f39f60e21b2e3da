import * as Effect from 'effect/Effect'
import type { Given } from '../account/context.ts'
import type { AccountState } from '../account/rooms.ts'
import { type RuleHit, reject } from '../kernel/decision.ts'
import type { AccountId, PersonId } from '../kernel/ids.ts'
import { personStream } from '../kernel/streams.ts'
import type { PersonCommand } from '../person/commands.ts'
import { type ContactCommand, contactCommands } from '../person/contact-commands.ts'
import type { PersonContext } from '../person/context.ts'
import { person } from '../person/person.ts'
import { accountContext, type Desk, loadAccount } from './desk.ts'
import { issue } from './execute.ts'
import { beginOnPerson, judgeOnPerson, leaveOnPerson, reportedOnPerson } from './group-commands.ts'
import { completedLink, linkOf, refusedByAccount, tellAccount, toldOfLink } from './links.ts'
import { notBilled } from './not-billed.ts'
import { parseTyped } from './parse-command.ts'
import type { ContextOf, ExecuteError, Issued, Outcome } from './service.ts'

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
    const unfounded = yield* refusedByAccount(desk, link)
    if (unfounded.length > 0) return reject(unfounded as [RuleHit, ...RuleHit[]])
    const about = command.type === 'EndAccount' || isOfAccount(command) ? command.account : undefined
    if (about !== undefined) yield* completedLink(desk, about, personId, commandId)
    const ofAccount = yield* ofAccountOf(desk, command)
    const ofDesk = accountContext(desk)
    const contextOf: ContextOf<PersonContext> = (at) => {
      const context = ofDesk(at)
      return { ...context, ofAccount: ofAccount(context) }
    }
    const issued: Issued = { commandId, actor: desk.actor, ...(cause ? { cause } : {}) }
    const asked = { person: personId, given, issued, contextOf }
    if (command.type === 'BeginContact') return yield* beginOnPerson(desk, { ...asked, command })
    if (command.type === 'JudgeLikePerson') return yield* judgeOnPerson(desk, { ...asked, command })
    if (command.type === 'LeaveGroup') return yield* leaveOnPerson(desk, { ...asked, command })
    if (contacts.has(command.type)) return yield* reportedOnPerson(desk, { ...asked, command })
    const outcome = yield* issue(desk.service, person, contextOf, personStream(personId), command, issued, {
      given,
      before: (events) => (events.length > 0 ? tellAccount(desk, personId, link) : Effect.void),
    })
    // Said before, and the account may have been told otherwise since, by itself.
    if (outcome.ok && 'nothingToDo' in outcome) yield* tellAccount(desk, personId, link)
    if (outcome.ok && link) yield* toldOfLink(desk, link.account, link.command, commandId)
    return outcome
  })
