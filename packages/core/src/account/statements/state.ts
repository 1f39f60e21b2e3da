import type { Day } from '../../kernel/day.ts'
import type { DocumentId, LayerId, PatientId, PaymentId, VisitId } from '../../kernel/ids.ts'
import { type Questions, type ReadonlyTable, Table } from '../../kernel/table.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type { CoverageAdded } from '../coverage/events.ts'
import type { CorrespondenceIssued } from '../letters/events.ts'
import type { PatientPaymentPosted, PaymentReversed } from '../payments/events.ts'
import { type Change, leftAfter } from './activity-state.ts'
import type {
  DeliveryRecorded,
  DocumentPartKept,
  DunningPaused,
  DunningResumed,
  ItemisationId,
  ItemisationIssued,
  ItemisationRequested,
  LetterIssued,
  PauseId,
  ReceiptIssued,
  ReminderSent,
  StatementIssued,
} from './events.ts'
import { type Divisible, whole } from './parts-state.ts'

/** The last step of the ladder: statements have the levels 1 and 2, letters 3 and 4, the final notice 5. */
export const FINAL_NOTICE = 5
/** The highest level at which nothing but a statement is sent. */
export const LAST_STATEMENT = 2

/** The level of a letter by what it demands: a statement demands nothing (reference §3.1, §11.5). */
export const letterLevel = (level: number): number => Math.max(0, level - LAST_STATEMENT)

/** A statement or a letter: what the ladder is made of. */
export type Step = StatementIssued | LetterIssued
export type Issued = Step | ReceiptIssued | ItemisationIssued | CorrespondenceIssued

/** A document, and what became of it on its way. */
export interface IssuedDocument {
  readonly documentId: DocumentId
  readonly event: Issued
  readonly deliveries: readonly DeliveryRecorded[]
  readonly remindedOn?: Day | undefined
}

/** How far the ladder has come with a visit, and the layers that the guarantor was told of then. */
export interface Rung {
  readonly level: number
  readonly on: Day
  readonly layers: readonly LayerId[]
}

/** A payment of the guarantor's, and the balance before it. */
export interface SeenPayment {
  readonly on: Day
  readonly amount: number
  readonly before: number
}

/** A pause that a person set. */
export interface Pause {
  readonly pauseId: PauseId
  readonly because: DunningPaused['because']
  readonly from: Day
  /** The first day on which it goes on. */
  readonly to?: Day | undefined
  readonly resumed: boolean
}

/** A request for an itemised bill. */
export interface Itemisation {
  readonly requested: ItemisationRequested
  readonly documentId?: DocumentId | undefined
}

const ofDocuments = {
  where: {
    /** It is a step of the ladder, or stands where one would. */
    step: ({ event }: IssuedDocument) => event.type === 'StatementIssued' || event.type === 'LetterIssued',
  },
} satisfies Questions<IssuedDocument>

export interface StatementState {
  /** In the order in which they were made. */
  readonly documents: ReadonlyTable<DocumentId, IssuedDocument, typeof ofDocuments>
  /** Changes of the balance that no statement has told, in the order of the book (law K7). */
  readonly pending?: Change | undefined
  /** What the guarantor owes that no agency has, less money on account: all that is in the book. */
  readonly balance: number
  readonly rungs: ReadonlyVersionedMap<VisitId, Rung>
  /** The last statement or letter, and the last that was no letter. */
  readonly last?: Step | undefined
  readonly lastStatement?: Step | undefined
  readonly payments: ReadonlyVersionedMap<PaymentId, SeenPayment>
  /** Coverages as they were found. */
  readonly insurance: readonly { readonly patientId: PatientId; readonly on: Day }[]
  readonly pauses: ReadonlyVersionedMap<PauseId, Pause>
  readonly itemisations: ReadonlyVersionedMap<ItemisationId, Itemisation>
  /** The number of the receipts of a payment, from 1 in the order in which payments got their first. */
  readonly receipts: ReadonlyVersionedMap<PaymentId, number>
  /** Parts of a document that has not come yet. */
  readonly parts: readonly DocumentPartKept[]
}
export interface StatementBuilder {
  documents: Table<DocumentId, IssuedDocument, typeof ofDocuments>
  pending?: Change | undefined
  balance: number
  rungs: VersionedMap<VisitId, Rung>
  last?: Step | undefined
  lastStatement?: Step | undefined
  payments: VersionedMap<PaymentId, SeenPayment>
  insurance: StatementState['insurance']
  pauses: VersionedMap<PauseId, Pause>
  itemisations: VersionedMap<ItemisationId, Itemisation>
  receipts: VersionedMap<PaymentId, number>
  parts: readonly DocumentPartKept[]
}

export const initial = (): StatementBuilder => ({
  documents: new Table(ofDocuments),
  balance: 0,
  rungs: new VersionedMap(),
  payments: new VersionedMap(),
  insurance: [],
  pauses: new VersionedMap(),
  itemisations: new VersionedMap(),
  receipts: new VersionedMap(),
  parts: [],
})
export const builderOf = (state: StatementState): StatementBuilder => ({
  ...state,
  documents: state.documents.next(),
  rungs: state.rungs.next(),
  payments: state.payments.next(),
  pauses: state.pauses.next(),
  itemisations: state.itemisations.next(),
  receipts: state.receipts.next(),
})

