import { z } from 'zod'
import { adviceClaim } from '../../documents/advice.ts'
import { submittedClaim } from '../../documents/submission.ts'
import { nonZeroCents, positiveCents } from '../../kernel/cents.ts'
import { classified, code, flag, reason } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import {
  accountId,
  coverageId,
  denialId,
  lineId,
  patientId,
  payerId,
  refundId,
  remittanceId,
  visitId,
  workItemId,
} from '../../kernel/ids.ts'
import { writeOffCategory } from '../../kernel/write-off-categories.ts'
import { writeOffApproval } from '../approval.ts'
import { evidence } from '../ledger/commands.ts'

/** One unit of a remittance, from the posting process (or a person who releases a held claim). */
export const postRemittedClaims = z.strictObject({
  type: z.literal('PostRemittedClaims'),
  /** BPR16 or its stand-in. */
  on: day,
  remittanceId,
  payer: z.strictObject({ payerId, payerName: classified(z.string().max(80), 'code') }),
  /** The remittance carries PLB CT or CR. */
  capitation: z.boolean(),
  claims: z.array(adviceClaim).min(1),
  visit: z.union([
    /**
     * `adds`: a part of a claim that the payer split, whose lines join what open-missing has opened (clarification 30).
     * `named`: a person has named the visit, whatever the claim calls its patient.
     */
    z.strictObject({ known: visitId, adds: flag().optional(), named: flag().optional() }),
    /** Never seen: opened inside the unit (`--open-missing`). */
    z.strictObject({ open: z.strictObject({ accountId, patientId, visitId }) }),
  ]),
})
export type PostRemittedClaims = z.output<typeof postRemittedClaims>

/** One claim of an 837. */
export const recordSubmittedClaim = z.strictObject({
  type: z.literal('RecordSubmittedClaim'),
  /** Day of the submission: BHT04, else the day of the import. What the basis `billDate` ages from. */
  on: day,
  claim: submittedClaim,
  /** Keyed hash of the file of a void: what stands before it there was sent before it. */
  file: code(64).optional(),
  visit: z.union([
    z.strictObject({ known: visitId }),
    z.strictObject({ open: z.strictObject({ accountId, patientId, visitId }) }),
  ]),
})
export type RecordSubmittedClaim = z.output<typeof recordSubmittedClaim>

/** A person closes a denial. `appealWon` waits for the payer's own advice to bring the money. */
export const resolveDenial = z.strictObject({
  type: z.literal('ResolveDenial'),
  on: day,
  denial: denialId,
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('appealWon'), reference: z.string().min(1).max(80) }),
    z.strictObject({ kind: z.literal('rebilledNext'), coverage: coverageId.optional() }),
    z.strictObject({
      kind: z.literal('writtenOff'),
      category: writeOffCategory,
      /** Would timely work have collected it? */
      avoidable: z.boolean(),
      approval: writeOffApproval,
    }),
    z.strictObject({ kind: z.literal('movedToPatient'), evidence }),
  ]),
  reason,
})
export type ResolveDenial = z.output<typeof resolveDenial>

/** A recoupment (PLB WO) that no reversal explains, pushed to the claim it was taken for. */
export const postTakeback = z.strictObject({
  type: z.literal('PostTakeback'),
  on: day,
  visit: visitId,
  coverage: coverageId,
  lines: z.array(z.strictObject({ line: lineId, amount: positiveCents })).min(1),
  recoupment: z.strictObject({ payerId, payerControlNumber: z.string().max(80), remittanceId }),
  reason,
})
export type PostTakeback = z.output<typeof postTakeback>

/** The payer shows a reversal for money that we had sent back (PLB 72). */
export const acknowledgeRefund = z.strictObject({
  type: z.literal('AcknowledgeRefund'),
  on: day,
  refund: refundId,
  remittanceId,
  /** What the payer shows it under (PLB03-2); absent: whatever the remittance shows. */
  reference: z.string().min(1).max(80).optional(),
  visit: visitId,
  line: lineId,
  coverage: coverageId,
  amount: positiveCents,
})
export type AcknowledgeRefund = z.output<typeof acknowledgeRefund>

/**
 * How what a payer had withheld of a visit ended (CARC 104, 105, 144): it came back, by money of its own or in an advice
 * beside its claims, or it is lost. `amount` absent: all that stands. Below zero: what the payer takes back with its decision.
 */
export const settleWithhold = z.strictObject({
  type: z.literal('SettleWithhold'),
  on: day,
  visit: visitId,
  coverage: coverageId,
  amount: nonZeroCents.optional(),
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('returned'),
      by: z.enum(['check', 'ach', 'other']),
      reference: z.string().min(1).max(80).optional(),
      depositBatch: code(60).optional(),
    }),
    z.strictObject({ kind: z.literal('inRemittance'), remittance: remittanceId, code: code(2).default('E3') }),
    z.strictObject({
      kind: z.literal('lost'),
      because: z.enum(['settlement', 'contractEnded', 'notClaimed', 'other']),
    }),
  ]),
  reason,
})
export type SettleWithhold = z.output<typeof settleWithhold>

/** A person has dealt with what a payer's paper left to do. */
export const resolveWorkItem = z.strictObject({
  type: z.literal('ResolveWorkItem'),
  on: day,
  workItem: workItemId,
  reason,
})
export type ResolveWorkItem = z.output<typeof resolveWorkItem>

/** What the desk and its processes may ask of claims. Wire contract of the command line and the API. */
export const claimCommands = [
  postRemittedClaims,
  recordSubmittedClaim,
  resolveDenial,
  postTakeback,
  acknowledgeRefund,
  settleWithhold,
  resolveWorkItem,
] as const
/**
 * Commands that only the import may give: their documents are on file before, under an identity (a remittance of its own
 * stream, a control number of the registry), and their money is in clearing.
 */
export const importCommands = ['PostRemittedClaims', 'RecordSubmittedClaim'] as const satisfies ClaimCommand['type'][]
export type ClaimCommand = z.output<(typeof claimCommands)[number]>

/** Which of them ask, and which report what has happened (decision 0014, law Q8). */
export const claimAsksOrReports: { readonly [Type in ClaimCommand['type']]: 'asks' | 'reports' } = {
  AcknowledgeRefund: 'reports',
  // What a payer said is kept in its remittance whole; this asks whether it may be posted, and is held where it may not.
  PostRemittedClaims: 'asks',
  PostTakeback: 'reports',
  RecordSubmittedClaim: 'reports',
  ResolveDenial: 'asks',
  ResolveWorkItem: 'reports',
  SettleWithhold: 'reports',
}
