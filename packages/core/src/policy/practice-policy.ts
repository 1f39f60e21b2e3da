import type { Aggregate } from '../kernel/aggregate.ts'
import { canonicalJson } from '../kernel/canonical.ts'
import { accept, type Decide, type Decision, precondition, rejectIfAny } from '../kernel/decision.ts'
import { type PolicyCommand, policyCommand } from './commands.ts'
import { type PolicyEvent, policyCodec } from './events.ts'
import { policyHits } from './floors.ts'
import type { Role } from './policy.ts'
import { currentPolicy, foldPolicy, newPolicy, type PolicyState } from './state.ts'

/** What publishing asks of the world: who publishes. */
export interface PolicyContext {
  readonly actor: { readonly id: string; readonly roles: readonly Role[] }
}

/** The stream of a practice's policy: one in each book. */
export const POLICY_STREAM = 'policy-practice'

/** Who may set policy; `system` is the opening of a book with a preset. */
const publishers: readonly Role[] = ['manager', 'compliance', 'director', 'system']

const decideByType: Decide<PolicyState, PolicyCommand, PolicyEvent, PolicyContext> = {
  PublishPolicy: (state, command, context) => {
    const current = currentPolicy(state)
    if (current && canonicalJson(current.policy) === canonicalJson(command.policy)) return accept<PolicyEvent>([])
    const mayPublish = context.actor.roles.some((role) => publishers.includes(role))
    const rejection = rejectIfAny([
      ...(mayPublish ? [] : [precondition('policy.publisher', `policy is set by ${publishers.join(', ')}`)]),
      ...policyHits(command.policy),
    ])
    return (
      rejection ??
      accept<PolicyEvent>([
        {
          type: 'PolicyPublished',
          effectiveDate: command.on,
          version: (current?.version ?? 0) + 1,
          policy: command.policy,
          reason: command.reason,
        },
      ])
    )
  },
}

const decidePolicy = (state: PolicyState, command: PolicyCommand, context: PolicyContext): Decision<PolicyEvent> =>
  decideByType[command.type](state, command, context)

/** The practice's policy as a stream of versions. Publishing what is already in force does nothing. */
export const practicePolicyAggregate: Aggregate<PolicyState, PolicyCommand, PolicyEvent, PolicyContext> = {
  name: 'policy',
  codec: policyCodec,
  commandSchema: policyCommand,
  initial: newPolicy,
  fold: foldPolicy,
  decide: decidePolicy,
}
