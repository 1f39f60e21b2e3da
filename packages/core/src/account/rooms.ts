import { z } from 'zod'
import type { Of } from '../kernel/decision.ts'
import { makeCodec } from '../kernel/event.ts'
import { type AgreementCommand, agreementAsksOrReports, agreementCommands } from './agreements/commands.ts'
import { type AgreementEvent, agreementBrings, agreementEvents } from './agreements/events.ts'
import type { AgreementState } from './agreements/state.ts'
import { type AutopayCommand, autopayAsksOrReports, autopayCommands } from './autopay/commands.ts'
import { type AutopayEvent, autopayBrings, autopayEvents } from './autopay/events.ts'
import type { AutopayState } from './autopay/state.ts'
import { type ClaimCommand, claimAsksOrReports, claimCommands } from './claims/commands.ts'
import { type ClaimEvent, claimBrings, claimEvents } from './claims/events.ts'
import type { ClaimState } from './claims/state.ts'
import { type CoverageCommand, coverageAsksOrReports, coverageCommands } from './coverage/commands.ts'
import { type CoverageEvent, coverageBrings, coverageEvents } from './coverage/events.ts'
import type { CoverageState } from './coverage/state.ts'
import { type CreditCommand, creditAsksOrReports, creditCommands } from './credits/commands.ts'
import { type CreditEvent, creditBrings, creditEvents } from './credits/events.ts'
import type { CreditState } from './credits/state.ts'
import { type DisputeCommand, disputeAsksOrReports, disputeCommands } from './disputes/commands.ts'
import { type DisputeEvent, disputeBrings, disputeEvents } from './disputes/events.ts'
import type { DisputeState } from './disputes/state.ts'
import { type InquiryCommand, inquiryAsksOrReports, inquiryCommands } from './inquiries/commands.ts'
import { type InquiryEvent, inquiryBrings, inquiryEvents } from './inquiries/events.ts'
import type { InquiryState } from './inquiries/state.ts'
import { type LedgerCommand, ledgerAsksOrReports, ledgerCommands } from './ledger/commands.ts'
import { type LedgerEvent, ledgerBrings, ledgerEvents } from './ledger/events.ts'
import type { LedgerState } from './ledger/state.ts'
import { type LetterCommand, letterAsksOrReports, letterCommands } from './letters/commands.ts'
import { type LetterEvent, letterBrings, letterEvents } from './letters/events.ts'
import type { LetterState } from './letters/state.ts'
import { type NoteCommand, noteAsksOrReports, noteCommands } from './notes/commands.ts'
import { type NoteEvent, noteBrings, noteEvents } from './notes/events.ts'
import type { NoteState } from './notes/state.ts'
import { type PaymentCommand, paymentAsksOrReports, paymentCommands } from './payments/commands.ts'
import { type PaymentEvent, paymentBrings, paymentEvents } from './payments/events.ts'
import type { PaymentState } from './payments/state.ts'
import { type PlacementCommand, placementAsksOrReports, placementCommands } from './placement/commands.ts'
import { type PlacementEvent, placementBrings, placementEvents } from './placement/events.ts'
import type { PlacementState } from './placement/state.ts'
import { type PlanCommand, planAsksOrReports, planCommands } from './plans/commands.ts'
import { type PlanEvent, planBrings, planEvents } from './plans/events.ts'
import type { PlanState } from './plans/state.ts'
import { type PromiseCommand, promiseAsksOrReports, promiseCommands } from './promises/commands.ts'
import { type PromiseEvent, promiseBrings, promiseEvents } from './promises/events.ts'
import type { PromiseState } from './promises/state.ts'
import { type RegistrationCommand, registrationAsksOrReports, registrationCommands } from './registration/commands.ts'
import { type RegistrationEvent, registrationBrings, registrationEvents } from './registration/events.ts'
import type { RegistrationState } from './registration/state.ts'
import { type ReviewCommand, reviewAsksOrReports, reviewCommands } from './reviews/commands.ts'
import { type ReviewEvent, reviewBrings, reviewEvents } from './reviews/events.ts'
import type { ReviewState } from './reviews/state.ts'
import { type StatementCommand, statementAsksOrReports, statementCommands } from './statements/commands.ts'
import { type StatementEvent, statementBrings, statementEvents } from './statements/events.ts'
import type { StatementState } from './statements/state.ts'
import { type WorkCommand, workAsksOrReports, workCommands } from './work/commands.ts'
import { type WorkEvent, workEvents } from './work/events.ts'
import type { WorkState } from './work/state.ts'

