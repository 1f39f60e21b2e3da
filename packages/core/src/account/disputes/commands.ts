import { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { flag, oneOf, reason, said } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { lineId, paymentId, placementId } from '../../kernel/ids.ts'
import { disputeChannel, disputeId, raisedBy } from './events.ts'
import { disputeKind } from './kinds.ts'

// What the desk may say of disputes. The wire contract of the command line and the API. `on` is the effective date.

/** Reports that somebody disputes lines: it is on record whatever anybody thinks of it. */
export const openDispute = z.strictObject({
  type: z.literal('OpenDispute'),
  /** The day on which it was received. */
  on: day,
  /** Absent: a new one. */
  dispute: disputeId.optional(),
  kind: disputeKind,
  lines: z.array(lineId).min(1),
  /** Of the lines, what is disputed; absent: all. */
  amount: positiveCents.optional(),
  raisedBy,
  channel: disputeChannel,
  written: flag(),
  says: said(2_000),
  payment: paymentId.optional(),
  placement: placementId.optional(),
  respondBy: day.optional(),
})

/** Reports that who disputes was told that it is looked into. */
export const acknowledgeDispute = z.strictObject({
  type: z.literal('AcknowledgeDispute'),
  on: day,
  dispute: disputeId,
  channel: disputeChannel,
})

/** Reports what somebody found who looked into it. */
export const investigateDispute = z.strictObject({
  type: z.literal('InvestigateDispute'),
  on: day,
  dispute: disputeId,
  finding: said(2_000),
  consumerAdded: flag().optional(),
})

/** Reports what came of it. */
export const resolveDispute = z.strictObject({
  type: z.literal('ResolveDispute'),
  on: day,
  dispute: disputeId,
  outcome: oneOf(['upheld', 'partiallyUpheld', 'rejected']),
  explanation: reason,
})

/** Reports that the letter with the result went out, or that the dispute was withdrawn: its lines go on. */
export const closeDispute = z.strictObject({
  type: z.literal('CloseDispute'),
  on: day,
  dispute: disputeId,
  because: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('resultSent'),
      channel: disputeChannel,
      /** Hex SHA-256 of the letter, where it is kept. */
      letter: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
    }),
    z.strictObject({ kind: z.literal('withdrawn'), reason }),
  ]),
})

export const disputeCommands = [
  openDispute,
  acknowledgeDispute,
  investigateDispute,
  resolveDispute,
  closeDispute,
] as const
export type DisputeCommand = z.output<(typeof disputeCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const disputeAsksOrReports: { readonly [Type in DisputeCommand['type']]: 'asks' | 'reports' } = {
  AcknowledgeDispute: 'reports',
  CloseDispute: 'reports',
  InvestigateDispute: 'reports',
  OpenDispute: 'reports',
  ResolveDispute: 'reports',
}
