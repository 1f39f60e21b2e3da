import { z } from 'zod'
import { cents, positiveCents } from '../../kernel/cents.ts'
import { classified, code, count, flag, freeText, oneOf, text, why } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { event } from '../../kernel/event.ts'
import { actorId, adjudicationId, lineId, paymentId, planId } from '../../kernel/ids.ts'
import { planIntervals } from '../../kernel/plan-intervals.ts'
import { disputeId } from '../disputes/events.ts'

// Reference §5.1–5.3. A plan promises dates; the ledger moves by payments alone.

export const instalment = z.strictObject({
  number: classified(z.int().positive(), 'count'),
  due: day,
  amount: positiveCents,
})
export interface Instalment extends z.infer<typeof instalment> {}

/** A version of a plan's promises. Its instalments sum to `total` (law H1). */
const terms = {
  total: positiveCents,
  lines: z.array(lineId).min(1),
  schedule: z.array(instalment).min(1),
  interval: oneOf(planIntervals),
  /** The first instalment when it is a down payment: it stands outside the others' interval and burden. */
  downPayment: positiveCents.optional(),
}

/** What the patient disclosed of the household; feasibility was judged on it (rules PL-02). Monthly figures. */
export const household = {
  /** Gross income. */
  monthlyIncome: cents.optional(),
  incomeAfterEssentials: cents.optional(),
  /** Medical instalments owed elsewhere. */
  otherInstalments: cents.optional(),
  /** Colorado: at or below 250 % of the poverty guideline. */
  qualifiedPatient: flag().optional(),
  screenedForAssistance: flag().optional(),
}

/** A plan was offered: instalments over patient items, with what the household disclosed. Binds nobody yet. */
export const planProposed = event('PlanProposed', {
  planId,
  ...terms,
  ...household,
  writtenAgreement: flag(),
  /** The practice asks for the plan as a condition of care (Minn. Stat. 62J.807: then it is a reasonable one). */
  requiredForCare: flag().optional(),
  expires: day,
})
export interface PlanProposed extends z.infer<typeof planProposed.schema> {}

/** The guarantor agreed: the promises hold from `agreedOn`. */
export const planActivated = event('PlanActivated', { planId, agreedOn: day })
export interface PlanActivated extends z.infer<typeof planActivated.schema> {}

/** A payment met an instalment, in whole (`complete`) or in part. */
export const instalmentPaid = event('InstalmentPaid', {
  planId,
  number: classified(z.int().positive(), 'count'),
  paymentId,
  amount: positiveCents,
  complete: flag(),
})
export interface InstalmentPaid extends z.infer<typeof instalmentPaid.schema> {}

/** A payment was reversed or deallocated: what it had paid on the plan is unpaid again. */
export const instalmentReopened = event('InstalmentReopened', {
  planId,
  number: classified(z.int().positive(), 'count'),
  paymentId,
  amount: positiveCents,
})
export interface InstalmentReopened extends z.infer<typeof instalmentReopened.schema> {}

/** Not fully paid by its due day and grace. Effective the day after grace ended. */
export const instalmentMissed = event('InstalmentMissed', {
  planId,
  number: classified(z.int().positive(), 'count'),
  due: day,
  open: positiveCents,
})
export interface InstalmentMissed extends z.infer<typeof instalmentMissed.schema> {}

/** Written notice before default takes effect, and the day by which paying cures it. */
export const planCureOffered = event('PlanCureOffered', { planId, cureBy: day, open: positiveCents })
export interface PlanCureOffered extends z.infer<typeof planCureOffered.schema> {}
/** All that was overdue is paid: the plan goes on as promised. */
export const planCured = event('PlanCured', { planId })
export interface PlanCured extends z.infer<typeof planCured.schema> {}

/** The cure's last day passed with something overdue. The items are as before; only the promises are off. */
export const planDefaulted = event('PlanDefaulted', {
  planId,
  cause: oneOf(['consecutiveMisses', 'cumulativeMisses', 'pastDue']),
  open: positiveCents,
})
export interface PlanDefaulted extends z.infer<typeof planDefaulted.schema> {}

/** That the patient agreed to a change: when, and how. Without it no charge comes on a plan (reference §5.2). */
export const consent = {
  on: day,
  how: oneOf(['signed', 'electronic', 'phone', 'inPerson']),
  reference: freeText(400).optional(),
}

/** New promises, agreed by the patient. Before and after stand in the history. */
export const planAmended = event('PlanAmended', {
  planId,
  ...terms,
  reason: why(),
  consent: z.strictObject(consent).optional(),
})
export interface PlanAmended extends z.infer<typeof planAmended.schema> {}

/** Insurance or an adjustment reduced what the plan covers: shortened from the end, notice due (law H10). */
export const planRecomputed = event('PlanRecomputed', {
  planId,
  total: cents,
  schedule: z.array(instalment),
  reducedBy: positiveCents,
})
export interface PlanRecomputed extends z.infer<typeof planRecomputed.schema> {}

/**
 * A payer took back what the plan is on and has not corrected itself: nothing falls due, is missed or completes meanwhile
 * (clarification 37). `awaited`: the adjudications that were reversed.
 */
