import { type Day, maxDay } from './day.ts'

/** What an amount changed by, and the day from which that counts. */
export interface DatedChange {
  readonly on: Day
  /** Cents, signed, never 0. */
  readonly amount: number
}

/** An amount through time: its changes, one a day at most, the earliest first. */
export type Dated = readonly DatedChange[]

/** With one more change: of a day that has one already, their sum, and none where that is 0. */
export const changedOn = (dated: Dated, on: Day, amount: number): Dated => {
  if (amount === 0) return dated
  const last = dated.at(-1)
  if (last === undefined) return [{ on, amount }]
  if (last.on < on) return [...dated, { on, amount }]
  let at = dated.length
  while (at > 0 && (dated[at - 1]?.on ?? on) > on) at -= 1
  const before = dated[at - 1]
  if (before?.on !== on) return [...dated.slice(0, at), { on, amount }, ...dated.slice(at)]
  const sum = before.amount + amount
  return [...dated.slice(0, at - 1), ...(sum === 0 ? [] : [{ on, amount: sum }]), ...dated.slice(at)]
}

/** The amount as of a day. */
export const amountOn = (dated: Dated, on: Day): number =>
  dated.reduce((sum, change) => (change.on <= on ? sum + change.amount : sum), 0)

/** The least that there is on a day and on every later one. */
export const leastFrom = (dated: Dated, from: Day): number => {
  let amount = amountOn(dated, from)
  let least = amount
  for (const change of dated) {
    if (change.on <= from) continue
    amount += change.amount
    least = Math.min(least, amount)
  }
  return least
}

/** The days on which any of these change, from one on, that one too; the earliest first. */
const daysFrom = (from: Day, histories: readonly Dated[]): readonly Day[] => {
  const days = histories.flatMap((dated) => dated.flatMap(({ on }) => (on > from ? [on] : [])))
  return [from, ...new Set(days.sort())]
}

/**
 * The first day, from one on, from which an amount is there on that and every later day, in each of these. Undefined
 * where in one of them it is not there in the end.
 */
export const firstDayOf = (amount: number, from: Day, histories: readonly Dated[]): Day | undefined =>
  daysFrom(from, histories).find((day) => histories.every((dated) => leastFrom(dated, day) >= amount))

/**
 * An amount in parts, each with the first day, from one on, from which it is there on that and every later day, in each of
 * these: what is taken of them so is nowhere taken before it is there. What is not there in the end is of the last day.
 */
export const partsByDay = (amount: number, from: Day, histories: readonly Dated[]): Dated => {
  const parts: DatedChange[] = []
  let taken = 0
  const days = daysFrom(from, histories)
  for (const day of days) {
    const there = histories.reduce((least, dated) => Math.min(least, leastFrom(dated, day)), amount)
    const part = there - taken
    if (part <= 0) continue
    parts.push({ on: day, amount: part })
    taken += part
    if (taken === amount) return parts
  }
  const last = parts.at(-1)?.on ?? days.at(-1) ?? from
  return changedOn(parts, maxDay(last, from), amount - taken)
}

/** The other sign of it, through time. */
export const negated = (dated: Dated): Dated => dated.map(({ on, amount }) => ({ on, amount: -amount }))

/** Several amounts together, through time. */
export const summed = (histories: readonly Dated[]): Dated =>
  histories.flat().reduce<Dated>((sum, { on, amount }) => changedOn(sum, on, amount), [])
