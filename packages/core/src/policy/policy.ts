import { z } from 'zod'
import { cents, positiveCents } from '../kernel/cents.ts'
import { classified, code, count, flag, oneOf } from '../kernel/classes.ts'
import { writeOffCategory } from '../kernel/write-off-categories.ts'

/**
 * Practice policy: every figure and choice that is the practice's to make. It can make law stricter, never looser.
 * Published as versions on an event stream, so that years later a decision can be read with the policy it was made by.
 * Amounts are cents, shares basis points, waits calendar days.
 */
const days = count
const points = count
const basisPoints = () => classified(z.int().min(0).max(10_000), 'count')

/** What the practice is in law: many rules reach only hospitals (reference §4.8). */
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
/** One of the desk's roles. */
export const role = oneOf(roles)
export type Role = (typeof roles)[number]
/** A role that a person can have: `system` stands for a process that acts by policy alone. */
export const personRole = role.exclude(['system'])

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

/** The whole of a practice's policy: nothing has a default. */
export const practicePolicy = z.strictObject({
  /** Name of the preset or of the practice's own policy. */
  name: code(80),
  practice: z.strictObject({
    entityType,
    /** Two-letter state where care is given. */
    state: code(2),
    /** IANA zone in which civil days of the practice begin. */
    timeZone: code(64),
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
    /** Days without activity on a visit before its balance counts as left over. */
    smallBalanceInactiveDays: days(),
  }),
  plans: z.strictObject({
    /** Share of gross monthly income that all medical instalments together may take, where no law is lower. */
    incomeShare: basisPoints(),
    /** No instalment but the last is smaller, unless the whole balance is. */
    minimumInstalment: positiveCents,
    /** Longest term by balance; the last row has no `upTo`. */
    longestTerm: z.array(z.strictObject({ upTo: positiveCents.optional(), months: count() })).min(1),
    /** Days after the due date in which a payment is still in time. */
    graceDays: days(),
    /** Less than this share of an instalment paid by due and grace is a miss. */
    missedBelow: basisPoints(),
    /** Misses in a row, misses in all, and days that the oldest miss is past due: each alone is a cause of default. */
    defaultAfterConsecutive: count(),
    defaultAfterCumulative: count(),
    defaultAfterDaysPastDue: days(),
    /** Days of written notice before default takes effect. */
    cureDays: days(),
    /** Days in which a proposal can be accepted. */
    proposalDays: days(),
    /** Amendments within twelve months that need no supervisor. */
    amendmentsPerYear: count(),
  }),
  placement: z.strictObject({
    /** Less is not worth an agency (reference §9.1(1)). */
    minimumBalance: positiveCents,
    /** Statements that must have been sent, and days that must have passed since the last of them (§9.1(3)). */
    noticesBefore: count(),
    finalNoticeDays: days(),
    /** Only accounts whose last payment is longer ago than this (§9.1(7)). */
    daysSinceLastPayment: days(),
    /** Insurance must have been looked for within so many days (§9.1(2)). */
    eligibilityCheckedDays: days(),
    /** Years from which a patient may owe. */
    ageOfMajority: count(),
    /** Who may place up to an amount. Rows ascend; the last has no `upTo`. */
    approvers: z.array(z.strictObject({ upTo: positiveCents.optional(), roles: z.array(role).min(1) })).min(1),
    /** Checks that the practice does not use, by fact name. Each use of this is recorded in the review. */
    notInUse: z.array(code(60)),
  }),
  /** What makes work urgent, in points (reference §11.2): weights are the most that a share can give, the rest bonuses. */
  worklist: z.strictObject({
    balanceWeight: points(),
    /** The balance that has the whole of `balanceWeight`; more counts no more. */
    balanceCap: positiveCents,
    ageWeight: points(),
    propensityWeight: points(),
    urgencyWeight: points(),
    /**
     * The share of `ageWeight` by age in days: rises evenly to `peakFrom`, is whole to `peakTo`, falls evenly to
     * `tailShare` at `tailFrom` and stays there (errata 20).
     */
    age: z.strictObject({ peakFrom: days(), peakTo: days(), tailFrom: days(), tailShare: basisPoints() }),
    /** The share of `urgencyWeight` for a deadline at most so many days away: the first row that reaches it. Ascending. */
    urgency: z.array(z.strictObject({ withinDays: days(), share: basisPoints() })),
    brokenPromise: points(),
    promiseDueToday: points(),
    appointmentSoon: points(),
    newInsurance: points(),
    contactAttempt: points(),
    /** Taken off where the patient paid within `recentPaymentDays`. */
    recentPayment: points(),
    recentPaymentDays: days(),
  }),
})
export interface PracticePolicy extends z.infer<typeof practicePolicy> {}

/** The first row that reaches an amount, where rows ascend by `upTo`; undefined where none does. */
export const rowFor = <Row extends { readonly upTo?: number | undefined }>(
  rows: readonly Row[],
  amount: number,
): Row | undefined => rows.find((row) => row.upTo === undefined || amount <= row.upTo)

/** Policy as decisions read it: the text, and which version of the stream it is. */
export interface PolicyVersion {
  readonly version: number
  readonly policy: PracticePolicy
}
