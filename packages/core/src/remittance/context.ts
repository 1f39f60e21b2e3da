import type { Day } from '../kernel/day.ts'
import type { PolicyVersion } from '../policy/policy.ts'

/** What judging a remittance asks of the world: the day, and how far ahead policy lets a fact be dated. */
export interface RemittanceContext {
  /** Civil day in the practice's zone. */
  readonly today: Day
  readonly policy: PolicyVersion
}
