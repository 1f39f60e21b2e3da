import type { AccountCommandInput } from '@daybook/core/account'
import type { AccountId, Day, RuleHit } from '@daybook/core/kernel'
import type { PolicyVersion, PracticePolicy, Role } from '@daybook/core/policy'
import type { AppendError, InvalidCommand, ReadError, Receipt, UnreadableEvent } from '@daybook/core/ports'
import type { RemittanceReport } from '@daybook/core/service'
import type { AgingBasis, AgingDimension, AgingReport, BeforeTheBooks } from '@daybook/projections/aging'
import type { Explanation } from '@daybook/projections/explanation'
import type { AccountHistoryEntry, HistoryEntry } from '@daybook/projections/history'
import type { NotAMoment, ProjectionError } from '@daybook/projections/runner'
import type { AccountSummary } from '@daybook/projections/summary'
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

export interface OpenOptions {
  /** Who acts, on every event: a user id of the embedding product, or a named process. There is no default. */
  readonly actor: string
  /** Desk roles of the actor, as the embedding product vouches for them. None when not given. */
  readonly roles?: readonly Role[]
  /** The practice's policy. A new book begins with it; a book that has one keeps its own. */
  readonly practice?: PracticePolicy
  /** Where the views live, when not beside the events: `sqlite:views.db`, `memory:`. */
  readonly views?: string
  readonly clock?: Clock
  /** The book's secret, 32 bytes, for those who keep it in a vault. Absent: in a file beside the book. */
  readonly secret?: Uint8Array
}

export type OpenError = UnknownUrl | StoreNotHereYet | PracticeNeeded | Rejected | CommandError

/** What a store or a malformed command can answer; a rejection by rules is not among them. */
export type CommandError = AppendError | ReadError | InvalidCommand | UnreadableEvent | KeyFault
export type QueryError = ProjectionError | NotAMoment | NotFound | InvalidQuery

export interface Guarantor {
  readonly name?: string
  /** `YYYY-MM-DD`. */
  readonly born?: string
  /** Two letters: where the guarantor lives. */
  readonly state?: string
  readonly standing?: 'confirmed' | 'unconfirmed'
}

export interface OpenAccountInput {
  readonly guarantor: Guarantor
  /** Id of the account; a new UUIDv7 when not given. Never a medical record number. */
  readonly account?: string
  /** Effective day; today when not given. */
  readonly on?: string
  readonly commandId?: string
}

export interface CommandOptions {
  /** Names the command for good: sent again, it gets its first receipt. A new UUIDv7 when not given. */
  readonly commandId?: string
  /** Who gives it, where that is not the one who opened the book. */
  readonly actor?: { readonly id: string; readonly roles?: readonly Role[] }
  /** What caused it, recorded with each event. */
  readonly cause?: Readonly<Record<string, string>>
}

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

export interface AgingRequest extends Moments {
  /** `responsibility` when not given. */
  readonly basis?: AgingBasis
  readonly by?: AgingDimension
  /** Counts accounts by bucket; costs by rows, not by days. */
  readonly accounts?: boolean
}

/** Since when the book knew all of this: when its last event was committed; null for an empty book. */
export interface KnownAt {
  readonly knownAt: string | null
}

export type Aging = (AgingReport | BeforeTheBooks) & KnownAt

export type History =
  | { readonly kind: 'account'; readonly id: string; readonly events: readonly AccountHistoryEntry[] }
  | { readonly kind: 'remittance'; readonly id: string; readonly events: readonly HistoryEntry[] }

export interface ReleaseOptions {
  readonly reason: string
  /** A held claim's number: tries what is held of the remittance again. Absent: lets the whole remittance through. */
  readonly claim?: number
  /** Control account that takes a difference. */
  readonly account?: string
  /** Where the advice names none. */
  readonly paymentDate?: string
  readonly openMissing?: boolean
  readonly commandId?: string
}

export interface RejectOptions {
  readonly reason: string
  /** A held claim's number; absent: the whole remittance. */
  readonly claim?: number
  /** Control account that takes the claim's money out of clearing. */
  readonly account?: string
  readonly commandId?: string
}

/** A stream that a beginning of its id names. */
export interface Found {
  readonly kind: 'account' | 'remittance'
  readonly id: string
}

export interface CheckReport {
  readonly checks: readonly { readonly name: string; readonly says: string; readonly findings: number }[]
  readonly findings: readonly Finding[]
  readonly events: number
  readonly streams: number
}

/** One practice's book, open. Every question first catches up with what was written before it. */
export interface DaybookShape {
  readonly url: string
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
  readonly open: (input: OpenAccountInput) => Effect<{ readonly account: AccountId }, Rejected | CommandError>
  readonly execute: (
    account: string,
    command: AccountCommandInput,
    options?: CommandOptions,
  ) => Effect<Accepted, Rejected | CommandError>
  readonly aging: (request?: AgingRequest) => Effect<Aging, QueryError>
  readonly worklist: (request?: {
    readonly queue?: string
    readonly asOf?: string
    readonly limit?: number
  }) => Effect<Worklist, QueryError>
  readonly account: (id: string, moments?: Moments) => Effect<AccountSummary & KnownAt, QueryError>
  /** Of an account, or of a remittance. */
  readonly history: (id: string, moments?: Moments) => Effect<History & KnownAt, QueryError>
  readonly explain: (
    id: string,
    request?: Moments & { readonly line?: string },
  ) => Effect<Explanation & KnownAt, QueryError>
  /** Reads one file and posts what balances. What is wrong with the file is in the report, not in the error channel. */
  readonly importFile: (path: string, options?: ImportOptions) => Effect<FileReport, CommandError>
  /** Files, and the files directly in directories, by name; one that can not be read does not stop the others. */
  readonly importPaths: (paths: readonly string[], options?: ImportOptions) => Effect<ImportReport, CommandError>
  readonly release: (
    remittance: string,
    options: ReleaseOptions,
  ) => Effect<RemittanceReport, Rejected | NotFound | CommandError>
  readonly reject: (
    remittance: string,
    options: RejectOptions,
  ) => Effect<RemittanceReport, Rejected | NotFound | CommandError>
  /** Accounts and remittances whose id begins so, at most ten of each. */
  readonly find: (beginning: string) => Effect<readonly Found[], ReadError>
  readonly check: (options?: {
    readonly onProgress?: (done: number, of: number) => void
  }) => Effect<CheckReport, QueryError>
}