// The rooms that every facet brings into the account: what can happen, what may be asked, what is known. One line a
// facet in each list, sorted.

/** Everything that can happen to an account. */
export type AccountEvent =
  | AgreementEvent
  | AutopayEvent
  | ClaimEvent
  | CoverageEvent
  | CreditEvent
  | DisputeEvent
  | InquiryEvent
  | LedgerEvent
  | LetterEvent
  | NoteEvent
  | PaymentEvent
  | PlacementEvent
  | PlanEvent
  | PromiseEvent
  | RegistrationEvent
  | ReviewEvent
  | StatementEvent
  | WorkEvent

/** Everything the desk may ask of an account. */
export type AccountCommand =
  | AgreementCommand
  | AutopayCommand
  | ClaimCommand
  | CoverageCommand
  | CreditCommand
  | DisputeCommand
  | InquiryCommand
  | LedgerCommand
  | LetterCommand
  | NoteCommand
  | PaymentCommand
  | PlacementCommand
  | PlanCommand
  | PromiseCommand
  | RegistrationCommand
  | ReviewCommand
  | StatementCommand
  | WorkCommand

/** One slice a facet. A facet's evolve may read any event and writes only its own slice. */
export interface AccountState {
  readonly agreements: AgreementState
  readonly autopay: AutopayState
  readonly claims: ClaimState
  readonly coverage: CoverageState
  readonly credits: CreditState
  readonly disputes: DisputeState
  readonly inquiries: InquiryState
  readonly ledger: LedgerState
  readonly letters: LetterState
  readonly notes: NoteState
  readonly payments: PaymentState
  readonly placement: PlacementState
  readonly plans: PlanState
  readonly promises: PromiseState
  readonly registration: RegistrationState
  readonly reviews: ReviewState
  readonly statements: StatementState
  readonly work: WorkState
}

/** Definitions of the events, by facet. */
export const eventsOfFacets = {
  agreements: agreementEvents,
  autopay: autopayEvents,
  claims: claimEvents,
  coverage: coverageEvents,
  credits: creditEvents,
  disputes: disputeEvents,
  inquiries: inquiryEvents,
  ledger: ledgerEvents,
  letters: letterEvents,
  notes: noteEvents,
  payments: paymentEvents,
  placement: placementEvents,
  plans: planEvents,
  promises: promiseEvents,
  registration: registrationEvents,
  reviews: reviewEvents,
  statements: statementEvents,
  work: workEvents,
} as const satisfies { readonly [Facet in keyof AccountState]: unknown }

const commandsOfFacets = {
  agreements: agreementCommands,
  autopay: autopayCommands,
  claims: claimCommands,
  coverage: coverageCommands,
  credits: creditCommands,
  disputes: disputeCommands,
  inquiries: inquiryCommands,
  ledger: ledgerCommands,
  letters: letterCommands,
  notes: noteCommands,
  payments: paymentCommands,
  placement: placementCommands,
  plans: planCommands,
  promises: promiseCommands,
  registration: registrationCommands,
  reviews: reviewCommands,
  statements: statementCommands,
  work: workCommands,
} as const satisfies { readonly [Facet in keyof AccountState]: unknown }

/**
 * Which commands ask, and are refused by every rule that stands against them, and which report what has happened, which no
 * rule can undo: those are refused only for what makes them no report at all (decision 0014, law Q8).
 */
export const asksOrReports: { readonly [Type in AccountCommand['type']]: 'asks' | 'reports' } = {
  ...agreementAsksOrReports,
  ...autopayAsksOrReports,
  ...claimAsksOrReports,
  ...coverageAsksOrReports,
  ...creditAsksOrReports,
  ...disputeAsksOrReports,
  ...inquiryAsksOrReports,
  ...ledgerAsksOrReports,
  ...letterAsksOrReports,
  ...noteAsksOrReports,
  ...paymentAsksOrReports,
  ...placementAsksOrReports,
  ...planAsksOrReports,
  ...promiseAsksOrReports,
  ...registrationAsksOrReports,
  ...reviewAsksOrReports,
  ...statementAsksOrReports,
  ...workAsksOrReports,
}

