// The clocks of the practice, which is in Minnesota, in the year 2026: by 15 U.S.C. 260a, apart from those of the product.

const MINUTE = 60_000
const DAY = 1_440 * MINUTE

/** Civil days of summer time at the practice: they go forward on the first and back on the day after the last. */
const summer = { first: '2026-03-08', last: '2026-10-31' } as const

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY).toISOString().slice(0, 10)

/** A minute of a day at the practice, after 03:00, as milliseconds. */
export const atPractice = (day: string, minute: number): number =>
  Date.parse(`${day}T00:00:00.000Z`) + (minute + (day >= summer.first && day <= summer.last ? 300 : 360)) * MINUTE
