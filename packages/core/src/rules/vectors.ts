import { toDay } from '../kernel/day.ts'
import type { RuleVector } from './rule.ts'

// How rules write their worked vectors. A vector that says no day is judged on one that no rule has anything to say of.

const anyDay = '2026-03-05'

export const today = toDay(anyDay)
export const blocked = { blocked: true } as const

/** One worked vector: what is known, what must come out, and on which day where the day matters. */
export const vector = (
  name: string,
  facts: RuleVector['facts'],
  expected: RuleVector['expected'],
  on: string = anyDay,
): RuleVector => ({ name, facts, today: toDay(on), expected })
