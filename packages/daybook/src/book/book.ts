import type { AccountCommandInput } from '@daybook/core/account'
import type { DepositCommandInput } from '@daybook/core/deposit'
import type { AccountId, Day } from '@daybook/core/kernel'
import type { PersonCommandInput } from '@daybook/core/person'
import type { PolicyVersion, PracticePolicy } from '@daybook/core/policy'
import type { Explanation, NothingToExplain } from '@daybook/projections/explanation'
import type { AccountRow, PaymentRow, PlanRow, RemittanceRow } from '@daybook/projections/lists'
import type { EventsRequest, OwnView, SubscribeRequest, ViewDefinition } from '../events/contract.ts'
import type { EventType, RecordedEvent } from '../events/recorded.ts'
import type { ContentOptions, FileReport, ImportContent, ImportOptions, ImportReport } from '../import/report.ts'
import type { Access, AccessesRequest } from '../privacy/access-answers.ts'
import type { Disclosures, DisclosuresRequest } from '../privacy/disclosure-answers.ts'
import type { Limited } from '../privacy/limited.ts'
import type {
  Accepted,
  AccountPage,
  Aging,
  BackupReport,
  BookHealth,
  Cash,
  CheckReport,
  ControlAccounts,
  DayReport,
  Decided,
  Delegated,
  DelegationShown,
  Deposited,
  Found,
  HandedOver,
  History,
  KnownAt,
  Listed,
  MoveReport,
  Opened,
  OpenedPerson,
  Published,
  RebuiltView,
  Refused,
  StatementFile,
  StatementReply,
  WorkOfDay,
} from './answers.ts'
import type { AccountsRequest, PaymentsRequest, PlansRequest, RemittancesRequest } from './list-requests.ts'
import type { BackupOptions, ExportOptions } from './moving-requests.ts'
import type { MayReply, PersonPage } from './person-answers.ts'
import type {
  AgingRequest,
  Asking,
  CashRequest,
  CheckOptions,
  CommandOptions,
  ControlAccountsRequest,
  DayOptions,
  DelegateRequest,
  DelegationsRequest,
  DismissOptions,
  ExplanationRequest,
  HandOverRequest,
  MayRequest,
  Moments,
  OpenAccountInput,
  OpenPersonInput,
  PublishOptions,
  RebuildOptions,
  RefundOptions,
  RejectOptions,
  ReleaseOptions,
  RevokeOptions,
  StatementFileRequest,
  StatementRequest,
  WorklistRequest,
} from './requests.ts'

/**
 * One practice's book, open: `await using book = await openDaybook(…)`. Every question first catches up with what was
 * written before it.
 *
 * What rules and preconditions can refuse answers with `ok`: the answer, or `Refused` with every reason. All else that
 * can go wrong rejects the promise with a tagged error (`_tag`); those of stores say by `retry` whether to send the same
 * again. Every call takes an `actor`, for products with many users.
 *
 * What shows somebody's data is written down before it is answered, who asked and what they were shown (decision 0029): where
 * it can not be, `AccessUnrecorded`; where the roles of who asks have not its fields, `FieldsWithheld`, and `limited` answers.
 */
export interface Book extends AsyncDisposable {
  /** The URL that it was opened by. */
  readonly url: string
  /**
   * What was wrong with the store's guards when the book was opened, and was put right (`check` tells it too); and that this
   * process has the same log open elsewhere to be written. Whoever embeds the book tells its keeper. Empty as a rule.
   */
  readonly notices: readonly string[]

  /** The policy in force, with its version. */
  readonly policy: () => Promise<PolicyVersion>
  /**
   * Publishes a policy as the next version, with its reason; a manager, compliance or a director may. What is in force
   * already is published by nobody. Gives the policy in force afterwards.
   * @throws InvalidCommand, or what the store answers.
   */
  readonly publishPolicy: (policy: PracticePolicy, options: PublishOptions) => Promise<Published | Refused>
  /** Today, in the practice's zone. */
  readonly today: () => Promise<Day>

  /**
   * Opens an account. A refusal names the account that was to be opened, too: of a new id there is none.
   * @throws InvalidCommand, or what the store answers.
   */
  readonly open: (input: OpenAccountInput) => Promise<Opened | (Refused & { readonly account: AccountId })>
  /**
   * Gives one command to one account: all of its events are written, or every reason against it comes back.
   * @throws NotFound where nobody has opened the account; InvalidCommand with each place that is wrong; CommandMismatch
   * where the command id was used for another command; or what the store answers.
   */
  readonly execute: (
    account: string,
    command: AccountCommandInput,
    options?: CommandOptions,
  ) => Promise<Accepted | Refused>

