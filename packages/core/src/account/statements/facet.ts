// Statements, letters, receipts and itemised bills: the ladder, what was printed, what became of it on its way.

import { reviewStatement } from './review.ts'

export { post } from './activity-state.ts'
export { decide } from './decide.ts'
export { facts } from './facts.ts'
export { builderOf, evolve, initial } from './state.ts'

/** What its gate would say of the next statement: for whoever shows it. */
export const reviews = { issueStatement: reviewStatement } as const
