import type { Earliest } from '../kernel/decision.ts'
import { decisiveDay, evaluate, notInForce, unknownReason } from './check.ts'
import type { FactName, Facts } from './facts.ts'
import type { Moment, Provenance, Rule, RuleStatus } from './rule.ts'
import type { Gate } from './vocabulary.ts'

/** A rule as `daybook rules` shows it. */
export interface RuleDescription {
  readonly id: string
  readonly version: number
  readonly title: string
  readonly kind: Rule['kind']
  readonly capability: string
  readonly jurisdiction: string
  readonly citation: string
  readonly provenance: Provenance
  readonly status: RuleStatus
  readonly effective: Rule['effective']
  readonly gates: readonly Gate[]
  readonly reads?: 'today' | 'effectiveDate'
  readonly needs: readonly FactName[]
  /** Of a computation: what it takes and gives. */
  readonly computes?: string
  readonly vectors: readonly string[]
}

export const describeRule = (rule: Rule): RuleDescription => {
  const { id, version, title, kind, capability, jurisdiction, citation, provenance, status, effective } = rule
  const described = { id, version, title, kind, capability, jurisdiction, citation, provenance, status, effective }
  return rule.kind === 'gate'
    ? {
        ...described,
        gates: rule.gates,
        reads: rule.reads,
        needs: rule.needs,
        vectors: rule.vectors.map((vector) => vector.name),
      }
    : { ...described, gates: [], needs: [], computes: rule.computes, vectors: [] }
}

export interface RuleDecision {
  readonly rule: string
  readonly decision: 'pass' | 'block' | 'warn' | 'notApplicable' | 'unknown'
  readonly reason: string
  readonly citation: string
  readonly jurisdiction: string
  readonly earliest?: Earliest
  readonly requiredAction?: string
  readonly unknownFacts: readonly FactName[]
}

/** What one rule says to facts at a moment, and why. `unknown` blocks at its gates. */
export const explainRule = (rule: Rule, facts: Facts, at: Moment): RuleDecision => {
  const { id, citation, jurisdiction } = rule
  const said = (
    decision: RuleDecision['decision'],
    reason: string,
    more: Partial<Pick<RuleDecision, 'earliest' | 'requiredAction' | 'unknownFacts'>> = {},
  ): RuleDecision => ({ rule: id, decision, reason, citation, jurisdiction, unknownFacts: [], ...more })
  if (rule.kind === 'computation') {
    const why = notInForce(rule, at.today)
    return said('notApplicable', why ? `${rule.title}: ${why}` : `computes, does not gate: ${rule.computes}`)
  }
  const evaluation = evaluate(rule, facts, at)
  switch (evaluation.kind) {
    case 'silent':
      return said('notApplicable', `${rule.title}: ${evaluation.why} (read at ${decisiveDay(rule, at)})`)
    case 'notApplicable':
      return said('notApplicable', `${rule.title}: does not reach this case`)
    case 'notInUse':
      return said('notApplicable', `${rule.title}: policy does not use this check (${evaluation.facts.join(', ')})`)
    case 'unknown':
      return said('unknown', evaluation.facts.map((fact) => unknownReason(rule, fact)).join('; '), {
        unknownFacts: evaluation.facts.map((fact) => fact.name),
      })
    case 'pass':
      return said('pass', `${rule.title}: satisfied`)
    case 'block':
    case 'warn': {
      const { kind, reason, earliest, requiredAction } = evaluation
      return said(kind, reason, { ...(earliest ? { earliest } : {}), ...(requiredAction ? { requiredAction } : {}) })
    }
  }
}

/** The rule of an id, and its numbered parts: `PC-01` finds `PC-01.1.minimum` and all the others. */
export const findRules = (rules: readonly Rule[], id: string): readonly Rule[] =>
  rules.filter((rule) => rule.id === id || rule.id.startsWith(`${id}.`))
