import type { Day, Instant } from '../kernel/day.ts'
import type { RuleHit } from '../kernel/decision.ts'
import type { AccountId, GroupId } from '../kernel/ids.ts'
import type { LocalTimes } from '../kernel/local-time.ts'
import type { PolicyVersion } from '../policy/policy.ts'
import type { Role } from '../policy/roles.ts'
import type { Catalogue } from '../rules/check.ts'
import type { Moment } from '../rules/rule.ts'
import type { GroupContactBegun } from './group-events.ts'
import type { Others } from './others.ts'

/** What a decision on a person is given besides the state and the command. Same given, same bytes (law B5). */
export interface PersonContext {
  /** Civil day in the practice's zone. */
  readonly today: Day
  readonly now: Instant
  readonly localTime: LocalTimes
  readonly actor: { readonly id: string; readonly roles: readonly Role[] }
  readonly policy: PolicyVersion
  readonly catalogue: Catalogue
  /** What an account has against asking for what is owed on it, on a day; absent where nobody has looked (decision 0015). */
  readonly ofAccount?: ((account: AccountId, on: Day) => readonly RuleHit[]) | undefined
  /** The same human being's other files; absent: there are none (decision 0028). */
  readonly others?: Others | undefined
  /** The group that persons said to be one are of; absent where it is to be made. */
  readonly group?: GroupId | undefined
  /** What the group has let begin: the file takes it as it is. */
  readonly begun?: { readonly event: GroupContactBegun; readonly warnings: readonly RuleHit[] } | undefined
  /** The n-th id of a kind in this decision, derived from stream and command (design §3.8). */
  readonly newId: (kind: string) => string
}

/** What a question needs of it. */
export type Asking = Omit<PersonContext, 'newId' | 'actor' | 'group' | 'begun'>

/** When a gate is asked about a contact of an instant: the law and the policy of now, the clocks of then. */
export const momentAt = ({ localTime, policy }: Asking, now: Instant, today: Day): Moment => ({
  today,
  now,
  localTime,
  effectiveDate: today,
  policy,
})
