import { z } from 'zod'
import { vocabulary } from './vocabulary.ts'

/** The name of a fact of the vocabulary. */
export type FactName = keyof typeof vocabulary
/** What each fact is, when it is known. */
export type FactTypes = { readonly [K in FactName]: z.output<(typeof vocabulary)[K][0]> }

/** A value, or why there is none. */
export type Fact<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly why: string }

/** What is known. A name that is absent is unknown: no facet supplies it. */
export type Facts = { readonly [K in FactName]?: Fact<FactTypes[K]> }

/** A fact with its value. */
export const known = <T>(value: T): Fact<T> => ({ known: true, value })
/** A fact that nobody knows, and why: what the desk reads. */
export const unknown = (why: string): Fact<never> => ({ known: false, why })

/** All names of the vocabulary, in its order. */
export const factNames = Object.keys(vocabulary) as readonly FactName[]
export const isFactName = (name: string): name is FactName => Object.hasOwn(vocabulary, name)
/** Facts that are there only where somebody raised them. */
export const raisedFacts = factNames.filter((name) => vocabulary[name].length === 3)
/** A fact in plain words: `the day of the first bill to the patient`. */
export const factWords = (name: FactName): string => vocabulary[name][1]

type ValueShape = { [K in FactName]: z.ZodOptional<(typeof vocabulary)[K][0]> }

/** Facts given as plain values, for commands and files: a name that is no fact is refused with its path. */
export const factValues = z.strictObject(
  Object.fromEntries(
    Object.entries(vocabulary).map(([name, [schema]]) => [name, (schema as z.ZodType).optional()]),
  ) as ValueShape,
)
export type FactValues = z.output<typeof factValues>

/** The given values as known facts. */
export const knownFacts = (values: FactValues | Partial<FactTypes>): Facts =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, known(value)]),
  )

export type ParsedFacts =
  | { readonly ok: true; readonly facts: Facts }
  | { readonly ok: false; readonly issues: readonly { readonly path: string; readonly message: string }[] }

/** Reads facts from JSON: `{"patient.qmb": true, "billing.firstBillOn": "2026-02-01"}`. */
export const parseFacts = (json: unknown): ParsedFacts => {
  const parsed = factValues.safeParse(json)
  if (parsed.success) return { ok: true, facts: knownFacts(parsed.data) }
  return {
    ok: false,
    issues: parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: key, message: 'not the name of a fact' }))
        : [{ path: issue.path.join('.'), message: issue.message }],
    ),
  }
}
