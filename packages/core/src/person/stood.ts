import type { Day, Instant } from '../kernel/day.ts'
import type { AccountId } from '../kernel/ids.ts'

// What is said of a person stands from a day on, until it ends.

/** From when on something is true: an instant where somebody said one, else the begin of a day. */
export interface Since {
  readonly effectiveDate: Day
  readonly at?: Instant | undefined
}

/** Something that was said, and until when it stood. */
export interface Stood<E extends Since> {
  readonly event: E
  readonly until?: Day | undefined
}

/** Whether it stands on a day, the whole of which is looked at. */
export const standsOn = <E extends Since>({ event, until }: Stood<E>, on: Day): boolean =>
  event.effectiveDate <= on && (until === undefined || on < until)

/** What still stands on a day, and can end on it: what was said of a later day began after it. */
export const endsOn = <E extends Since>({ event, until }: Stood<E>, on: Day): boolean =>
  until === undefined && event.effectiveDate <= on

/** Ends what stands and began by then. */
export const ended = <E extends Since>(all: readonly Stood<E>[], until: Day): readonly Stood<E>[] =>
  all.map((each) => (endsOn(each, until) ? { ...each, until } : each))

/** Whether two say the same of which accounts they are about; without any it is all of them. */
export const isSameReach = (a: readonly AccountId[] | undefined, b: readonly AccountId[] | undefined): boolean =>
  a === undefined || b === undefined
    ? a === b
    : a.every((each) => b.includes(each)) && b.every((each) => a.includes(each))
