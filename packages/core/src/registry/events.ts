import { z } from 'zod'
import { classified, code, oneOf } from '../kernel/classes.ts'
import { event, makeCodec } from '../kernel/event.ts'
import { accountId, patientId, payerId, remittanceId, submissionId, visitId } from '../kernel/ids.ts'

/** What a reference can be: each kind has its own registry streams. */
export const referenceKind = oneOf([
  'patientControlNumber',
  'person',
  'remittanceIdentity',
  'heldClaim',
  'recoupment',
  'forwardBalance',
  /** A payer's own number of a claim (CLP07). */
  'payerClaim',
  /** A payer's name: the ids that it has had. */
  'payer',
  /** No longer assigned: that references of an older book were made from its log (`MigrationDone` says it now). */
  'rebuilt',
])
export type ReferenceKind = z.infer<typeof referenceKind>

/**
 * Answers "whose is this?" without a race (design §3.7). The stream is named by a keyed hash of kind and value, so the
 * value itself is stored nowhere. A control number may be used again by a practice: the stream then names several
 * targets, told apart by patient.
 */
export const referenceAssigned = event('ReferenceAssigned', {
  kind: referenceKind,
  target: z.strictObject({
    accountId: accountId.optional(),
    patientId: patientId.optional(),
    visitId: visitId.optional(),
    remittanceId: remittanceId.optional(),
    submissionId: submissionId.optional(),
    payerId: payerId.optional(),
  }),
  /** Keyed hashes by which the patient of this target is recognised: member id, name. */
  patientKeys: z.array(code(64)),
  /** The claim's total charge, cents: tells two visits of one patient under one number apart. */
  charge: classified(z.int(), 'financial').optional(),
  /** Keyed hash of the whole control number, where it is longer than what a payer must return of it. */
  whole: code(64).optional(),
  /** Keyed hash of the first day of service: whether a claim is of the visit that is noted and not opened yet. */
  served: code(64).optional(),
  /** Keyed hashes of what was done and on which day, a line each; absent where a line names no code or no day, or many. */
  services: z.array(code(64)).optional(),
})
export interface ReferenceAssigned extends z.infer<typeof referenceAssigned.schema> {}

export type RegistryEvent = ReferenceAssigned
export const registryEventDefinitions = [referenceAssigned] as const
export const registryCodec = makeCodec<RegistryEvent>(registryEventDefinitions)
