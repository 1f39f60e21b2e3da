import { z } from 'zod'
import { classified, flag, freeText, oneOf, why } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { event } from '../../kernel/event.ts'
import { id } from '../../kernel/id.ts'
import { personRole } from '../../policy/roles.ts'

// What somebody asks of us, and whether they were verified to be who they say. The wire contract.

/** One inquiry. */
export const inquiryId = id('InquiryId')
export type InquiryId = z.infer<typeof inquiryId>

export const inquiryTopic = oneOf([
  'balance',
  'charges',
  'insurance',
  'itemisedStatement',
  'payment',
  'plan',
  'assistance',
  'records',
  'disclosures',
  'other',
])
export const inquiryChannel = oneOf(['phone', 'inPerson', 'text', 'email', 'portal', 'mail', 'fax'])
export const inquirer = oneOf(['guarantor', 'patient', 'spouse', 'representative', 'attorney', 'other'])
/** By what somebody was verified (45 CFR 164.514(h)); each once. */
export const identifier = oneOf(['name', 'born', 'address', 'phone', 'lastFour', 'memberId', 'accountNumber'])

/** Somebody asked something. */
export const inquiryReceived = event('InquiryReceived', {
  inquiryId,
  topic: inquiryTopic,
  channel: inquiryChannel,
  by: inquirer,
  identifiers: z.array(identifier),
  says: freeText(2_000),
})
export interface InquiryReceived extends z.infer<typeof inquiryReceived.schema> {}

/** Who asked is not verified: nothing about the patient is said. */
export const phiWithheld = event('PhiWithheld', { inquiryId })
export interface PhiWithheld extends z.infer<typeof phiWithheld.schema> {}

/** Who asked was verified later, by these together with those before. */
export const inquirerVerified = event('InquirerVerified', { inquiryId, identifiers: z.array(identifier).min(1) })
export interface InquirerVerified extends z.infer<typeof inquirerVerified.schema> {}

/** It was answered; `phi`: with something about the patient. */
export const inquiryAnswered = event('InquiryAnswered', {
  inquiryId,
  channel: inquiryChannel,
  phi: flag(),
  answer: freeText(2_000),
})
export interface InquiryAnswered extends z.infer<typeof inquiryAnswered.schema> {}

/** It went to somebody who may do more. */
export const inquiryEscalated = event('InquiryEscalated', {
  inquiryId,
  to: classified(personRole, 'code'),
  reason: why(),
})
export interface InquiryEscalated extends z.infer<typeof inquiryEscalated.schema> {}

/** More time was taken for it, and who asked was told in writing why and until when (45 CFR 164.528(c)(1)(ii)). */
export const inquiryExtended = event('InquiryExtended', { inquiryId, until: day, reason: why() })
export interface InquiryExtended extends z.infer<typeof inquiryExtended.schema> {}

export const inquiryEvents = [
  inquiryReceived,
  phiWithheld,
  inquirerVerified,
  inquiryAnswered,
  inquiryEscalated,
  inquiryExtended,
] as const
export type InquiryEvent =
  | InquiryReceived
  | PhiWithheld
  | InquirerVerified
  | InquiryAnswered
  | InquiryEscalated
  | InquiryExtended

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const inquiryBrings = {
  InquiryReceived: 'inquiry',
} as const
