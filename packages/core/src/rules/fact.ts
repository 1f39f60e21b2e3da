import { z } from 'zod'
import { type Day, day } from '../kernel/day.ts'

// What facts look like. Amounts are cents, ages and counts whole numbers.

export const text = z.string().min(1).max(80)
export const texts = z.array(text)
export const yes = z.boolean()
export const money = z.int()
export const count = z.int().nonnegative()
export const dayOrNever: z.ZodType<Day | 'never', string> = z.union([z.literal('never'), day])

/** Something that is there only where somebody raised it: at a gate on evidence silence means that it is not. */
export const raised = <const Words extends string>(words: Words) => [yes, words, 'raised'] as const

/** Facts by name: what each looks like, and what it is in plain words, as hits say it. */
export type FactWords = Readonly<Record<string, readonly [z.ZodType, words: string, kind?: 'raised']>>
/** Gates by name, and what silence means at them (`rules/vocabulary.ts`). */
export type GateWords = Readonly<Record<string, 'evidence' | 'checklist'>>
