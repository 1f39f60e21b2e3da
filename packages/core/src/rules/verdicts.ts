import type { Day } from '../kernel/day.ts'
import type { Verdict } from './rule.ts'

export const pass: Verdict = { kind: 'pass' }
export const notApplicable: Verdict = { kind: 'notApplicable' }

export const block = (reason: string, more: { earliest?: Day; requiredAction?: string } = {}): Verdict => ({
  kind: 'block',
  reason,
  ...more,
})
export const warn = (reason: string, requiredAction?: string): Verdict => ({
  kind: 'warn',
  reason,
  ...(requiredAction ? { requiredAction } : {}),
})

/** Blocks until a day, passes from it on. */
export const notBefore = (earliest: Day, today: Day, reason: string): Verdict =>
  today < earliest ? block(`${reason}: not before ${earliest}`, { earliest }) : pass
