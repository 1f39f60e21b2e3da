import { oneOf } from '../../kernel/classes.ts'
import { section } from '../section.ts'

/** Money of the guarantor that stands on the account, and what is owed beside it: how the two meet. */
export const onAccount = section({
  shape: {
    /**
     * Money without an item goes to the oldest eligible item of the patient at the end of each unit, or waits for a person.
     * Money given for a visit on which a payer still owes waits there, whatever is said here (law P5).
     */
    unapplied: oneOf(['oldestItem', 'byHand']),
    /** A credit on one item may be used for another item of the same guarantor, or payer (law G4). */
    moveCredits: oneOf(['allowed', 'refused']),
    /** The guarantor may be paid back while something else is owed, or only what is left over of it (law G4). */
    refundWhileOwed: oneOf(['refused', 'allowed']),
  },
  presets: {
    physicianPracticeMN: {
      unapplied: 'oldestItem', // §1.8(4), (6): the oldest responsibility first, resolved within 30 days
      moveCredits: 'allowed', // house: §1.10 leaves it to policy for one guarantor
      refundWhileOwed: 'refused', // house: nobody is sent a check and a bill at once
    },
  },
  before: { unapplied: 'byHand', moveCredits: 'refused', refundWhileOwed: 'allowed' },
})
