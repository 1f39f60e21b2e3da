import { z } from 'zod'
import { flag, freeText, reason } from '../kernel/classes.ts'
import { party } from '../kernel/contact.ts'
import { day, instant } from '../kernel/day.ts'
import { accountId } from '../kernel/ids.ts'
import { oneLine } from './file-commands.ts'
import { datumId } from './reach-events.ts'
import {
  attorneyReleased,
  complaintId,
  complaintLogged,
  identifier,
  identityCheckId,
  spokespersonId,
  spokespersonNamed,
  vulnerabilityFlagged,
} from './standing-events.ts'

// What stands between a person and whoever wants to reach them, as the desk reports it. The wire contract of the command
// line and the API. `on` is the effective date; `at`, where it is given, the instant from which it counts.

const accounts = z.array(accountId).min(1).optional()

/** Reports that the person wants no more contact. */
export const recordCease = z.strictObject({
  type: z.literal('RecordCease'),
  on: day,
  written: flag(),
  at: instant.optional(),
})

/** Reports that the person wants to be reached again. */
export const withdrawCease = z.strictObject({ type: z.literal('WithdrawCease'), on: day, reason })

/** Reports that an attorney represents the person: in these accounts, or in all. */
export const recordAttorney = z.strictObject({
  type: z.literal('RecordAttorney'),
  on: day,
  name: oneLine(120),
  reach: oneLine(200).optional(),
  accounts,
  at: instant.optional(),
})

/**
 * Reports that the person may be reached beside the attorney, or has none any more. Where attorneys are recorded for other
 * accounts each, `accounts` says which one: as it was recorded.
 */
export const releaseAttorney = z.strictObject({
  type: z.literal('ReleaseAttorney'),
  on: day,
  because: attorneyReleased.schema.shape.because,
  reason,
  accounts,
})

/** Reports that everything is to go to one place and nothing elsewhere. No reason is asked for. */
export const setConfidentialChannel = z.strictObject({
  type: z.literal('SetConfidentialChannel'),
  on: day,
  datum: datumId,
  at: instant.optional(),
})

/** Reports that the person may be reached in every way again. */
export const endConfidentialChannel = z.strictObject({ type: z.literal('EndConfidentialChannel'), on: day, reason })

/** Reports that the person needs to be treated with more care: no letter above level 1, assistance offered first. */
export const flagVulnerability = z.strictObject({
  type: z.literal('FlagVulnerability'),
  on: day,
  kind: vulnerabilityFlagged.schema.shape.kind,
  note: freeText(500).optional(),
})

/** Reports that the flag is taken back. */
export const endVulnerability = z.strictObject({ type: z.literal('EndVulnerability'), on: day, reason })

/** Reports a complaint. It is answered within the days of policy. */
export const recordComplaint = z.strictObject({
  type: z.literal('RecordComplaint'),
  on: day,
  complaint: complaintId.optional(),
  account: accountId.optional(),
  topic: complaintLogged.schema.shape.topic,
  about: freeText(2_000),
})

/** Reports that a complaint was answered. */
export const answerComplaint = z.strictObject({
  type: z.literal('AnswerComplaint'),
  on: day,
  complaint: complaintId,
  answer: freeText(2_000),
})

/** Reports that somebody else may be spoken to about the person's accounts, and on what that rests. */
export const nameSpokesperson = z.strictObject({
  type: z.literal('NameSpokesperson'),
  on: day,
  spokesperson: spokespersonId.optional(),
  as: party.exclude(['person']),
  name: oneLine(120),
  by: spokespersonNamed.schema.shape.by,
  accounts,
})

/** Reports that that one may be spoken to no more. */
export const endSpokesperson = z.strictObject({
  type: z.literal('EndSpokesperson'),
  on: day,
  spokesperson: spokespersonId,
  reason,
})

/** Reports what of a caller matched. Two identifiers verify them; with fewer nothing of the account is said. */
export const checkIdentity = z.strictObject({
  type: z.literal('CheckIdentity'),
  check: identityCheckId.optional(),
  account: accountId.optional(),
  /** Absent: the person. */
  as: party.optional(),
  matched: z.array(identifier),
  /** Absent: now. */
  at: instant.optional(),
  note: freeText(500).optional(),
})

export const standingCommands = [
  recordCease,
  withdrawCease,
  recordAttorney,
  releaseAttorney,
  setConfidentialChannel,
  endConfidentialChannel,
  flagVulnerability,
  endVulnerability,
  recordComplaint,
  answerComplaint,
  nameSpokesperson,
  endSpokesperson,
  checkIdentity,
] as const
export type StandingCommand = z.output<(typeof standingCommands)[number]>
