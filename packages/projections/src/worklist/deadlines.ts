import { addDays, type Day } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import type { CreditMatter, DenialMatter } from './documents.ts'

/** By when something must be done, and who says so. */
export interface Deadline {
  readonly due: Day
  /** Set by law: such work comes first (reference §11.2). */
  readonly legal: boolean
  readonly source: string
}

/** A wait that law sets, in calendar days from the day on which the matter counts. */
interface LegalWait {
  readonly rule: string
  readonly citation: string
  readonly days: number
}

/** AR-11: report and return an identified overpayment of Medicare or Medicaid. */
const governmentOverpayment: LegalWait = { rule: 'AR-11', citation: '42 CFR 401.305', days: 60 }
/** CL-03: first Medicare appeal, 120 days from a receipt that is presumed 5 days after the notice. */
const medicareRedetermination: LegalWait = { rule: 'CL-03', citation: '42 CFR 405.942(a)', days: 125 }
/** CL-06: internal appeal of a commercial denial. */
const commercialAppeal: LegalWait = { rule: 'CL-06', citation: '29 CFR 2560.503-1(h)(3)(i)', days: 180 }

/** Claim filing indicators (CLP06, SBR09) by the appeal rule that reaches them; others have none in the book. */
const appeals = new Map<string, LegalWait>([
  ...['MA', 'MB'].map((indicator) => [indicator, medicareRedetermination] as const),
  ...['12', '13', '14', '15', 'BL', 'CI', 'HM'].map((indicator) => [indicator, commercialAppeal] as const),
])

const from = (since: Day, { rule, citation, days }: LegalWait): Deadline => ({
  due: addDays(since, days),
  legal: true,
  source: `${rule}: ${days} days from ${since} (${citation})`,
})

const fromPolicy = (since: Day, days: number, what: string): Deadline => ({
  due: addDays(since, days),
  legal: false,
  source: `policy: ${what} within ${days} days`,
})

/** No clock runs while a credit is provisional, nor for a payer's credit that only a contract dates. */
export const creditDeadline = (credit: CreditMatter, policy: PracticePolicy): Deadline | undefined => {
  if (credit.provisional) return undefined
  if (credit.owner === 'government') return from(credit.since, governmentOverpayment)
  if (credit.owner === 'patient') return fromPolicy(credit.since, policy.posting.refundDays, 'refund')
  return undefined
}

/** The last day for the first appeal, unrolled: where it falls on a weekend it may be filed later, not earlier. */
export const appealDeadline = (denial: DenialMatter): Deadline | undefined => {
  if (denial.pending || denial.expected === 0) return undefined
  const wait = appeals.get(denial.filingIndicator ?? '')
  return wait && from(denial.since, wait)
}

export const unappliedDeadline = (since: Day, policy: PracticePolicy): Deadline =>
  fromPolicy(since, policy.posting.unappliedDays, 'find its item')
