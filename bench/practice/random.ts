/** A small seeded source of numbers: the same seed gives the same practice on every machine. */
export interface Random {
  /** A whole number from 0 up to, not including, `below`. */
  readonly int: (below: number) => number
  /** A whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number
  readonly pick: <T>(list: readonly T[]) => T
  /** True in `percent` of 100 cases. */
  readonly chance: (percent: number) => boolean
  readonly digits: (count: number) => string
}

/** splitmix32: 32 bits of state, passes what a generator of test data needs to pass. */
export const seeded = (seed: number): Random => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x9e37_79b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0_aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a_2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
  const int = (below: number): number => Math.floor((next() / 0x1_0000_0000) * below)
  return {
    int,
    between: (low, high) => low + int(high - low + 1),
    pick: (list) => {
      const chosen = list[int(list.length)]
      if (chosen === undefined) throw new RangeError('nothing to pick from')
      return chosen
    },
    chance: (percent) => int(100) < percent,
    digits: (count) => Array.from({ length: count }, () => String(int(10))).join(''),
  }
}

/** `amount × basisPoints ÷ 10,000` in whole cents, half up; the practice has no negative rates. */
export const part = (amount: number, basisPoints: number): number => Math.floor((amount * basisPoints + 5_000) / 10_000)
