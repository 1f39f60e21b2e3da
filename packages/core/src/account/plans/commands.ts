import { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { code, flag, oneOf, reason } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { lineId, planId } from '../../kernel/ids.ts'
import { planIntervals } from '../../kernel/plan-intervals.ts'
import { factValues } from '../../rules/facts.ts'
import { approval } from '../approval.ts'
import { consent, household, planChannel, planNoticeSent } from './events.ts'

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
  /** Absent: every line on which the patient owes, that is neither placed, in dispute nor on another plan. */
  lines: z.array(lineId).min(1).optional(),
  /** Absent: all that is open on the lines. */
  total: positiveCents.optional(),
  downPayment: z.strictObject({ amount: positiveCents, due: day }).optional(),
  ...terms,
  /** Whether a written agreement is signed: with more than four instalments Regulation Z may apply (reference §5.4). */
  writtenAgreement: flag(),
  /** The practice asks for the plan as a condition of care. */
  requiredForCare: flag().optional(),
})

/** How often the practice has extended credit, as somebody has counted (12 CFR 1026.2(a)(17)(v)). */
const creditExtended = factValues.pick({ 'credit.extendedLastYear': true, 'credit.extendedThisYear': true })

/** The guarantor agreed on day `on`; its gate is asked as of then. */
export const acceptPlan = z.strictObject({
  type: z.literal('AcceptPlan'),
  on: day,
  plan: planId,
  attested: creditExtended.optional(),
})

/** Reports that the patient was given the terms of a proposal, made of the proposal itself (12 CFR 1026.17–.18). */
export const disclosePlan = z.strictObject({
  type: z.literal('DisclosePlan'),
  on: day,
  plan: planId,
  channel: planChannel,
  /** Hex SHA-256 of the document. */
  document: code(64).optional(),
})

/** New promises for what remains; `addLines` brings open lines in, with the patient's consent. */
export const amendPlan = z.strictObject({
  type: z.literal('AmendPlan'),
  on: day,
  plan: planId,
  ...terms,
  addLines: z.array(lineId).min(1).optional(),
  /** That the patient agreed; charges are added, and more is asked of a month, only with it. */
  consent: z.strictObject(consent).optional(),
  /** How the patient was shown the new terms, where they make the plan credit (PL-04; 12 CFR 1026.17(b)); `document`: hex SHA-256. */
  disclosed: z.strictObject({ channel: planChannel, document: code(64).optional() }).optional(),
  reason,
})

/** All that is not paid falls due so many months later. */
export const deferPlan = z.strictObject({
  type: z.literal('DeferPlan'),
  on: day,
  plan: planId,
  months: z.int().positive().max(60),
  /** Whether it is for hardship. */
  hardship: flag(),
  consent: z.strictObject(consent).optional(),
  reason,
})

/** Makes a plan current again after payments in a row, by approval: what is overdue falls due at the end. */
export const reagePlan = z.strictObject({ type: z.literal('ReagePlan'), on: day, plan: planId, approval, reason })

/** Reports what was said to the patient before a plan is in default. */
export const recordPlanNotice = z.strictObject({
  type: z.literal('RecordPlanNotice'),
  on: day,
  plan: planId,
  kind: planNoticeSent.schema.shape.kind,
  channel: planChannel,
  /** Hex SHA-256 of the letter. */
  letter: code(64).optional(),
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
  disclosePlan,
  deferPlan,
  reagePlan,
  recordPlanNotice,
] as const
export type PlanCommand = z.output<(typeof planCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const planAsksOrReports: { readonly [Type in PlanCommand['type']]: 'asks' | 'reports' } = {
  AcceptPlan: 'asks',
  AmendPlan: 'asks',
  CancelPlan: 'asks',
  CurePlan: 'asks',
  DeferPlan: 'asks',
  DisclosePlan: 'reports',
  EvaluatePlan: 'reports',
  ProposePlan: 'asks',
  ReagePlan: 'asks',
  RecordPlanNotice: 'reports',
  ResumePlan: 'asks',
}
