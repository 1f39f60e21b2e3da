import { precondition, type RuleHit } from '../kernel/decision.ts'
import { rules } from '../rules/catalogue.ts'
import { mayBeUnused } from '../rules/check.ts'
import { isFactName } from '../rules/facts.ts'
import { hospitalIncomeCaps } from '../rules/plan/income-caps.ts'
import type { PracticePolicy } from './policy.ts'

// Policy can make law stricter, never looser (design §3.13). Two things see to it. In every gate the rules of law are
// judged beside those of policy, each for itself: any block blocks, the latest day and the lowest cap decide, so a
// looser figure of policy has no effect. And here, a policy that says something looser is refused when published.

const refused = (rule: string, reason: string): RuleHit => precondition(`policy.${rule}`, reason, 'change the policy')

/** A check of the law can not be marked as not in use, only those that are the practice's own. */
const unusedHits = (policy: PracticePolicy): readonly RuleHit[] =>
  policy.placement.notInUse.flatMap((name) => {
    if (!isFactName(name)) return [refused('notInUse', `${name} is not the name of a fact`)]
    const asking = rules.flatMap((rule) =>
      rule.kind === 'gate' && rule.gates.includes('placeAccount') && rule.needs.includes(name) ? [rule] : [],
    )
    if (asking.length === 0) return [refused('notInUse', `no placement check asks for ${name}`)]
    return asking
      .filter((rule) => !mayBeUnused(rule))
      .map((rule) => ({
        rule: rule.id,
        reason: `${name} can not be marked as not in use: ${rule.title}`,
        citation: rule.citation,
        jurisdiction: rule.jurisdiction,
        requiredAction: 'change the policy',
      }))
  })

const incomeHits = (policy: PracticePolicy): readonly RuleHit[] => {
  const { state, entityType } = policy.practice
  return hospitalIncomeCaps
    .filter((cap) => cap.state === state && entityType.startsWith('hospital'))
    .filter((cap) => policy.plans.incomeShare > cap.basisPoints)
    .map((cap) => ({
      rule: cap.id,
      reason: `plans.incomeShare ${policy.plans.incomeShare / 100} % is above the ${cap.basisPoints / 100} % of ${state}`,
      citation: cap.citation,
      jurisdiction: cap.state,
      requiredAction: 'change the policy',
    }))
}

type Row = { readonly upTo?: number | undefined }

/** Rows by amount must ascend and end with one that has no limit: else an amount would meet no row, or the wrong one. */
const rowHits = (name: string, rows: readonly Row[]): readonly RuleHit[] => {
  const ascends = rows.every((row, index) => {
    const before = rows[index - 1]
    return before === undefined || (before.upTo !== undefined && (row.upTo === undefined || row.upTo > before.upTo))
  })
  return ascends && rows.at(-1)?.upTo === undefined
    ? []
    : [refused('rows', `${name}: rows ascend by upTo, and the last has none`)]
}

/** The priority of work must have one value for every age and every deadline. */
const scoreHits = ({ worklist: { age, urgency } }: PracticePolicy): readonly RuleHit[] => {
  const rises = 0 < age.peakFrom && age.peakFrom <= age.peakTo && age.peakTo < age.tailFrom
  const ascends = urgency.every((row, at) => at === 0 || row.withinDays > (urgency[at - 1]?.withinDays ?? 0))
  return [
    ...(rises ? [] : [refused('score', 'worklist.age: 0 < peakFrom ≤ peakTo < tailFrom')]),
    ...(ascends ? [] : [refused('score', 'worklist.urgency: rows ascend by withinDays')]),
  ]
}

/** What a policy may not say; empty when it may be published. */
export const policyHits = (policy: PracticePolicy): readonly RuleHit[] => {
  const { approvals } = policy.writeOff
  return [
    ...unusedHits(policy),
    ...incomeHits(policy),
    ...scoreHits(policy),
    ...rowHits('plans.longestTerm', policy.plans.longestTerm),
    ...rowHits('placement.approvers', policy.placement.approvers),
    ...[...new Set(approvals.map((row) => row.category))].flatMap((category) =>
      rowHits(
        `writeOff.approvals ${category}`,
        approvals.filter((row) => row.category === category),
      ),
    ),
  ]
}
