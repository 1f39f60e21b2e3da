import type { DisclosurePurpose } from './events.ts'

/**
 * Whether a disclosure is told to the patient who asks who was given their data (45 CFR 164.528(a)(1)): all but those for
 * treatment, payment and operations, to the patient, by their authorization, and to who is involved in their care. What
 * was given out by mistake is told (164.402).
 */
const accounted: { readonly [Purpose in DisclosurePurpose]: boolean } = {
  treatment: false,
  payment: false,
  operations: false,
  individual: false,
  authorized: false,
  involvedInCare: false,
  requiredByLaw: true,
  publicHealth: true,
  oversight: true,
  judicial: true,
  lawEnforcement: true,
  decedent: true,
  research: true,
  threat: true,
  government: true,
  workersCompensation: true,
  mistaken: true,
}

export const isAccountedFor = (purpose: DisclosurePurpose): boolean => accounted[purpose]