  /**
   * Opens a person, and says which account they stand behind: what is true of a human being is kept once, whatever
   * accounts it was said about.
   * @throws InvalidCommand, or what the store answers.
   */
  readonly openPerson: (input: OpenPersonInput) => Promise<OpenedPerson | Refused>
  /**
   * Gives one command to one person: phones and addresses, consents, wishes, and every contact. `BeginContact` asks and may
   * be refused; all others report, and what stands against them are warnings.
   * @throws NotFound where nobody has opened the person; InvalidCommand, CommandMismatch, or what the store answers.
   */
  readonly executeOnPerson: (
    person: string,
    command: PersonCommandInput,
    options?: CommandOptions,
  ) => Promise<Accepted | Refused>
  /**
   * May somebody be reached about an account, by this medium, at this instant? Every reason against it, and the first
   * instant at which it would be free. An answer, never an event.
   * @throws NotFound, InvalidQuery
   */
  readonly may: (request: MayRequest) => Promise<MayReply>
  /**
   * A person on one page: how they are reached, what they agreed to and refused, the last contacts.
   * @throws NotFound, InvalidQuery
   */
  readonly person: (id: string, options?: Asking) => Promise<PersonPage>
  /**
   * What would be sent to the guarantor of an account today, with every reason against it: nothing is written (`IssueStatement`
   * sends it). Or a document that was made, printed again from its event, and whether its bytes are those of then.
   * @throws NotFound, InvalidQuery
   */
  readonly statement: (request: StatementRequest) => Promise<StatementReply>
  /**
   * Statements, letters and bills that were made and not sent, as CSV for whoever prints and mails them. Nothing is written:
   * `RecordDelivery` says that they were sent.
   * @throws InvalidQuery
   */
  readonly statementFile: (request?: StatementFileRequest) => Promise<StatementFile>
  /**
   * Receivables by age, in cents.
   * @throws InvalidQuery, NotAMoment
   */
  readonly aging: (request?: AgingRequest) => Promise<Aging>
  /**
   * The trial balance: every account of the books, receivables and control accounts, with the parts that its balance is made
   * of and what each is of. They add up to the balances, and all balances to 0. It reads the log: it costs by events.
   * @throws InvalidQuery, NotAMoment
   */
  readonly controlAccounts: (request?: ControlAccountsRequest) => Promise<ControlAccounts>
  /**
   * Money that came in and went out between two days, by day: patients' by deposit batch and tender, payers' by remittance.
   * From what stood before, it adds up to the control account `cash`. Beside it the lines of the bank's statement that are on
   * record (`deposit`), and what none of them has. It reads the log: it costs by events.
   * @throws InvalidQuery, NotAMoment
   */
  readonly cash: (request?: CashRequest) => Promise<Cash>
  /**
   * What there is to do, the most urgent first. What is `allowed` is so for the actor who asks.
   * @throws InvalidQuery
   */
  readonly worklist: (request?: WorklistRequest) => Promise<WorkOfDay>
  /**
   * An account as it stands: balances by party, visits, plans, credits, open matters, and what to do next. On a day before its own books (its
   * balances were brought forward) it has no figures, and says since when there are some (`beforeTheBooks`).
   * @throws NotFound, InvalidQuery, NotAMoment
   */
  readonly account: (id: string, moments?: Moments) => Promise<AccountPage>
  /**
   * What happened to an account, to a remittance, to a claim of an 837 that was not taken (`submission`), to a line of the
   * bank's statement (`deposit`), or between a person and the practice, in sentences: who, when by both clocks, and why.
   * @throws NotFound, InvalidQuery, NotAMoment
   */
  readonly history: (id: string, moments?: Moments) => Promise<History & KnownAt>
  /**
   * Where the figures of an account, or of one line, come from: pieces that add up to them. None before its books.
   * @throws NotFound, InvalidQuery, NotAMoment
   */
  readonly explain: (id: string, request?: ExplanationRequest) => Promise<(Explanation | NothingToExplain) & KnownAt>
  /**
   * Accounts by the names of their guarantors, with how they stand today; or those in which every word of `search` is
   * found, whole words first.
   * @throws InvalidQuery
   */
  readonly accounts: (request?: AccountsRequest) => Promise<Listed<AccountRow>>
  /**
   * Patient payments by the day on which they were received, with where their money stands.
   * @throws InvalidQuery
   */
  readonly payments: (request?: PaymentsRequest) => Promise<Listed<PaymentRow>>
  /**
   * Payment plans by the day on which they were proposed, each with its schedule.
   * @throws InvalidQuery
   */
  readonly plans: (request?: PlansRequest) => Promise<Listed<PlanRow>>
  /**
   * Remittances by the day on which they came, with what is held of them and why.
   * @throws InvalidQuery
   */
  readonly remittances: (request?: RemittancesRequest) => Promise<Listed<RemittanceRow>>
  /** The same questions for whoever may see only some fields: what they may not see is masked, and looks like it. */
  readonly limited: LimitedBook
  /**
   * Who looked at what, when and for what, oldest first. It reads the access log: it costs by looks.
   * @throws InvalidQuery, AccessUnrecorded where the log can not be read.
   */
  readonly accesses: (request?: AccessesRequest) => Promise<Listed<Access>>
  /**
   * To whom outside health information of an account was given, as it is told to the patient who asks (45 CFR 164.528).
   * @throws NotFound, InvalidQuery
   */
  readonly disclosures: (request: DisclosuresRequest) => Promise<Disclosures>
  /** Accounts and remittances whose id begins so, at most ten of each. */
  readonly find: (beginning: string, options?: Asking) => Promise<readonly Found[]>

