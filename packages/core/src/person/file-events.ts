import { z } from 'zod'
import { code, pii, why } from '../kernel/classes.ts'
import { roleOnAccount } from '../kernel/contact.ts'
import { day } from '../kernel/day.ts'
import { event } from '../kernel/event.ts'
import { accountId, personId } from '../kernel/ids.ts'

// The wire contract: names and fields are the storage format. Change them only with a version and an upcast.

/** One human being, known to the practice under one id, whatever accounts they stand behind (decision 0015). */
export const personOpened = event('PersonOpened', {
  personId,
  name: pii(z.string().max(120)).optional(),
  born: pii(day).optional(),
})
export interface PersonOpened extends z.infer<typeof personOpened.schema> {}

/** The person stands behind an account, as this. */
export const personAccountNamed = event('PersonAccountNamed', { accountId, role: roleOnAccount })
export interface PersonAccountNamed extends z.infer<typeof personAccountNamed.schema> {}

/** The person does not stand behind the account any more, or never did. */
export const personAccountEnded = event('PersonAccountEnded', { accountId, reason: why() })
export interface PersonAccountEnded extends z.infer<typeof personAccountEnded.schema> {}

/** The language that the person needs to be spoken to in (ISO 639-1), from now on. */
export const languageNeeded = event('LanguageNeeded', { language: code(12) })
export interface LanguageNeeded extends z.infer<typeof languageNeeded.schema> {}

export const fileEvents = [personOpened, personAccountNamed, personAccountEnded, languageNeeded] as const
export type FileEvent = PersonOpened | PersonAccountNamed | PersonAccountEnded | LanguageNeeded
