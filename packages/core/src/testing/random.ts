/**
 * Where a generator's choices come from. A property-testing library drives it with a list of integers, and shrinks that
 * list: whatever is left still builds a reachable history.
 */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  readonly int: (min: number, max: number) => number
  /** @throws RangeError when the list is empty. */
  readonly pick: <T>(list: readonly T[]) => T
  /** True once in `of` times. */
  readonly oneIn: (of: number) => boolean
  /** No choices are left: generators stop. */
  readonly exhausted: () => boolean
}

/** Choices from a list of non-negative integers; once it runs out every choice is the first one. */
export const fromIntegers = (integers: readonly number[]): Random => {
  let at = 0
  const next = (): number => {
    const value = integers[at] ?? 0
    at += 1
    return Math.abs(value)
  }
  const int = (min: number, max: number): number => (max <= min ? min : min + (next() % (max - min + 1)))
  return {
    int,
    pick: (list) => {
      const chosen = list[int(0, list.length - 1)]
      if (chosen === undefined) throw new RangeError('nothing to pick from')
      return chosen
    },
    oneIn: (of) => int(1, of) === of,
    exhausted: () => at >= integers.length,
  }
}
