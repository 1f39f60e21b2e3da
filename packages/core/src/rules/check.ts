import { canonicalJson } from '../kernel/canonical.ts'
import type { Day } from '../kernel/day.ts'
import type { Earliest, RuleHit, RuleRef } from '../kernel/decision.ts'
import type { Sha256 } from '../kernel/leaf.ts'
import { type FactName, type Facts, factWords } from './facts.ts'
import { demandsOn, type GateRule, type KnownFacts, type Moment, type Rule, refOf, type Verdict } from './rule.ts'
import type { Gate } from './vocabulary.ts'

/** The rules in force, as decisions use them. */
export interface Catalogue {
  /** Hash of ids, versions, status and effective dates: which catalogue decided. */
  readonly hash: string
  readonly rules: readonly Rule[]
  /**
   * Evaluates every rule of a gate. `hits` block: a rule that is not satisfied, or an unknown fact that a rule needs.
   * `passed` are the rules that applied and let through. `effectiveDate` is for rules that read the law of that day.
   */
  readonly check: (gate: Gate, facts: Facts, at: Moment) => GateResult
}

/** What the rules of a gate say together. */
export interface GateResult {
  readonly hits: readonly RuleHit[]
  readonly warnings: readonly RuleHit[]
  readonly passed: readonly RuleRef[]
  /** Facts whose checks policy has marked as not in use, and that were therefore not looked at: for the record. */
  readonly notInUse: readonly FactName[]
  /** Facts that a rule needed and nobody knew. */
  readonly unknown: readonly FactName[]
}

/** A fact that a rule needs and nobody knows. */
export interface UnknownFact {
  readonly name: FactName
  readonly why: string
}

/** What became of one rule: its verdict, or why it gave none. */
export type Evaluation =
  | Verdict
  | { readonly kind: 'silent'; readonly why: string }
  | { readonly kind: 'notInUse'; readonly facts: readonly FactName[] }
  | { readonly kind: 'unknown'; readonly facts: readonly UnknownFact[] }

/** Why a rule is no law on a day; undefined when it is. A contested rule counts until somebody settles it. */
export const notInForce = (rule: Rule, on: Day): string | undefined => {
  if (rule.status === 'vacated') return 'vacated by a court'
  if (on < rule.effective.from) return `not law before ${rule.effective.from}`
  if (rule.effective.to !== undefined && on > rule.effective.to) return `no longer law after ${rule.effective.to}`
  return undefined
}

/** The day whose law decides: today, or that of the matter. */
export const decisiveDay = (rule: GateRule, at: Moment): Day =>
  rule.reads === 'effectiveDate' ? at.effectiveDate : at.today

const unknownOf = (rule: GateRule, facts: Facts): readonly UnknownFact[] =>
  rule.needs.flatMap((name) => {
    const fact = facts[name]
    if (fact?.known) return []
    return [{ name, why: fact ? fact.why : 'nothing supplies it' }]
  })

/** What a rule needs of which policy says that the practice does not use it. */
const unusedOf = (rule: GateRule, at: Moment): readonly FactName[] => {
  const { setAsideBy, needs } = rule
  if (setAsideBy === undefined) return []
  const { policy } = at.policy
  if (demandsOn(rule, policy.practice, decisiveDay(rule, at)).length > 0) return []
  const { notInUse } = policy[setAsideBy]
  return needs.filter((name) => notInUse.includes(name))
}

/** Judges one gate rule at a moment. */
export const evaluate = (rule: GateRule, facts: Facts, at: Moment): Evaluation => {
  const why = notInForce(rule, decisiveDay(rule, at))
  if (why !== undefined) return { kind: 'silent', why }
  if (rule.appliesTo && !rule.appliesTo(facts, at)) return { kind: 'notApplicable' }
  const unused = unusedOf(rule, at)
  if (unused.length > 0) return { kind: 'notInUse', facts: unused }
  const unknown = unknownOf(rule, facts)
  if (unknown.length > 0) return { kind: 'unknown', facts: unknown }
  const values = Object.fromEntries(
    rule.needs.map((name) => {
      const fact = facts[name]
      return [name, fact?.known ? fact.value : undefined]
    }),
  ) as KnownFacts<FactName>
  return rule.judge(values, at, facts)
}

const hitOf = (rule: Rule, verdict: { reason: string; earliest?: Earliest; requiredAction?: string }): RuleHit => ({
  rule: rule.id,
  reason: rule.status === 'contested' ? `${verdict.reason} (contested)` : verdict.reason,
  citation: rule.citation,
  jurisdiction: rule.jurisdiction,
  ...(verdict.earliest ? { earliest: verdict.earliest } : {}),
  ...(verdict.requiredAction ? { requiredAction: verdict.requiredAction } : {}),
})

/** A fact as a rule's hits call it. */
const wordsOf = (rule: Rule, name: FactName): string =>
  (rule.kind === 'gate' ? rule.words?.[name] : undefined) ?? factWords(name)

export const unknownReason = (rule: Rule, fact: UnknownFact): string =>
  `${rule.title}: ${wordsOf(rule, fact.name)} is unknown (${fact.name}: ${fact.why})`

/**
 * @throws RangeError when two rules have one id (a hit must name one rule), one is retired with no last day (it would go
 * on deciding), or policy could set aside one that is law.
 */
export const makeCatalogue = (rules: readonly Rule[], sha256: Sha256): Catalogue => {
  const ids = new Set(rules.map((rule) => rule.id))
  if (ids.size !== rules.length) throw new RangeError('two rules of one id')
  const endless = rules.find(({ status, effective }) => status === 'retired' && effective.to === undefined)
  if (endless) throw new RangeError(`rule ${endless.id} is retired, and says no last day`)
  const optional = rules.find((rule) => rule.kind === 'gate' && rule.setAsideBy && rule.jurisdiction !== 'policy')
  if (optional) throw new RangeError(`rule ${optional.id} is law, and policy could set it aside`)
  const hash = sha256(
    canonicalJson(rules.map(({ id, version, status, effective }) => ({ id, version, status, effective }))),
  )
  const atGate = new Map<Gate, GateRule[]>()
  for (const rule of rules) {
    if (rule.kind !== 'gate') continue
    for (const gate of rule.gates) atGate.set(gate, [...(atGate.get(gate) ?? []), rule])
  }
  const check = (gate: Gate, facts: Facts, at: Moment): GateResult => {
    const hits: RuleHit[] = []
    const warnings: RuleHit[] = []
    const passed: RuleRef[] = []
    const notInUse = new Set<FactName>()
    const unknown = new Set<FactName>()
    for (const rule of atGate.get(gate) ?? []) {
      const evaluation = evaluate(rule, facts, at)
      switch (evaluation.kind) {
        case 'pass':
          passed.push(refOf(rule))
          break
        case 'warn':
          passed.push(refOf(rule))
          warnings.push(hitOf(rule, evaluation))
          break
        case 'block':
          hits.push(hitOf(rule, evaluation))
          break
        case 'unknown':
          for (const fact of evaluation.facts) {
            unknown.add(fact.name)
            hits.push({
              ...hitOf(rule, {
                reason: unknownReason(rule, fact),
                requiredAction: `find out ${wordsOf(rule, fact.name)}`,
              }),
              unknownFact: { name: fact.name, words: wordsOf(rule, fact.name) },
            })
          }
          break
        case 'notInUse':
          for (const name of evaluation.facts) notInUse.add(name)
          break
        case 'silent':
        case 'notApplicable':
          break
      }
    }
    return { hits, warnings, passed, notInUse: [...notInUse], unknown: [...unknown] }
  }
  return { hash, rules, check }
}
