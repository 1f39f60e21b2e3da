import { z } from 'zod'
import { oneOf, said } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { adjustmentId, documentId, planId, refundId } from '../../kernel/ids.ts'
import { complaintId } from '../../person/standing-events.ts'
import { disputeId } from '../disputes/events.ts'
import { pauseId } from '../statements/events.ts'

// What the desk may ask of letters beside the ladder. The wire contract of the command line and the API. `on` is the
// effective date; a letter is made today, for it says what is known.

/** What the letter is about: the book says the rest, and the desk only what nobody else can say. */
const about = z.discriminatedUnion('about', [
  /** Help was asked for, and the ladder is paused for it (`PauseDunning`). */
  z.strictObject({ about: z.literal('assistanceReceived'), pause: pauseId }),
  /** Help was given: a write-off for charity. */
  z.strictObject({ about: z.literal('assistanceGranted'), adjustment: adjustmentId }),
  /** A complaint is answered, in these words. */
  z.strictObject({ about: z.literal('complaint'), complaint: complaintId, answer: said(2_000) }),
  z.strictObject({ about: z.literal('disputeAcknowledged'), dispute: disputeId }),
  /** The result, in the words of `ResolveDispute`. */
  z.strictObject({ about: z.literal('disputeDecided'), dispute: disputeId }),
  /** What is owed and since when, before it is collected (reference §4.4, first party by policy). */
  z.strictObject({ about: z.literal('firstNotice') }),
  z.strictObject({ about: z.literal('planAmended'), plan: planId }),
  /** The written notice before default (reference §5.3). */
  z.strictObject({ about: z.literal('planCure'), plan: planId }),
  z.strictObject({ about: z.literal('planDeferred'), plan: planId }),
  z.strictObject({ about: z.literal('refund'), refund: refundId }),
])
export type AboutAsked = z.output<typeof about>

/** Asks for a letter that answers, confirms or gives notice. Refused with every reason, also where its words say what the book does not hold. */
export const issueLetter = z.strictObject({
  type: z.literal('IssueLetter'),
  on: day,
  /** Absent: a new one. */
  document: documentId.optional(),
  letter: about,
  /** Absent: on the portal or by e-mail where that was agreed to, else by mail. */
  by: oneOf(['mail', 'email', 'inPerson', 'portal']).optional(),
})

export const letterCommands = [issueLetter] as const
export type LetterCommand = z.output<(typeof letterCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const letterAsksOrReports: { readonly [Type in LetterCommand['type']]: 'asks' | 'reports' } = {
  IssueLetter: 'asks',
}
