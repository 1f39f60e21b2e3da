import { z } from 'zod'
import { day, instant } from '../kernel/day.ts'
import { type Fact, unknown } from './facts.ts'
import type { GateRule, Verdict } from './rule.ts'
import { block } from './verdicts.ts'

// What rules and facts of a product answer. Types do not reach every caller: an answer that is none must block, not pass.

const hit = {
  reason: z.string().min(1),
  earliest: z.union([day, instant]).optional(),
  requiredAction: z.string().optional(),
}
const verdict = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pass') }),
  z.object({ kind: z.literal('notApplicable') }),
  z.object({ kind: z.literal('block'), ...hit }),
  z.object({ kind: z.literal('warn'), ...hit }),
])

const fact = z.discriminatedUnion('known', [
  z.object({ known: z.literal(true), value: z.unknown() }),
  z.object({ known: z.literal(false), why: z.string() }),
])

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What comes later is not waited for; that it fails then is nobody's to hear, and must not end the process. */
const leave = (given: unknown): void => {
  if (given instanceof Promise) given.catch(() => undefined)
}

const failed = (title: string, why: string): Verdict =>
  block(`${title}: the rule itself failed: ${why}`, { requiredAction: 'mend the rule' })

/** Judges by a rule of a product: what it throws blocks, and so does what is no verdict. */
export const judgedBy =
  (title: string, judge: (...asked: Parameters<GateRule['judge']>) => unknown): GateRule['judge'] =>
  (...asked) => {
    try {
      const given = judge(...asked)
      if (verdict.safeParse(given).success) return given as Verdict
      leave(given)
      return failed(title, 'it gave no verdict (pass, block, warn or notApplicable, at once)')
    } catch (error) {
      return failed(title, wordsOf(error))
    }
  }

/** Finds by a fact of a product: what it throws is a fact that nobody knows, and so is what is no fact. */
export const foundBy =
  <Asked>(find: (asked: Asked) => unknown) =>
  (asked: Asked): Fact<unknown> => {
    try {
      const given = find(asked)
      if (fact.safeParse(given).success) return given as Fact<unknown>
      leave(given)
      return unknown('finding it gave no fact (known or unknown, at once)')
    } catch (error) {
      return unknown(`finding it failed: ${wordsOf(error)}`)
    }
  }
