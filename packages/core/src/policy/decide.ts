import { canonicalJson } from '../kernel/canonical.ts'
import { accept, type Decide, precondition, rejectIfAny } from '../kernel/decision.ts'
import type { PolicyCommand } from './commands.ts'
import type { PolicyEvent } from './events.ts'
import { policyHits } from './floors.ts'
import type { Role } from './policy.ts'
import { currentPolicy, type PolicyState } from './state.ts'

/** What publishing asks of the world: who publishes. */
export interface PolicyContext {
  readonly actor: { readonly id: string; readonly roles: readonly Role[] }
}

/** Who may set policy; `system` is the opening of a book with a preset. */
const publishers: readonly Role[] = ['manager', 'compliance', 'director', 'system']

export const decide: Decide<PolicyState, PolicyCommand, PolicyEvent, PolicyContext> = {
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
