import { z } from 'zod'
import { positiveCents, toCents } from '../../kernel/cents.ts'
import { count, flag, oneOf } from '../../kernel/classes.ts'
import { rowRefusals } from '../rows.ts'
import { added, basisPoints, days, section } from '../section.ts'

/** Figures that came with notices, deferrals, re-ageing and disclosures, as the program knew them before it had them. */
const before = {
  cureNotice: 'offered', // an offer on record stood for the notice
  cureNoticeDays: 0,
  deferralMonths: 3, // §5.3; nothing could be deferred
  reageAfterPayments: 3, // §5.3; nothing could be re-aged
  reagesPerYear: 1,
  discloseWritten: false, // nothing was disclosed
} as const

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
    /** `sent`: a plan is in default only after its cure notice is on record as sent; `offered`: the offer is enough. */
    cureNotice: oneOf(['sent', 'offered']),
    /** Days from the day on which the cure notice was sent before default takes effect. */
    cureNoticeDays: days(),
    /** Money that nobody directed meets an instalment that is due within so many days after it. */
    paidAhead: days(),
    /** Days in which a proposal can be accepted. */
    proposalDays: days(),
    /** Amendments within twelve months that need no supervisor. */
    amendmentsPerYear: count(),
    /** Months that a plan may be put off within twelve months. */
    deferralMonths: count(),
    /** Payments in a row before a plan is made current again, and how often within twelve months. */
    reageAfterPayments: count(),
    reagesPerYear: count(),
    /** Whether every written plan of more than four instalments is disclosed, also where Regulation Z does not ask. */
    discloseWritten: flag(),
    /**
     * Whether plans are written outside this book too: then somebody counts how often credit is extended and vouches for it; else the
     * book counts (12 CFR 1026.2(a)(17)(v)).
     */
    writtenElsewhere: flag(),
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
      cureNotice: 'sent', // §5.3: send cure notice before default takes effect
      cureNoticeDays: 10, // §5.3: 10–15 days
      paidAhead: 5, // postings.md, clarification 38
      proposalDays: 30, // house
      amendmentsPerYear: 2, // §5.3
      deferralMonths: 3, // §5.3
      reageAfterPayments: 3, // §5.3
      reagesPerYear: 1, // §5.3
      discloseWritten: true, // §5.4
      writtenElsewhere: false, // house
    },
  },
  // Version 1 met only instalments that were due (reference §1.8(2)).
  // Version 3 asked somebody to count.
  upcasts: [added({ paidAhead: 0 }), added(before), added({ writtenElsewhere: true })],
  before: 'none',
  refusals: ({ longestTerm, cureNotice, cureNoticeDays, cureDays }) => [
    ...rowRefusals('longestTerm', longestTerm),
    ...(cureNotice === 'sent' && cureNoticeDays > cureDays
      ? [
          {
            rule: 'cureNotice',
            figure: 'cureNoticeDays',
            reason: `${cureNoticeDays} days of notice do not fit into the ${cureDays} days in which a cure is offered`,
          },
        ]
      : []),
  ],
})
