import type { AccountCommandInput } from '@daybook/core/account'
import type { AccountId, Day, RuleHit } from '@daybook/core/kernel'
import type { PolicyVersion, PracticePolicy, Role } from '@daybook/core/policy'
import type { AppendError, InvalidCommand, ReadError, Receipt, UnreadableEvent } from '@daybook/core/ports'
import type { RemittanceReport } from '@daybook/core/service'
import type { AgingBasis, AgingDimension, AgingReport } from '@daybook/projections/aging'
import type { Explanation, NothingToExplain } from '@daybook/projections/explanation'
import type { AccountHistoryEntry, HistoryEntry } from '@daybook/projections/history'
import type { NotAMoment, ProjectionError } from '@daybook/projections/runner'
import type { AccountBeforeBooks, AccountSummary } from '@daybook/projections/summary'
import type { Worklist } from '@daybook/projections/worklist'
import type { Effect } from 'effect/Effect'
import type { Finding } from '../check/finding.ts'
import type { FileReport, ImportOptions, ImportReport } from '../import/report.ts'
import type {
  InvalidQuery,
  KeyFault,
  NotFound,
  PracticeNeeded,
  Rejected,
  StoreNotHereYet,
  UnknownUrl,
} from './errors.ts'
import type { Clock } from './world.ts'

/** How a book is opened: by whom, and with what where it is new. */
export interface OpenOptions {
  /** Who acts, on every event: a user id of the embedding product, or a named process. There is no default. */
  readonly actor: string
  /** Desk roles of the actor, as the embedding product vouches for them. None when not given. */
  readonly roles?: readonly Role[]
  /** The practice's policy. A new book begins with it; a book that has one keeps its own. */
  readonly practice?: PracticePolicy
  /** Where the views live, when not beside the events: `sqlite:views.db`, `memory:`. */
  readonly views?: string
  /** The clock of the machine when not given: for tests and for replaying a day. */
  readonly clock?: Clock
  /** The book's secret, 32 bytes, for those who keep it in a vault. Absent: in a file beside the book. */
  readonly secret?: Uint8Array
}

/** Why a book does not open. `Rejected`: the policy it should begin with says what a policy may not say. */
export type OpenError = UnknownUrl | StoreNotHereYet | PracticeNeeded | Rejected | CommandError

/** What a store or a malformed command can answer; a rejection by rules is not among them. */
export type CommandError = AppendError | ReadError | InvalidCommand | UnreadableEvent | KeyFault
/** Why a question gets no answer. */
export type QueryError = ProjectionError | NotAMoment | NotFound | InvalidQuery

/** Who answers for an account. `unconfirmed`: nobody has said yet; plans and placement wait. `confirmed` when not given. */
export interface Guarantor {
  readonly name?: string
  /** `YYYY-MM-DD`. */
  readonly born?: string
  /** Two letters: where the guarantor lives. */
  readonly state?: string
  readonly standing?: 'confirmed' | 'unconfirmed'
}

/** What `open` asks: a new account. */
export interface OpenAccountInput {
  readonly guarantor: Guarantor
  /** Id of the account; a new UUIDv7 when not given. Never a medical record number. */
  readonly account?: string
  /** Effective day; today when not given. */
  readonly on?: string
  /** Sent again with the same input, it opens no second account. */
  readonly commandId?: string
}

/** What may be said of any command besides the command. */
export interface CommandOptions {
  /** Names the command for good: sent again, it gets its first receipt. A new UUIDv7 when not given. */
  readonly commandId?: string
  /** Who gives it, where that is not the one who opened the book. */
  readonly actor?: { readonly id: string; readonly roles?: readonly Role[] }
  /** What caused it, recorded with each event. */
  readonly cause?: Readonly<Record<string, string>>
}

/** What an accepted command gets: its receipt, the types of the events it wrote, and what somebody should look at. */
export type Accepted =
  | (Receipt & { readonly ok: true; readonly warnings: readonly RuleHit[]; readonly events: readonly string[] })
  /** Accepted, and there was nothing to do. */
  | { readonly ok: true; readonly nothingToDo: true; readonly warnings: readonly RuleHit[] }

/** As of a civil day (what was true); known at a moment (what we knew): `@position`, a day, or a time. */
export interface Moments {
  /** Today when not given. */
  readonly asOf?: string
  /** The head of the log when not given. */
  readonly knownAt?: string
}

/** Which aging: how amounts are aged, and by what the rows are split. */
export interface AgingRequest extends Moments {
  /** `responsibility` when not given. */
  readonly basis?: AgingBasis
  /** One row for each party when not given. */
  readonly by?: AgingDimension
  /** Counts accounts by bucket; costs by rows, not by days. */
  readonly accounts?: boolean
}

/** Since when the book knew all of this: when its last event was committed; null for an empty book. */
export interface KnownAt {
  readonly knownAt: string | null
}

/** Receivables by age, in cents, and since when the book knew all of it. */
export type Aging = AgingReport & KnownAt

/** What happened, in sentences, oldest first. */
export type History =
  | { readonly kind: 'account'; readonly id: string; readonly events: readonly AccountHistoryEntry[] }
  | { readonly kind: 'remittance'; readonly id: string; readonly events: readonly HistoryEntry[] }

