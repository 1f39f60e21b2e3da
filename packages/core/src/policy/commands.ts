import { z } from 'zod'
import { reason } from '../kernel/classes.ts'
import { day } from '../kernel/day.ts'
import { practicePolicy } from './policy.ts'

/** Makes a policy the practice's own from now on. The whole policy is given: nothing stands unsaid. */
export const publishPolicy = z.strictObject({
  type: z.literal('PublishPolicy'),
  on: day,
  policy: practicePolicy,
  reason,
})

export const policyCommand = z.discriminatedUnion('type', [publishPolicy])
export type PolicyCommand = z.output<typeof policyCommand>
export type PolicyCommandInput = z.input<typeof policyCommand>
