/** An amount of either sign, and its position in the log: payments are dated in any order, which came first is told by it. */
export interface Pair {
  readonly at: number
  /** Cents. */
  readonly amount: number
}

/** What is left of pairs in their order, by position: each meets the oldest of the other sign, until they are even. */
export const leftOf = (pairs: readonly Pair[]): readonly (readonly [at: number, amount: number])[] => {
  const open: { at: number; left: number }[] = []
  let oldest = 0
  for (const { at, amount } of pairs) {
    let left = amount
    for (
      let first = open[oldest];
      first && left !== 0 && Math.sign(first.left) !== Math.sign(left);
      first = open[oldest]
    ) {
      const met = Math.sign(left) * Math.min(Math.abs(left), Math.abs(first.left))
      left -= met
      first.left += met
      if (first.left === 0) oldest += 1
    }
    if (left !== 0) open.push({ at, left })
  }
  return open.slice(oldest).map(({ at, left }) => [at, left] as const)
}
