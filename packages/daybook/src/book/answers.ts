import type { LetterOwed, MadeIds, NextAction, NextStep, PrintedContent } from '@daybook/core/account'
import type { AccountId, Day, DepositId, Earliest, PersonId, RuleHit } from '@daybook/core/kernel'
import type { PolicyVersion } from '@daybook/core/policy'
import type { Receipt, StoreHealth } from '@daybook/core/ports'
import type { RemittanceReport } from '@daybook/core/service'
import type { AgingReport } from '@daybook/projections/aging'
import type { CashReport, ControlAccountsReport } from '@daybook/projections/controls'
import type { AccountHistoryEntry, HistoryEntry } from '@daybook/projections/history'
import type { AccountBeforeBooks, AccountSummary } from '@daybook/projections/summary'
import type { WorkItem, Worklist } from '@daybook/projections/worklist'
import type { Finding } from '../check/finding.ts'

// What callers get. What rules may refuse says `ok`; all else that can go wrong is thrown as a tagged error.

/**
 * The receipt of a command that wrote events. Sent again, the command gets the same one, events, ids and warnings too, with
 * `repeated` set.
 */
export interface Posted extends Receipt {
  readonly ok: true
  readonly nothingToDo?: never
  /** What somebody should look at. */
  readonly warnings: readonly RuleHit[]
  /** Types of the events that it wrote, in order. */
  readonly events: readonly string[]
  /** Ids of what it has made, as other commands name it: `ids.payment`, `ids.plan`, `ids.refund` … */
  readonly ids: MadeIds
}

/** Accepted, and there was nothing to do: nothing was written. */
export interface NothingToDo {
  readonly ok: true
  readonly nothingToDo: true
  readonly warnings: readonly RuleHit[]
}

/** What an accepted command gets. */
export type Accepted = Posted | NothingToDo

/** A command that rules or preconditions refuse: an answer, never an exception. Every hit is listed. */
export interface Refused {
  readonly ok: false
  readonly hits: readonly RuleHit[]
  /**
   * From when on all of them would let it pass, where that can be told: a day of the practice, `2026-11-30`, or an
   * instant, `2026-11-30T15:00:00.000Z`.
   */
  readonly earliest?: Earliest | undefined
  /** What would have to be done first, in words. */
  readonly required: readonly string[]
}

/** An account that was opened; where it was open already, under the same command id, that receipt. */
export type Opened = Accepted & { readonly account: AccountId }

/** A person who was opened. */
export type OpenedPerson = Accepted & { readonly person: PersonId }

/** A line of the bank's statement that was recorded, explained or withdrawn. */
export type Deposited = Accepted & { readonly deposit: DepositId }

/** A policy that is in force now. */
export interface Published extends PolicyVersion {
  readonly ok: true
}

/** How a remittance stands after somebody decided on it. */
export interface Decided extends RemittanceReport {
  readonly ok: true
}

/** A backup that is whole: it was opened and gone through before it got its name. */
export interface BackupReport {
  readonly path: string
  readonly events: number
  readonly bytes: number
  /** The head of the book as the backup has it, `@position:hash`: to be written down, for `check` of what is restored. */
  readonly head: string
  /** The access log, copied beside it; absent where nobody has looked at anything. */
  readonly accesses?: { readonly path: string; readonly events: number; readonly head: string }
  /** Where the key was put; absent where it was not asked for. */
  readonly key?: string
}

/** A log that was written into a file, or taken over by a book. */
export interface MoveReport {
  /** The file, or the URL of the book. */
  readonly to: string
  readonly origin: string
  readonly events: number
  /** How many of them an earlier call, that was stopped, had taken over; of a file 0. */
  readonly before: number
  /** `@position:hash`, the same on both sides; of one account its last leaf. */
  readonly head: string
  /** The access log, which moves with the whole of a book; absent where nobody has looked, or it had moved before. */
  readonly accesses?: { readonly events: number; readonly head: string }
}

/** Since when the book knew all of this: when its last event was committed; null for an empty book. */
export interface KnownAt {
  readonly knownAt: string | null
}

/** Receivables by age, in cents, and since when the book knew all of it. */
export type Aging = AgingReport & KnownAt

/** Every account of the books with what explains its balance, and since when the book knew all of it. */
export type ControlAccounts = ControlAccountsReport & KnownAt

/** Cash by day and batch beside the lines of the bank's statement, and since when the book knew all of it. */
export type Cash = CashReport & KnownAt

/**
 * An account on one page. `next`: what is to be done next, which has passed the gates or says what it waits for (reference
 * §11.3); of today alone, as all of it is known.
 */
export type AccountPage = ((AccountSummary & { readonly next?: NextAction }) | AccountBeforeBooks) & KnownAt

/**
 * A piece of the day's work. Where the patient would be asked its next action is the account's (reference §11.3): `step`
 * names the row of the table, `hits` all that it waits for.
 */
export interface WorkItemShown extends WorkItem {
  readonly step?: NextStep
  /** Each rule that stands against it, with words, citation and the first day or instant. */
  readonly hits?: readonly RuleHit[]
  /** From when on all of them would let it pass. */
  readonly earliest?: Earliest
  /** The first day on which somebody looks again. */
  readonly reviewOn?: Day
}

/** The day's work. */
export interface WorkOfDay extends Worklist {
  readonly items: readonly WorkItemShown[]
}

/** What happened, in sentences, oldest first. */
export type History =
  | { readonly kind: 'account'; readonly id: string; readonly events: readonly AccountHistoryEntry[] }
  | {
      readonly kind: 'remittance' | 'submission' | 'deposit' | 'person'
      readonly id: string
      readonly events: readonly HistoryEntry[]
    }

