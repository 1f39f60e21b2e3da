import { days, section } from '../section.ts'

const presets = {
  physicianPracticeMN: {
    acknowledgeDays: 5, // §7.1: business days
    resolveDays: 30, // §7.1
    agencyDays: 5, // §7.1: business days in which an agency has its verification
    qualityDays: 30, // §7.1: hold of a complaint about care or service
  },
} as const

/** How long the practice takes to answer a dispute, where no law is stricter. */
export const disputes = section({
  shape: {
    /** Business days in which who disputes is told that it is looked into. */
    acknowledgeDays: days(),
    /** Days in which it is decided. */
    resolveDays: days(),
    /** Business days in which an agency has what it asked to verify. */
    agencyDays: days(),
    /** Days in which a complaint about the care or the service is answered. */
    qualityDays: days(),
  },
  presets,
  // No facet kept disputes before.
  before: presets.physicianPracticeMN,
})
