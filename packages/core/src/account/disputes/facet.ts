// Disputes: opened, acknowledged, looked into, decided, closed; what they keep off their lines meanwhile.

import { reviewBilling } from './gate-facts.ts'

export { decide } from './decide.ts'
export { facts } from './facts.ts'
export { follow } from './follow.ts'
export { builderOf, evolve, initial } from './state.ts'

/** What the rules say to asking the patient for lines. */
export const reviews = { billLines: reviewBilling } as const
