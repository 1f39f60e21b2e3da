import * as Effect from 'effect/Effect'
import { canonicalJson } from '../../kernel/canonical.ts'

/** A store does not keep its contract. */
export class StoreCaseFailure extends Error {
  override readonly name = 'StoreCaseFailure'
}

export const must = (holds: boolean, what: string): void => {
  if (!holds) throw new StoreCaseFailure(what)
}

/** A value as a text, also where it is none that a store could hold: it is another then. */
const textOf = (value: unknown): string => {
  try {
    return canonicalJson({ value })
  } catch (cause) {
    return String(cause)
  }
}

/** Compares by value, as canonical JSON: the order of keys and leaves that are `undefined` do not count. */
export const mustEqual = (actual: unknown, expected: unknown, what: string): void => {
  const found = textOf(actual)
  const wanted = canonicalJson({ value: expected })
  must(found === wanted, `${what}\n  expected ${wanted}\n  found    ${found}`)
}

/** Runs an effect whose failure would be the store's. */
export const run = <A, E>(effect: Effect.Effect<A, E>): Promise<A> => Effect.runPromise(effect)

/** Runs an effect that must fail in a certain way, and gives the error. */
export const mustFail = async <Tag extends string, E extends { readonly _tag: string }>(
  tag: Tag,
  effect: Effect.Effect<unknown, E>,
  what: string,
): Promise<Extract<E, { readonly _tag: Tag }>> => {
  const outcome = await Effect.runPromise(
    Effect.match(effect, {
      onFailure: (error) => ({ failed: true as const, error }),
      onSuccess: () => ({ failed: false as const }),
    }),
  )
  if (!outcome.failed) throw new StoreCaseFailure(`${what}: expected ${tag}, but it succeeded`)
  const { error } = outcome
  if (error._tag !== tag) throw new StoreCaseFailure(`${what}: expected ${tag}, found ${error._tag}`)
  return error as Extract<E, { readonly _tag: Tag }>
}
