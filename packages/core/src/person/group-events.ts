import type { z } from 'zod'
import { count, why } from '../kernel/classes.ts'
import { medium } from '../kernel/contact.ts'
import { event, makeCodec } from '../kernel/event.ts'
import { personId } from '../kernel/ids.ts'
import { contactFields } from './contact-events.ts'

// The wire contract: names and fields are the storage format. Change them only with a version and an upcast. One human being
// who is in the book as several persons: who they are, and what was begun for any of them (decision 0028).

/** The person is one of them. */
export const groupMemberAdmitted = event('GroupMemberAdmitted', { personId })
export interface GroupMemberAdmitted extends z.infer<typeof groupMemberAdmitted.schema> {}

/** The person is none of them. */
export const groupMemberReleased = event('GroupMemberReleased', { personId, reason: why() })
export interface GroupMemberReleased extends z.infer<typeof groupMemberReleased.schema> {}

/** The practice is about to reach one of them: it is decided here, so that two who ask at once see each other. */
export const groupContactBegun = event('GroupContactBegun', {
  personId,
  ...contactFields,
  medium,
  letterLevel: count().optional(),
})
export interface GroupContactBegun extends z.infer<typeof groupContactBegun.schema> {}

export type GroupEvent = GroupMemberAdmitted | GroupMemberReleased | GroupContactBegun
export const groupEventDefinitions = [groupMemberAdmitted, groupMemberReleased, groupContactBegun] as const
export const groupCodec = makeCodec<GroupEvent>(groupEventDefinitions)
