import type { Step } from '../../src/account/statements/state.ts'
import { addDays, type Day, toDay } from '../../src/kernel/day.ts'
import { type Desk, office, opened } from './desk.ts'

export const june = toDay('2026-06-01')

/** Somebody who pays for themselves, and owes an amount on line l1 of visit v1 since a day. */
export const owing = (amount = 40_000, on: string = june, at = office): Desk => {
  const desk = opened(on, at)
  desk.does(
    { type: 'ConfirmGuarantor', on, name: 'Jo Roe', born: '1980-02-01', state: 'MN', reason: 'signed the form' },
    on,
  )
  desk.does({ type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount }, on)
  return desk
}

/** The statement or letter that must go out. */
export const send = (desk: Desk, on: string): Step => desk.does({ type: 'IssueStatement', on }, on)[0] as Step

/** Why none goes out, with the earliest day. */
export const against = (desk: Desk, on: string): readonly string[] => {
  const decision = desk.tries({ type: 'IssueStatement', on }, on)
  if (decision.ok) return ['it went out']
  return [...decision.hits.map(({ rule }) => rule), ...(decision.earliest ? [decision.earliest] : [])]
}

/** What goes out between two days, where it is asked for on each: `level day`. */
export const sentBetween = (desk: Desk, from: Day | string, until: string): readonly string[] => {
  const days: string[] = []
  for (let day = toDay(from); day <= until; day = addDays(day, 1)) {
    const decision = desk.tries({ type: 'IssueStatement', on: day }, day)
    if (decision.ok) days.push(...(decision.events as Step[]).map(({ level }) => `${level} ${day}`))
  }
  return days
}

export const dispute = (on: string, lines: string[] = ['l1'], id = 'x1') =>
  ({
    type: 'OpenDispute',
    on,
    dispute: id,
    kind: 'billingError',
    lines,
    raisedBy: 'patient',
    channel: 'phone',
    written: false,
    says: 'this was not done',
  }) as const
export const resolved = (desk: Desk, on: string, id = 'x1'): void => {
  desk.does({ type: 'ResolveDispute', on, dispute: id, outcome: 'rejected', explanation: 'as charged' }, on)
  desk.does({ type: 'CloseDispute', on, dispute: id, because: { kind: 'resultSent', channel: 'mail' } }, on)
}
