import type { AskedFact } from '@daybook/core/account'
import type { ContactParty, ContactPurpose, LocationContact, Medium, RoleOnAccount } from '@daybook/core/person'
import type { PracticePolicy, PurposeOfUse, Role } from '@daybook/core/policy'
import type { MigrationProgress } from '@daybook/core/ports'
import type { AnyOwnRule, OwnFacts } from '@daybook/core/rules'
import type { AgingBasis, AgingDimension } from '@daybook/projections/aging'
import type { Propensity } from '@daybook/projections/worklist'
import type { Clock } from './world.ts'

// What callers hand in.

/** How a book is opened: by whom, and with what where it is new. */
export interface OpenOptions {
  /** Who acts, on every event: a user id of the embedding product, or a named process. There is no default. */
  readonly actor: string
  /** Desk roles of the actor, as the embedding product vouches for them. None when not given. */
  readonly roles?: readonly Role[]
  /** For whom the actor gives commands, where a call does not say it (`ActingInput`). */
  readonly onBehalfOf?: string
  /** The practice's policy. A new book begins with it; a book that has one keeps its own. */
  readonly practice?: PracticePolicy
  /**
   * Where the views live, when not beside the events: `sqlite:views.db`, `postgres://host/views`, `memory:`. A book in
   * KurrentDB needs it. They are made of the log: a file of views can be thrown away.
   */
  readonly views?: string
  /**
   * Where it is written down what was looked at, when not beside the book (`clinic.db.access`): a URL as the book's. A book that
   * is opened for reading only shows nobody's data without it.
   */
  readonly accessLog?: string
  /** For what the actor looks at accounts, where a call does not say it; `payment` when not given. */
  readonly purpose?: PurposeOfUse
  /** The clock of the machine when not given: for tests and for replaying a day. */
  readonly clock?: Clock
  /**
   * Says that the clock is right although it stands years after the last event of the book. Without it such a command is
   * refused (`ClockAhead`): one event of 2099 would date all that come after it.
   */
  readonly clockIsRight?: boolean
  /** Rules of the product beside the house's, at its gates: asked by commands, imports and the worklist alike (`ownRule`). */
  readonly rules?: readonly AnyOwnRule[]
  /** Facts that those rules need and no facet of the house has (`ownFacts`). */
  readonly facts?: OwnFacts<AskedFact>
  /** The book's secret, 32 bytes, for those who keep it in a vault. Absent: in a file (`key`). */
  readonly secret?: Uint8Array
  /**
   * The file of the book's secret, made with a new book, readable by its owner alone. Absent: beside a SQLite file
   * (`clinic.db.key`). A book on a server needs it, or `secret`: the secret is never in the database.
   */
  readonly key?: string
  /**
   * Called while something that an older book lacks is made from its log, once: before the first that is written to it.
   * The last call says how many were `made`.
   */
  readonly onMigration?: (progress: MigrationProgress) => void
}

/** Who answers for an account. `unconfirmed`: nobody has said yet; plans and placement wait. `confirmed` when not given. */
export interface Guarantor {
  readonly name?: string
  /** `YYYY-MM-DD`. */
  readonly born?: string
  /** Two letters: where the guarantor lives. */
  readonly state?: string
  readonly standing?: 'confirmed' | 'unconfirmed'
}

/** Who gives a command or asks a question, as the embedding product vouches for them. */
export interface ActorInput {
  /** A user id of the product, or a named process. */
  readonly id: string
  /** Desk roles. None when not given. */
  readonly roles?: readonly Role[]
  /** For what something is looked at; what the opening said when not given. */
  readonly purpose?: PurposeOfUse
}

/** What may be said of any call. */
export interface Asking {
  /** Who it is, where that is not the one who opened the book. */
  readonly actor?: ActorInput
}

/** Who gives a command, and for whom. */
export interface ActingInput extends ActorInput {
  /**
   * Whose work it is, where that is another's: a delegation of today must say so (`delegate`), and every event names both. The
   * roles stay the actor's own, and neither of the two is a second person who approves what they did.
   */
  readonly onBehalfOf?: string
}

/** What may be said of any command. */
export interface Acting {
  /** Who it is, where that is not the one who opened the book. */
  readonly actor?: ActingInput
}

/** What `open` asks: a new account. */
export interface OpenAccountInput extends Acting {
  readonly guarantor: Guarantor
  /** Id of the account; a new UUIDv7 when not given. Never a medical record number. */
  readonly account?: string
  /** Effective day; today when not given. */
  readonly on?: string
  /** Sent again with the same input, it gets its first receipt and opens no second account. */
  readonly commandId?: string
  /** What caused it, recorded with each event. */
  readonly cause?: Readonly<Record<string, string>>
}

