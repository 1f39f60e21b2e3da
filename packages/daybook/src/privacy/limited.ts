import { type FieldSet, fieldSets } from '@daybook/core/policy'
import { setsOfEvent } from './event-fields.ts'
import { setsOf } from './fields.ts'

/** In place of a value that is not shown: the field sets that it tells of. Never empty, never a value that it could be. */
export interface Masked {
  readonly masked: readonly FieldSet[]
}

/** An answer of which each value may be masked; how it is built stays as it is. */
export type Limited<T> = T extends string | number | boolean | null
  ? T | Masked
  : T extends undefined
    ? undefined
    : T extends readonly (infer Item)[]
      ? readonly Limited<Item>[]
      : { readonly [Key in keyof T]: Limited<T[Key]> }

export const isMasked = (value: unknown): value is Masked =>
  typeof value === 'object' && value !== null && 'masked' in value && Array.isArray(value.masked)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An event told as a sentence: what it tells is known by its type. */
const setsIn = (path: readonly string[], around: unknown): readonly FieldSet[] => {
  const isTold = path.at(-1) === 'what' && isObject(around) && typeof around['type'] === 'string'
  return isTold ? setsOfEvent(String(around['type'])) : (setsOf(path) ?? fieldSets)
}

const limit = (value: unknown, path: readonly string[], around: unknown, shown: ReadonlySet<FieldSet>): unknown => {
  if (value === undefined) return undefined
  if (Array.isArray(value)) return value.map((each) => limit(each, path, around, shown))
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, limit(each, [...path, name], value, shown)]),
    )
  }
  const sets = setsIn(path, around)
  return sets.every((each) => shown.has(each)) ? value : ({ masked: sets } satisfies Masked)
}

/** An answer with what these field sets let be seen of it: every other value is masked (laws M11, M12). */
export const limitedTo = <T>(answer: T, shown: readonly FieldSet[]): Limited<T> =>
  limit(answer, [], undefined, new Set(shown)) as Limited<T>
