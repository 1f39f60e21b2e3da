import { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { code, flag, freeText, oneOf } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { posting } from '../../kernel/effects.ts'
import { event } from '../../kernel/event.ts'
import { actorId, agencyId, layerId, lineId, placementId } from '../../kernel/ids.ts'

// postings.md row 27, reference §9.1. Placement moves the stage, never the party (errata 10).

const item = z.strictObject({ lineId, layerId, amount: positiveCents })

/** The checklist was gone through: what failed, and which checks policy has marked as not in use. */
export const prePlacementReviewed = event('PrePlacementReviewed', {
  pass: flag(),
  failures: z.array(code(40)),
  notInUse: z.array(code(60)),
  earliest: day.optional(),
})
export interface PrePlacementReviewed extends z.infer<typeof prePlacementReviewed.schema> {}

export const accountPlaced = event('AccountPlaced', {
  placementId,
  agencyId,
  kind: oneOf(['primary', 'secondary', 'legal']),
  items: z.array(item).min(1),
  approver: actorId,
  ...posting,
})
export interface AccountPlaced extends z.infer<typeof accountPlaced.schema> {}

/** We took it back; effected within one business day (reference §9.4). */
export const accountRecalled = event('AccountRecalled', {
  placementId,
  items: z.array(item),
  reason: oneOf(['assistance', 'insurance', 'error', 'bankruptcy', 'complaint', 'paid', 'reversal', 'other']),
  note: freeText().optional(),
  ...posting,
})
export interface AccountRecalled extends z.infer<typeof accountRecalled.schema> {}

export const placementEvents = [prePlacementReviewed, accountPlaced, accountRecalled] as const
export type PlacementEvent = PrePlacementReviewed | AccountPlaced | AccountRecalled
