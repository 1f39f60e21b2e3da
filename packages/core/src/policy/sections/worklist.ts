import { z } from 'zod'
import { positiveCents, toCents } from '../../kernel/cents.ts'
import { count } from '../../kernel/classes.ts'
import { basisPoints, days, section } from '../section.ts'

const points = count

/** What makes work urgent, in points (reference §11.2): weights are the most that a share can give, the rest bonuses. */
export const worklist = section({
  shape: {
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
  },
  presets: {
    physicianPracticeMN: {
      balanceWeight: 40, // §11.2, all of these but the last
      balanceCap: toCents(500_000),
      ageWeight: 20,
      propensityWeight: 15,
      urgencyWeight: 25,
      age: { peakFrom: 60, peakTo: 120, tailFrom: 365, tailShare: 2_000 }, // errata 20
      urgency: [
        { withinDays: 3, share: 10_000 },
        { withinDays: 7, share: 7_000 },
        { withinDays: 14, share: 4_000 },
      ],
      brokenPromise: 15,
      promiseDueToday: 12,
      appointmentSoon: 12,
      newInsurance: 10,
      contactAttempt: 3,
      recentPayment: 10,
      recentPaymentDays: 14,
    },
  },
  before: 'none',
  // The priority of work must have one value for every age and every deadline.
  refusals: ({ age, urgency }) => {
    const rises = 0 < age.peakFrom && age.peakFrom <= age.peakTo && age.peakTo < age.tailFrom
    const ascends = urgency.every((row, at) => at === 0 || row.withinDays > (urgency[at - 1]?.withinDays ?? 0))
    return [
      ...(rises ? [] : [{ rule: 'score', figure: 'age', reason: '0 < peakFrom ≤ peakTo < tailFrom' }]),
      ...(ascends ? [] : [{ rule: 'score', figure: 'urgency', reason: 'rows ascend by withinDays' }]),
    ]
  },
})
