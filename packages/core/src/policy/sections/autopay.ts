import { count, flag } from '../../kernel/classes.ts'
import { days, section } from '../section.ts'

const presets = {
  physicianPracticeMN: {
    cardPresentments: 2, // house: as the ACH network has it
    cardDays: 30, // house
    fraudMonitoring: true, // Nacha, phase 2: who can not say so publishes false and draws from no bank account
  },
} as const

/** Money that is drawn by authorisation. What the ACH network says of returns stands in its rules. */
export const autopay = section({
  shape: {
    /** How often what a card had not enough for is presented again, and within how many days of the first time. */
    cardPresentments: count(),
    cardDays: days(),
    /** Whether the practice has a process that finds entries of fraud among what it draws. */
    fraudMonitoring: flag(),
  },
  presets,
  // Nothing was drawn before.
  before: presets.physicianPracticeMN,
})
