import { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { flag, oneOf, reason } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { lineId, planId } from '../../kernel/ids.ts'
import { planIntervals } from '../../kernel/plan-intervals.ts'
import { household } from './events.ts'

// What the desk may ask of plans. The wire contract of the command line and the API. `on` is the effective date.

/** How the amount is divided: into a number of instalments, or by a fixed amount. */
const divide = z.union([
  z.strictObject({ instalments: z.int().positive().max(600) }),
  z.strictObject({ amount: positiveCents }),
])

const terms = {
  divide,
  /** The first instalment after a down payment; the others follow on the same day of the month, week or fortnight. */
  firstDue: day,
  /** Absent: monthly. */
  every: oneOf(planIntervals).optional(),
  household: z.strictObject(household).optional(),
}

/** Offers a plan: instalments over open patient items. It binds nobody before it is accepted. */
export const proposePlan = z.strictObject({
  type: z.literal('ProposePlan'),
  on: day,
  plan: planId.optional(),
  /** Absent: every line on which the patient owes, that is neither placed nor on another plan. */
  lines: z.array(lineId).min(1).optional(),
  /** Absent: all that is open on the lines. */
  total: positiveCents.optional(),
  downPayment: z.strictObject({ amount: positiveCents, due: day }).optional(),
  ...terms,
  /** Whether a written agreement is signed: with more than four instalments Regulation Z may apply (reference §5.4). */
  writtenAgreement: flag(),
})

/** The guarantor agreed on day `on`; its gate is asked as of then. */
export const acceptPlan = z.strictObject({ type: z.literal('AcceptPlan'), on: day, plan: planId })

/** New promises for what remains; `addLines` brings open lines in, with the patient's consent. */
export const amendPlan = z.strictObject({
  type: z.literal('AmendPlan'),
  on: day,
  plan: planId,
  ...terms,
  addLines: z.array(lineId).min(1).optional(),
  reason,
})

/** Ends a plan, or withdraws a proposal. What was paid on it stays where it is. */
export const cancelPlan = z.strictObject({ type: z.literal('CancelPlan'), on: day, plan: planId, reason })

/** Looks at a plan as of a day, not after today: records misses, offers a cure, defaults, ends an old proposal. */
export const evaluatePlan = z.strictObject({ type: z.literal('EvaluatePlan'), on: day, plan: planId })

/** The plan goes on: all that was overdue is paid. */
export const curePlan = z.strictObject({ type: z.literal('CurePlan'), on: day, plan: planId })

/** Says that a plan goes on though a payer has not corrected its reversal (clarification 37). */
export const resumePlan = z.strictObject({ type: z.literal('ResumePlan'), on: day, plan: planId, reason })

export const planCommands = [
  proposePlan,
  acceptPlan,
  amendPlan,
  cancelPlan,
  evaluatePlan,
  curePlan,
  resumePlan,
] as const
export type PlanCommand = z.output<(typeof planCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const planAsksOrReports: { readonly [Type in PlanCommand['type']]: 'asks' | 'reports' } = {
  AcceptPlan: 'asks',
  AmendPlan: 'asks',
  CancelPlan: 'asks',
  CurePlan: 'asks',
  EvaluatePlan: 'reports',
  ProposePlan: 'asks',
  ResumePlan: 'asks',
}
