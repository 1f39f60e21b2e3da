import { count } from '../../kernel/classes.ts'
import { basisPoints, days, section } from '../section.ts'

const presets = {
  physicianPracticeMN: {
    horizonDays: 30, // §5.5
    graceDays: 3, // §5.5
    partlyFrom: 5_000, // §5.5: at least half
    openAtOnce: 1, // §5.5: one open promise an account
  },
} as const

/** Promises to pay: how far they reach, and what keeps them. */
export const promises = section({
  shape: {
    /** Days from the day it is made within which the last part of a promise is due. */
    horizonDays: days(),
    /** Days after a due day in which the money is still in time. */
    graceDays: days(),
    /** The share of what was due that must have come for a promise to count as kept in part. */
    partlyFrom: basisPoints(),
    /** Promises that may be open on an account at once. */
    openAtOnce: count(),
  },
  presets,
  // No promise could be taken before.
  before: presets.physicianPracticeMN,
})
