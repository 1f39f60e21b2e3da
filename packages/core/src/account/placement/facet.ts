// What an agency has in hand: the checklist, placing, recalling.

import { reviewPlacement } from './review.ts'

export { decide } from './decide.ts'
export { follow } from './follow.ts'
export { builderOf, evolve, initial } from './state.ts'

export const facts = { none: 'no rule asks what an agency has' } as const

/** Recorded for people and views to read: no decision depends on it, so no slice keeps it. */
export const onlyRead = ['PrePlacementReviewed'] as const

/** What its gate would say: the checklist of reference §9.1. */
export const reviews = { placeAccount: reviewPlacement } as const