  /**
   * Reads one file and posts what balances. What is wrong with the file is in the report.
   * @throws InvalidCommand for options that are none, KeyFault, or what the store answers.
   */
  readonly importFile: (path: string, options?: ImportOptions) => Promise<FileReport>
  /**
   * The same for what is no file of the disk: bytes, a text, or a stream of bytes. At most 32 MB, of which memory holds a
   * transaction at a time. A stream that breaks off is told in the report; sent again, nothing is posted twice.
   * @throws InvalidCommand for content or options that are none, KeyFault, or what the store answers.
   */
  readonly importContent: (content: ImportContent, options?: ContentOptions) => Promise<FileReport>
  /**
   * Files, and the files directly in directories, by name; one that can not be read does not stop the others.
   * @throws InvalidCommand for options that are none, KeyFault, or what the store answers.
   */
  readonly importPaths: (paths: readonly string[], options?: ImportOptions) => Promise<ImportReport>
  /**
   * Lets a held remittance through, or tries what is held of it again.
   * @throws NotFound, InvalidCommand, KeyFault, or what the store answers.
   */
  readonly release: (remittance: string, options: ReleaseOptions) => Promise<Decided | Refused>
  /**
   * Turns a held remittance, or one held claim of it, away: it will never be posted from this advice.
   * @throws NotFound, InvalidCommand, KeyFault, or what the store answers.
   */
  readonly reject: (remittance: string, options: RejectOptions) => Promise<Decided | Refused>
  /**
   * Says that a claim of one of the practice's own files (837) that is held is not to be taken: sent in error, answered
   * otherwise, or none of ours. It comes off the worklist; the same file, imported again, does not put it back.
   * @throws NotFound, InvalidCommand, or what the store answers.
   */
  readonly dismiss: (submission: string, options: DismissOptions) => Promise<Accepted | Refused>
  /**
   * Records that money of a payer that no claim explains went back to it: what a release or a rejection had put to
   * `refundsPayable`. With `void`, that such a refund never arrived.
   * @throws NotFound, InvalidCommand, KeyFault, or what the store answers.
   */
  readonly refund: (remittance: string, options: RefundOptions) => Promise<Decided | Refused>
  /**
   * Holds a line of the bank's statement against the books: records it with what is in it, explains its difference, or
   * withdraws it. `cash` shows each line beside the books, and what no line has.
   * @throws InvalidCommand, CommandMismatch, or what the store answers.
   */
  readonly deposit: (command: DepositCommandInput, options?: CommandOptions) => Promise<Deposited | Refused>

  /**
   * The events of the book, or of one account, in the order in which they were committed, each with its own fields by its
   * `type`: `for await (const { type, event } of book.events({ types: ['ChargePosted'] }))`. Ends at the head of the book.
   * @throws InvalidQuery, NotFound for an account that nobody has opened, UnreadableEvent; each when it is iterated.
   */
  readonly events: <Type extends EventType = EventType>(
    request?: EventsRequest<Type>,
  ) => AsyncIterableIterator<RecordedEvent<Type>>
  /**
   * The same, and then whatever comes, also from other processes: as soon as the store tells of it, half a second at the latest. Whoever
   * keeps the last `position` that was dealt with goes on behind it. Ends when the book is closed; with `until`, by the
   * error `Aborted`.
   * @throws As `events`, when it is iterated.
   */
  readonly subscribe: <Type extends EventType = EventType>(
    request?: SubscribeRequest<Type>,
  ) => AsyncIterableIterator<RecordedEvent<Type>>
  /**
   * A view of one's own: documents by key, folded from events and kept with the book's views.
   * @throws InvalidQuery for a definition that is none, at once.
   */
  readonly view: <Type extends EventType, Doc>(definition: ViewDefinition<Type, Doc>) => OwnView<Doc>

