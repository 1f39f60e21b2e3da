import { z } from 'zod'
import { classified, freeText } from '../kernel/classes.ts'
import { event, makeCodec, type Upcast } from '../kernel/event.ts'
import { practicePolicy } from './policy.ts'

/** Version 1 had no curves of the score: the program knew them, and they were those of reference §11.2 (errata 20). */
const withScoreCurves: Upcast = (payload) => {
  const policy = payload['policy'] as { readonly worklist: object }
  const worklist = {
    ...policy.worklist,
    age: { peakFrom: 60, peakTo: 120, tailFrom: 365, tailShare: 2_000 },
    urgency: [
      { withinDays: 3, share: 10_000 },
      { withinDays: 7, share: 7_000 },
      { withinDays: 14, share: 4_000 },
    ],
  }
  return { ...payload, policy: { ...policy, worklist } }
}

/** A version of the practice's policy, whole. Decisions name the version that they were made by. */
export const policyPublished = event(
  'PolicyPublished',
  {
    /** From 1, without gaps. */
    version: classified(z.int().positive(), 'count'),
    policy: practicePolicy,
    reason: freeText(),
  },
  { version: 2, upcasts: [withScoreCurves] },
)
export interface PolicyPublished extends z.infer<typeof policyPublished.schema> {}

export const policyEventDefinitions = [policyPublished] as const
export type PolicyEvent = PolicyPublished
export const policyCodec = makeCodec<PolicyEvent>(policyEventDefinitions)
