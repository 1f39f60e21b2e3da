import type { Of } from '../kernel/decision.ts'
import type { AccountEvent } from './rooms.ts'

/** The names of an event's ids: `plan` of `planId`. */
type Names<Event> = { readonly [Field in keyof Event]: Field extends `${infer Name}Id` ? Name : never }[keyof Event]

/** What an event brings into the book, by the name that commands give it: its id stands in `<name>Id`. */
const brings = {
  AccountPlaced: 'placement',
  AttachmentAdded: 'attachment',
  ClaimAdjudicated: 'adjudication',
  ClaimWorkItemRaised: 'workItem',
  CoverageAdded: 'coverage',
  CreditBalanceIdentified: 'credit',
  DenialRecorded: 'denial',
  DisputeOpened: 'dispute',
  DunningPaused: 'pause',
  InquiryReceived: 'inquiry',
  ItemisationIssued: 'document',
  ItemisationRequested: 'itemisation',
  LetterIssued: 'document',
  NoteAdded: 'note',
  NoteAddended: 'addendum',
  NoticeRecorded: 'notice',
  PatientPaymentPosted: 'payment',
  PatientRegistered: 'patient',
  PaymentCapturePending: 'payment',
  PayerTakebackPosted: 'takeback',
  PlanProposed: 'plan',
  PromiseMade: 'promise',
  ReceiptIssued: 'document',
  RefundApproved: 'refund',
  ResponsibilityHeld: 'holding',
  SelfPayElected: 'election',
  StatementIssued: 'document',
  VisitOpened: 'visit',
  WriteOffPosted: 'adjustment',
} as const satisfies { readonly [Type in AccountEvent['type']]?: Names<Of<AccountEvent, Type>> }
type Brings = typeof brings

/** What a command can make: a payment, a plan, a refund … */
export type Made = Brings[keyof Brings]
/** Ids of what a command has made, by the name under which other commands take them; of several of a kind the first. */
export type MadeIds = { readonly [Kind in Made]?: string }

const kindOf = (type: string): Made | undefined => (brings as Readonly<Record<string, Made>>)[type]

/** The ids of what these events have brought into the book. */
export const madeBy = (events: Iterable<{ readonly type: string }>): MadeIds => {
  const ids: { [Kind in Made]?: string } = {}
  for (const event of events) {
    const kind = kindOf(event.type)
    const id: unknown = kind && Reflect.get(event, `${kind}Id`)
    if (kind && typeof id === 'string') ids[kind] ??= id
  }
  return ids
}
