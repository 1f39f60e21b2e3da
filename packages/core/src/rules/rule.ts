import { type Day, firstDay, type Instant } from '../kernel/day.ts'
import type { Earliest, RuleRef } from '../kernel/decision.ts'
import type { LocalTimes } from '../kernel/local-time.ts'
import type { PolicyVersion, PracticePolicy, SetsAside } from '../policy/policy.ts'
import type { FactName, Facts, FactTypes } from './facts.ts'
import type { Gate } from './vocabulary.ts'

/** How the value was come by: V verified, P partly, K from knowledge, POLICY no law (reference §0.1). */
export type Provenance = 'V' | 'P' | 'K' | 'POLICY' | 'V/K'
/**
 * `contested` is law while it is disputed, and each hit says so; `vacated` is silent. `future` and `retired` are for
 * the reader: `effective` says when a rule is law.
 */
export type RuleStatus = 'in force' | 'contested' | 'vacated' | 'future' | 'retired'

/**
 * For rules whose first day the reference does not give: in force on every day that a book can name. A day before it would be
 * one on which nothing is asked.
 */
export const sinceBefore = { from: firstDay } as const

interface Described {
  /** As in the reference, `PC-02`; its parts after a point, `PC-01.7`. Ids of the house's own say so in their citation. */
  readonly id: string
  /** Raised with every change of meaning. */
  readonly version: number
  readonly title: string
  readonly capability: string
  readonly jurisdiction: string
  readonly citation: string
  readonly provenance: Provenance
  readonly status: RuleStatus
  /** First and last day on which the rule is law. */
  readonly effective: { readonly from: Day; readonly to?: Day }
}

/** The facts that a rule needs, all known. */
export type KnownFacts<N extends FactName> = { readonly [K in N]: FactTypes[K] }

/** When a gate is asked, by whose clocks, and by which policy. */
export interface Moment {
  /** Civil day at the practice. */
  readonly today: Day
  /** The instant: for rules that ask for the time of day where somebody is. */
  readonly now: Instant
  /** What it is then in any zone: a rule reads no clock of its own. */
  readonly localTime: LocalTimes
  /** The day the fact in question counts from. */
  readonly effectiveDate: Day
  readonly policy: PolicyVersion
}

/** What a rule says of known facts. */
export type Verdict =
  | { readonly kind: 'pass' }
  /** The rule has nothing to say here: another state, another entity. */
  | { readonly kind: 'notApplicable' }
  | {
      readonly kind: 'block' | 'warn'
      readonly reason: string
      readonly earliest?: Earliest
      readonly requiredAction?: string
    }

/** Facts that a worked vector of the reference gives, and what must come out. */
export interface RuleVector {
  readonly name: string
  readonly facts: Partial<FactTypes>
  readonly today: Day
  /** Where the time of day matters: an instant of `today` at the practice. */
  readonly now?: Instant
  readonly effectiveDate?: Day
  readonly expected: 'pass' | 'notApplicable' | 'warn' | { readonly blocked: true; readonly earliest?: Earliest }
}

/**
 * A gate rule: data, citation, predicate and worked vectors together. `needs` are the facts without which the rule can
 * not be judged: one that is unknown blocks. `appliesTo` looks at facts that may be unknown, to stay silent where the
 * law does not reach; a scope that can not be told applies.
 */
export interface GateRule<N extends FactName = FactName> extends Described {
  readonly kind: 'gate'
  readonly gates: readonly Gate[]
  /** Whether today's law or the law of the effective date decides. */
  readonly reads: 'today' | 'effectiveDate'
  readonly appliesTo?: (facts: Facts, moment: Moment) => boolean
  readonly needs: readonly N[]
  /** Of a rule of a product: its own facts in plain words. */
  readonly words?: Readonly<Record<string, string>>
  /**
   * Only of a check that is the practice's own: the section of policy that may mark a fact as not in use, and the check
   * is then not made. What the law asks is never set aside (design §3.13).
   */
  readonly setAsideBy?: SetsAside
  /** Where the law asks it all the same, of some practices: of those it is never set aside. */
  readonly demands?: readonly Demand[]
  /** Why no policy may say what this one says, where the law leaves a figure of policy no such room. */
  readonly forbids?: (policy: PracticePolicy) => string | undefined
  /** A method, not a property: a catalogue holds rules over different facts, each checked where it was written. */
  judge(facts: KnownFacts<N>, moment: Moment, all: Facts): Verdict
  readonly vectors: readonly RuleVector[]
}

/** A computation rule: a schedule, a balancing check, a bucket. Documented and versioned like a gate, called by name. */
export interface ComputationRule extends Described {
  readonly kind: 'computation'
  /** What it takes and gives, in words. */
  readonly computes: string
}

/** A rule of the catalogue. */
export type Rule = GateRule | ComputationRule

/** What a law asks of some practices that for others is their own matter. */
export interface Demand {
  readonly jurisdiction: string
  readonly citation: string
  readonly provenance: Provenance
  readonly from: Day
  /** Why, in words. */
  readonly reason: string
  /** Of whom. A method, as `judge` is. */
  of(practice: PracticePolicy['practice']): boolean
}

/** What the law asks of a practice on a day where others may set the check aside. */
export const demandsOn = (
  { demands = [] }: Pick<GateRule, 'demands'>,
  practice: PracticePolicy['practice'],
  on: Day,
): readonly Demand[] => demands.filter((demand) => demand.from <= on && demand.of(practice))

/** A gate rule, with its `judge` checked against its own `needs`. */
export const gateRule = <const N extends FactName>(rule: GateRule<N>): GateRule<N> => rule
/** The rule as decisions record it. */
export const refOf = (rule: { readonly id: string; readonly version: number }): RuleRef => ({
  id: rule.id,
  version: rule.version,
})
