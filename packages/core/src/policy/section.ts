import { z } from 'zod'
import { classified, count } from '../kernel/classes.ts'
import type { Part } from '../kernel/parts.ts'
import type { Upcast } from '../kernel/versions.ts'
import type { PresetName } from './preset-names.ts'

/** Days of the calendar. */
export const days = count
/** A share in basis points: 10,000 are the whole. */
export const basisPoints = () => classified(z.int().min(0).max(10_000), 'count')

/** What a section may not say, whoever publishes it. */
export interface Refusal {
  /** Last part of the rule's id: `rows` in `policy.rows`. */
  readonly rule: string
  /** The figure in question, as the section names it. */
  readonly figure: string
  readonly reason: string
}

type Values<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape, z.core.$strict>>

/** A section of policy: its figures, what each preset says, what may not be said, what older versions are read with. */
export interface Section<Shape extends z.ZodRawShape = z.ZodRawShape> extends Part<z.ZodObject<Shape, z.core.$strict>> {
  readonly presets: Readonly<Record<PresetName, Values<Shape>>>
  /** A method, not a property: a list holds sections of different values, each checked where it was written. */
  refusals(values: Values<Shape>): readonly Refusal[]
}

/**
 * Declares a section of policy, all of it in one place (decision 0009). Its names and figures are the storage format:
 * once released they change only with an upcast, which makes the section's next version.
 */
export const section = <const Shape extends z.ZodRawShape>(given: {
  /** Every figure, as a classed leaf. Nothing has a default. */
  readonly shape: Shape
  /** What each preset says, with the source of each figure. */
  readonly presets: Readonly<Record<PresetName, Values<Shape>>>
  /** What may not be said of the figures taken together. What the law forbids is said by the rule: `GateRule.forbids`. */
  readonly refusals?: (values: Values<Shape>) => readonly Refusal[]
  /** From version n to n + 1: a figure that is new has the value that the program knew before, with its source. */
  readonly upcasts?: readonly Upcast[]
  /**
   * What a policy that was published before there was the section is read with: what the program knew then. `'none'` is
   * said by the sections of the first day: no policy is without them.
   */
  readonly before: Values<Shape> | 'none'
}): Section<Shape> => {
  const schema = z.strictObject(given.shape)
  return {
    schema,
    presets: given.presets,
    refusals: given.refusals ?? (() => []),
    upcasts: given.upcasts ?? [],
    before: given.before === 'none' ? undefined : schema.parse(given.before),
  }
}

/** The upcast of a section to which figures were added: an older version is read with these. */
export const added =
  (figures: Record<string, unknown>): Upcast =>
  (values) => ({ ...values, ...figures })
