import { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { oneOf, reason, said } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { lineId, visitId } from '../../kernel/ids.ts'
import { discrepancyKinds, findingId, resolutions, reviewId } from './events.ts'

// What the desk may say of reviews. The wire contract of the command line and the API. `on` is the effective date.

/** One discrepancy, as who found it says it. Without visit and line it is of the whole account. */
export const discrepancy = z.strictObject({
  /** Absent: a new one. */
  finding: findingId.optional(),
  kind: oneOf(discrepancyKinds),
  amount: positiveCents.optional(),
  visit: visitId.optional(),
  line: lineId.optional(),
  says: said(2_000),
})
export type Discrepancy = z.output<typeof discrepancy>

/** Reports that a person has looked the account through, and what does not fit: nothing, too. */
export const reviewAccount = z.strictObject({
  type: z.literal('ReviewAccount'),
  on: day,
  /** Absent: a new one. */
  review: reviewId.optional(),
  findings: z.array(discrepancy).max(100),
  says: said(2_000).optional(),
})

/** Reports that a discrepancy, or what the data of a claim had wrong, is there no more: how and why. */
export const resolveFinding = z.strictObject({
  type: z.literal('ResolveFinding'),
  on: day,
  finding: findingId,
  how: oneOf(resolutions),
  reason,
})

export const reviewCommands = [reviewAccount, resolveFinding] as const
export type ReviewCommand = z.output<(typeof reviewCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const reviewAsksOrReports: { readonly [Type in ReviewCommand['type']]: 'asks' | 'reports' } = {
  ResolveFinding: 'reports',
  ReviewAccount: 'reports',
}
