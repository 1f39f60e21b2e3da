import type { AccountEvent } from '../../account/index.ts'
import { formatCents } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import { type Effect, isPosting, isReceivable, PATIENT } from '../../kernel/effects.ts'
import type { History, Step } from '../history.ts'
import { type Found, type Law, whole } from './law.ts'

// What stood on every day, added up here once more from the effects alone: nothing of the state is asked.

/** Amounts by what they stand on (a stage of a layer, or the patient on a line) and the day from which they count. */
type Sums = Map<string, Map<Day, number>>

const add = (sums: Sums, key: string, on: Day, amount: number): void => {
  const days = sums.get(key) ?? new Map<Day, number>()
  days.set(on, (days.get(on) ?? 0) + amount)
  sums.set(key, days)
}

const asOf = (days: ReadonlyMap<Day, number> | undefined, on: Day): number => {
  let sum = 0
  for (const [day, amount] of days ?? []) if (day <= on) sum += amount
  return sum
}

/** Stages of layers and lines that an effect is of. */
const keysOf = ({ layerId, lineId, party, stage }: Effect): readonly string[] => [
  `${stage} ${layerId}`,
  ...(party === PATIENT && isReceivable(stage) ? [`patient ${lineId}`] : []),
]

/** Corrections, payers' postings, reversals and charity may take the patient's below zero; nothing else may (law Q5). */
const mayGoBelow = (event: AccountEvent, { command }: Step): boolean => {
  switch (event.type) {
    case 'PatientPaymentPosted':
    case 'UnappliedApplied':
    case 'AccountPlaced':
    case 'AccountRecalled':
      return false
    case 'CreditMoved':
      return event.undoes === true
    case 'WriteOffPosted':
      return event.category === 'charity' || event.category === 'presumptive'
    case 'ResponsibilityTransferred':
      return event.mode === 'correction'
    case 'ChargeVoided':
      return !('mode' in command && command.mode === 'economic')
    default:
      return true
  }
}

/** What an event takes below zero on some day, of what it takes from. */
const below = (sums: Sums, before: Sums, event: AccountEvent, step: Step): Found => {
  if (!isPosting(event)) return []
  const may = mayGoBelow(event, step)
  const keys = event.effects.flatMap((effect) =>
    effect.amount < 0 && (effect.stage !== 'active' || (effect.party === PATIENT && !may)) ? keysOf(effect) : [],
  )
  return [...new Set(keys)].flatMap((key) => {
    const days = sums.get(key)
    const first = [...(days?.keys() ?? []), event.effectiveDate]
      .filter((on) => on >= event.effectiveDate)
      .sort()
      .find((on) => asOf(days, on) < Math.min(0, asOf(before.get(key), on)))
    return first === undefined
      ? []
      : [`${event.type} of ${event.effectiveDate} leaves ${formatCents(asOf(days, first))} ${key} as of ${first}`]
  })
}

const negativeDays = ({ steps }: History): Found => {
  const sums: Sums = new Map()
  return steps.flatMap((step) =>
    (step.decision.ok ? step.decision.events : []).flatMap((event) => {
      if (!isPosting(event)) return []
      const touched = new Set(event.effects.flatMap(keysOf))
      const before: Sums = new Map([...touched].map((key) => [key, new Map(sums.get(key))]))
      for (const effect of event.effects) {
        for (const key of keysOf(effect)) add(sums, key, event.effectiveDate, effect.amount)
      }
      return below(sums, before, event, step)
    }),
  )
}

/** Q: what stood on every day. */
export const throughTimeLaws: readonly Law[] = [
  // No stage is below zero on any day, and on the patient's side no item, but by what may take it there.
  whole('Q5', negativeDays),
]
