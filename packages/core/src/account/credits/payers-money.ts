import { type Cents, formatCents } from '../../kernel/cents.ts'
import { precondition, type RuleHit } from '../../kernel/decision.ts'
import { PATIENT } from '../../kernel/effects.ts'
import { paidOn } from '../ledger/payer-cash.ts'
import type { AccountState } from '../rooms.ts'
import type { CreditSource } from './events.ts'

/**
 * What of a payer's credit is its money (law G1), cents: below zero stands also what of its share had gone on, to the patient or a
 * later payer. Not known, where the old book alone knows what was paid, and of no credit of the patient's.
 */
export const payersMoney = (state: AccountState, [first]: readonly CreditSource[]): number | undefined => {
  if (first === undefined || !('party' in first) || first.party === PATIENT) return undefined
  const line = state.ledger.lines.get(first.lineId)
  if (line === undefined || line.broughtForward) return undefined
  return Math.max(0, paidOn(state, first.lineId, first.party))
}

/** What of a part of a credit that is free is its payer's money, where `spokenFor` of the credit is on its way already. */
export const withinPaid = (
  state: AccountState,
  sources: readonly CreditSource[],
  free: Cents,
  spokenFor: number,
): Cents => {
  const money = payersMoney(state, sources)
  return money === undefined ? free : (Math.min(free, Math.max(0, money - spokenFor)) as Cents)
}

/** That more is wanted of a payer's credit than what the payer has paid. */
export const beyondPaid = (paid: number, [first]: readonly CreditSource[], wanted: number): RuleHit =>
  precondition(
    'credits.beyondPaid',
    `${formatCents(paid as Cents)} of the payer's money stands on line ${first?.lineId ?? ''}, not ${formatCents(wanted as Cents)}`,
    'have the payer decide again: the rest of its share has gone on',
  )
