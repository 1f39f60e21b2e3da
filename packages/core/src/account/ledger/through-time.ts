import { amountOn, type Dated } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import { type Effect, isPosting, PATIENT, type Stage } from '../../kernel/effects.ts'
import type { AccountEvent } from '../rooms.ts'
import { datedOf } from './layer-changes-state.ts'
import type { LedgerState } from './state.ts'

/** A stage of a layer that an event takes below zero, and the first day on which it does. */
export interface BelowZero {
  readonly effect: Effect
  readonly on: Day
  readonly amount: number
}

/**
 * Postings of the desk that are no corrections: what they take of the patient's must have been there. Payers' postings and
 * reversals may go below zero (law E2), charity may leave a credit (law F5), and a correction counts from the day of what
 * it corrects (two-clocks.md).
 */
export const takesWhatIsThere = (event: AccountEvent): boolean => {
  switch (event.type) {
    case 'PatientPaymentPosted':
    case 'UnappliedApplied':
    case 'AccountPlaced':
    case 'AccountRecalled':
      return true
    case 'CreditMoved':
      return event.undoes !== true
    case 'WriteOffPosted':
      return event.category !== 'charity' && event.category !== 'presumptive'
    case 'ResponsibilityTransferred':
      return event.mode === 'economic' && event.from === PATIENT
    default:
      return false
  }
}

const stageOf = (ledger: LedgerState, { layerId }: Effect, stage: Stage): Dated => {
  const layer = ledger.layers.get(layerId)
  return layer ? datedOf(layer)[stage] : []
}

/** The first day, from one on, on which an amount is below zero and less than it was. */
const firstBelow = (before: Dated, after: Dated, from: Day): Omit<BelowZero, 'effect'> | undefined =>
  [from, ...after.flatMap(({ on }) => (on > from ? [on] : []))]
    .map((on) => ({ on, amount: amountOn(after, on) }))
    .find(({ on, amount }) => amount < 0 && amount < amountOn(before, on))

/**
 * Where an event takes a stage of a layer below zero on some day, though nothing allows it: the patient's own by a posting
 * of the desk, and what an agency has, or bad debt, by anybody (clarification 35, law Q5).
 */
export const takenBeforeThere = (
  event: AccountEvent,
  before: LedgerState,
  after: LedgerState,
): readonly BelowZero[] => {
  if (!isPosting(event)) return []
  const own = takesWhatIsThere(event)
  return event.effects.flatMap((effect) => {
    const asked = effect.stage === 'active' ? own && effect.party === PATIENT : true
    if (!asked || effect.amount >= 0) return []
    const { stage } = effect
    const found = firstBelow(stageOf(before, effect, stage), stageOf(after, effect, stage), event.effectiveDate)
    return found ? [{ effect, ...found }] : []
  })
}
