import { z } from 'zod'
import { positiveCents, toCents } from '../../kernel/cents.ts'
import { count } from '../../kernel/classes.ts'
import { rowRefusals } from '../rows.ts'
import { added, basisPoints, days, section } from '../section.ts'

/** Payment plans: terms, misses, default. */
export const plans = section({
  shape: {
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
    /** Money that nobody directed meets an instalment that is due within so many days after it. */
    paidAhead: days(),
    /** Days in which a proposal can be accepted. */
    proposalDays: days(),
    /** Amendments within twelve months that need no supervisor. */
    amendmentsPerYear: count(),
  },
  presets: {
    physicianPracticeMN: {
      incomeShare: 500, // §5.1(2): 5 % of gross monthly income
      minimumInstalment: toCents(2_500), // §5.1(3)
      longestTerm: [
        { upTo: toCents(25_000), months: 3 }, // §5.1(3)
        { upTo: toCents(100_000), months: 12 },
        { upTo: toCents(500_000), months: 24 },
        { months: 36 },
      ],
      graceDays: 5, // §5.3
      missedBelow: 9_000, // §5.3: partial < 90 %
      defaultAfterConsecutive: 2, // §5.3
      defaultAfterCumulative: 3, // §5.3
      defaultAfterDaysPastDue: 30, // §5.3
      cureDays: 15, // §5.3: 10–15 days
      paidAhead: 5, // postings.md, clarification 38
      proposalDays: 30, // house
      amendmentsPerYear: 2, // §5.3
    },
  },
  // Version 1 met only instalments that were due (reference §1.8(2)).
  upcasts: [added({ paidAhead: 0 })],
  before: 'none',
  refusals: ({ longestTerm }) => rowRefusals('longestTerm', longestTerm),
})