  /**
   * Records what time alone brings about: every plan that has not ended, and every promise whose time has passed, is looked
   * at as of a day, today when not given; what a plan asks today is drawn where that was authorised (`PresentDraft`, by its gate). What is missed, offered a cure, in default, too old to be accepted or broken is written in the name of `system`, with who ran it as
   * its cause. Run again, or after it was killed, it does nothing twice: its commands have ids of their day, account and matter.
   * @throws InvalidQuery for a day that has not come
   */
  readonly day: (options?: DayOptions) => Promise<DayReport>
  /**
   * Gives all that somebody has (`AssignWork`) to another, each piece as it was assigned, also what is on no list today.
   * @throws InvalidQuery
   */
  readonly handOver: (request: HandOverRequest) => Promise<HandedOver>
  /**
   * One does the work of another for some days, all of it or some queues: their worklist shows it, and their commands may name
   * for whom they act. Said by whose work it is, or by a supervisor, manager, compliance or director.
   * @throws InvalidCommand, or what the store answers.
   */
  readonly delegate: (request: DelegateRequest) => Promise<Delegated | Refused>
  /** Ends a delegation before its last day: at once. */
  readonly revokeDelegation: (delegation: string, options: RevokeOptions) => Promise<Accepted | Refused>
  /** Who does whose work: every delegation that was ever said, oldest first. @throws InvalidQuery */
  readonly delegations: (request?: DelegationsRequest) => Promise<readonly DelegationShown[]>
  /**
   * Builds the views of the book anew from the events, or one of them: `aging`, `lists`, `worklist`. Nothing of the log
   * changes. What `check` finds in views is mended by it; views of one's own have a `rebuild` themselves.
   * @throws InvalidQuery
   */
  readonly rebuild: (view?: string, options?: RebuildOptions) => Promise<readonly RebuiltView[]>
  /**
   * Reads the whole log: its order, its commands, the hash chains, schemas, the identities of the books, and the views
   * against the events: also those of one's own, once `view` has defined them; others are named (`notCompared`).
   * @throws InvalidQuery
   */
  readonly check: (options?: CheckOptions) => Promise<CheckReport>

  /**
   * How the book stands: its store, held against the true head of the log, and how far each view is behind, in events and in
   * time. What is wrong is the answer, not an error.
   */
  readonly health: () => Promise<BookHealth>

  /**
   * Copies the book while it is used, as it stands when this begins, into one file that opens by itself. The copy is gone
   * through before it gets its name; killed at any moment there is no backup, or a good one. Of a SQLite book. It shows everything, so
   * that a person who makes it needs a role that sees all, and is written down first; a process (`system`) is not.
   * @throws FieldsWithheld; AccessUnrecorded; InvalidQuery for a book that is in no file; Unavailable where something is at the path, or no directory; Integrity
   * where the book is not whole (`check` says more).
   */
  readonly backup: (to: string, options?: BackupOptions) => Promise<BackupReport>

  /**
   * Writes the whole log into a file (docs/exported-log.md), or has the empty book at a URL take it over: origin, positions,
   * times, commands, bytes. Only one of the two may be written to from then on. The key moves apart.
   * @throws InvalidQuery, NotFound for an account that nobody has opened; what the other store answers.
   */
  readonly export: (to: string, options?: ExportOptions) => Promise<MoveReport>

  /**
   * The same book; calls through it end with the error `Aborted` when the signal fires. What was written by then stays
   * written: a command sent again under its command id gets its receipt, a file imported again goes on where it stopped.
   */
  readonly until: (signal: AbortSignal) => Book
  /**
   * Takes no more calls, lets those that run come to their end, and closes the stores. Calling it again waits for the
   * same end. Every later call but `health` ends with the error `BookClosed`.
   */
  readonly close: () => Promise<void>
}

/** Questions that can be answered in part. */
type LimitedQuestion =
  | 'account'
  | 'history'
  | 'explain'
  | 'worklist'
  | 'accounts'
  | 'payments'
  | 'plans'
  | 'remittances'
  | 'may'
  | 'person'
  | 'statement'

/** The same questions for whoever may see only some fields: what they may not see is `Masked`, and looks like it. */
export type LimitedBook = {
  readonly [Name in LimitedQuestion]: (
    ...given: Parameters<Book[Name]>
  ) => Promise<Limited<Awaited<ReturnType<Book[Name]>>>>
}