/** The names of an event's ids: `plan` of `planId`. */
type Names<Event> = { readonly [Field in keyof Event]: Field extends `${infer Name}Id` ? Name : never }[keyof Event]

/** What events bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const brings = {
  ...agreementBrings,
  ...autopayBrings,
  ...claimBrings,
  ...coverageBrings,
  ...creditBrings,
  ...disputeBrings,
  ...inquiryBrings,
  ...ledgerBrings,
  ...letterBrings,
  ...noteBrings,
  ...paymentBrings,
  ...placementBrings,
  ...planBrings,
  ...promiseBrings,
  ...registrationBrings,
  ...reviewBrings,
  ...statementBrings,
} as const satisfies { readonly [Type in AccountEvent['type']]?: Names<Of<AccountEvent, Type>> }

type Defined = (typeof eventsOfFacets)[keyof AccountState][number]
type Offered = (typeof commandsOfFacets)[keyof AccountState][number]

/** Definitions of all events of an account. */
export const accountEventDefinitions: readonly Defined[] = Object.values(eventsOfFacets).flat()

/** Stored text to events of an account and back. */
export const accountCodec = makeCodec<AccountEvent>(accountEventDefinitions)

/** Schemas of all commands of an account. */
export const accountCommandSchemas = Object.values(commandsOfFacets).flat() as [Offered, ...Offered[]]

export const accountCommand = z.discriminatedUnion('type', accountCommandSchemas)
/** A command as a caller writes it: plain strings and numbers; brands come out of validation. */
export type AccountCommandInput = z.input<typeof accountCommand>

// What other packages may name of each facet: its events, and the questions that may be asked of its state.
export type * from './agreements/events.ts'
export type { Election } from './agreements/state.ts'
export type * from './autopay/events.ts'
export { type Autopay, varies as autopayVaries } from './autopay/state.ts'
export type * from './claims/adjudication-events.ts'
export { importCommands } from './claims/commands.ts'
export { correctionPending } from './claims/corrections-state.ts'
export type * from './claims/denial-events.ts'
export type * from './claims/events.ts'
export {
  type Adjudication,
  type Denial,
  deniedAmount,
  isDuplicate,
  openDenials,
} from './claims/state.ts'
export type * from './claims/submission-events.ts'
export type * from './claims/takeback-events.ts'
export type * from './claims/withhold-events.ts'
export type * from './claims/work-item-events.ts'
export type * from './coverage/events.ts'
export { type Coverage, coverageAfter, coveragesOn } from './coverage/state.ts'
export type * from './credits/events.ts'
export type { Refund } from './credits/state.ts'
export type * from './disputes/events.ts'
export { freezes } from './disputes/kinds.ts'
export { type Dispute, frozenNow } from './disputes/state.ts'
export type * from './inquiries/events.ts'
export type { Inquiry } from './inquiries/state.ts'
export { balanceOf, balancesByParty, layersOf, linesOfVisit, owedOn } from './ledger/balances.ts'
export type * from './ledger/events.ts'
export { type Holding, type LayerBalance, type Line, receivableOf } from './ledger/state.ts'
export type * from './letters/events.ts'
export type * from './notes/events.ts'
export type * from './payments/events.ts'
export { type Payment, unappliedOf, unappliedTotal } from './payments/state.ts'
export type * from './placement/events.ts'
export type * from './plans/events.ts'
export { askedOf } from './plans/plan-state.ts'
export { activePlansOn, type InstalmentState, type Plan, type PlanStatus, remainingOf } from './plans/state.ts'
export type * from './promises/events.ts'
export { firstUnmet, judgedOn, lastDayOf, type PaymentPromise } from './promises/state.ts'
export type * from './registration/events.ts'
export type { Visit } from './registration/state.ts'
export type * from './reviews/events.ts'
export type { FailedClaim, Finding } from './reviews/state.ts'
export type * from './statements/events.ts'
export { deliveryOf, type IssuedDocument, type Itemisation, returnedOn } from './statements/state.ts'
export type * from './work/events.ts'
export type { Assignment, Piece, Snooze } from './work/state.ts'
