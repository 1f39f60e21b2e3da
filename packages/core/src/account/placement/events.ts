import { z } from 'zod'
import { cents, positiveCents } from '../../kernel/cents.ts'
import { code, flag, oneOf, phi, text, why } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { posting } from '../../kernel/effects.ts'
import { event } from '../../kernel/event.ts'
import { id } from '../../kernel/id.ts'
import { actorId, agencyId, layerId, lineId, placementId } from '../../kernel/ids.ts'

// postings.md row 27, reference §9.1. Placement moves the stage, never the party (errata 10).

const item = z.strictObject({ lineId, layerId, amount: positiveCents })

/** The checklist was gone through: what failed, what nobody knew, and what was taken on somebody's word. */
export const prePlacementReviewed = event('PrePlacementReviewed', {
  pass: flag(),
  /** Ids of the rules that block. */
  failures: z.array(code(40)),
  /** Names of the facts that a check needed and nobody knew. */
  unknown: z.array(code(60)),
  /** Facts whose checks policy has marked as not in use. */
  notInUse: z.array(code(60)),
  /** What the desk vouched for, because no facet keeps it. */
  attested: z.array(z.strictObject({ fact: code(60), value: phi(z.string().max(200)) })),
  earliest: day.optional(),
})
export interface PrePlacementReviewed extends z.infer<typeof prePlacementReviewed.schema> {}

/** Which placement it is: the first agency, a second one after it, or counsel. */
export const placementKind = oneOf(['primary', 'secondary', 'legal'])
/** Why an account came back from an agency (reference §9.4). */
export const recallReason = oneOf([
  'assistance',
  'insurance',
  'error',
  'bankruptcy',
  'complaint',
  'paid',
  'reversal',
  'other',
])

/** Amounts went from `active` to `placed`, layer by layer: same party, same age (errata 10). */
export const accountPlaced = event('AccountPlaced', {
  placementId,
  agencyId,
  kind: placementKind,
  items: z.array(item).min(1),
  approver: actorId,
  ...posting,
})
export interface AccountPlaced extends z.infer<typeof accountPlaced.schema> {}

/** We took it back; effected within one business day (reference §9.4). */
export const accountRecalled = event('AccountRecalled', {
  placementId,
  items: z.array(item),
  reason: recallReason,
  /** All of the placement came back; absent where a part of it did, the rest stays with the agency. */
  whole: flag().optional(),
  /** In words, where the list has none for it. */
  note: why(({ reason }) => reason !== 'other').optional(),
  ...posting,
})
export interface AccountRecalled extends z.infer<typeof accountRecalled.schema> {}

/** One thing that an agency has to be told. */
export const agencyNoticeId = id('AgencyNoticeId')
export type AgencyNoticeId = z.infer<typeof agencyNoticeId>

/** What changed what an agency has. `returned`: money that had been paid was taken back or off. */
export const noticeCause = oneOf(['payment', 'returned', 'adjustment', 'insurance', 'void', 'recall', 'other'])

/**
 * What an agency has is not what it had, and not by its own doing: it has to be told, or it asks the patient for money
 * that nobody owes (law J4). Counts from the day on which the change was recorded. No money moves.
 */
export const agencyNoticeRaised = event('AgencyNoticeRaised', {
  noticeId: agencyNoticeId,
  placementId,
  agencyId,
  cause: noticeCause,
  /** What was with the agency, and is now, layer by layer. */
  items: z.array(z.strictObject({ lineId, layerId, was: cents, now: cents })).min(1),
  /** What is with the agency under this placement after the change. */
  left: cents,
})
export interface AgencyNoticeRaised extends z.infer<typeof agencyNoticeRaised.schema> {}

/** The agency was told. */
export const agencyTold = event('AgencyTold', {
  notices: z.array(agencyNoticeId).min(1),
  how: oneOf(['file', 'portal', 'phone', 'mail', 'other']),
  /** Name of the file, or who was spoken to. */
  reference: text(120).optional(),
})
export interface AgencyTold extends z.infer<typeof agencyTold.schema> {}

export const placementEvents = [
  prePlacementReviewed,
  accountPlaced,
  accountRecalled,
  agencyNoticeRaised,
  agencyTold,
] as const
export type PlacementEvent = PrePlacementReviewed | AccountPlaced | AccountRecalled | AgencyNoticeRaised | AgencyTold

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const placementBrings = {
  AccountPlaced: 'placement',
} as const
