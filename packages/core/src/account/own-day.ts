import { type Day, maxDay } from '../kernel/day.ts'
import type { RuleHit } from '../kernel/decision.ts'
import { notYet } from './ledger/owed-by-day.ts'
import { type AccountCommand, type AccountEvent, asksOrReports } from './rooms.ts'

/**
 * Commands that ask and have no day of their own: money meets its item, and comes off it, by the days of both
 * (clarification 35); a charge is of its service, and an advice of its payment, whenever they arrive (two-clocks.md).
 */
const byOtherDays: readonly AccountCommand['type'][] = [
  'ApplyUnapplied',
  'DeallocatePayment',
  'PostCharge',
  'PostRemittedClaims',
]

/** A correction says how it always was: it counts from the days of what it corrects (two-clocks.md). */
const corrects = (command: AccountCommand): boolean =>
  (command.type === 'ReverseAdjustment' && command.mode === 'correction') ||
  (command.type === 'TransferResponsibility' &&
    (command.because === 'coverageFound' || command.because === 'coverageTermed'))

/** True of a command that asks, and for a day that it names: it counts from that day and is judged by it. */
export const asksForItsDay = (command: AccountCommand): command is AccountCommand & { readonly on: Day } =>
  asksOrReports[command.type] === 'asks' && 'on' in command && !byOtherDays.includes(command.type) && !corrects(command)

/**
 * What a command that asks would do later than it says: it counts from its own day or is refused, with the day from which
 * it can (decisions 0014 and 0021). What follows from it on other facets has days of its own.
 */
export const ownDayHits = (command: AccountCommand, decided: readonly AccountEvent[]): readonly RuleHit[] => {
  if (!asksForItsDay(command)) return []
  const { on } = command
  const from = decided.reduce((latest, { effectiveDate }) => maxDay(latest, effectiveDate), on)
  if (from <= on) return []
  return [notYet('account.notYetThere', `part of what it takes is there from ${from}, not on ${on}`, from)]
}
