import {
  type ClaimAdjudicated,
  type ContractualAdjustmentPosted,
  claimAdjudicated,
  contractualAdjustmentPosted,
  type InsurancePaymentPosted,
  insurancePaymentPosted,
  type PriorPayerSettled,
  type PriorPayerSettlementUndone,
  priorPayerSettled,
  priorPayerSettlementUndone,
} from './adjudication-events.ts'
import { type DenialRecorded, type DenialResolved, denialRecorded, denialResolved } from './denial-events.ts'
import { type ClaimSubmitted, claimSubmitted } from './submission-events.ts'
import {
  type AdjudicationReversed,
  adjudicationReversed,
  type PayerTakebackPosted,
  type PayerTakebackUndone,
  payerTakebackPosted,
  payerTakebackUndone,
  type RefundAcknowledged,
  refundAcknowledged,
} from './takeback-events.ts'
import { type WithholdSettled, withholdSettled } from './withhold-events.ts'
import {
  type ClaimWorkItemRaised,
  type ClaimWorkItemResolved,
  claimWorkItemRaised,
  claimWorkItemResolved,
} from './work-item-events.ts'

// postings.md rows 3–7, 10, 11: what payers decided, and its undoing. Each kind of news has a file of its own.

export const claimEvents = [
  claimSubmitted,
  claimAdjudicated,
  insurancePaymentPosted,
  contractualAdjustmentPosted,
  priorPayerSettled,
  priorPayerSettlementUndone,
  denialRecorded,
  denialResolved,
  adjudicationReversed,
  payerTakebackPosted,
  payerTakebackUndone,
  refundAcknowledged,
  withholdSettled,
  claimWorkItemRaised,
  claimWorkItemResolved,
] as const
export type ClaimEvent =
  | ClaimSubmitted
  | ClaimAdjudicated
  | InsurancePaymentPosted
  | ContractualAdjustmentPosted
  | PriorPayerSettled
  | PriorPayerSettlementUndone
  | DenialRecorded
  | DenialResolved
  | AdjudicationReversed
  | PayerTakebackPosted
  | PayerTakebackUndone
  | RefundAcknowledged
  | WithholdSettled
  | ClaimWorkItemRaised
  | ClaimWorkItemResolved

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const claimBrings = {
  ClaimAdjudicated: 'adjudication',
  ClaimWorkItemRaised: 'workItem',
  DenialRecorded: 'denial',
  PayerTakebackPosted: 'takeback',
} as const