/** A stream that a beginning of its id names. */
export interface Found {
  readonly kind: 'account' | 'remittance' | 'submission' | 'deposit' | 'person'
  readonly id: string
}

/** A view that was built anew, and the position that it is built to. */
export interface RebuiltView {
  readonly view: string
  readonly position: number
}

/** What a day brought to one plan or promise: the types of its events. */
export interface DayStep {
  readonly account: string
  /** The guarantor's name, where it is known and readable. */
  readonly guarantor?: string
  /** The plan, or the promise, that was looked at. */
  readonly plan?: string
  readonly promise?: string
  /** The authorisation by which the plan was to be drawn. */
  readonly autopay?: string
  /** A statement or a letter was due. */
  readonly statement?: true
  /** The person whose file got a hint that another may be them. */
  readonly person?: string
  /** A letter was owed, and what it tells of. */
  readonly letter?: LetterOwed
  /**
   * `before`: an earlier run of this day has written it. `would`: a dry run writes nothing. `waits`: a statement, a letter
   * or a draft is due and may not go out yet.
   */
  readonly outcome: 'done' | 'before' | 'would' | 'waits' | 'refused'
  readonly events: readonly string[]
  /** Why it was refused. */
  readonly hits?: readonly RuleHit[]
}

/** A statement, letter, receipt or itemised bill, as it would be printed or was. */
export interface StatementReply {
  readonly account: AccountId
  readonly content: PrintedContent
  readonly text: string
  readonly html: string
  /** Of a document that was made: its id, whether its bytes are those of then, and what became of it on its way. */
  readonly document?: string
  readonly asPrinted?: boolean
  readonly deliveries?: readonly { readonly stage: string; readonly on: string; readonly reference?: string }[]
  /** Of what would be sent today: whether it may, every reason against it, and the day of the next step. */
  readonly allowed?: boolean
  readonly hits?: readonly RuleHit[]
  readonly warnings?: readonly RuleHit[]
  /** From when on all of them would let it pass. */
  readonly earliest?: Earliest
  readonly dueOn?: string
}

/** Documents for whoever prints and mails them, as CSV (docs/statement-file.md). */
export interface StatementFile {
  readonly documents: readonly { readonly account: string; readonly document: string }[]
  readonly csv: string
}

/** A delegation that stands in the book now. */
export type Delegated = Accepted & { readonly delegation: string }

/** Who does whose work. */
export interface DelegationShown {
  readonly delegation: string
  readonly from: string
  readonly to: string
  /** Absent: all work. */
  readonly queues?: readonly string[]
  readonly since: Day
  /** The last day. */
  readonly until: Day
  /** The day on which it was ended before its time. */
  readonly revokedOn?: Day
  /** Whether anybody may act by it on the day that is asked for. */
  readonly inForce: boolean
}

/** What of one person's work went to another. */
export interface HandedOver {
  readonly from: string
  readonly to: string
  readonly on: Day
  readonly dryRun: boolean
  /** Each piece as it was assigned: all work of an account, a queue of it, or one matter. */
  readonly pieces: readonly {
    readonly account: string
    readonly queue?: string
    readonly subject?: string
    /** `would`: a dry run writes nothing. */
    readonly outcome: 'done' | 'would' | 'refused'
    /** Why it was refused. */
    readonly hits?: readonly RuleHit[]
  }[]
}

/** What a day brought that nobody had to ask for. */
export interface DayReport {
  /** Civil day at the practice. */
  readonly date: string
  readonly dryRun: boolean
  /** Plans that were looked at: those that have not ended. */
  readonly plans: number
  /** Promises that were looked at: those whose time has passed. */
  readonly promises: number
  /** Authorisations by which something was due to be drawn; none on a day that has passed. */
  readonly drafts: number
  /** Accounts to which a statement or a letter was due. */
  readonly statements: number
  /** Letters that were owed to somebody; none where no statement is looked for. */
  readonly letters: number
  /** Pairs of persons who look like one human being, and of whom nobody was told; none on a day that has passed. */
  readonly likenesses: number
  /** Why none was looked for: another day than today, or a practice that has not said who it is. */
  readonly noStatements?: string
  /** Those to which the day brought something. */
  readonly steps: readonly DayStep[]
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
  /** The access log beside the book, where anybody has looked: its records, and its own head. */
  readonly accesses?: { readonly events: number; readonly head: string }
  /** In words, the views of one's own that were not compared: this opening has not defined them. Absent where there are none. */
  readonly notCompared?: readonly string[]
}

/** A part of a list. */
export interface Listed<Item> {
  /** Position of the log that it is read from. */
  readonly position: number
  readonly items: readonly Item[]
  /** Where the next part begins, for `after`; absent at the end. A part may be short, or empty, and have one. */
  readonly next?: string
}

/** How far a view is behind the log. Every question catches up first: what is behind costs the next one time. */
export interface ViewHealth {
  readonly view: string
  readonly version: number
  /** The position that it is built to; absent where that could not be read. */
  readonly position?: number
  /** Events that it has not seen. */
  readonly behind?: number
  /** Milliseconds since the first of them was committed, by this machine's clock; 0 where it has seen all. */
  readonly behindMs?: number
  /** What keeps it from being looked at. */
  readonly detail?: string
}

/** How a book stands. */
export interface BookHealth {
  /** The store can be read and written, and every view could be looked at. */
  readonly well: boolean
  readonly store: StoreHealth
  readonly views: readonly ViewHealth[]
}
