import { instant, toDay } from '../kernel/day.ts'
import type { RuleVector } from './rule.ts'

// How rules write their worked vectors. A vector that says no day is judged on one that no rule has anything to say of.

const anyDay = '2026-03-05'

export const today = toDay(anyDay)
export const blocked = { blocked: true } as const

/** When a vector is judged: a day of the practice, or an instant of it where the time of day matters. */
type When = string | { readonly today: string; readonly now: string }

/** One worked vector: what is known, what must come out, and when where that matters. */
export const vector = (
  name: string,
  facts: RuleVector['facts'],
  expected: RuleVector['expected'],
  on: When = anyDay,
): RuleVector =>
  typeof on === 'string'
    ? { name, facts, today: toDay(on), expected }
    : { name, facts, today: toDay(on.today), now: instant.parse(on.now), expected }
