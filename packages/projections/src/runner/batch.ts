import type { Cell, Item, ViewChange } from '@daybook/core/ports'
import type { Documents } from './documents.ts'
import type { Changes } from './view.ts'

/** What the pages of one commit change, page after page: a later page prevails over an earlier one. */
export interface Batch<Doc> {
  readonly add: (changes: Changes<Doc>) => void
  readonly change: () => Pick<ViewChange, 'put' | 'drop' | 'add' | 'items' | 'dropItems'>
}

interface Dropped {
  readonly list: string
  readonly key: string
}

/** A new batch whose documents wait in `documents`. */
export const batchOf = <Doc>(documents: Documents<Doc>): Batch<Doc> => {
  const dropped = new Set<string>()
  /** What pages add to one cell is added up first: it is written once. */
  const cells = new Map<string, Cell>()
  const items = new Map<string, Item>()
  const droppedItems = new Map<string, Dropped>()
  const place = ({ list, key }: Dropped): string => JSON.stringify([list, key])

  return {
    add: (changes) => {
      for (const key of changes.drop ?? []) {
        documents.drop(key)
        dropped.add(key)
      }
      for (const [key, doc] of changes.put ?? []) documents.put(key, doc, true)
      for (const [key, doc] of changes.write ?? []) documents.put(key, doc, false)
      for (const cell of changes.add ?? []) {
        const { series, x, y, z, kind, amount } = cell
        const at = `${series} ${x} ${y} ${z} ${kind}`
        const earlier = cells.get(at)
        cells.set(at, earlier ? { ...cell, amount: earlier.amount + amount } : cell)
      }
      for (const item of changes.dropItems ?? []) {
        items.delete(place(item))
        droppedItems.set(place(item), item)
      }
      for (const item of changes.items ?? []) items.set(place(item), item)
    },
    change: () => ({
      put: documents.texts(),
      drop: dropped,
      add: [...cells.values()].filter(({ amount }) => amount !== 0),
      items: items.values(),
      dropItems: droppedItems.values(),
    }),
  }
}
