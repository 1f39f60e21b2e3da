import { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { code, flag, freeText, oneOf, why } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { event } from '../../kernel/event.ts'
import { id } from '../../kernel/id.ts'
import { lineId, paymentId, placementId, visitId } from '../../kernel/ids.ts'
import { disputeKind } from './kinds.ts'

// Disputes, reference §7.1. They move no money: what is found is corrected by the commands for it. The wire contract.

/** One dispute. */
export const disputeId = id('DisputeId')
export type DisputeId = z.infer<typeof disputeId>

/** Who raised it; `provider`: our own finding (Minn. Stat. 62J.808 reaches that too). */
export const raisedBy = oneOf(['patient', 'representative', 'provider', 'agency', 'issuer', 'bureau'])
/** How something reached somebody. */
export const disputeChannel = oneOf(['phone', 'inPerson', 'text', 'email', 'portal', 'mail', 'fax'])

/** Somebody disputes these lines, and no others. Effective the day it was received. */
export const disputeOpened = event('DisputeOpened', {
  disputeId,
  kind: disputeKind,
  lines: z.array(z.strictObject({ visitId, lineId })).min(1),
  /** Of the lines, what is disputed, cents; absent: all. */
  amount: positiveCents.optional(),
  raisedBy,
  channel: disputeChannel,
  written: flag(),
  says: freeText(2_000),
  /** The payment that an issuer took back. */
  payment: paymentId.optional(),
  /** Where an agency has it. */
  placement: placementId.optional(),
  /** The last day of an answer that somebody else has set: the card network, the agency. */
  respondBy: day.optional(),
})
export interface DisputeOpened extends z.infer<typeof disputeOpened.schema> {}

/** Who disputes was told that it is looked into. */
export const disputeAcknowledged = event('DisputeAcknowledged', { disputeId, channel: disputeChannel })
export interface DisputeAcknowledged extends z.infer<typeof disputeAcknowledged.schema> {}

/** Somebody looks into it, and what was found so far. `consumerAdded`: who disputes has sent more meanwhile. */
export const disputeInvestigated = event('DisputeInvestigated', {
  disputeId,
  finding: freeText(2_000),
  consumerAdded: flag().optional(),
})
export interface DisputeInvestigated extends z.infer<typeof disputeInvestigated.schema> {}

/** What came of it, with the words of the result letter. What is upheld is corrected and refunded by its own commands. */
export const disputeDecided = event('DisputeDecided', {
  disputeId,
  outcome: oneOf(['upheld', 'partiallyUpheld', 'rejected']),
  explanation: why(),
})
export interface DisputeDecided extends z.infer<typeof disputeDecided.schema> {}

/**
 * It is over: its lines go on. `resultSent`: the letter with the result went out. `withdrawn`: by who had raised it.
 * `chargedBack`: what the issuer disputed has gone back to it, all of it.
 */
export const disputeClosed = event('DisputeClosed', {
  disputeId,
  because: oneOf(['resultSent', 'withdrawn', 'chargedBack']),
  channel: disputeChannel.optional(),
  /** Hex SHA-256 of the letter, which is kept elsewhere. */
  letter: code(64).optional(),
  reason: why(({ because }) => because !== 'withdrawn').optional(),
})
export interface DisputeClosed extends z.infer<typeof disputeClosed.schema> {}

export const disputeEvents = [
  disputeOpened,
  disputeAcknowledged,
  disputeInvestigated,
  disputeDecided,
  disputeClosed,
] as const
export type DisputeEvent = DisputeOpened | DisputeAcknowledged | DisputeInvestigated | DisputeDecided | DisputeClosed

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const disputeBrings = {
  DisputeOpened: 'dispute',
} as const
