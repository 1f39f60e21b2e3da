import { type Cell, type Checkpoint, Integrity, type ViewChange } from '@daybook/core/ports'

/** Whether a view stands on the same event as a checkpoint that was read before. */
export const standsAt = (now: Checkpoint, before: Checkpoint): boolean =>
  now.position === before.position && now.leaf === before.leaf

const coordinates = ['x', 'y', 'z', 'amount'] as const

/** What every view store refuses to write: a checkpoint that does not move on, a cell that is no whole number. */
export const changeFault = (change: ViewChange, cells: readonly Cell[]): Integrity | undefined => {
  if (!(Number.isSafeInteger(change.from) && Number.isSafeInteger(change.to) && change.from < change.to)) {
    return new Integrity({ message: `view ${change.view} can not move from ${change.from} to ${change.to}` })
  }
  for (const cell of cells) {
    const wrong = coordinates.find((name) => !Number.isSafeInteger(cell[name]))
    if (wrong) {
      return new Integrity({ message: `view ${change.view}: ${wrong} of a cell of ${cell.series} is ${cell[wrong]}` })
    }
  }
  return undefined
}
