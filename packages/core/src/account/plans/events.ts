import { z } from 'zod'
import { cents, positiveCents } from '../../kernel/cents.ts'
import { classified, flag, oneOf, why } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { event } from '../../kernel/event.ts'
import { adjudicationId, lineId, paymentId, planId } from '../../kernel/ids.ts'
import { planIntervals } from '../../kernel/plan-intervals.ts'

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

/** New promises, agreed by the patient. Before and after stand in the history. */
export const planAmended = event('PlanAmended', { planId, ...terms, reason: why() })
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
  | PlanCompleted
  | PlanCancelled

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const planBrings = {
  PlanProposed: 'plan',
} as const
