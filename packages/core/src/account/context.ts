import type { Addressee } from '../documents/statement/content.ts'
import type { Carrier, ContactPurpose } from '../kernel/contact.ts'
import { type Day, type Instant, isInstant } from '../kernel/day.ts'
import { dayBegins, type Earliest, latestOf, type RuleHit, type RuleRef } from '../kernel/decision.ts'
import type { LineId, VisitId } from '../kernel/ids.ts'
import type { Sha256 } from '../kernel/leaf.ts'
import { endOfDay, isUnknownZone, type LocalTimes } from '../kernel/local-time.ts'
import type { PolicyVersion } from '../policy/policy.ts'
import type { Role } from '../policy/roles.ts'
import type { Catalogue } from '../rules/check.ts'
import type { Facts } from '../rules/facts.ts'
import type { OwnSupply } from '../rules/own.ts'
import type { Moment } from '../rules/rule.ts'
import type { AccountState } from './rooms.ts'

export type { Catalogue, GateResult } from '../rules/check.ts'

/** Who gives the command: on every event (45 CFR 164.312(a)(2)(i)); there is no default. */
export interface Actor {
  readonly id: string
  readonly roles: readonly Role[]
  /** Whose work it is, where that is another's: it is done with the actor's own roles (reference §11.8). */
  readonly onBehalfOf?: OnBehalf | undefined
}

/** One acts for another. */
export interface OnBehalf {
  readonly id: string
  /** By which delegation; absent where there is none. */
  readonly delegation?: string | undefined
  /** Why they may not: nothing is decided then, and every command is refused with it. */
  readonly hits: readonly RuleHit[]
}

/** What a fact of a product may look at. */
export interface AskedFact {
  /** The account as it stands before the decision. */
  readonly account: AccountState
  /** The lines and visits that the question is about. */
  readonly scope: Scope
  /** The day that the answer is for: that of the command, or earlier than today where it is recorded late. */
  readonly on: Day
  /** Civil day at the practice. */
  readonly today: Day
  readonly now: Instant
  readonly actor: Actor
  readonly policy: PolicyVersion
}

/** What somebody wants to write to the guarantor. */
export interface WritingAsked {
  /** 0: it demands nothing. */
  readonly letterLevel: number
  readonly purpose: ContactPurpose
  /** By one of these; the first by which it may go is taken. */
  readonly by: readonly Carrier[]
}

/** Where it goes, or why it may not: what the rules of contact say of the guarantor (decision 0015). */
export interface Writing {
  readonly hits: readonly RuleHit[]
  readonly warnings: readonly RuleHit[]
  readonly passed: readonly RuleRef[]
  readonly to?: Addressee
  /** Everything goes to that one place (45 CFR 164.522(b)). */
  readonly confidential: boolean
  /** The language that they need, ISO 639-1; absent where nobody has said. */
  readonly language?: string
  /** An open complaint of theirs, and the day on which it came. */
  readonly complaint?: (id: string) => { readonly on: Day } | undefined
  /** The person's stream, and the version that was read. */
  readonly readAt?: string
}

/** Written plans of more than four instalments that were agreed: each is credit that was extended (12 CFR 1026.2(a)(17)). */
export interface CreditExtended {
  /** In the calendar year before that of the plan that is to be agreed, and in its own. Counting may end behind the threshold. */
  readonly lastYear: number
  readonly thisYear: number
}

/** All that a decision is given besides the state and the command. Same given, same bytes (law B5). */
export interface Given {
  /** Civil day in the practice's zone. */
  readonly today: Day
  readonly now: Instant
  /** What it is at an instant in any zone, and when a zone's clocks show a time. */
  readonly localTime: LocalTimes
  readonly actor: Actor
  readonly commandId: string
  readonly policy: PolicyVersion
  readonly catalogue: Catalogue
  /** Facts of the product beside the house's. */
  readonly ownFacts?: OwnSupply<AskedFact> | undefined
  /**
   * Whether the guarantor may be written to, and where, as their own stream says; absent where nobody looked, and then nothing
   * is written to anybody.
   */
  readonly writing?: ((asked: WritingAsked) => Writing) | undefined
  /** How often the book has extended credit, counted before the decision; absent where nobody counted. */
  readonly creditExtended?: CreditExtended | undefined
  /** Hex SHA-256 of text. */
  readonly sha256: Sha256
  /** A keyed hash for what must be compared but not read: the patient in a claim key. */
  readonly keyedHash: (kind: string, value: string) => string
  /** The n-th id of a kind in this decision. Derived from stream and command, so that a retry gives the same (§3.8). */
  readonly newId: (kind: string) => string
}

/** What a gate is asked about: the lines and visits of a matter. */
export interface Scope {
  readonly lines: readonly LineId[]
  readonly visits: readonly VisitId[]
}

/** What a facet decides with: what was given, and what all facets know of a matter. */
export interface Context extends Given {
  /** Facts by their owners, each found out when a rule asks for it. */
  readonly factsOf: (state: AccountState, scope: Scope, on: Day) => Facts
}

/** What tells the time in a decision: of the practice, and of any zone. */
type Clocks = Pick<Given, 'localTime' | 'now' | 'policy' | 'today'>

/** When a gate is asked about something of this effective day: today's law, or that day's where the rule reads it. */
export const momentOf = ({ today, now, localTime, policy }: Clocks, effectiveDate: Day): Moment => ({
  today,
  now,
  localTime,
  effectiveDate,
  policy,
})

/** The same for what is recorded late and judged by its own day: as that day ended at the practice. */
export const momentBy = (context: Clocks, effectiveDate: Day): Moment => {
  const moment = momentOf(context, effectiveDate)
  if (effectiveDate >= context.today) return moment
  const end = endOfDay(effectiveDate, context.policy.policy.practice.timeZone, context.localTime)
  return { ...moment, today: effectiveDate, now: isUnknownZone(end) ? context.now : end }
}

/** The latest of what reasons name, by the clocks of the practice. */
export const latestAt = (hits: readonly RuleHit[], { localTime, policy }: Clocks): Earliest | undefined =>
  latestOf(hits, dayBegins(policy.policy.practice.timeZone, localTime))

/** The civil day at the practice on which something would pass, for records that name days. */
export const earliestDay = (earliest: Earliest, { localTime, policy }: Clocks): Day | undefined => {
  if (!isInstant(earliest)) return earliest
  const local = localTime.at(earliest, policy.policy.practice.timeZone)
  return isUnknownZone(local) ? undefined : local.day
}
