import type { Day } from '../kernel/day.ts'
import type { Verdict } from './rule.ts'

/** The rule lets it through. */
export const pass: Verdict = { kind: 'pass' }
/** The rule has nothing to say here. */
export const notApplicable: Verdict = { kind: 'notApplicable' }

/** The rule does not let it through, and why. */
export const block = (reason: string, more: { earliest?: Day; requiredAction?: string } = {}): Verdict => ({
  kind: 'block',
  reason,
  ...more,
})
/** The rule lets it through and says what somebody should look at. */
export const warn = (reason: string, requiredAction?: string): Verdict => ({
  kind: 'warn',
  reason,
  ...(requiredAction ? { requiredAction } : {}),
})

/** Blocks until a day, passes from it on. */
export const notBefore = (earliest: Day, today: Day, reason: string): Verdict =>
  today < earliest ? block(`${reason}: not before ${earliest}`, { earliest }) : pass
