import { addDays, type Day, daysBetween } from '@daybook/core/kernel'

/** One round of the office: visits, then their claims in one file, then the payers' answers in another. */
export interface Cycle {
  readonly number: number
  readonly servicesFrom: Day
  readonly serviceDays: number
  readonly claimsSent: Day
  readonly answered: Day
}

export const CYCLES = 6
/** From the sending of claims to the answers, and from the last visit of a cycle to the sending. */
const ANSWER_DAYS = 18
const SENDING_DAYS = 3

/** Six rounds over the given days, the last answered on the last day. */
export const cyclesBetween = (from: Day, to: Day): readonly Cycle[] => {
  const step = Math.floor((daysBetween(from, to) - ANSWER_DAYS - SENDING_DAYS) / CYCLES)
  if (step < 1) throw new RangeError(`${from} to ${to} is too short for ${CYCLES} rounds of claims`)
  return Array.from({ length: CYCLES }, (_, number) => {
    const servicesFrom = addDays(from, step * number)
    const claimsSent = addDays(servicesFrom, step + SENDING_DAYS)
    return { number, servicesFrom, serviceDays: step, claimsSent, answered: addDays(claimsSent, ANSWER_DAYS) }
  })
}
