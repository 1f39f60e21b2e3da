import type { FacetExplanation } from '../telling.ts'

export const explanation = {
  pieces: {
    // Both move the stage alone: who owes, and how much, stays as it was, and so does every share.
    AccountPlaced: () => ({ kind: 'other', words: 'account placed' }),
    AccountRecalled: () => ({ kind: 'other', words: 'account recalled' }),
  },
} satisfies FacetExplanation
