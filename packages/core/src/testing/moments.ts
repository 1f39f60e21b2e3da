import type { Day } from '../kernel/day.ts'
import type { Moment, RuleVector } from '../rules/rule.ts'
import { type Office, whenAt } from './history.ts'

type Asked = Pick<Office, 'localTime' | 'policy'>

/** When a gate is asked at an office: on a day, or at an instant where the time of day matters. @throws as `whenAt` */
export const momentAt = ({ localTime, policy }: Asked, on: string, effectiveDate?: Day): Moment => {
  const { today, now } = whenAt({ localTime, policy }, on)
  return { today, now, localTime, effectiveDate: effectiveDate ?? today, policy }
}

/**
 * When a rule's vector is asked at an office.
 * @throws RangeError when the instant that it names is on another day there than the day that it names.
 */
export const vectorMoment = (office: Asked, { today, now, effectiveDate }: RuleVector): Moment => {
  const moment = momentAt(office, now ?? today, effectiveDate)
  if (moment.today !== today) throw new RangeError(`${now} is on ${moment.today} at the office, not on ${today}`)
  return moment
}
