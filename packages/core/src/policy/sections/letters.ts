import { z } from 'zod'
import { oneOf } from '../../kernel/classes.ts'
import { days, section } from '../section.ts'

/** Those that tell somebody, unasked, what was decided or changed, in words that all stand in the book: policy says which are owed. */
export const letterOwed = oneOf(['assistanceGranted', 'assistanceReceived', 'planAmended', 'planDeferred', 'refund'])
export type LetterOwed = z.infer<typeof letterOwed>

const house = {
  owed: ['assistanceGranted', 'assistanceReceived', 'planAmended', 'planDeferred', 'refund'] as const, // house: in writing
  days: 5, // house, as a dispute is acknowledged (§7.1): business days
  madeWithin: 30, // house: what is older is looked at by a person first
}

/** Letters that somebody is owed without having asked: what was decided or changed is told to them. */
export const letters = section({
  shape: {
    /** What is told in writing, each time it happens. */
    owed: z.array(letterOwed),
    /** Business days in which such a letter is made. */
    days: days(),
    /** Days after what it tells of in which the run of the day makes it by itself; later it is on the list for a person. */
    madeWithin: days(),
  },
  presets: { physicianPracticeMN: { ...house, owed: [...house.owed] } },
  // No letter was owed before.
  before: { ...house, owed: [] },
})
