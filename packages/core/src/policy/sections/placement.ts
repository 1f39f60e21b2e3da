import { z } from 'zod'
import { positiveCents, toCents } from '../../kernel/cents.ts'
import { code, count } from '../../kernel/classes.ts'
import { role } from '../roles.ts'
import { rowRefusals } from '../rows.ts'
import { days, section } from '../section.ts'

/** What must be true before an account goes to an agency (reference §9.1). */
export const placement = section({
  shape: {
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
  },
  presets: {
    physicianPracticeMN: {
      minimumBalance: toCents(2_500), // §9.1(1)
      noticesBefore: 3, // §9.1(3)
      finalNoticeDays: 30, // §9.1(3)
      daysSinceLastPayment: 30, // §9.1(7)
      eligibilityCheckedDays: 30, // §9.1(2)
      ageOfMajority: 18, // house: Minn. Stat. 645.451
      approvers: [
        { upTo: toCents(50_000), roles: ['rep', 'senior', 'supervisor', 'manager', 'director'] }, // §1.9 bad debt
        { upTo: toCents(500_000), roles: ['supervisor', 'manager', 'director'] },
        { roles: ['director'] },
      ],
      notInUse: [], // §9.1: all must pass
    },
  },
  before: 'none',
  refusals: ({ approvers }) => rowRefusals('approvers', approvers),
})
