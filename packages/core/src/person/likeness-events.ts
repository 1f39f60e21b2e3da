import { z } from 'zod'
import { flag, oneOf, why } from '../kernel/classes.ts'
import { event } from '../kernel/event.ts'
import { groupId, personId } from '../kernel/ids.ts'

// The wire contract: names and fields are the storage format. Change them only with a version and an upcast. One human
// being may be in the book as several persons: that is hinted at, said by somebody, and taken back (decision 0028).

/** What two persons have in common. `name` and `birth` alone stand beside a phone or an e-mail. */
export const likenessBy = oneOf(['nameAndBirth', 'phone', 'email', 'name', 'birth'])

/** Another person of the book may be this one: somebody has to look. Nothing is made one by it. */
export const personLikenessHinted = event('PersonLikenessHinted', { otherId: personId, by: z.array(likenessBy).min(1) })
export interface PersonLikenessHinted extends z.infer<typeof personLikenessHinted.schema> {}

/** Somebody has said whether the two are one human being. Their files stay two. */
export const personLikenessJudged = event('PersonLikenessJudged', { otherId: personId, same: flag(), reason: why() })
export interface PersonLikenessJudged extends z.infer<typeof personLikenessJudged.schema> {}

/** The person is one human being with others: the group is on a stream of its own. */
export const personGrouped = event('PersonGrouped', { groupId })
export interface PersonGrouped extends z.infer<typeof personGrouped.schema> {}

/** The person is a human being of their own again: it was said in error. */
export const personUngrouped = event('PersonUngrouped', { groupId, reason: why() })
export interface PersonUngrouped extends z.infer<typeof personUngrouped.schema> {}

export const likenessEvents = [personLikenessHinted, personLikenessJudged, personGrouped, personUngrouped] as const
export type LikenessEvent = PersonLikenessHinted | PersonLikenessJudged | PersonGrouped | PersonUngrouped