/** What a person says who lets a held remittance, or a held claim of it, through. */
export interface ReleaseOptions {
  readonly reason: string
  /** A held claim's number: tries what is held of the remittance again. Absent: lets the whole remittance through. */
  readonly claim?: number
  /**
   * Control account that takes a difference: `providerAdjustment:<PLB code>`, `refundsPayable`, `interestIncome`,
   * `capitationIncome`, `withholdReceivable:<payer>`, `taxReceivable`, `levyReceivable`, `openingBalance`.
   */
  readonly account?: string
  /** `YYYY-MM-DD`, where the advice names none, or a wrong one. */
  readonly paymentDate?: string
  /** Opens accounts for claims that no visit is found for. */
  readonly openMissing?: boolean
  readonly commandId?: string
}

/** What a person says who turns a remittance away, or a held claim of it. */
export interface RejectOptions {
  readonly reason: string
  /** A held claim's number; absent: the whole remittance. */
  readonly claim?: number
  /** Control account that takes the claim's money out of clearing: one of those that take a difference. */
  readonly account?: string
  readonly commandId?: string
}

/** A stream that a beginning of its id names. */
export interface Found {
  readonly kind: 'account' | 'remittance'
  readonly id: string
}

/** What `check` looked at, and everything that it found wrong; no finding: the book is whole. */
export interface CheckReport {
  readonly checks: readonly { readonly name: string; readonly says: string; readonly findings: number }[]
  readonly findings: readonly Finding[]
  readonly events: number
  readonly streams: number
  /**
   * The whole book in one line, `@position:hash`: written down out of reach of whoever can write the book, it tells
   * later what nothing in the book itself can (`expectHead`).
   */
  readonly head: string
}

/** One practice's book, open. Every question first catches up with what was written before it. */
export interface DaybookShape {
  readonly url: string
  /**
   * What was wrong with the store's guards when the book was opened, and was put right: whoever embeds the book tells its
   * keeper. Empty as a rule; `check` tells it too.
   */
  readonly notices: readonly string[]
  /** The policy in force, with its version. */
  readonly policy: Effect<PolicyVersion, ReadError | UnreadableEvent>
  /**
   * Publishes a policy as the next version, with its reason; a manager, compliance or a director may. What is in force
   * already is published by nobody. Gives the policy in force afterwards.
   */
  readonly publishPolicy: (
    policy: PracticePolicy,
    options: Pick<CommandOptions, 'commandId' | 'actor'> & { readonly reason: string; readonly on?: string },
  ) => Effect<PolicyVersion, Rejected | CommandError>
  /** Today, in the practice's zone. */
  readonly today: Effect<Day>
  /** Opens an account. */
  readonly open: (input: OpenAccountInput) => Effect<{ readonly account: AccountId }, Rejected | CommandError>
  /** Gives one command to one account: all of its events are written, or every reason against it comes back. */
  readonly execute: (
    account: string,
    command: AccountCommandInput,
    options?: CommandOptions,
  ) => Effect<Accepted, Rejected | CommandError>
  /** Receivables by age. */
  readonly aging: (request?: AgingRequest) => Effect<Aging, QueryError>
  /** What there is to do, the most urgent first. */
  readonly worklist: (request?: {
    readonly queue?: string
    readonly asOf?: string
    /**
     * An instant of that day, `2026-11-30T15:00:00.000Z`, for work that waits for a time of day. Not given: now where
     * the day is today, else the day's end at the practice.
     */
    readonly now?: string
    readonly limit?: number
  }) => Effect<Worklist, QueryError>
  /**
   * An account as it stands: balances by party, visits, plans, credits, open matters. On a day before its own books (its
   * balances were brought forward) it has no figures, and says since when there are some (`beforeTheBooks`).
   */
  readonly account: (
    id: string,
    moments?: Moments,
  ) => Effect<(AccountSummary | AccountBeforeBooks) & KnownAt, QueryError>
  /** Of an account, or of a remittance. */
  readonly history: (id: string, moments?: Moments) => Effect<History & KnownAt, QueryError>
  /** Where the figures of an account, or of one line, come from: pieces that add up to them. None before its books. */
  readonly explain: (
    id: string,
    request?: Moments & { readonly line?: string },
  ) => Effect<(Explanation | NothingToExplain) & KnownAt, QueryError>
  /** Reads one file and posts what balances. What is wrong with the file is in the report, not in the error channel. */
  readonly importFile: (path: string, options?: ImportOptions) => Effect<FileReport, CommandError>
  /** Files, and the files directly in directories, by name; one that can not be read does not stop the others. */
  readonly importPaths: (paths: readonly string[], options?: ImportOptions) => Effect<ImportReport, CommandError>
  /** Lets a held remittance through, or tries what is held of it again. */
  readonly release: (
    remittance: string,
    options: ReleaseOptions,
  ) => Effect<RemittanceReport, Rejected | NotFound | CommandError>
  /** Turns a held remittance, or one held claim of it, away: it will never be posted from this advice. */
  readonly reject: (
    remittance: string,
    options: RejectOptions,
  ) => Effect<RemittanceReport, Rejected | NotFound | CommandError>
  /** Accounts and remittances whose id begins so, at most ten of each. */
  readonly find: (beginning: string) => Effect<readonly Found[], ReadError>
  /**
   * Reads the whole log: its order, its commands, the hash chains, schemas, the identities of the books, and the aging
   * view against the events.
   */
  readonly check: (options?: {
    /** A `head` of an earlier report: up to it nothing may have changed since. */
    readonly expectHead?: string
    readonly onProgress?: (done: number, of: number) => void
  }) => Effect<CheckReport, QueryError>
}
