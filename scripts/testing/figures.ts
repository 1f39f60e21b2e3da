// What a test of torture tried and found: `npm run torture` prints it as a table, and docs/reliability.md holds the last one.
import type { TestContext } from 'vitest'

export interface Figures {
  /** What is done to the store. */
  readonly programme: string
  readonly store: string
  /** How often, and what is counted: kills, images, … */
  readonly tried: number
  readonly of: string
  /** Commands that were answered, where they are counted. */
  readonly acknowledged?: number
  /** Commands whose writer had no answer, where they are counted: each was looked up, or sent again. */
  readonly unknown?: number
  readonly lost: number
  readonly doubled: number
  /** Altered, in another place, refused and there, or shown to a reader otherwise than it is. */
  readonly otherwise: number
  readonly unresolved: number
  /** What the table has no column for, in words. */
  readonly note?: string
}

/** Leaves figures with a test, for the reporter of `npm run torture`; before what they must be is expected. */
export const leaveFigures = ({ task }: Pick<TestContext, 'task'>, figures: Figures): void => {
  task.meta.figures = [...(task.meta.figures ?? []), figures]
}

/** The same of a test that ends at the first fault it meets, and so has met none. */
export const leaveNoFault = (
  context: Pick<TestContext, 'task'>,
  of: Omit<Figures, 'lost' | 'doubled' | 'otherwise' | 'unresolved'>,
): void => leaveFigures(context, { ...of, lost: 0, doubled: 0, otherwise: 0, unresolved: 0 })
