import { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { classified, flag, freeText, oneOf, why } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { party, posting } from '../../kernel/effects.ts'
import { event } from '../../kernel/event.ts'
import { actorId, adjudicationId, creditId, layerId, lineId, paymentId, refundId, visitId } from '../../kernel/ids.ts'

// postings.md rows 19 and 28, clarifications 34 and 36. (Row 20, the payer's acknowledgement, is in claims: it comes with an 835.)

/** Whose money it is: to whom a refund goes unless somebody overrides it (law G2). */
export const creditOwner = oneOf(['patient', 'payer', 'government', 'unknown'])
export type CreditOwner = z.infer<typeof creditOwner>

/**
 * Where credited money stands: what of a patient's payment is unapplied, or overpays the layer it was applied to; or
 * what a party was overpaid on a line, with the adjudication that paid it where one is known.
 */
export const creditSource = z.union([
  z.strictObject({ paymentId, lineId: lineId.optional(), layerId: layerId.optional(), amount: positiveCents }),
  z.strictObject({ lineId, party, adjudicationId: adjudicationId.optional(), amount: positiveCents }),
])
export type CreditSource = z.infer<typeof creditSource>

/**
 * Somebody is owed money. The same id again says that the amount or the standing has changed; `identifiedDate` stays,
 * so that no clock starts over. `provisional` while a reversal waits for its correction: no refund clock runs.
 */
export const creditBalanceIdentified = event('CreditBalanceIdentified', {
  creditId,
  owner: creditOwner,
  amount: positiveCents,
  sources: z.array(creditSource),
  provisional: flag(),
  identifiedDate: day,
})
export interface CreditBalanceIdentified extends z.infer<typeof creditBalanceIdentified.schema> {}

/**
 * Nobody is owed this any more, and why: sent back, used for an open item, undone with what had caused it, or changed
 * into another credit.
 */
export const creditBalanceResolved = event('CreditBalanceResolved', {
  creditId,
  how: oneOf(['refunded', 'applied', 'corrected', 'changed']),
})
export interface CreditBalanceResolved extends z.infer<typeof creditBalanceResolved.schema> {}

/** To whom a refund goes; `state`: unclaimed property. */
export const payee = oneOf(['guarantor', 'payer', 'state'])
export const refundMethod = oneOf(['check', 'card', 'ach', 'other'])

/** Somebody may be paid back. No money moves before it is issued. */
export const refundApproved = event('RefundApproved', {
  refundId,
  creditId: creditId.optional(),
  payee,
  amount: positiveCents,
  of: z.array(creditSource),
  method: refundMethod,
  approver: actorId,
  reason: why(),
  /** Why it goes to somebody else, or another way, than the money came from (law G2). */
  override: freeText().optional(),
})
export interface RefundApproved extends z.infer<typeof refundApproved.schema> {}

/** The check is written: the credit is gone, refunds payable stands. */
export const refundIssued = event('RefundIssued', {
  refundId,
  amount: positiveCents,
  of: z.array(creditSource),
  ...posting,
})
export interface RefundIssued extends z.infer<typeof refundIssued.schema> {}
/** The bank paid it. */
export const refundCleared = event('RefundCleared', { refundId, ...posting })
export interface RefundCleared extends z.infer<typeof refundCleared.schema> {}
/** Never cashed or stopped: the credit stands again, exactly (law G3). */
export const refundVoided = event('RefundVoided', {
  refundId,
  /** The sources that get their credit back: those of the issue, none where it was only approved. */
  of: z.array(creditSource),
  reason: why(),
  status: classified(z.enum(['approved', 'issued']), 'code'),
  ...posting,
})
export interface RefundVoided extends z.infer<typeof refundVoided.schema> {}

const place = z.strictObject({ lineId, party, layerId })

/**
 * A credit on one item is used for another item of the same owner (clarification 36): both move on its own day, so what
 * stood before stays. `of`: whose money it is.
 */
export const creditMoved = event('CreditMoved', {
  creditId,
  amount: positiveCents,
  from: place,
  to: place,
  of: creditSource,
  /** It undoes a move: the credit stands where it was again, below zero. */
  undoes: flag().optional(),
  reason: why(),
  ...posting,
})
export interface CreditMoved extends z.infer<typeof creditMoved.schema> {}

/**
 * The bank took back a payment of which a part had been refunded: whoever got that owes it again (clarification 34), from
 * the later of the two days. The guarantor owes it on a line of its own, which is of no service; where somebody else got
 * it, the control account `refundReceivable` says so, and a person asks for it.
 */
export const refundOwedAgain = event('RefundOwedAgain', {
  refundId,
  paymentId,
  payee,
  amount: positiveCents,
  /** The line that the guarantor owes it on. No visit has its visit id: nothing was done for it. */
  owedOn: z.strictObject({ visitId, lineId }).optional(),
  ...posting,
})
export interface RefundOwedAgain extends z.infer<typeof refundOwedAgain.schema> {}

/** A refund that was owed again was never cashed: there is no debt. What was paid on it, or given up, came off it first. */
export const refundDebtCancelled = event('RefundDebtCancelled', {
  refundId,
  paymentId,
  amount: positiveCents,
  lineId: lineId.optional(),
  ...posting,
})
export interface RefundDebtCancelled extends z.infer<typeof refundDebtCancelled.schema> {}

export const creditEvents = [
  creditBalanceIdentified,
  creditBalanceResolved,
  refundApproved,
  refundIssued,
  refundCleared,
  refundVoided,
  creditMoved,
  refundOwedAgain,
  refundDebtCancelled,
] as const
export type CreditEvent =
  | CreditBalanceIdentified
  | CreditBalanceResolved
  | RefundApproved
  | RefundIssued
  | RefundCleared
  | RefundVoided
  | CreditMoved
  | RefundOwedAgain
  | RefundDebtCancelled

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const creditBrings = {
  CreditBalanceIdentified: 'credit',
  RefundApproved: 'refund',
} as const
