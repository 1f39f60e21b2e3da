import { sumOf } from '../../kernel/cents.ts'
import { amountOn } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import { isOfQmb } from '../claims/advice/said-facts.ts'
import { correctionPendingAsOf } from '../claims/corrections-state.ts'
import type { Refund } from '../credits/state.ts'
import { frozenNow, heldBy } from '../disputes/state.ts'
import { linesOfVisit } from '../ledger/balances.ts'
import { activeAsOf, owedAsOf, payerOwesAsOf } from '../ledger/owed-by-day.ts'
import type { AccountState } from '../rooms.ts'
import type { Payment } from './state.ts'

// How the guarantor stood on a day that has passed: for what is asked of them for that day and recorded late. Every line
// that ever was is read for it, so only then.

/** What the guarantor owes and what is theirs beside it, cents: what may be asked of them is the difference (law Q7). */
export interface Net {
  /** On items that no agency has, and with agencies. */
  readonly owed: number
  readonly placed: number
  /** Of `owed`: on items that no money is netted against, for they are in dispute, or a QMB's (law G4, reference §1.10). */
  readonly barred: number
  /** Credits on items that are sure, and money on account that waits for nothing; less what approved refunds will take. */
  readonly credits: number
  readonly onAccount: number
}

/** What of the guarantor's may be used for: all that is owed but what is barred. Cents. */
export const nettable = ({ owed, placed, barred }: Pick<Net, 'owed' | 'placed' | 'barred'>): number =>
  owed - barred + placed

/** No money is netted against the item on a day; where none is named, as the book stands. */
export const isBarred = ({ disputes, claims, ledger }: AccountState, line: LineId, on?: Day): boolean => {
  const visit = ledger.lines.get(line)?.visitId
  if (visit !== undefined && isOfQmb(claims, visit)) return true
  if (on === undefined) return frozenNow(disputes, line).length > 0
  return heldBy(disputes, line).some(({ from, to }) => from <= on && (to === undefined || on < to))
}

/** Refunds that were approved by a day and had not gone out. */
const underway = ({ credits }: AccountState, on: Day): readonly Refund[] =>
  [...credits.refunds.values()].filter(
    ({ approved, issued, voidedOn }) =>
      approved.effectiveDate <= on &&
      (issued === undefined || issued.effectiveDate > on) &&
      (voidedOn === undefined || voidedOn > on),
  )

const onVisit = ({ ledger, registration, claims }: AccountState, visit: VisitId, on: Day): boolean => {
  const lines = linesOfVisit(ledger, visit).filter(({ lineId }) =>
    ledger.layers.by('line', lineId).some((layer) => layer.openedOn <= on),
  )
  if (lines.length === 0) return registration.visits.has(visit)
  return (
    lines.some(({ lineId }) => payerOwesAsOf(ledger, lineId, on)) ||
    correctionPendingAsOf({ claims, ledger }, visit, on)
  )
}

/** Money that was given for something which a payer had still to decide (law P5), or for a plan that waited. */
export const waitedForPayer = (state: AccountState, { event: { designation } }: Payment, on: Day): boolean => {
  const pending = (line: LineId): boolean => {
    const visit = state.ledger.lines.get(line)?.visitId
    return visit !== undefined && correctionPendingAsOf(state, visit, on)
  }
  if (designation?.lines !== undefined) {
    return designation.lines.some((line) => payerOwesAsOf(state.ledger, line, on) || pending(line))
  }
  if (designation?.planId !== undefined) {
    return (state.plans.plans.get(designation.planId)?.lines ?? []).some(pending)
  }
  return designation?.visitId !== undefined && onVisit(state, designation.visitId, on)
}

/** What the guarantor owed, and what was theirs beside it, at the end of a day. */
export const netAsOf = (state: AccountState, on: Day): Net => {
  const promised = underway(state, on).flatMap(({ approved }) => approved.of)
  const ofItems = promised.filter(
    (source) => source.lineId !== undefined && ('paymentId' in source || source.party === PATIENT),
  )
  const ofMoney = ({ paymentId }: Payment) =>
    sumOf(promised, (source) =>
      'paymentId' in source && source.paymentId === paymentId && source.layerId === undefined ? source.amount : 0,
    )
  const lines = [...state.ledger.lines.values()].map(({ lineId, visitId }) => {
    const active = activeAsOf(state.ledger, lineId, PATIENT, on)
    const all = owedAsOf(state.ledger, lineId, PATIENT, on)
    return {
      active,
      placed: all - active,
      barred: active > 0 && isBarred(state, lineId, on) ? active : 0,
      credit: correctionPendingAsOf(state, visitId, on) ? 0 : Math.max(0, -all),
    }
  })
  return {
    owed: sumOf(lines, ({ active }) => Math.max(0, active)),
    placed: sumOf(lines, ({ placed }) => placed),
    barred: sumOf(lines, ({ barred }) => barred),
    credits: Math.max(0, sumOf(lines, ({ credit }) => credit) - sumOf(ofItems, ({ amount }) => amount)),
    onAccount: sumOf(state.payments.payments.values(), (payment) =>
      waitedForPayer(state, payment, on) ? 0 : Math.max(0, amountOn(payment.dated, on) - ofMoney(payment)),
    ),
  }
}
