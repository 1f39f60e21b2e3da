import { z } from 'zod'
import { cents, nonZeroCents, positiveCents } from '../../kernel/cents.ts'
import { classified, code, flag, freeText, oneOf, why } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { party, posting } from '../../kernel/effects.ts'
import { event } from '../../kernel/event.ts'
import {
  actorId,
  adjudicationId,
  adjustmentId,
  coverageId,
  denialId,
  holdingId,
  lineId,
  paymentId,
  visitId,
} from '../../kernel/ids.ts'
import { writeOffCategory } from '../../kernel/write-off-categories.ts'
import { groundFields } from '../approval.ts'

// postings.md rows 1, 2, 8, 9, 16, 17 and the opening balances of a converted book.

/** What reports are cut by, where known (design: money events carry them). */
export const dimensions = {
  financialClass: code(12).optional(),
  location: code(40).optional(),
  provider: code(40).optional(),
}

/** Economic: it happened on its day. Correction: we had mis-recorded, so it counts from the original's day. */
export const mode = oneOf(['economic', 'correction'])
export type Mode = z.infer<typeof mode>

const lineAmount = z.strictObject({ lineId, amount: positiveCents })

/** A service was charged: opens the first layer of its line at the party that owes first. */
export const chargePosted = event('ChargePosted', {
  visitId,
  lineId,
  /** CPT/HCPCS, or the revenue code where a line has no other. */
  code: code(48),
  modifiers: z.array(code(10)),
  revenueCode: code(48).optional(),
  units: classified(z.string().max(15), 'count'),
  dosFrom: day,
  dosTo: day,
  amount: positiveCents,
  diagnosisPointers: z.array(classified(z.int().positive(), 'count')).optional(),
  /** Line number that payers echo in REF 6R. */
  lineControlNumber: code(50).optional(),
  /** Known from a payer's advice alone: its line number binds that payer, and no other. */
  echoed: flag().optional(),
  /** The paper named no day of service: the day is that of the paper, and tells nothing apart. */
  daysAssumed: flag().optional(),
  party,
  ...dimensions,
  ...posting,
})
export interface ChargePosted extends z.infer<typeof chargePosted.schema> {}

/** The charge never was. Holds the undoing of the line's allocations and adjustments; payer cash stays as a credit. */
export const chargeVoided = event('ChargeVoided', {
  visitId,
  lineId,
  reason: why(),
  replacedBy: lineId.optional(),
  /** Patient money that went back to unapplied, by payment. */
  released: z.array(z.strictObject({ paymentId, amount: positiveCents })),
  /** Write-offs undone with the line, and how much of each. */
  adjustments: z.array(z.strictObject({ adjustmentId, amount: positiveCents })),
  ...posting,
})
export interface ChargeVoided extends z.infer<typeof chargeVoided.schema> {}

/** Why an amount went to another party. */
export const transferReason = z.discriminatedUnion('kind', [
  /** CAS group PR after the gates: `carc` of the largest component. */
  z.strictObject({ kind: classified(z.literal('pr'), 'code'), carc: code(5) }),
  z.strictObject({ kind: classified(z.literal('denialToNext'), 'code'), denialId }),
  z.strictObject({ kind: classified(z.literal('denialToPatient'), 'code'), denialId, evidence: freeText() }),
  /** CLP02 19–21 or NM1 TT: the payer crossed the claim over. */
  z.strictObject({ kind: classified(z.literal('forwarded'), 'code') }),
  z.strictObject({ kind: classified(z.literal('cobChanged'), 'code') }),
  z.strictObject({ kind: classified(z.literal('coverageTermed'), 'code') }),
  z.strictObject({ kind: classified(z.literal('coverageFound'), 'code') }),
  z.strictObject({ kind: classified(z.literal('guarantorChanged'), 'code') }),
  /** A held amount that was released by a person. */
  z.strictObject({ kind: classified(z.literal('released'), 'code'), holdingId }),
  z.strictObject({ kind: classified(z.literal('manual'), 'code'), reason: freeText() }),
])
export type TransferReason = z.infer<typeof transferReason>

/** The denial or the holding that it follows, or a person's own words, explain it. */
const isExplained = (reason: TransferReason): boolean =>
  'denialId' in reason || 'holdingId' in reason || (reason.kind === 'manual' && reason.reason !== '')

