/** A range of ages in days, both ends included. `to` null: and older. Both null: no date on this basis. */
export interface BucketRange {
  readonly name: string
  readonly from: number | null
  readonly to: number | null
}

/** Last days of the buckets but the last: 0–30, 31–60, 61–90, 91–120, 121+ (reference §2.1). Day 120 is in 91–120. */
export const usualEdges: readonly number[] = [30, 60, 90, 120]

export const UNDATED_BUCKET: BucketRange = { name: 'undated', from: null, to: null }

/** @throws RangeError when the edges do not rise, or are no whole days from 0. */
export const bucketRanges = (edges: readonly number[]): readonly BucketRange[] => {
  const ranges: BucketRange[] = []
  let from = 0
  for (const to of edges) {
    if (!Number.isSafeInteger(to) || to < from) throw new RangeError(`bucket edges must rise, in whole days: ${edges}`)
    ranges.push({ name: `${from}-${to}`, from, to })
    from = to + 1
  }
  return [...ranges, { name: `${from}+`, from, to: null }]
}

/** Place of an age among the ranges. An age below zero is in the first: the item is not due yet (law K2). */
export const bucketOf = (edges: readonly number[], age: number): number => {
  const found = edges.findIndex((edge) => age <= edge)
  return found === -1 ? edges.length : found
}
