import { type Cell, type Checkpoint, Conflict, Integrity, Unavailable, type ViewChange } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'

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

/** A change that does not begin where its view stands: another runner was first (compare-and-set). */
export const movedOn = ({ view, version, from }: ViewChange, position: number): Conflict => {
  const stream = `${view}@${version}`
  return new Conflict({
    stream,
    expected: from,
    actual: position,
    message: `view ${stream} is built to ${position}, not to ${from}`,
  })
}

/** A damaged view is no reason to stop: it can not be read now, and is rebuilt from the events. */
export const readable = <A>(effect: Effect.Effect<A, Unavailable | Integrity>): Effect.Effect<A, Unavailable> =>
  Effect.mapError(effect, (error) =>
    error._tag === 'Integrity'
      ? new Unavailable({ message: `${error.message}; views are built anew by daybook rebuild`, cause: error })
      : error,
  )
