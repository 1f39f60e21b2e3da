import { PATIENT, sameParty } from '@daybook/core/kernel'
import type { FacetExplanation } from '../telling.ts'

export const explanation = {
  pieces: {
    SelfPayHolds: (_event, { party }) =>
      sameParty(party, PATIENT)
        ? { kind: 'movedHere', words: 'chosen to be paid past the plan' }
        : { kind: 'movedAway', words: 'the patient pays it past the plan' },
    SelfPayEnded: (_event, { party }) =>
      sameParty(party, PATIENT)
        ? { kind: 'movedAway', words: 'back to the plan' }
        : { kind: 'movedHere', words: 'back from the patient, who had chosen to pay it' },
  },
} satisfies FacetExplanation
