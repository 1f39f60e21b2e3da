/**
 * Groups what must be done in order: items that share a key, themselves or by way of others, are one lane, in the order
 * in which they come. Lanes have nothing in common and may be done side by side (law P4).
 */
export const lanesOf = <Item>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly string[],
): readonly (readonly Item[])[] => {
  const parents: number[] = items.map((_, at) => at)
  const rootOf = (at: number): number => {
    let root = at
    while (parents[root] !== root) root = parents[root] as number
    parents[at] = root
    return root
  }
  const firstOf = new Map<string, number>()
  for (const [at, item] of items.entries()) {
    for (const key of keysOf(item)) {
      const first = firstOf.get(key)
      if (first === undefined) firstOf.set(key, at)
      else parents[rootOf(at)] = rootOf(first)
    }
  }
  const lanes = new Map<number, Item[]>()
  for (const [at, item] of items.entries()) {
    const root = rootOf(at)
    const lane = lanes.get(root)
    if (lane) lane.push(item)
    else lanes.set(root, [item])
  }
  return [...lanes.values()]
}
