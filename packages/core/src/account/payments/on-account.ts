import { sumOf } from '../../kernel/cents.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import { correctionPending } from '../claims/state.ts'
import { layersOf, linesOfVisit } from '../ledger/balances.ts'
import { type LedgerState, receivableOf } from '../ledger/state.ts'
import type { AccountState } from '../rooms.ts'
import { type Payment, unappliedOf } from './state.ts'

// Money on account, beside what is owed: whoever asks a person to pay, places or refunds reads both.

/** What of a payment's unapplied money an approved refund will take: it is promised, and meets no item. */
const promisedOf = ({ credits }: AccountState, { paymentId }: Payment): number =>
  sumOf(
    credits.refunds.by('payment', paymentId).filter(({ status }) => status === 'approved'),
    ({ approved }) =>
      sumOf(approved.of, (source) =>
        'paymentId' in source && source.paymentId === paymentId && source.layerId === undefined ? source.amount : 0,
      ),
  )

const payerOwesOn = (ledger: LedgerState, line: LineId): boolean =>
  layersOf(ledger, line).some((layer) => layer.party !== PATIENT && receivableOf(layer) > 0)

/** A payer still has to decide about the visit, or to correct itself, or nothing has been charged there yet. */
const payerPendingAt = (state: AccountState, visit: VisitId): boolean => {
  const lines = linesOfVisit(state.ledger, visit)
  if (lines.length === 0) return state.registration.visits.has(visit)
  return lines.some(({ lineId }) => payerOwesOn(state.ledger, lineId)) || correctionPending(state.claims, visit)
}

/**
 * Money that was given for something which a payer has still to decide waits there (law P5); money for a plan that waits
 * for a correction waits for the plan.
 */
export const waitsForPayer = (state: AccountState, { event: { designation } }: Payment): boolean => {
  if (designation?.lines !== undefined) {
    return designation.lines.some((line) => {
      const visit = state.ledger.lines.get(line)?.visitId
      return payerOwesOn(state.ledger, line) || (visit !== undefined && correctionPending(state.claims, visit))
    })
  }
  if (designation?.planId !== undefined) return false
  return designation?.visitId !== undefined && payerPendingAt(state, designation.visitId)
}

/** What of a payment may meet any item of the guarantor's: it has none, waits for no payer, and no refund is to take it. */
export const freeOf = (state: AccountState, payment: Payment): number =>
  waitsForPayer(state, payment) ? 0 : Math.max(0, unappliedOf(payment) - promisedOf(state, payment))

/** Freely usable money of the account (law Q7). */
export const freeUnapplied = (state: AccountState): number =>
  sumOf(state.payments.payments.where('unapplied'), (payment) => freeOf(state, payment))
