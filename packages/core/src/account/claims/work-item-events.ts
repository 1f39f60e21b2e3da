import type { z } from 'zod'
import { cents } from '../../kernel/cents.ts'
import { code, text, why } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { event } from '../../kernel/event.ts'
import { adjudicationId, coverageId, visitId, workItemId } from '../../kernel/ids.ts'

// What payers' papers leave for a person to do.

/** A recoupment deadline, a figure that only a person can judge. `code` names the kind of work. */
export const claimWorkItemRaised = event('ClaimWorkItemRaised', {
  visitId,
  workItemId,
  code: code(60),
  adjudicationId: adjudicationId.optional(),
  coverageId: coverageId.optional(),
  amount: cents.optional(),
  due: day.optional(),
  message: text(400),
})
export interface ClaimWorkItemRaised extends z.infer<typeof claimWorkItemRaised.schema> {}

/** Somebody has dealt with it, or what it waited for has come. */
export const claimWorkItemResolved = event('ClaimWorkItemResolved', { visitId, workItemId, reason: why() })
export interface ClaimWorkItemResolved extends z.infer<typeof claimWorkItemResolved.schema> {}
