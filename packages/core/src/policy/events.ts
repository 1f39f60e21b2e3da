import { z } from 'zod'
import { classified, freeText } from '../kernel/classes.ts'
import { event, makeCodec } from '../kernel/event.ts'
import { practicePolicy } from './policy.ts'

/** A version of the practice's policy, whole. Decisions name the version that they were made by. */
export const policyPublished = event('PolicyPublished', {
  /** From 1, without gaps. */
  version: classified(z.int().positive(), 'count'),
  policy: practicePolicy,
  reason: freeText(),
})
export interface PolicyPublished extends z.infer<typeof policyPublished.schema> {}

export const policyEventDefinitions = [policyPublished] as const
export type PolicyEvent = PolicyPublished
export const policyCodec = makeCodec<PolicyEvent>(policyEventDefinitions)