/** The document with all that was kept of it before. */
const together = <E extends Divisible>(slice: StatementBuilder, event: E): E => {
  const { parts } = slice
  slice.parts = []
  return whole(
    event,
    parts.filter(({ documentId }) => documentId === event.documentId),
  )
}

const add = (slice: StatementBuilder, event: Issued): void => {
  slice.documents.set(event.documentId, { documentId: event.documentId, event, deliveries: [] })
}

const tell = (slice: StatementBuilder, kept: Step): void => {
  const event = together(slice, kept)
  add(slice, event)
  slice.pending = leftAfter(slice.pending, event.effectiveDate)
  for (const { visitId, level, told, layers } of event.visits) {
    if (told) slice.rungs.set(visitId, { level, on: event.effectiveDate, layers })
  }
  slice.last = event
  if (event.type === 'StatementIssued') slice.lastStatement = event
}

const change = (slice: StatementBuilder, id: DocumentId, by: (document: IssuedDocument) => IssuedDocument): void => {
  const document = slice.documents.get(id)
  if (document) slice.documents.set(id, by(document))
}

export const evolve = {
  DocumentPartKept: (slice: StatementBuilder, event: DocumentPartKept) => {
    slice.parts = [...slice.parts, event]
  },
  StatementIssued: (slice: StatementBuilder, event: StatementIssued) => tell(slice, event),
  LetterIssued: (slice: StatementBuilder, event: LetterIssued) => tell(slice, event),
  ReceiptIssued: (slice: StatementBuilder, event: ReceiptIssued) => {
    add(slice, event)
    const { paymentId } = event
    // Receipts of before they had numbers count too.
    if (!slice.receipts.has(paymentId)) slice.receipts.set(paymentId, slice.receipts.size + 1)
  },
  CorrespondenceIssued: (slice: StatementBuilder, event: CorrespondenceIssued) => add(slice, together(slice, event)),
  ItemisationRequested: (slice: StatementBuilder, event: ItemisationRequested) => {
    slice.itemisations.set(event.itemisationId, { requested: event })
  },
  ItemisationIssued: (slice: StatementBuilder, event: ItemisationIssued) => {
    add(slice, together(slice, event))
    const known = slice.itemisations.get(event.itemisationId)
    if (known) slice.itemisations.set(event.itemisationId, { ...known, documentId: event.documentId })
  },
  DeliveryRecorded: (slice: StatementBuilder, event: DeliveryRecorded) =>
    change(slice, event.documentId, (document) => ({ ...document, deliveries: [...document.deliveries, event] })),
  ReminderSent: (slice: StatementBuilder, { documentId, effectiveDate }: ReminderSent) =>
    change(slice, documentId, (document) => ({ ...document, remindedOn: effectiveDate })),
  DunningPaused: (slice: StatementBuilder, { pauseId, because, effectiveDate, until }: DunningPaused) => {
    slice.pauses.set(pauseId, { pauseId, because, from: effectiveDate, to: until, resumed: false })
  },
  DunningResumed: (slice: StatementBuilder, { pauseId, effectiveDate }: DunningResumed) => {
    const pause = slice.pauses.get(pauseId)
    if (!pause) return
    const to = pause.to !== undefined && pause.to < effectiveDate ? pause.to : effectiveDate
    slice.pauses.set(pauseId, { ...pause, to, resumed: true })
  },
  // An agency's money is no sign of the guarantor's.
  PatientPaymentPosted: (slice: StatementBuilder, event: PatientPaymentPosted) => {
    const { paymentId, amount, effectiveDate: on, source } = event
    if (source !== 'agency') slice.payments.set(paymentId, { on, amount, before: slice.balance + amount })
  },
  PaymentReversed: (slice: StatementBuilder, { paymentId, amount }: PaymentReversed) => {
    const payment = slice.payments.get(paymentId)
    if (!payment) return
    if (amount >= payment.amount) slice.payments.delete(paymentId)
    else slice.payments.set(paymentId, { ...payment, amount: payment.amount - amount })
  },
  CoverageAdded: (slice: StatementBuilder, { patientId, effectiveDate: on }: CoverageAdded) => {
    slice.insurance = [...slice.insurance, { patientId, on }]
  },
}

/** Where a document stands on its way: what was said of it last. */
export const deliveryOf = ({ deliveries }: IssuedDocument): DeliveryRecorded['stage'] | undefined =>
  deliveries.at(-1)?.stage

/** A statement or letter that did not arrive, and nobody has corrected where it goes. */
export const returnedOn = (state: StatementState): Day | undefined => {
  const last = state.last && state.documents.get(state.last.documentId)?.deliveries.at(-1)
  return last && (last.stage === 'returned' || last.stage === 'bounced') ? last.effectiveDate : undefined
}
