import type { Aggregate } from '../kernel/aggregate.ts'
import { type PolicyCommand, policyCommand } from './commands.ts'
import { decide, type PolicyContext } from './decide.ts'
import { type PolicyEvent, policyCodec } from './events.ts'
import { foldPolicy, newPolicy, type PolicyState } from './state.ts'

/** The stream of a practice's policy: one in each book. */
export const POLICY_STREAM = 'policy-practice'

/** The practice's policy as a stream of versions. Publishing what is already in force does nothing. */
export const practicePolicyAggregate: Aggregate<PolicyState, PolicyCommand, PolicyEvent, PolicyContext> = {
  name: 'policy',
  codec: policyCodec,
  commandSchema: policyCommand,
  initial: newPolicy,
  fold: foldPolicy,
  decide: (state, command, context) => decide[command.type](state, command, context),
}
