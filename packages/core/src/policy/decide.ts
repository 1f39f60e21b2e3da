import { canonicalJson } from '../kernel/canonical.ts'
import { accept, type Decide, precondition, type RuleHit, rejectIfAny } from '../kernel/decision.ts'
import { partVersion } from '../kernel/parts.ts'
import { type SectionName, sections } from '../terms.ts'
import type { PolicyCommand } from './commands.ts'
import type { PolicyEvent, PolicyPublished } from './events.ts'
import { policyHits } from './floors.ts'
import type { PracticePolicy } from './policy.ts'
import type { Role } from './roles.ts'
import { currentPolicy, type PolicyState } from './state.ts'

/** What publishing asks of the world: who publishes, and which zones there are. */
export interface PolicyContext {
  readonly actor: { readonly id: string; readonly roles: readonly Role[] }
  /** Whether an IANA zone is known here: in another nobody could tell what day it is. */
  readonly knowsZone: (zone: string) => boolean
}

/** Who may set policy; `system` is the opening of a book with a preset. */
const publishers: readonly Role[] = ['manager', 'compliance', 'director', 'system']

const zoneHits = ({ practice: { timeZone } }: PracticePolicy, { knowsZone }: PolicyContext): readonly RuleHit[] =>
  knowsZone(timeZone)
    ? []
    : [precondition('policy.unknownZone', `${timeZone} is no time zone that is known here`, 'name an IANA zone')]

const bySection = (policy: PracticePolicy): PolicyPublished['sections'] =>
  Object.fromEntries(
    Object.entries(sections).map(([name, section]) => [
      name,
      { version: partVersion(section), values: policy[name as SectionName] },
    ]),
  ) as PolicyPublished['sections']

export const decide: Decide<PolicyState, PolicyCommand, PolicyEvent, PolicyContext> = {
  PublishPolicy: (state, command, context) => {
    const current = currentPolicy(state)
    if (current && canonicalJson(current.policy) === canonicalJson(command.policy)) return accept<PolicyEvent>([])
    const mayPublish = context.actor.roles.some((role) => publishers.includes(role))
    const rejection = rejectIfAny([
      ...(mayPublish ? [] : [precondition('policy.publisher', `policy is set by ${publishers.join(', ')}`)]),
      ...policyHits(command.policy),
      ...zoneHits(command.policy, context),
    ])
    return (
      rejection ??
      accept<PolicyEvent>([
        {
          type: 'PolicyPublished',
          effectiveDate: command.on,
          version: (current?.version ?? 0) + 1,
          name: command.policy.name,
          sections: bySection(command.policy),
          reason: command.reason,
        },
      ])
    )
  },
}
