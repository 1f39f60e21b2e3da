import { z } from 'zod'
import { days, section } from '../section.ts'

/** When a claim that a payer has not answered is looked at, in days after it was sent: first, again, and by a supervisor. */
const cadence = () => z.strictObject({ after: days(), repeat: days(), escalate: days() })

const presets = {
  physicianPracticeMN: {
    medicare: { after: 20, repeat: 10, escalate: 60 }, // §10.10; a day of escalation as for commercial payers
    commercial: { after: 25, repeat: 14, escalate: 60 }, // §10.10
    others: { after: 30, repeat: 15, escalate: 60 }, // §10.10: Medicaid, workers' compensation, auto; 15–30 days
  },
} as const

/** How long payers are waited for (reference §10.10). */
export const followUp = section({
  shape: { medicare: cadence(), commercial: cadence(), others: cadence() },
  presets,
  // The worklist knew no unanswered claim before.
  before: presets.physicianPracticeMN,
  refusals: (kinds) =>
    Object.entries(kinds).flatMap(([figure, { after, repeat, escalate }]) =>
      repeat > 0 && after <= escalate
        ? []
        : [
            {
              rule: 'cadence',
              figure,
              reason: 'repeat is at least a day, and the first look is not later than escalate',
            },
          ],
    ),
})
