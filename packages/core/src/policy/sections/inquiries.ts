import { count } from '../../kernel/classes.ts'
import { days, section } from '../section.ts'

const presets = {
  physicianPracticeMN: {
    identifiers: 2, // §11.5, 45 CFR 164.514(h)
    answerDays: 2, // house: business days
    escalateDays: 5, // house: business days
    itemisedDays: 30, // §7.0: as Medicare asks, for everybody
  },
} as const

/** What people ask of the practice: who counts as verified, and how long an answer takes. */
export const inquiries = section({
  shape: {
    /** Identifiers by which somebody is verified before anything about the patient is said. */
    identifiers: count(),
    /** Business days in which an inquiry is answered. */
    answerDays: days(),
    /** Business days after which it is a supervisor's, where nobody has answered. */
    escalateDays: days(),
    /** Days in which an itemised statement is given. */
    itemisedDays: days(),
  },
  presets,
  // No facet kept inquiries before.
  before: presets.physicianPracticeMN,
})
