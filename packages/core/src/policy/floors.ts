import { precondition, type RuleHit } from '../kernel/decision.ts'
import { rules } from '../rules/catalogue.ts'
import { isFactName } from '../rules/facts.ts'
import type { GateRule } from '../rules/rule.ts'
import { type SectionName, sections } from '../terms.ts'
import type { PracticePolicy } from './policy.ts'
import type { Section } from './section.ts'

// Policy can make law stricter, never looser (design §3.13). Two things see to it. In every gate the rules of law are
// judged beside those of policy, each for itself: any block blocks, the latest day and the lowest cap decide, so a
// looser figure of policy has no effect. And here, a policy that says something looser is refused when published. No
// section and no rule is known here by name: each says for itself what may not be said.

const gateRules = rules.filter((rule) => rule.kind === 'gate')

const refused = (rule: string, reason: string): RuleHit => precondition(`policy.${rule}`, reason, 'change the policy')

const refusedBy = ({ id, citation, jurisdiction }: GateRule, reason: string): RuleHit => ({
  rule: id,
  reason,
  citation,
  jurisdiction,
  requiredAction: 'change the policy',
})

/** The rules at the gates where a section's checks stand. */
const rulesBeside = (section: string): readonly GateRule[] => {
  const own = gateRules.filter((rule) => rule.setAsideBy === section).flatMap((rule) => rule.gates)
  return gateRules.filter((rule) => rule.gates.some((gate) => own.includes(gate)))
}

/** What the law has asked of this practice from some day on, for whatever day the policy is meant. */
const demanded = (rule: GateRule, policy: PracticePolicy, name: string): readonly RuleHit[] =>
  (rule.demands ?? [])
    .filter((demand) => demand.of(policy.practice))
    .map(({ citation, jurisdiction, reason }) => ({
      rule: rule.id,
      reason: `${name} can not be marked as not in use: ${reason}`,
      citation,
      jurisdiction,
      requiredAction: 'change the policy',
    }))

/** A check of the law can not be marked as not in use, only those that are the practice's own. */
const unusedHits = (section: SectionName, policy: PracticePolicy): readonly RuleHit[] => {
  const values = policy[section]
  if (!('notInUse' in values)) return []
  const beside = rulesBeside(section)
  return values.notInUse.flatMap((name) => {
    if (!isFactName(name)) return [refused('notInUse', `${name} is not the name of a fact`)]
    const asking = beside.filter((rule) => rule.needs.includes(name))
    if (asking.length === 0) return [refused('notInUse', `no ${section} check asks for ${name}`)]
    return asking.flatMap((rule) =>
      rule.setAsideBy === section
        ? demanded(rule, policy, name)
        : [refusedBy(rule, `${name} can not be marked as not in use: ${rule.title}`)],
    )
  })
}

/** What the law forbids a policy to say. */
const lawHits = (policy: PracticePolicy): readonly RuleHit[] =>
  gateRules.flatMap((rule) => {
    const reason = rule.forbids?.(policy)
    return reason === undefined ? [] : [refusedBy(rule, reason)]
  })

/** Figures of a section that do not fit together. */
const sectionHits = (name: SectionName, policy: PracticePolicy): readonly RuleHit[] => {
  const section: Section = sections[name]
  return section.refusals(policy[name]).map(({ rule, figure, reason }) => refused(rule, `${name}.${figure}: ${reason}`))
}

const names = Object.keys(sections) as readonly SectionName[]

/** What a policy may not say; empty when it may be published. */
export const policyHits = (policy: PracticePolicy): readonly RuleHit[] => [
  ...names.flatMap((name) => unusedHits(name, policy)),
  ...lawHits(policy),
  ...names.flatMap((name) => sectionHits(name, policy)),
]
