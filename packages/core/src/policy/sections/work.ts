import { days, section } from '../section.ts'

const presets = {
  physicianPracticeMN: {
    snoozeDays: 30, // the house's own
  },
} as const

/** How the desk shares its work. */
export const work = section({
  shape: {
    /** Days for which work may be put off at most. */
    snoozeDays: days(),
  },
  presets,
  // No work could be put off before.
  before: presets.physicianPracticeMN,
})
