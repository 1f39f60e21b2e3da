import type { AskedFact } from '@daybook/core/account'
import { type Day, dayBegins, type Instant, latestOf, shown } from '@daybook/core/kernel'
import type { PolicyVersion } from '@daybook/core/policy'
import {
  addOwn,
  describeRule,
  explainRule,
  factWords,
  findRules,
  isFactName,
  type Moment,
  ownValues,
  parseFacts,
  type Rule,
  type RuleDecision,
  type RuleDescription,
  rules,
} from '@daybook/core/rules'
import { invalidQueryAt, invalidRulesAt, NotFound } from './errors.ts'
import type { OpenOptions } from './requests.ts'
import { instantOf, systemClock } from './world.ts'
import { instantOn, systemZones } from './zones.ts'

/** What a rule says to facts. A rule of several parts says the gravest of them, and each part's own answer. */
export type RuleAnswer = RuleDecision & { readonly parts?: readonly RuleDecision[] }

const gravest: readonly RuleDecision['decision'][] = ['block', 'unknown', 'warn', 'pass', 'notApplicable']

const unknownRule = (id: string): NotFound => {
  const [meant] = rules.filter((rule) => rule.id.toLowerCase() === id.toLowerCase())
  const more = meant ? `did you mean ${meant.id}?` : 'daybook rules lists them'
  return new NotFound({ kind: 'rule', id, message: `the catalogue has no rule ${shown(id)}: ${more}` })
}

/** Rules and facts of a product, as `openDaybook` takes them. */
export type Own = Pick<OpenOptions, 'rules' | 'facts'>

/** @throws InvalidRules */
const withOwn = (own: Own) => {
  const added = addOwn<AskedFact>(own, rules)
  if (!added.ok) throw invalidRulesAt(added.faults)
  return { all: [...rules, ...added.rules], supply: added.supply }
}

/** A rule with its facts in plain words. */
export interface DescribedRule extends RuleDescription {
  readonly facts: readonly { readonly name: string; readonly words: string }[]
}

const described = (rule: Rule, { facts = {} }: Own): DescribedRule => {
  const description = describeRule(rule)
  const words = (name: string): string => facts[name]?.words ?? (isFactName(name) ? factWords(name) : name)
  return { ...description, facts: description.needs.map((name) => ({ name, words: words(name) })) }
}

/**
 * The catalogue, or the rule of an id with its numbered parts; with those of a product where they are given.
 * @throws NotFound, InvalidRules
 */
export const describeRules = (id?: string, own: Own = {}): readonly DescribedRule[] => {
  const { all } = withOwn(own)
  const found = id === undefined ? all : findRules(all, id)
  if (id !== undefined && found.length === 0) throw unknownRule(id)
  return found.map((rule) => described(rule, own))
}

const together = (id: string, parts: readonly RuleDecision[], at: Moment): RuleAnswer => {
  const sorted = parts.toSorted((a, b) => gravest.indexOf(a.decision) - gravest.indexOf(b.decision))
  const [worst] = sorted
  if (!worst) throw unknownRule(id)
  const alike = sorted.filter(({ decision }) => decision === worst.decision)
  const { earliest: _earliest, ...rest } = worst
  const latest = latestOf(alike, dayBegins(at.policy.policy.practice.timeZone, at.localTime))
  return {
    ...rest,
    rule: id,
    reason: alike.map(({ reason }) => reason).join('; '),
    unknownFacts: [...new Set(alike.flatMap(({ unknownFacts }) => unknownFacts))],
    ...(latest === undefined ? {} : { earliest: latest }),
    parts,
  }
}

/**
 * What a rule decides on facts given as plain values (`{"billing.firstBillOn": "2026-02-01"}`), and why. Nothing of a
 * book is looked at. `now` is an instant of today at the practice; not given, it is now where that is today, else the
 * day's end.
 * @throws NotFound, InvalidQuery, InvalidRules
 */
export const decideRule = (
  id: string,
  facts: unknown,
  at: { readonly today: Day; readonly now?: Instant; readonly effectiveDate?: Day; readonly policy: PolicyVersion },
  own: Own = {},
): RuleAnswer => {
  const { all, supply } = withOwn(own)
  const given = ownValues(facts, supply)
  const parsed = parseFacts(given.rest)
  if (!parsed.ok) {
    const issues = parsed.issues.map(({ path, message }) => ({ path: path || 'facts', message }))
    throw invalidQueryAt(issues)
  }
  const found = findRules(all, id)
  if (found.length === 0) throw unknownRule(id)
  const { today, policy, effectiveDate = today } = at
  const { now = instantOn(today, policy.policy.practice.timeZone, instantOf(systemClock)) } = at
  const moment = { today, now, localTime: systemZones, effectiveDate, policy }
  const decisions = found.map((rule) => explainRule(rule, { ...parsed.facts, ...given.own }, moment))
  const [only] = decisions
  return only && decisions.length === 1 ? only : together(id, decisions, moment)
}
