import { type AccessEvent, SUBJECTS_OF_A_RECORD } from '@daybook/core/access'
import { type FieldSet, fieldsFor, type PurposeOfUse, type Role } from '@daybook/core/policy'
import type { ReadError, UnreadableEvent } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { InvalidQuery } from '../book/errors.ts'
import { asked, questionGiven } from '../book/given.ts'
import { todayOf } from '../book/moments.ts'
import type { OpenBook } from '../book/open-book.ts'
import type { ActorInput } from '../book/requests.ts'
import { type AccessUnrecorded, FieldsWithheld } from './errors.ts'
import { type Limited, limitedTo } from './limited.ts'
import type { Question, Subjects } from './questions.ts'

/** What keeps a question from its answer, beside what the question itself fails with. */
export type LookError = AccessUnrecorded | FieldsWithheld | InvalidQuery | ReadError | UnreadableEvent

/** Who asks, and what of an account they may see. */
interface Looker {
  readonly id: string
  readonly roles: readonly Role[]
  readonly purpose: PurposeOfUse
  readonly shown: readonly FieldSet[]
}

/** The actor of a call: in its last argument that says one. */
const actorIn = (given: readonly unknown[]): unknown =>
  given.findLast((each) => typeof each === 'object' && each !== null && 'actor' in each)

/** The roles with which something is asked: those of the call, else those of the opening. */
export const rolesIn = (book: OpenBook, given: readonly unknown[]): readonly Role[] => {
  const saying = actorIn(given) as { readonly actor?: ActorInput } | undefined
  return saying?.actor ? (saying.actor.roles ?? []) : book.desk.actor.roles
}

const lookerOf = (book: OpenBook, given: readonly unknown[]) =>
  Effect.gen(function* () {
    const saying = actorIn(given) as { readonly actor?: ActorInput } | undefined
    yield* questionGiven(asked, saying?.actor === undefined ? {} : { actor: saying.actor })
    const { policy } = yield* book.refreshPolicy
    const named = saying?.actor
    const roles = rolesIn(book, given)
    const purpose = (named ? named.purpose : undefined) ?? book.purpose
    const looker: Looker = {
      id: named?.id ?? book.desk.actor.id,
      roles,
      purpose,
      shown: fieldsFor(policy.access, roles),
    }
    return looker
  })

/** A process that acts by policy alone is nobody who looks. */
const isPerson = ({ roles }: Looker): boolean => roles.length === 0 || roles.some((role) => role !== 'system')

/** Ids in parts, so that no record is longer than an event may be. */
const partsOf = (ids: readonly string[] = []): readonly (readonly string[])[] => {
  const parts: (readonly string[])[] = []
  for (let at = 0; at < ids.length; at += SUBJECTS_OF_A_RECORD) parts.push(ids.slice(at, at + SUBJECTS_OF_A_RECORD))
  return parts
}

const recordsOf = (
  book: OpenBook,
  { name, needs }: Question,
  { roles, purpose, shown }: Looker,
  outcome: AccessEvent['outcome'],
  { accounts, persons, remittances }: Subjects,
): readonly AccessEvent[] => {
  const lists = { accounts: partsOf(accounts), persons: partsOf(persons), remittances: partsOf(remittances) }
  const length = Math.max(1, ...Object.values(lists).map((parts) => parts.length))
  const sets = needs.filter((each) => shown.includes(each))
  return Array.from({ length }, (_, at): AccessEvent => {
    const [some, people, advices] = [lists.accounts[at], lists.persons[at], lists.remittances[at]]
    return {
      type: 'AccessRecorded',
      effectiveDate: todayOf(book),
      book: book.events.origin,
      question: name,
      roles: [...roles],
      purpose,
      outcome,
      shown: outcome === 'shown' ? [...sets] : [],
      withheld: needs.filter((each) => !shown.includes(each)),
      ...(some ? { accounts: [...some] } : {}),
      ...(people ? { persons: [...people] } : {}),
      ...(advices ? { remittances: [...advices] } : {}),
    }
  })
}

