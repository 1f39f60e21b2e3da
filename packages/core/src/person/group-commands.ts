import { z } from 'zod'
import { reason } from '../kernel/classes.ts'
import { day } from '../kernel/day.ts'
import { personId } from '../kernel/ids.ts'
import { beginContact } from './contact-commands.ts'

// What the library itself asks of a group, for a command that somebody has given to one of its persons.

/** Reports who are one human being. Who is one of them already is nothing new. */
export const admitMembers = z.strictObject({
  type: z.literal('AdmitMembers'),
  on: day,
  persons: z.array(personId).min(1),
})

/** Reports that a person is none of them. */
export const releaseMember = z.strictObject({ type: z.literal('ReleaseMember'), on: day, person: personId, reason })

/** Asks to reach one of them now. */
export const beginGroupContact = z.strictObject({
  type: z.literal('BeginGroupContact'),
  person: personId,
  begin: beginContact,
})

export const groupCommand = z.discriminatedUnion('type', [admitMembers, releaseMember, beginGroupContact])
export type GroupCommand = z.output<typeof groupCommand>
