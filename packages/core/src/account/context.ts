import type { Day, Instant } from '../kernel/day.ts'
import type { LineId, VisitId } from '../kernel/ids.ts'
import type { Sha256 } from '../kernel/leaf.ts'
import type { PolicyVersion, Role } from '../policy/policy.ts'
import type { Catalogue } from '../rules/check.ts'
import type { Facts } from '../rules/facts.ts'
import type { Moment } from '../rules/rule.ts'
import type { AccountState } from './rooms.ts'

export type { Catalogue, GateResult } from '../rules/check.ts'

/** Who gives the command: on every event (45 CFR 164.312(a)(2)(i)); there is no default. */
export interface Actor {
  readonly id: string
  readonly roles: readonly Role[]
}

/** All that a decision is given besides the state and the command. Same given, same bytes (law B5). */
export interface Given {
  /** Civil day in the practice's zone. */
  readonly today: Day
  readonly now: Instant
  readonly actor: Actor
  readonly commandId: string
  readonly policy: PolicyVersion
  readonly catalogue: Catalogue
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
  readonly factsOf: (state: AccountState, scope: Scope) => Facts
}

/** When a gate is asked about something of this effective day: today's law, or that day's where the rule reads it. */
export const momentOf = ({ today, policy }: Pick<Given, 'today' | 'policy'>, effectiveDate: Day): Moment => ({
  today,
  effectiveDate,
  policy,
})