/** What one party owed another owes now; the receivable as a whole is as before. */
export const responsibilityTransferred = event('ResponsibilityTransferred', {
  visitId,
  from: party,
  to: party,
  lines: z.array(lineAmount),
  reason: transferReason,
  adjudicationId: adjudicationId.optional(),
  mode,
  /** Why a person moved it, or which decision did, where neither a decision nor the reason itself says. */
  note: why(
    ({ adjudicationId, reason }) => adjudicationId !== undefined || isExplained(reason as TransferReason),
  ).optional(),
  ...posting,
})
export interface ResponsibilityTransferred extends z.infer<typeof responsibilityTransferred.schema> {}

/** Patient responsibility that a gate keeps off the patient. No money moves; the amount stays at the coverage. */
export const responsibilityHeld = event('ResponsibilityHeld', {
  visitId,
  holdingId,
  coverageId,
  adjudicationId,
  /** Set where the amount stands on a denial reason code (clarification 8). */
  denialId: denialId.optional(),
  lines: z.array(z.strictObject({ lineId, group: code(2), carc: code(5), amount: positiveCents })),
  /** Ids of the rules that block, from the catalogue. */
  blockedBy: z.array(code(40)),
})
export interface ResponsibilityHeld extends z.infer<typeof responsibilityHeld.schema> {}

/** The held amount is no longer held: moved on, written off, or undone with its adjudication. */
export const responsibilityReleased = event('ResponsibilityReleased', {
  visitId,
  holdingId,
  outcome: oneOf(['toPatient', 'toNext', 'writtenOff', 'reversed']),
  /** What of it has ended, where the rest is still held; absent: all of it. */
  lines: z.array(lineAmount).optional(),
  reason: why(),
})
export interface ResponsibilityReleased extends z.infer<typeof responsibilityReleased.schema> {}

/** The practice gave up an amount (postings.md row 16). */
export const writeOffPosted = event(
  'WriteOffPosted',
  {
    visitId,
    adjustmentId,
    category: writeOffCategory,
    party,
    lines: z.array(lineAmount),
    /** Who approved (maker is the event's actor), or the named policy that did, and the determination it rests on. */
    authority: z.strictObject({
      approver: actorId.optional(),
      policy: code(60).optional(),
      determination: code(80).optional(),
      /** A second approver, where policy wants two persons. */
      also: actorId.optional(),
      /** The record of the reasonable collection efforts that failed. */
      effort: code(80).optional(),
      ...groundFields,
    }),
    /** Administrative: would timely work have collected it? Counts towards the avoidable write-off rate. */
    avoidable: flag().optional(),
    reason: why(),
    ...posting,
  },
  // 1 → 2: the authority names a second approver and the effort that failed; older ones name neither.
  // 2 → 3: the authority keeps the case, the estate or the check that it rests on; older ones name a number at most.
  { version: 3, upcasts: [(fields) => fields, (fields) => fields] },
)
export interface WriteOffPosted extends z.infer<typeof writeOffPosted.schema> {}

/**
 * A write-off was taken back, in whole or in part: the layers it was taken from have it again, age and all (law A10).
 */
export const adjustmentReversed = event('AdjustmentReversed', {
  visitId,
  adjustmentId,
  lines: z.array(lineAmount),
  mode,
  reason: why(),
  ...posting,
})
export interface AdjustmentReversed extends z.infer<typeof adjustmentReversed.schema> {}

/**
 * Opening balances of a converted book: what was open on the day before the books begin. Asking for an earlier day
 * answers "before the books". Balances against the control account `openingBalance`.
 */
export const balanceBroughtForward = event('BalanceBroughtForward', {
  visitId,
  booksBegin: day,
  lines: z.array(
    z.strictObject({
      lineId,
      code: code(48),
      dosFrom: day,
      party,
      amount: nonZeroCents,
      /** The original charge, where the old book still knew it. */
      originalCharge: cents.optional(),
      agingFrom: day,
    }),
  ),
  source: code(80),
  ...dimensions,
  ...posting,
})
export interface BalanceBroughtForward extends z.infer<typeof balanceBroughtForward.schema> {}

export const ledgerEvents = [
  chargePosted,
  chargeVoided,
  responsibilityTransferred,
  responsibilityHeld,
  responsibilityReleased,
  writeOffPosted,
  adjustmentReversed,
  balanceBroughtForward,
] as const
export type LedgerEvent =
  | ChargePosted
  | ChargeVoided
  | ResponsibilityTransferred
  | ResponsibilityHeld
  | ResponsibilityReleased
  | WriteOffPosted
  | AdjustmentReversed
  | BalanceBroughtForward

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const ledgerBrings = {
  ResponsibilityHeld: 'holding',
  WriteOffPosted: 'adjustment',
} as const