/** What may be said of any command besides the command. */
export interface CommandOptions extends Acting {
  /** Names the command for good: sent again, it gets its first receipt. A new UUIDv7 when not given. */
  readonly commandId?: string
  /** What caused it, recorded with each event. */
  readonly cause?: Readonly<Record<string, string>>
}

/** What `openPerson` asks: a human being, and an account that they stand behind. */
export interface OpenPersonInput extends CommandOptions {
  readonly name?: string
  /** `YYYY-MM-DD`. */
  readonly born?: string
  /** Id of the person; a new UUIDv7 when not given. */
  readonly person?: string
  readonly account?: string
  /** What they are to the account; `guarantor` when not given. */
  readonly role?: RoleOnAccount
  /** Effective day; today when not given. */
  readonly on?: string
}

/** May somebody be reached about an account? */
export interface MayRequest extends Asking {
  readonly account: string
  readonly by: Medium
  /** Absent: the account's guarantor. */
  readonly person?: string
  /** One phone, address or e-mail; absent: each that the medium can use. */
  readonly datum?: string
  /** With whom; the person when not given. */
  readonly with?: ContactParty
  /** `collect` when not given. */
  readonly purpose?: ContactPurpose
  /** The level of a letter; 0 when not given: it demands nothing. */
  readonly letterLevel?: number
  /** Of purpose `location`: of whom it is asked where the person is. */
  readonly location?: LocationContact
  /** An instant, `2026-11-30T15:00:00.000Z`; now when not given. */
  readonly at?: string
}

/** A statement: what would be sent today, or one that was. */
export interface StatementRequest extends Asking {
  readonly account: string
  /** The id of a document, or `last`: the last statement or letter. Absent: what would be sent today. */
  readonly document?: string
}

/** Documents that nobody has handed to a carrier. */
export interface StatementFileRequest extends Asking {
  /** Those of one account; of all when not given. */
  readonly account?: string
}

