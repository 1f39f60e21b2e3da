import { z } from 'zod'
import { classified, code, count, flag } from '../../kernel/classes.ts'
import { callOutcome } from '../../kernel/contact.ts'
import { days, section } from '../section.ts'

/** A minute of a civil day, from 0. */
const minuteOfDay = () => classified(z.int().min(0).max(1_439), 'count')

const house = {
  adoptsRegF: true, // §4.1: first-party collections are held to the rules of Regulation F
  callsPerPerson: 7, // §4.2: counted over all accounts of the person
  callFrom: 480, // §4.3: 08:00
  callUntil: 1_260, // §4.3: 21:00
  stopRevokesAll: true, // §4.5: STOP ends every billing message and recorded call
  honoursSpokenCease: true, // house: the law asks for a written one
  numberCheckedDays: 60, // §4.3
  complaintDays: 30, // house
  outcomes: [],
}

/** How and how often people are reached about what they owe (reference §4.1–4.5). */
export const contact = section({
  shape: {
    /** A practice that collects in its own name is no debt collector; it may hold itself to Regulation F all the same. */
    adoptsRegF: flag(),
    /** Calls within seven days to one person, over all of their accounts; the law counts for each debt. */
    callsPerPerson: count(),
    /** Minutes of the day between which people are called, written to by e-mail or text, or visited. */
    callFrom: minuteOfDay(),
    callUntil: minuteOfDay(),
    /** What is revoked on one topic or number is revoked on all of them. */
    stopRevokesAll: flag(),
    /** A wish not to be contacted counts as soon as it is spoken. */
    honoursSpokenCease: flag(),
    /** How old the look at the reassigned numbers database may be for a text, where the person has not used the number since. */
    numberCheckedDays: days(),
    /** Days in which a complaint is answered. */
    complaintDays: days(),
    /** The practice's own codes for how a call ended, and what each is. */
    outcomes: z.array(z.strictObject({ code: code(40), is: callOutcome })),
  },
  presets: { physicianPracticeMN: house },
  before: house,
  refusals: ({ callFrom, callUntil, outcomes }) => [
    ...(callFrom < callUntil
      ? []
      : [{ rule: 'hours', figure: 'callFrom', reason: `${callFrom} is not before callUntil, ${callUntil}` }]),
    ...(new Set(outcomes.map((each) => each.code)).size === outcomes.length
      ? []
      : [{ rule: 'rows', figure: 'outcomes', reason: 'one code stands for two outcomes' }]),
  ],
})
