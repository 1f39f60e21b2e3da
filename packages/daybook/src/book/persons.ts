import { type AccountState, account as aggregate } from '@daybook/core/account'
import {
  type AccountId,
  clearText,
  instant,
  isUuid,
  type PersonId,
  personId,
  precondition,
  shown,
} from '@daybook/core/kernel'
import {
  type MayAnswer,
  type Medium,
  mayContact,
  type PersonCommandInput,
  type PersonState,
} from '@daybook/core/person'
import type { InvalidCommand } from '@daybook/core/ports'
import {
  accountContext,
  accountStream,
  type Desk,
  executeOnPerson,
  filesOf,
  firstReceipt,
  load,
  ofAccountIn,
} from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import type { Accepted } from './answers.ts'
import { deskFor, deskOf } from './desk.ts'
import {
  type InvalidQuery,
  invalidCommand,
  invalidQuery,
  NotFound,
  noAccount,
  orFault,
  type Rejected,
  rejected,
} from './errors.ts'
import { asked, commandGiven, commandOptions, mayAsked, nameAsked, openPersonInput, questionGiven } from './given.ts'
import { todayOf } from './moments.ts'
import type { OpenBook } from './open-book.ts'
import type { MayReply, PersonPage, ReplyWay } from './person-answers.ts'
import { pageOf } from './person-page.ts'
import type { CommandOptions, MayRequest } from './requests.ts'
import type { CommandError, DaybookShape } from './shape.ts'

const noPerson = (id: string): NotFound =>
  new NotFound({ kind: 'person', id, message: `there is no person ${shown(id)} in this book` })

const idOf = (given: string): Effect.Effect<PersonId, InvalidCommand> => {
  const id = personId.safeParse(given)
  if (id.success && isUuid(id.data)) return Effect.succeed(id.data)
  return Effect.fail(invalidCommand('person', `a person has a UUID in lower case for an id, not ${shown(given)}`))
}

const issue = (
  book: OpenBook,
  given: string,
  command: PersonCommandInput,
  options: CommandOptions,
): Effect.Effect<Accepted, Rejected | NotFound | CommandError> =>
  Effect.gen(function* () {
    yield* commandGiven(commandOptions, options)
    const id = yield* idOf(given)
    yield* book.refreshPolicy
    yield* book.beforeWriting
    const desk = yield* deskFor(book, options)
    const commandId = options.commandId ?? desk.service.world.uuid()
    const outcome = yield* orFault(executeOnPerson(desk, id, command, commandId, options.cause))
    if (outcome.ok) return 'nothingToDo' in outcome ? outcome : yield* firstReceipt(book.events, outcome)
    const unknown = outcome.hits.some(({ rule }) => rule === 'person.notOpen')
    return yield* unknown ? noPerson(id) : rejected(outcome)
  })

export const executeOnPersonIn =
  (book: OpenBook): DaybookShape['executeOnPerson'] =>
  (person, command, options = {}) => {
    const given: { readonly type?: unknown; readonly personId?: unknown } | null = command
    return given?.type === 'OpenPerson' && given.personId !== person
      ? Effect.fail(invalidCommand('personId', `is not the person ${shown(person)} that the command is given to`))
      : issue(book, person, command, options)
  }

export const openPersonIn =
  (book: OpenBook): DaybookShape['openPerson'] =>
  (input) =>
    Effect.gen(function* () {
      yield* commandGiven(openPersonInput, input)
      const { person: named, on = todayOf(book), name, born, account, role = 'guarantor', ...options } = input
      const { world } = book.desk.service
      const person = (named ?? world.uuid()) as PersonId
      const commandId = options.commandId ?? world.uuid()
      const who = { ...(name === undefined ? {} : { name }), ...(born === undefined ? {} : { born }) }
      const opened = yield* issue(
        book,
        person,
        { type: 'OpenPerson', personId: person, on, ...who },
        { ...options, commandId },
      )
      if (account === undefined) return { person, ...opened }
      const naming = { ...options, commandId: `${commandId}:account` }
      yield* issue(book, person, { type: 'NameAccount', on, account, role }, naming)
      return { person, ...opened }
    })

