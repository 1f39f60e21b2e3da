import { z } from 'zod'
import { cents, positiveCents } from '../kernel/cents.ts'
import { classified, code, flag, oneOf } from '../kernel/classes.ts'
import { writeOffCategory } from '../kernel/write-off-categories.ts'

/**
 * Practice policy: every figure and choice that is the practice's to make. It can make law stricter, never looser.
 * Published as versions on an event stream, so that years later a decision can be read with the policy it was made by.
 * Amounts are cents, shares basis points, waits calendar days.
 */
const days = () => classified(z.int().nonnegative(), 'count')
const basisPoints = () => classified(z.int().min(0).max(10_000), 'count')
const label = (max = 80) => classified(z.string().min(1).max(max), 'code')

export const entityType = oneOf([
  'hospital_501c3',
  'hospital_other',
  'physician_practice',
  'asc',
  'agency_third_party',
  'debt_buyer',
  'law_firm',
])
export type EntityType = z.infer<typeof entityType>

/** Desk roles of reference §11.8, in the order of what they may approve. */
export const roles = [
  'rep',
  'senior',
  'cashPoster',
  'biller',
  'coder',
  'faCounsellor',
  'supervisor',
  'faSupervisor',
  'manager',
  'compliance',
  'director',
  'system',
] as const
export const role = oneOf(roles)
export type Role = (typeof roles)[number]

/**
 * Who may approve up to an amount: any of the roles, or with `together` all of them, as maker and approver. Rows of a
 * category ascend; the last has no `upTo`.
 */
export const approvalRow = z.strictObject({
  category: writeOffCategory,
  upTo: positiveCents.optional(),
  roles: z.array(role).min(1),
  together: flag().optional(),
})

export const practicePolicy = z.strictObject({
  /** Name of the preset or of the practice's own policy. */
  name: label(),
  practice: z.strictObject({
    entityType,
    /** Two-letter state where care is given. */
    state: code(2),
    /** IANA zone in which civil days of the practice begin. */
    timeZone: label(64),
  }),
  posting: z.strictObject({
    /** Facts may be dated this many days ahead; they count from their day on. */
    futureDays: days(),
    /** An insurance layer ages from the date of service or from the first claim. */
    insuranceAgingFrom: oneOf(['dateOfService', 'firstClaim']),
    /** A patient layer ages from the day we recorded it (never past due before anybody was told) or from BPR16. */
    patientAgingFrom: oneOf(['recorded', 'paymentDate']),
    /** Bundled denials and payment-only penalties, expected 0: write them off with the unit, or leave a work item. */
    expectedZero: oneOf(['writeOff', 'workItem']),
    /** A QMB's cost share with no payer after this one: write it off (category qmb), or leave it held. */
    qmbWithoutNextPayer: oneOf(['writeOff', 'hold']),
    /** Card and ACH money counts when captured, or when settled. */
    electronicTender: oneOf(['onCapture', 'onSettlement']),
    /** Days until unapplied money should have found its place. */
    unappliedDays: days(),
    /** Days to refund a patient's credit where no law is shorter. */
    refundDays: days(),
    /** Days in which a crossed-over claim is not billed again. */
    crossoverDays: days(),
  }),
  writeOff: z.strictObject({
    approvals: z.array(approvalRow),
    /** Debit balances up to this amount may be written off as small (errata 13). */
    smallBalance: cents,
    smallBalanceInactiveDays: days(),
  }),
  plans: z.strictObject({
    /** Share of gross monthly income that all medical instalments together may take, where no law is lower. */
    incomeShare: basisPoints(),
    minimumInstalment: positiveCents,
    /** Longest term by balance; the last row has no `upTo`. */
    longestTerm: z.array(z.strictObject({ upTo: positiveCents.optional(), months: days() })).min(1),
    graceDays: days(),
    /** Less than this share of an instalment paid by due and grace is a miss. */
    missedBelow: basisPoints(),
    defaultAfterConsecutive: days(),
    defaultAfterCumulative: days(),
    defaultAfterDaysPastDue: days(),
    /** Written notice before default takes effect. */
    cureDays: days(),
    proposalDays: days(),
    amendmentsPerYear: days(),
  }),
  placement: z.strictObject({
    minimumBalance: positiveCents,
    noticesBefore: days(),
    finalNoticeDays: days(),
    daysSinceLastPayment: days(),
    eligibilityCheckedDays: days(),
    ageOfMajority: days(),
    approvers: z.array(z.strictObject({ upTo: positiveCents.optional(), roles: z.array(role).min(1) })).min(1),
    /** Checks that the practice does not use, by fact name. Each use of this is recorded in the review. */
    notInUse: z.array(code(60)),
  }),
  worklist: z.strictObject({
    balanceWeight: days(),
    balanceCap: positiveCents,
    ageWeight: days(),
    propensityWeight: days(),
    urgencyWeight: days(),
    brokenPromise: days(),
    promiseDueToday: days(),
    appointmentSoon: days(),
    newInsurance: days(),
    contactAttempt: days(),
    recentPayment: days(),
    recentPaymentDays: days(),
  }),
})
export interface PracticePolicy extends z.infer<typeof practicePolicy> {}

/** Policy as decisions read it: the text, and which version of the stream it is. */
export interface PolicyVersion {
  readonly version: number
  readonly policy: PracticePolicy
}
