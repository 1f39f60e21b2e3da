import { z } from 'zod'
import { flag, reason } from '../kernel/classes.ts'
import { day } from '../kernel/day.ts'
import { personId } from '../kernel/ids.ts'
import { likenessBy } from './likeness-events.ts'

// Whether two persons of the book are one human being. The wire contract of the command line and the API.

/** Reports that another person may be this one: where the references of the book say so. Said before, or judged, it is nothing new. */
export const hintLikePerson = z.strictObject({
  type: z.literal('HintLikePerson'),
  on: day,
  other: personId,
  by: z.array(likenessBy).min(1),
})

/**
 * Reports whether another person is this one, hinted at or not. From then on caps, a cease, an attorney, revocations and
 * inconvenient times of either count for both. Their files are not merged.
 */
export const judgeLikePerson = z.strictObject({
  type: z.literal('JudgeLikePerson'),
  on: day,
  other: personId,
  same: flag(),
  reason,
})

/** Reports that the person is none of those whom somebody has taken them for. */
export const leaveGroup = z.strictObject({ type: z.literal('LeaveGroup'), on: day, reason })

export const likenessCommands = [hintLikePerson, judgeLikePerson, leaveGroup] as const
export type LikenessCommand = z.output<(typeof likenessCommands)[number]>
