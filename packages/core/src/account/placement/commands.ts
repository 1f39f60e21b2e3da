import { z } from 'zod'
import { freeText, text } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { agencyId, lineId, placementId } from '../../kernel/ids.ts'
import { factValues } from '../../rules/facts.ts'
import { approval } from '../approval.ts'
import { agencyNoticeId, agencyTold, placementKind, recallReason } from './events.ts'

// What the desk may ask of placement. The wire contract of the command line and the API. `on` is the effective date.

/** `{"clinic.boardMember": false}`: a flag, a whole number, a text or a civil day. */
const ownAttested = z.record(z.string().max(60), z.union([z.boolean(), z.int(), z.string().min(1).max(200)]))

const checklist = {
  on: day,
  /** Absent: every line on which the patient owes and nothing is placed. */
  lines: z.array(lineId).min(1).optional(),
  approval,
  /** Facts that the desk vouches for because no facet keeps them, by name: `{"billing.firstBillOn": "2026-02-01"}`. */
  attested: factValues.optional(),
  /** The same of facts of the product (`openDaybook({ facts })`), as far as it lets the desk vouch for them. */
  attestedOwn: ownAttested.optional(),
}

/** Goes through the checklist and records what stands in the way. */
export const reviewForPlacement = z.strictObject({ type: z.literal('ReviewForPlacement'), ...checklist })

/** Gives what the patient owes to an agency. */
export const placeAccount = z.strictObject({
  type: z.literal('PlaceAccount'),
  placement: placementId.optional(),
  agency: agencyId,
  kind: placementKind,
  ...checklist,
})

/** Takes back all that is still with the agency. */
export const recallAccount = z.strictObject({
  type: z.literal('RecallAccount'),
  on: day,
  placement: placementId,
  reason: recallReason,
  /** Required where the reason is `other` (law B12). */
  note: freeText().optional(),
})

/** Reports that an agency was told what changed. */
export const tellAgency = z.strictObject({
  type: z.literal('TellAgency'),
  on: day,
  /** Absent: of all that it has to be told. */
  notices: z.array(agencyNoticeId).min(1).optional(),
  how: agencyTold.schema.shape.how,
  reference: text(120).optional(),
})

export const placementCommands = [reviewForPlacement, placeAccount, recallAccount, tellAgency] as const
export type PlacementCommand = z.output<(typeof placementCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const placementAsksOrReports: { readonly [Type in PlacementCommand['type']]: 'asks' | 'reports' } = {
  PlaceAccount: 'asks',
  RecallAccount: 'asks',
  ReviewForPlacement: 'reports',
  TellAgency: 'reports',
}
