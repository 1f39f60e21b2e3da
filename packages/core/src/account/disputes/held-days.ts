import { type Day, daysBetween, maxDay, minDay } from '../../kernel/day.ts'

/** Days from one on, up to another that is not one of them; without an end as long as nobody says. */
export interface Held {
  readonly from: Day
  readonly to?: Day
}

/**
 * What the house's ladder counts from a day to another: all days but those that somebody held, each once, however many holds
 * lie over it (law I5). Statutory waits and aging run on the calendar and never ask this.
 */
export const ladderDays = (from: Day, on: Day, holds: readonly Held[]): number => {
  if (on <= from) return 0
  let counted = daysBetween(from, on)
  let free = from
  for (const hold of [...holds].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const begin = maxDay(hold.from, free)
    const end = minDay(hold.to ?? on, on)
    if (begin >= end) continue
    counted -= daysBetween(begin, end)
    free = end
  }
  return counted
}
