import type { z } from 'zod'
import { id } from './id.ts'

// Names that several facets use. An id of one facet alone is declared in its `events.ts`.

/** One guarantor account: the stream is `account-<id>`. Random (UUIDv7), never a medical record number (design §3.15). */
export const accountId = id('AccountId')
export type AccountId = z.infer<typeof accountId>
/** One encounter or episode of care: the unit that can move between accounts. */
export const visitId = id('VisitId')
export type VisitId = z.infer<typeof visitId>
/** One charge line, globally unique. */
export const lineId = id('LineId')
export type LineId = z.infer<typeof lineId>
/** One layer of a balance, with its own age, globally unique. */
export const layerId = id('LayerId')
export type LayerId = z.infer<typeof layerId>
export const patientId = id('PatientId')
export type PatientId = z.infer<typeof patientId>
/** One human being: the stream is `person-<id>`. Random (UUIDv7). */
export const personId = id('PersonId')
export type PersonId = z.infer<typeof personId>
/** One human being who is in the book as several persons: the stream is `group-<id>`. */
export const groupId = id('GroupId')
export type GroupId = z.infer<typeof groupId>
/** One phone number, address or e-mail of a person. */
export const datumId = id('DatumId')
export type DatumId = z.infer<typeof datumId>
export const coverageId = id('CoverageId')
export type CoverageId = z.infer<typeof coverageId>
/** The payer as the house knows it: a plan id, a tax id or a normalised name (postings, clarification 18). */
export const payerId = id('PayerId')
export type PayerId = z.infer<typeof payerId>
export const adjudicationId = id('AdjudicationId')
export type AdjudicationId = z.infer<typeof adjudicationId>
export const denialId = id('DenialId')
export type DenialId = z.infer<typeof denialId>
/** One held amount of patient responsibility. */
export const holdingId = id('HoldingId')
export type HoldingId = z.infer<typeof holdingId>
/** One thing that a payer's paper left for a person to do. */
export const workItemId = id('WorkItemId')
export type WorkItemId = z.infer<typeof workItemId>
export const paymentId = id('PaymentId')
export type PaymentId = z.infer<typeof paymentId>
/** One write-off or other adjustment, so that it can be reversed by name. */
export const adjustmentId = id('AdjustmentId')
export type AdjustmentId = z.infer<typeof adjustmentId>
export const refundId = id('RefundId')
export type RefundId = z.infer<typeof refundId>
export const creditId = id('CreditId')
export type CreditId = z.infer<typeof creditId>
export const planId = id('PlanId')
export type PlanId = z.infer<typeof planId>
/** One statement, letter, receipt or itemised bill. */
export const documentId = id('DocumentId')
export type DocumentId = z.infer<typeof documentId>
export const placementId = id('PlacementId')
export type PlacementId = z.infer<typeof placementId>
export const agencyId = id('AgencyId')
export type AgencyId = z.infer<typeof agencyId>
export const remittanceId = id('RemittanceId')
export type RemittanceId = z.infer<typeof remittanceId>
/** One line of the bank's statement: the stream is `deposit-<id>`. */
export const depositId = id('DepositId')
export type DepositId = z.infer<typeof depositId>
export const submissionId = id('SubmissionId')
export type SubmissionId = z.infer<typeof submissionId>
export const commandId = id('CommandId')
export type CommandId = z.infer<typeof commandId>
/** Who acted: a user id of the embedding product, or a named process such as `import`. */
export const actorId = id('ActorId')
export type ActorId = z.infer<typeof actorId>
export const eventId = id('EventId')
export type EventId = z.infer<typeof eventId>
