import { addDays, type Day } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import { commercialAppeal, governmentOverpayment, type LegalWait, medicareRedetermination } from '@daybook/core/rules'
import type { CreditMatter, DenialMatter } from './documents.ts'

/** By when something must be done, and who says so. */
export interface Deadline {
  readonly due: Day
  /** Set by law: such work comes first (reference §11.2). */
  readonly legal: boolean
  readonly source: string
}

/** Claim filing indicators (CLP06, SBR09) by the appeal rule that reaches them; others have none in the book. */
const appeals = new Map<string, LegalWait>([
  ...['MA', 'MB'].map((indicator) => [indicator, medicareRedetermination] as const),
  ...['12', '13', '14', '15', 'BL', 'CI', 'HM'].map((indicator) => [indicator, commercialAppeal] as const),
])

const from = (since: Day, { id, citation, days }: LegalWait): Deadline => ({
  due: addDays(since, days),
  legal: true,
  source: `${id}: ${days} days from ${since} (${citation})`,
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
