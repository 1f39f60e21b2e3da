import { z } from 'zod'
import { classified, code, freeText } from '../kernel/classes.ts'
import { event, makeCodec } from '../kernel/event.ts'
import { parts } from '../kernel/parts.ts'
import type { Upcast } from '../kernel/versions.ts'
import { sections } from '../terms.ts'

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

/** Version 2 had one version for the whole policy: each section that it had was as the first version of that section. */
const bySection: Upcast = ({ policy, ...payload }) => {
  const { name, ...said } = policy as Record<string, unknown>
  const held = Object.entries(said).map(([section, values]) => [section, { version: 1, values }])
  return { ...payload, name, sections: Object.fromEntries(held) }
}

/** A version of the practice's policy, whole. Decisions name the version that they were made by. */
export const policyPublished = event(
  'PolicyPublished',
  {
    /** From 1, without gaps. */
    version: classified(z.int().positive(), 'count'),
    /** Name of the preset or of the practice's own policy. */
    name: code(80),
    sections: parts(sections),
    reason: freeText(),
  },
  { version: 3, upcasts: [withScoreCurves, bySection] },
)
export interface PolicyPublished extends z.infer<typeof policyPublished.schema> {}

export const policyEventDefinitions = [policyPublished] as const
export type PolicyEvent = PolicyPublished
export const policyCodec = makeCodec<PolicyEvent>(policyEventDefinitions)