/** Whom the account is asked about: the person that is named, else the guarantor. */
const personOf = (
  account: string,
  { registration: { persons } }: AccountState,
  named: string | undefined,
): Effect.Effect<PersonId | undefined, InvalidQuery> => {
  if (named !== undefined) {
    const id = [...persons.keys()].find((each) => each === named)
    return id === undefined
      ? Effect.fail(invalidQuery('person', `${shown(named)} does not stand behind account ${shown(account)}`))
      : Effect.succeed(id)
  }
  const guarantors = [...persons].filter(([, { role }]) => role === 'guarantor').map(([id]) => id)
  const [only, another] = guarantors
  if (only && another) {
    return Effect.fail(
      invalidQuery('person', `several are guarantors, such as ${guarantors.slice(0, 3).join(', ')}: name one`),
    )
  }
  return Effect.succeed(only)
}

const nobody = precondition('contact.nobody', 'no person is named as guarantor of this account', 'OpenPerson')

const wayOf = (state: PersonState, way: MayAnswer['ways'][number]): ReplyWay => {
  const added = state.data.get(way.datum)?.added
  return { ...way, kind: added?.kind ?? 'phone', place: added?.place ?? 'other', value: clearText(added?.value) }
}

const attorneyOf = ({ name, reach }: NonNullable<MayAnswer['attorneys']>[number]) => ({
  name: clearText(name),
  ...(reach === undefined ? {} : { reach: clearText(reach) }),
})

const asking = (desk: Desk, at: string | undefined) => {
  const { world } = desk.service
  const now = at === undefined ? world.now() : instant.parse(at)
  return accountContext(desk)({ commandId: '', stream: '', now, today: world.dayOf(now), actor: desk.actor })
}

export const mayIn = (book: OpenBook): DaybookShape['may'] =>
  Effect.fn('Daybook.may')(function* (request: MayRequest) {
    yield* questionGiven(mayAsked, request)
    const { account, by, at, person: named, actor, ...more } = request
    if (at !== undefined && !instant.safeParse(at).success) {
      return yield* invalidQuery('at', `${shown(at)} is not an instant in UTC (YYYY-MM-DDTHH:MM:SS.mmmZ)`)
    }
    yield* book.refreshPolicy
    const desk = deskOf(book, { ...(actor ? { actor } : {}) })
    const { state } = yield* load(desk.service, aggregate, accountStream(account))
    if (!state.registration.account) return yield* noAccount(account)
    const person = yield* personOf(account, state, named)
    const context = asking(desk, at)
    const given = { ...context, ofAccount: ofAccountIn(state, context) }
    const medium = by as Medium
    const about = { account: account as AccountId }
    if (person === undefined) {
      const reply: MayReply = { ...about, allowed: false, at: given.now, medium, ways: [], hits: [nobody] }
      return reply
    }
    const { file: found, others } = yield* filesOf(desk, person)
    const { attorneys, ...answer } = mayContact(found, { ...about, medium, ...(more as object) }, { ...given, others })
    const name = clearText(found.person?.name)
    const reply: MayReply = {
      ...about,
      person,
      ...(name === '' ? {} : { name }),
      ...answer,
      ways: answer.ways.map((way) => wayOf(found, way)),
      ...(attorneys ? { attorneys: attorneys.map(attorneyOf) } : {}),
    }
    return reply
  })

export const personIn = (book: OpenBook): DaybookShape['person'] =>
  Effect.fn('Daybook.person')(function* (id, options = {}) {
    yield* questionGiven(nameAsked, id, 'id')
    yield* questionGiven(asked, options)
    const { file, others } = yield* filesOf(book.desk, id as PersonId)
    if (!file.person) return yield* noPerson(id)
    const page: PersonPage = pageOf(file, todayOf(book), others?.files ?? [])
    return page
  })