/** Writes down that somebody asked. A process is not written down. */
const recorded = (
  book: OpenBook,
  question: Question,
  looker: Looker,
  outcome: AccessEvent['outcome'],
  subjects: Subjects | undefined,
): Effect.Effect<void, AccessUnrecorded> =>
  subjects && isPerson(looker)
    ? book.accessLog.record({ actor: looker.id, records: recordsOf(book, question, looker, outcome, subjects) })
    : Effect.void

const refusal = ({ name, needs }: Question, { roles, shown }: Looker): FieldsWithheld => {
  const withheld = needs.filter((each) => !shown.includes(each))
  const who = roles.length === 0 ? 'who has no role' : `the role ${roles.join(', ')}`
  const message = `${name} shows ${withheld.join(', ')}, which ${who} may not see (policy access): ask for what may be seen (limited)`
  return new FieldsWithheld({ question: name, withheld, message })
}

/** Where nothing can be written down nobody is shown anything: said before anything is read. */
const placeToRecord = (book: OpenBook, looker: Looker): Effect.Effect<void, AccessUnrecorded> =>
  book.accessLog.address === undefined && isPerson(looker)
    ? book.accessLog.record({ actor: looker.id, records: [] })
    : Effect.void

/** What a question is about: told by its answer, or by what was asked. Undefined: nobody was shown anything. */
type SubjectsOf<Given extends readonly unknown[], A> = (answer: A, ...given: Given) => Subjects | undefined

/**
 * A question whose answer is whole, or not given: who lacks a field set of it is refused. That it was asked stands in the
 * access log before the answer is given.
 */
export const whole =
  <Given extends readonly unknown[], A, E>(
    book: OpenBook,
    question: Question,
    ask: (...given: Given) => Effect.Effect<A, E>,
    subjectsOf: SubjectsOf<Given, A>,
  ) =>
  (...given: Given): Effect.Effect<A, E | LookError> =>
    Effect.gen(function* () {
      const looker = yield* lookerOf(book, given)
      yield* placeToRecord(book, looker)
      if (question.needs.some((each) => !looker.shown.includes(each))) {
        yield* recorded(book, question, looker, 'refused', {})
        return yield* refusal(question, looker)
      }
      const answer = yield* ask(...given)
      yield* recorded(book, question, looker, 'shown', subjectsOf(answer, ...given))
      return answer
    })

/** The same question for whoever may see only some of its answer: the rest is masked. Who may see nothing of it is refused. */
export const limited =
  <Given extends readonly unknown[], A, E>(
    book: OpenBook,
    question: Question,
    ask: (...given: Given) => Effect.Effect<A, E>,
    subjectsOf: SubjectsOf<Given, A>,
  ) =>
  (...given: Given): Effect.Effect<Limited<A>, E | LookError> =>
    Effect.gen(function* () {
      const looker = yield* lookerOf(book, given)
      yield* placeToRecord(book, looker)
      if (!question.needs.some((each) => looker.shown.includes(each))) {
        yield* recorded(book, question, looker, 'refused', {})
        return yield* refusal(question, looker)
      }
      const answer = yield* ask(...given)
      yield* recorded(book, question, looker, 'shown', subjectsOf(answer, ...given))
      return limitedTo(answer, looker.shown)
    })

/** A question whose answer is a file, or goes elsewhere: it is written down before anything is given out. */
export const givenOut =
  <Given extends readonly unknown[], A, E>(
    book: OpenBook,
    question: Question,
    ask: (...given: Given) => Effect.Effect<A, E>,
    subjectsOf: (...given: Given) => Subjects,
  ) =>
  (...given: Given): Effect.Effect<A, E | LookError> =>
    Effect.gen(function* () {
      const looker = yield* lookerOf(book, given)
      const lacks = question.needs.some((each) => !looker.shown.includes(each))
      yield* recorded(book, question, looker, lacks ? 'refused' : 'shown', subjectsOf(...given))
      if (lacks) return yield* refusal(question, looker)
      return yield* ask(...given)
    })
