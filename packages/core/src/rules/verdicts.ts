import { addDays, type Day } from '../kernel/day.ts'
import type { Earliest } from '../kernel/decision.ts'
import { isUnknownZone, type TimeOfDay } from '../kernel/local-time.ts'
import type { Moment, Verdict } from './rule.ts'

/** The rule lets it through. */
export const pass: Verdict = { kind: 'pass' }
/** The rule has nothing to say here. */
export const notApplicable: Verdict = { kind: 'notApplicable' }

/** The rule does not let it through, and why. */
export const block = (reason: string, more: { earliest?: Earliest; requiredAction?: string } = {}): Verdict => ({
  kind: 'block',
  reason,
  ...more,
})
/** The rule lets it through and says what somebody should look at. */
export const warn = (reason: string, requiredAction?: string): Verdict => ({
  kind: 'warn',
  reason,
  ...(requiredAction ? { requiredAction } : {}),
})

/** `a manager` stays as it is, several are `one of rep, senior, manager`. */
export const oneOf = (names: readonly string[]): string =>
  names.length === 1 ? (names[0] ?? '') : `one of ${names.join(', ')}`

/** Blocks until a day, passes from it on. */
export const notBefore = (earliest: Day, today: Day, reason: string): Verdict =>
  today < earliest ? block(`${reason}: not before ${earliest}`, { earliest }) : pass

/**
 * Passes from one time of day until another on the clocks of a zone, that one not included; blocks before and after, and
 * says when it passes again. Where clocks are moved, it passes only while both ends allow it (`LocalTimes`). A zone that
 * nobody knows blocks: whether it is night there can not be told.
 */
export const withinHours = (
  hours: { readonly from: TimeOfDay; readonly until: TimeOfDay },
  zone: string,
  { now, localTime }: Moment,
  reason: string,
): Verdict => {
  const unknown = block(`${reason}: ${zone} is no time zone that is known`, {
    requiredAction: 'find out the time zone',
  })
  const local = localTime.at(now, zone)
  if (isUnknownZone(local)) return unknown
  const opens = localTime.from(local.day, hours.from, zone)
  const closes = localTime.until(local.day, hours.until, zone)
  const opensNext = localTime.from(addDays(local.day, 1), hours.from, zone)
  if (isUnknownZone(opens) || isUnknownZone(closes) || isUnknownZone(opensNext)) return unknown
  if (opens <= now && now < closes) return pass
  return block(`${reason}: from ${hours.from} until ${hours.until} in ${zone}, where it is ${local.time}`, {
    earliest: now < opens && opens < closes ? opens : opensNext,
  })
}
