import { z } from 'zod'
import { flag, freeText, oneOf, pii, why } from '../kernel/classes.ts'
import { party } from '../kernel/contact.ts'
import { day, instant } from '../kernel/day.ts'
import { event } from '../kernel/event.ts'
import { id } from '../kernel/id.ts'
import { accountId } from '../kernel/ids.ts'
import { datumId } from './reach-events.ts'

// The wire contract: names and fields are the storage format. Change them only with a version and an upcast. What stands
// between the person and whoever wants to reach them, and who may be spoken to.

/** The person wants no more contact. */
export const ceaseRecorded = event('CeaseRecorded', {
  /** In writing, electronic too; the law asks for it (12 CFR 1006.6(c)). */
  written: flag(),
  at: instant.optional(),
})
export interface CeaseRecorded extends z.infer<typeof ceaseRecorded.schema> {}

/** The person wants to be reached again. */
export const ceaseWithdrawn = event('CeaseWithdrawn', { reason: why() })
export interface CeaseWithdrawn extends z.infer<typeof ceaseWithdrawn.schema> {}

/** An attorney represents the person. */
export const attorneyRecorded = event('AttorneyRecorded', {
  name: pii(z.string().max(120)),
  /** Phone, address or e-mail in one line. */
  reach: pii(z.string().max(200)).optional(),
  /** The accounts it is about; absent: all. */
  accounts: z.array(accountId).optional(),
  at: instant.optional(),
})
export interface AttorneyRecorded extends z.infer<typeof attorneyRecorded.schema> {}

/** The person may be reached again, and why: the attorney consents or does not answer (12 CFR 1006.6(b)(2)). */
export const attorneyReleased = event('AttorneyReleased', {
  because: oneOf(['unresponsive', 'consented', 'ended']),
  reason: why(),
  /** Of several attorneys, the one that is recorded for these accounts; absent: whoever is recorded. */
  accounts: z.array(accountId).optional(),
})
export interface AttorneyReleased extends z.infer<typeof attorneyReleased.schema> {}

/** Everything goes to this place and nothing elsewhere: nobody asks why (45 CFR 164.522(b)). */
export const channelRestricted = event('ChannelRestricted', { datumId, at: instant.optional() })
export interface ChannelRestricted extends z.infer<typeof channelRestricted.schema> {}

/** The person may be reached in every way again. */
export const channelRestrictionEnded = event('ChannelRestrictionEnded', { reason: why() })
export interface ChannelRestrictionEnded extends z.infer<typeof channelRestrictionEnded.schema> {}

/** The person needs to be treated with more care than others. */
export const vulnerabilityFlagged = event('VulnerabilityFlagged', {
  kind: oneOf(['illness', 'domesticViolence', 'disability', 'language', 'age', 'bereavement', 'hardship', 'other']),
  note: freeText(500).optional(),
})
export interface VulnerabilityFlagged extends z.infer<typeof vulnerabilityFlagged.schema> {}

/** The flag is taken back. */
export const vulnerabilityEnded = event('VulnerabilityEnded', { reason: why() })
export interface VulnerabilityEnded extends z.infer<typeof vulnerabilityEnded.schema> {}

/** One complaint. */
export const complaintId = id('ComplaintId')
export type ComplaintId = z.infer<typeof complaintId>

/** The person complains, and gets an answer by a day. */
export const complaintLogged = event('ComplaintLogged', {
  complaintId,
  accountId: accountId.optional(),
  topic: oneOf(['calls', 'staff', 'billing', 'privacy', 'care', 'other']),
  about: freeText(2_000),
  answerBy: day,
})
export interface ComplaintLogged extends z.infer<typeof complaintLogged.schema> {}

/** The complaint was answered. */
export const complaintAnswered = event('ComplaintAnswered', { complaintId, answer: freeText(2_000) })
export interface ComplaintAnswered extends z.infer<typeof complaintAnswered.schema> {}

/** One person who may be spoken to for another. */
export const spokespersonId = id('SpokespersonId')
export type SpokespersonId = z.infer<typeof spokespersonId>

/** Somebody else may be spoken to about the person's accounts. */
export const spokespersonNamed = event('SpokespersonNamed', {
  spokespersonId,
  as: party,
  name: pii(z.string().max(120)),
  /** On what it rests: the person's word, the law for a minor, letters of the court. */
  by: oneOf(['person', 'law', 'court', 'powerOfAttorney']),
  /** The accounts it is about; absent: all. */
  accounts: z.array(accountId).optional(),
})
export interface SpokespersonNamed extends z.infer<typeof spokespersonNamed.schema> {}

/** That one may be spoken to no more. */
export const spokespersonEnded = event('SpokespersonEnded', { spokespersonId, reason: why() })
export interface SpokespersonEnded extends z.infer<typeof spokespersonEnded.schema> {}

/** One look at who is calling. */
export const identityCheckId = id('IdentityCheckId')
export type IdentityCheckId = z.infer<typeof identityCheckId>

export const identifier = oneOf(['name', 'born', 'address', 'phone', 'accountNumber', 'last4', 'memberId', 'document'])

const identityFields = {
  identityCheckId,
  accountId: accountId.optional(),
  as: party,
  /** What matched what is on file; what was asked and did not match is not said. */
  matched: z.array(identifier),
  at: instant,
}

/** Two identifiers or more matched: the account may be talked about with this one (45 CFR 164.514(h)). */
export const identityVerified = event('IdentityVerified', identityFields)
export interface IdentityVerified extends z.infer<typeof identityVerified.schema> {}

/** Fewer than two matched: nothing of the account is said. */
export const identityVerificationFailed = event('IdentityVerificationFailed', {
  ...identityFields,
  note: freeText(500).optional(),
})
export interface IdentityVerificationFailed extends z.infer<typeof identityVerificationFailed.schema> {}

export const standingEvents = [
  ceaseRecorded,
  ceaseWithdrawn,
  attorneyRecorded,
  attorneyReleased,
  channelRestricted,
  channelRestrictionEnded,
  vulnerabilityFlagged,
  vulnerabilityEnded,
  complaintLogged,
  complaintAnswered,
  spokespersonNamed,
  spokespersonEnded,
  identityVerified,
  identityVerificationFailed,
] as const
export type StandingEvent =
  | CeaseRecorded
  | CeaseWithdrawn
  | AttorneyRecorded
  | AttorneyReleased
  | ChannelRestricted
  | ChannelRestrictionEnded
  | VulnerabilityFlagged
  | VulnerabilityEnded
  | ComplaintLogged
  | ComplaintAnswered
  | SpokespersonNamed
  | SpokespersonEnded
  | IdentityVerified
  | IdentityVerificationFailed
