import { z } from 'zod'
import { cents, nonZeroCents } from '../../kernel/cents.ts'
import { classified, code, count, oneOf, phi, pii, text } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { datumId, layerId, lineId, patientId, paymentId, personId, planId, visitId } from '../../kernel/ids.ts'

// What a statement, a letter, a receipt and an itemised bill say: all that is printed, and nothing else. The event of each
// keeps it whole, so that it can be printed again to the same bytes (law K6). The wire contract.

/** Who it is from, as the practice's profile said then. */
export const sender = z.strictObject({
  name: text(120),
  address: z.array(text(120)),
  phone: text(40),
  website: text(120),
  answers: text(120),
  waysToPay: z.array(text(200)),
  assistancePhone: text(40),
  assistanceUrl: text(200),
  taglines: z.array(text(400)),
})
export interface Sender extends z.infer<typeof sender> {}

/** Where it goes: to a place that the person may be reached by, or into somebody's hand. */
export const addressee = z.strictObject({
  channel: oneOf(['mail', 'email', 'inPerson', 'portal']),
  name: pii(z.string().max(120)).optional(),
  personId: personId.optional(),
  datumId: datumId.optional(),
  /** The address, or the e-mail, as it was used. */
  address: pii(z.string().max(200)).optional(),
})
export interface Addressee extends z.infer<typeof addressee> {}

/** What an event did to what the guarantor owes, as a statement words it. */
export const activityKind = oneOf([
  'charge',
  'broughtForward',
  'yourShare',
  'takenBackByInsurance',
  'insurance',
  'adjustment',
  'adjustmentUndone',
  'payment',
  'paymentReturned',
  'refund',
  'placed',
  'recalled',
  'other',
])
export type ActivityKind = z.infer<typeof activityKind>

/** One change of the balance that no statement has told before, effective its day. */
export const activityLine = z.strictObject({
  on: day,
  what: activityKind,
  lineId: lineId.optional(),
  paymentId: paymentId.optional(),
  amount: nonZeroCents,
})
export interface ActivityLine extends z.infer<typeof activityLine> {}

/** One service, from its charge to what is owed on it: charge + insurance + adjustments + paid + other − elsewhere = balance. */
export const serviceLine = z.strictObject({
  visitId,
  lineId,
  from: day,
  to: day,
  code: code(48),
  charge: cents,
  /** Paid by insurance, adjusted or given up, paid by the guarantor: below zero as a rule. */
  insurance: cents,
  adjustments: cents,
  paid: cents,
  /** What else has happened to it, so that the row adds up. */
  other: cents,
  /** What insurance has still to decide, or an agency has. */
  elsewhere: cents,
  balance: cents,
})
export interface ServiceLine extends z.infer<typeof serviceLine> {}

/** Why an amount is owed, and not asked for now. */
export const apartReason = oneOf(['disputed', 'onPlan', 'promised', 'insurance', 'paused', 'onAccount'])
export type ApartReason = z.infer<typeof apartReason>

/** One visit, and how far the ladder has come with it. */
export const statementVisit = z.strictObject({
  visitId,
  /** Absent where the line is of no service: a refund that is owed again. */
  patientId: patientId.optional(),
  /** The last step that the guarantor was told of, this document too. */
  level: count(),
  /** Whether this document is a step of the ladder for it. */
  told: classified(z.boolean(), 'code'),
  /** The open layers that it tells of: when none of them is open any more, the ladder begins again. */
  layers: z.array(layerId),
})
export interface StatementVisit extends z.infer<typeof statementVisit> {}

export const bucket = z.strictObject({ from: count(), to: count().optional(), amount: cents })

/** A statement, or a letter of the ladder. Amounts are cents. */
export const statementFields = {
  /** Of the account's statements and letters, from 1. */
  number: classified(z.int().positive(), 'count'),
  /** The step of the ladder: 1 and 2 statements, 3 and 4 letters, 5 the final notice; 0 none of them. */
  level: count(),
  templateVersion: classified(z.int().positive(), 'count'),
  accountNumber: code(80),
  sender,
  to: addressee,
  /** Initials where everything goes to a confidential place (45 CFR 164.522(b)). */
  patients: z.array(z.strictObject({ patientId, name: phi(z.string().max(120)) })),
  dueOn: day,
  /** That of the statement before; absent on the first. */
  previousOn: day.optional(),
  previousBalance: cents,
  activity: z.array(activityLine),
  /** What the guarantor owes that no agency has, less money on account: previous balance and activity (law K5). */
  balance: cents,
  /** Owed, and not asked for now; with `amountDue` they add up to the balance. */
  apart: z.array(z.strictObject({ why: apartReason, amount: nonZeroCents })),
  amountDue: cents,
  instalments: z.array(z.strictObject({ planId, due: day, amount: cents })),
  visits: z.array(statementVisit),
  lines: z.array(serviceLine),
  /** What is asked for, by its age in days. */
  aging: z.array(bucket),
  notices: z.array(z.strictObject({ id: code(40), version: classified(z.int().positive(), 'count') })),
  /** What a letter says will happen if nobody answers. */
  mentions: z.array(code(40)),
}
export const statementContent = z.strictObject({ kind: oneOf(['statement', 'letter']), on: day, ...statementFields })
export interface StatementContent extends z.infer<typeof statementContent> {}

/** A receipt for a payment. */
export const receiptFields = {
  templateVersion: classified(z.int().positive(), 'count'),
  accountNumber: code(80),
  sender,
  to: addressee,
  paymentId,
  receivedOn: day,
  tender: code(20),
  /** Of the account's receipts, from 1: one number a payment, also where it is printed again. Absent before version 2. */
  number: classified(z.int().positive(), 'count').optional(),
  /** A receipt of the payment was made before. */
  copy: classified(z.boolean(), 'code').optional(),
  amount: cents,
  /** What of it went where; the rest stands on account. */
  applied: z.array(z.strictObject({ lineId, from: day, code: code(48), amount: cents })),
  onAccount: cents,
}
export const receiptContent = z.strictObject({ kind: oneOf(['receipt']), on: day, ...receiptFields })
export interface ReceiptContent extends z.infer<typeof receiptContent> {}

/** An itemised bill: every service of the visits that it was asked for. */
export const itemisedFields = {
  templateVersion: classified(z.int().positive(), 'count'),
  accountNumber: code(80),
  sender,
  to: addressee,
  patients: z.array(z.strictObject({ patientId, name: phi(z.string().max(120)) })),
  lines: z.array(serviceLine),
  balance: cents,
}
export const itemisedContent = z.strictObject({ kind: oneOf(['itemised']), on: day, ...itemisedFields })
export interface ItemisedContent extends z.infer<typeof itemisedContent> {}
