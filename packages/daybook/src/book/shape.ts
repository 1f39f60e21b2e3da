import type { Day } from '@daybook/core/kernel'
import type { PolicyVersion } from '@daybook/core/policy'
import type { AppendError, InvalidCommand, ReadError, UnreadableEvent } from '@daybook/core/ports'
import type { NotAMoment, ProjectionError } from '@daybook/projections/runner'
import type { Effect } from 'effect/Effect'
import type { EventPage, EventsRequest, Reached, ViewDefinition, ViewShape } from '../events/contract.ts'
import type { EventType } from '../events/recorded.ts'
import type { AccessUnrecorded, FieldsWithheld } from '../privacy/errors.ts'
import type { BookHealth, Refused } from './answers.ts'
import type { Book, LimitedBook } from './book.ts'
import type {
  DriverMissing,
  InvalidOptions,
  InvalidQuery,
  InvalidRules,
  KeyFault,
  MissingDirectory,
  NotFound,
  PracticeNeeded,
  Rejected,
  UnknownTimeZone,
  UnknownUrl,
  UnsupportedNode,
  ViewsNeeded,
} from './errors.ts'

/** Why a book does not open. `Rejected`: the policy it should begin with says what a policy may not say. */
export type OpenError =
  | UnknownUrl
  | ViewsNeeded
  | DriverMissing
  | MissingDirectory
  | PracticeNeeded
  | UnknownTimeZone
  | UnsupportedNode
  | InvalidOptions
  | InvalidRules
  | Rejected
  | CommandError

/** What a store or a malformed command can answer; a rejection by rules is not among them. */
export type CommandError = AppendError | ReadError | InvalidCommand | UnreadableEvent | KeyFault
/** Why a question gets no answer. */
export type QueryError = ProjectionError | NotAMoment | NotFound | InvalidQuery | AccessUnrecorded | FieldsWithheld

/** Why a log does not move. */
export type MoveError = QueryError | AppendError | UnknownUrl | DriverMissing | MissingDirectory

type Commands =
  | 'open'
  | 'execute'
  | 'openPerson'
  | 'executeOnPerson'
  | 'publishPolicy'
  | 'delegate'
  | 'revokeDelegation'
  | 'release'
  | 'reject'
  | 'dismiss'
  | 'refund'
  | 'deposit'
type Lists = 'accounts' | 'payments' | 'plans' | 'remittances'
type Reports = 'aging' | 'controlAccounts' | 'cash'
type Questions =
  | Lists
  | Reports
  | 'worklist'
  | 'account'
  | 'history'
  | 'explain'
  | 'find'
  | 'check'
  | 'rebuild'
  | 'backup'
  | 'may'
  | 'person'
  | 'statement'
  | 'statementFile'
  | 'accesses'
  | 'disclosures'
  | 'delegations'
type Imports = 'importFile' | 'importContent' | 'importPaths'

/** A method of the book as an effect: a refusal is no answer there, it is the error `Rejected`. */
type Effectful<Method, E> = Method extends (...given: infer Given) => Promise<infer Answer>
  ? (...given: Given) => Effect<Exclude<Answer, Refused>, E>
  : never

/** One practice's book, open: what `Book` has, as effects. The one implementation of both. */
export type DaybookShape = {
  readonly [Name in keyof Pick<Book, Commands>]: Effectful<Book[Name], Rejected | NotFound | CommandError>
} & {
  readonly [Name in keyof Pick<Book, Questions>]: Effectful<Book[Name], QueryError>
} & {
  readonly [Name in keyof Pick<Book, Imports>]: Effectful<Book[Name], CommandError>
} & {
  readonly [Name in keyof Pick<Book, 'export'>]: Effectful<Book[Name], MoveError>
} & {
  readonly [Name in keyof Pick<Book, 'day' | 'handOver'>]: Effectful<Book[Name], QueryError | CommandError>
} & Pick<Book, 'url' | 'notices'> & {
    /** Questions for whoever may see only some fields. */
    readonly limited: { readonly [Name in keyof LimitedBook]: Effectful<LimitedBook[Name], QueryError> }
    /**
     * A page of events, behind what an earlier page has reached: what `events` and `subscribe` are made of. Where there are
     * none yet it waits for them, so many milliseconds; not at all when not given.
     */
    readonly eventPage: (request?: EventsRequest, reached?: Reached, withinMs?: number) => Effect<EventPage, QueryError>
    /** A view of one's own. @throws InvalidQuery for a definition that is none. */
    readonly view: <Type extends EventType, Doc>(definition: ViewDefinition<Type, Doc>) => ViewShape<Doc>
    /** How the book stands: never fails. */
    readonly health: Effect<BookHealth>
    /** The policy in force, with its version. */
    readonly policy: Effect<PolicyVersion, ReadError | UnreadableEvent>
    /** Today, in the practice's zone. */
    readonly today: Effect<Day>
  }
