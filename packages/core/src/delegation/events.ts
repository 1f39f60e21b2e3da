import { z } from 'zod'
import { code, why } from '../kernel/classes.ts'
import { day } from '../kernel/day.ts'
import { event, makeCodec } from '../kernel/event.ts'
import { id } from '../kernel/id.ts'

// Who does whose work, and how long (reference §11.8). The wire contract: names and fields are the storage format.

/** One delegation of work. */
export const delegationId = id('DelegationId')
export type DelegationId = z.infer<typeof delegationId>

/** One does the work of another from a day to a day, both among them: all of it, or some queues. */
export const queueDelegated = event('QueueDelegated', {
  delegationId,
  /** Whose work it is. */
  from: code(200),
  /** Who does it. */
  to: code(200),
  /** Queues without their parts, such as `denials`; absent: all work. */
  queues: z.array(code(40)).min(1).optional(),
  since: day,
  until: day,
  reason: why(),
})
export interface QueueDelegated extends z.infer<typeof queueDelegated.schema> {}

/** It ends before its last day: from this moment on nobody acts by it. */
export const delegationRevoked = event('DelegationRevoked', { delegationId, reason: why() })
export interface DelegationRevoked extends z.infer<typeof delegationRevoked.schema> {}

export type DelegationEvent = QueueDelegated | DelegationRevoked
export const delegationEventDefinitions = [queueDelegated, delegationRevoked] as const
export const delegationCodec = makeCodec<DelegationEvent>(delegationEventDefinitions)