export const planSuspended = event('PlanSuspended', { planId, awaited: z.array(adjudicationId).min(1) })
export interface PlanSuspended extends z.infer<typeof planSuspended.schema> {}
/** It goes on, by the correction or by a person's word; what is left falls due later. */
export const planResumed = event('PlanResumed', {
  planId,
  schedule: z.array(instalment),
  /** Reversals that still wait, where a person says that it goes on all the same. */
  despite: z.array(adjudicationId),
  reason: why(({ despite }) => (despite as readonly string[]).length === 0).optional(),
})
export interface PlanResumed extends z.infer<typeof planResumed.schema> {}

/** Lines in dispute hold a part of the plan, cents: it is not asked for, and is no miss, before they are free (reference §7.1). */
export const planPartHeld = event('PlanPartHeld', {
  planId,
  held: positiveCents,
  disputes: z.array(disputeId).min(1),
  /** All that is promised; the end of it is held. What comes free has later days. */
  schedule: z.array(instalment).min(1),
})
export interface PlanPartHeld extends z.infer<typeof planPartHeld.schema> {}
/** No dispute holds anything of the plan any more: what was held is asked for again, on later days. */
export const planPartReleased = event('PlanPartReleased', { planId, schedule: z.array(instalment) })
export interface PlanPartReleased extends z.infer<typeof planPartReleased.schema> {}

/** All that is not paid falls due some months later (reference §5.3). Earlier misses stay on record and default nothing. */
export const planDeferred = event('PlanDeferred', {
  planId,
  months: count(),
  hardship: flag(),
  schedule: z.array(instalment).min(1),
  consent: z.strictObject(consent).optional(),
  reason: why(),
})
export interface PlanDeferred extends z.infer<typeof planDeferred.schema> {}

/** What was overdue falls due behind the last instalment: the plan is current again. No amount has another age by it. */
export const planReaged = event('PlanReaged', {
  planId,
  schedule: z.array(instalment).min(1),
  moved: positiveCents,
  approvedBy: actorId,
  reason: why(),
})
export interface PlanReaged extends z.infer<typeof planReaged.schema> {}

/** How the patient was told something of the plan. */
export const planChannel = oneOf(['mail', 'email', 'portal', 'inPerson', 'phone'])

/**
 * Something was said to the patient before default. `cure`: the written notice, with the day by which paying cures.
 * `renegotiation`: new terms were offered. `contactAttempt`: somebody tried to reach the patient about it.
 */
export const planNoticeSent = event('PlanNoticeSent', {
  planId,
  kind: oneOf(['cure', 'renegotiation', 'contactAttempt']),
  channel: planChannel,
  /** Hex SHA-256 of the letter, which is kept elsewhere. */
  letter: code(64).optional(),
})
export interface PlanNoticeSent extends z.infer<typeof planNoticeSent.schema> {}

/**
 * What the patient was shown of the terms before the plan binds (12 CFR 1026.18). Amounts are cents, the rate basis points. All payments
 * are the sum of the schedule, with a down payment that is its first row; before that was mended they were told without it.
 */
export const planDisclosed = event('PlanDisclosed', {
  planId,
  channel: planChannel,
  creditor: text(120),
  amountFinanced: positiveCents,
  financeCharge: cents,
  annualRate: count(),
  totalOfPayments: positiveCents,
  downPayment: positiveCents.optional(),
  schedule: z.array(instalment).min(1),
  prepayment: oneOf(['noPenalty']),
  lateCharge: cents,
  /** Hex SHA-256 of the document, which is kept elsewhere. */
  document: code(64).optional(),
})
export interface PlanDisclosed extends z.infer<typeof planDisclosed.schema> {}

/** All that was agreed is paid. */
export const planCompleted = event('PlanCompleted', { planId })
export interface PlanCompleted extends z.infer<typeof planCompleted.schema> {}
/** The plan ended, or its proposal was withdrawn. Payments stay where they are. */
export const planCancelled = event('PlanCancelled', { planId, reason: why() })
export interface PlanCancelled extends z.infer<typeof planCancelled.schema> {}

export const planEvents = [
  planProposed,
  planActivated,
  instalmentPaid,
  instalmentReopened,
  instalmentMissed,
  planCureOffered,
  planCured,
  planDefaulted,
  planAmended,
  planRecomputed,
  planSuspended,
  planResumed,
  planPartHeld,
  planPartReleased,
  planDeferred,
  planReaged,
  planNoticeSent,
  planDisclosed,
  planCompleted,
  planCancelled,
] as const
export type PlanEvent =
  | PlanProposed
  | PlanActivated
  | InstalmentPaid
  | InstalmentReopened
  | InstalmentMissed
  | PlanCureOffered
  | PlanCured
  | PlanDefaulted
  | PlanAmended
  | PlanRecomputed
  | PlanSuspended
  | PlanResumed
  | PlanPartHeld
  | PlanPartReleased
  | PlanDeferred
  | PlanReaged
  | PlanNoticeSent
  | PlanDisclosed
  | PlanCompleted
  | PlanCancelled

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const planBrings = {
  PlanProposed: 'plan',
} as const