/** As of a civil day (what was true); known at a moment (what we knew): `@position`, a day, or a time. */
export interface Moments extends Asking {
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

/** Which work. */
export interface WorklistRequest extends Moments {
  /** A queue, or a part of one: `denials`, `denials:auth`. All where not given. */
  readonly queue?: string
  /**
   * An instant of that day, `2026-11-30T15:00:00.000Z`, for work that waits for a time of day. Not given: now where
   * the day is today, else the day's end at the practice.
   */
  readonly now?: string
  /** Only what this one has (`AssignWork`), and what others have whose work they do that day (`delegate`). */
  readonly assignedTo?: string
  /** At most so many items, from the top. */
  readonly limit?: number
  /**
   * For how many items, from the top, the next action of the account is decided, by its own stream and its guarantor's; all
   * where not given. None on a day that is not today, or as known earlier: what may be done is asked of now.
   */
  readonly nextActions?: number
  /** How likely accounts pay, by their ids, and by whose model: a term of the score (reference §11.2). Daybook estimates nothing. */
  readonly propensity?: Readonly<Record<string, Propensity>>
}

/** Which accounts of the books. */
export interface ControlAccountsRequest extends Moments {
  /** One account, `withhold:12345`, or all of a name, `withhold`. All where not given. */
  readonly account?: string
}

/** Cash between which days. */
export interface CashRequest extends Asking {
  /** First day, `YYYY-MM-DD`; the first of the last day's month when not given. */
  readonly from?: string
  /** Last day; today when not given. */
  readonly to?: string
  /** The head of the log when not given. */
  readonly knownAt?: string
}

/** What an explanation is asked of. */
export interface ExplanationRequest extends Moments {
  /** One line of the account, by its id. */
  readonly line?: string
}

/** What is said of a policy that is published. */
export interface PublishOptions extends Acting {
  readonly commandId?: string
  /** Why; goes into the book. */
  readonly reason: string
  /** `YYYY-MM-DD`; today when not given. */
  readonly on?: string
}

/** What a person says who lets a held remittance, or a held claim of it, through. */
export interface ReleaseOptions extends Acting {
  readonly reason: string
  /** A held claim's number: tries what is held of the remittance again. Absent: lets the whole remittance through. */
  readonly claim?: number
  /** The visit that the held claim is of, where nothing else tells: one of its candidates. */
  readonly visit?: string
  /**
   * Control account that takes a difference: `providerAdjustment:<PLB code>`, `refundsPayable`, `interestIncome`,
   * `capitationIncome`, `withholdReceivable:<payer>`, `taxReceivable`, `levyReceivable`, `openingBalance`.
   */
  readonly account?: string
  /** `YYYY-MM-DD`, where the advice names none, or a wrong one. */
  readonly paymentDate?: string
  /**
   * Says that a second payment came, of the same payer, trace, day and amount. Without it an advice of a payment whose cash
   * is in the books is not released: it would bring the cash twice.
   */
  readonly anotherPayment?: boolean
  /** Opens accounts for claims that no visit is found for. */
  readonly openMissing?: boolean
  /**
   * Instead: what the payer withheld beside the claims (PLB E3) came by money of its own. `amount`: so much of it, cents; absent: all that
   * stands. Below zero: what had come so did not stay.
   */
  readonly withheld?: WithheldCame
  readonly commandId?: string
}

/** How what a payer withheld beside its claims came. */
export interface WithheldCame {
  readonly by: 'check' | 'ach' | 'other'
  /** Number of the check, or the trace of the payment. */
  readonly reference?: string
  readonly amount?: number
  /** `YYYY-MM-DD`, the day on which it was received; absent: today. */
  readonly on?: string
}

/** What a person says who turns a remittance away, or a held claim of it. */
export interface RejectOptions extends Acting {
  readonly reason: string
  /** A held claim's number; absent: the whole remittance. */
  readonly claim?: number
  /** Control account that takes the claim's money out of clearing: one of those that take a difference. */
  readonly account?: string
  /**
   * Instead: what the payer withheld beside the claims (PLB E3) is lost. `amount`: so much of it, cents; absent: all that
   * stands. Below zero: what the payer gave beyond what it had withheld.
   */
  readonly withheld?: true | { readonly amount: number }
  readonly commandId?: string
}

/** What a person says who decides that a held claim of a file of the practice's own is not to be taken. */
export interface DismissOptions extends Acting {
  readonly reason: string
  /** The claim's place in its file. */
  readonly claim: number
  readonly commandId?: string
}

/** What a person says who sends a payer its money back, or says that it never arrived. */
export interface RefundOptions extends Acting {
  readonly reason: string
  /** `YYYY-MM-DD`, the day on which it was sent; absent: today. */
  readonly on?: string
  /** Cents; absent: all that is to be sent back. */
  readonly amount?: number
  /** How it went. */
  readonly method?: 'check' | 'ach' | 'other'
  /** Number of the check, or the trace of the payment. */
  readonly reference?: string
  /** Number of a refund of this remittance that never reached the payer: the money is to be sent back as before. */
  readonly void?: number
  readonly commandId?: string
}

/** What `check` is told. */
export interface CheckOptions extends Asking {
  /** A `head` of an earlier report: up to it nothing may have changed since. */
  readonly expectHead?: string
  /** The same of the access log: `accesses.head` of an earlier report. */
  readonly expectAccessHead?: string
  readonly onProgress?: (done: number, of: number) => void
}

/** What `day` is told. */
export interface DayOptions extends Asking {
  /** `YYYY-MM-DD`, today when not given; no day that has not come. */
  readonly date?: string
  /** Says what the day would bring, and writes nothing. */
  readonly dryRun?: boolean
  /** Called as it goes on: how many plans of how many. */
  readonly onProgress?: (done: number, of: number) => void
}

/** Who does whose work, and how long. */
export interface DelegateRequest extends Acting {
  /** Whose work it is: the actor's, unless a supervisor, a manager, compliance or a director says it. */
  readonly from: string
  readonly to: string
  /** Queues without their parts, `denials`; all work when not given. */
  readonly queues?: readonly string[]
  /** The first day, `YYYY-MM-DD`; today when not given, and never earlier. */
  readonly since?: string
  /** The last day. */
  readonly until: string
  readonly reason: string
  /** Id of the delegation; one of the command when not given. */
  readonly delegation?: string
  readonly commandId?: string
}

/** Why a delegation ends before its time. */
export interface RevokeOptions extends Acting {
  readonly reason: string
  readonly commandId?: string
}

/** Which delegations: all, and which of them are in force on a day. */
export interface DelegationsRequest extends Asking {
  /** Today when not given. */
  readonly asOf?: string
}

/** Whose work goes to whom. */
export interface HandOverRequest extends Acting {
  readonly from: string
  readonly to: string
  /** Given again with the same id, after it was stopped, nothing is done twice; a new one when not given. */
  readonly commandId?: string
  /** Says what would go, and writes nothing. */
  readonly dryRun?: boolean
}

/** What `rebuild` is told. */
export interface RebuildOptions extends Asking {
  /** Called as it goes on: which view, and how many positions of how many. */
  readonly onProgress?: (view: string, done: number, of: number) => void
}
