import { formatCents, sumOf } from '../../kernel/cents.ts'
import { amountOn, leastFrom } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import { precondition, type RuleHit } from '../../kernel/decision.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import type { PracticePolicy } from '../../policy/policy.ts'
import { correctionPending } from '../claims/corrections-state.ts'
import type { Context } from '../context.ts'
import type { CreditSource } from '../credits/events.ts'
import { layersOf, linesOfVisit, openLines } from '../ledger/balances.ts'
import { datedOf } from '../ledger/layer-changes-state.ts'
import { type LayerBalance, type LedgerState, receivableOf } from '../ledger/state.ts'
import { isRunning } from '../plans/state.ts'
import { awaitedBy } from '../plans/suspend.ts'
import type { AccountState } from '../rooms.ts'
import { isBarred, type Net, netAsOf, waitedForPayer } from './net-as-of.ts'
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
  return lines.some(({ lineId }) => payerOwesOn(state.ledger, lineId)) || correctionPending(state, visit)
}

/**
 * Money that was given for something which a payer has still to decide waits there (law P5); money for a plan that waits
 * for a correction waits for the plan.
 */
export const waitsForPayer = (state: AccountState, { event: { designation } }: Payment): boolean => {
  if (designation?.lines !== undefined) {
    return designation.lines.some((line) => {
      const visit = state.ledger.lines.get(line)?.visitId
      return payerOwesOn(state.ledger, line) || (visit !== undefined && correctionPending(state, visit))
    })
  }
  if (designation?.planId !== undefined) {
    const plan = state.plans.plans.get(designation.planId)
    return plan !== undefined && isRunning(plan) && awaitedBy(state, plan).length > 0
  }
  return designation?.visitId !== undefined && payerPendingAt(state, designation.visitId)
}

/** What of a payment has no item and is promised to nobody. */
export const spendable = (state: AccountState, payment: Payment, on?: Day): number => {
  const there = on === undefined ? unappliedOf(payment) : Math.min(unappliedOf(payment), leastFrom(payment.dated, on))
  return Math.max(0, there - promisedOf(state, payment))
}

/** What of a payment may meet any item of the guarantor's: it has none, waits for no payer, and no refund is to take it. */
export const freeOf = (state: AccountState, payment: Payment, on?: Day): number =>
  waitsForPayer(state, payment) ? 0 : spendable(state, payment, on)

/** Freely usable money of the account (law Q7). */
export const freeUnapplied = (state: AccountState, on?: Day): number =>
  sumOf(state.payments.payments.where('unapplied'), (payment) => freeOf(state, payment, on))

/** Of the patient's credits on items what no approved refund will take; not those that wait for a correction. */
const creditsOnItems = ({ credits }: AccountState, on: Day | undefined): number => {
  const promised = sumOf(credits.refunds.where('approved'), ({ approved }) =>
    sumOf(approved.of, (source) => (source.lineId !== undefined && isPatients(source) ? source.amount : 0)),
  )
  const standing = sumOf(credits.credits.values(), ({ owner, provisional, sources, amount, effectiveDate }) => {
    const counts = on === undefined || effectiveDate <= on
    const onItem = sources.some(({ lineId }) => lineId !== undefined)
    return counts && owner === 'patient' && !provisional && onItem ? amount : 0
  })
  return Math.max(0, standing - promised)
}

const isPatients = (source: CreditSource): boolean => 'paymentId' in source || source.party === PATIENT

/** How the guarantor stands, all items together; where a day is named, on it: what counts later is not there yet. */
export const netOf = (state: AccountState, on?: Day): Net => {
  const amount = (layer: LayerBalance, stage: 'active' | 'placed'): number =>
    on === undefined ? layer[stage] : amountOn(datedOf(layer)[stage], on)
  const lines = openLines(state.ledger).map(({ lineId }) => {
    const layers = layersOf(state.ledger, lineId, PATIENT)
    const active = Math.max(
      0,
      sumOf(layers, (layer) => amount(layer, 'active')),
    )
    const placed = sumOf(layers, (layer) => amount(layer, 'placed'))
    return { active, placed, barred: active > 0 && isBarred(state, lineId) ? active : 0 }
  })
  return {
    owed: sumOf(lines, ({ active }) => active),
    placed: sumOf(lines, ({ placed }) => placed),
    barred: sumOf(lines, ({ barred }) => barred),
    credits: creditsOnItems(state, on),
    onAccount: freeUnapplied(state, on),
  }
}

/** What is the guarantor's beside what is owed: money without an item, and credits on items where policy nets them (law G4). */
export const besides = (
  { credits, onAccount }: Pick<Net, 'credits' | 'onAccount'>,
  policy: Pick<PracticePolicy, 'onAccount'>,
): number => onAccount + (policy.onAccount.moveCredits === 'allowed' ? credits : 0)

/** What to do first with what is the guarantor's, before anything is asked of them. */
export const useFirst = ({ credits, onAccount }: Net): string =>
  [
    ...(onAccount > 0 ? [`apply ${formatCents(onAccount)} on account first (ApplyUnapplied)`] : []),
    ...(credits > 0 ? [`use the credit of ${formatCents(credits)} first (MoveCredit)`] : []),
  ].join(', ')

/** How the guarantor stands for what a command of a day asks, and where it is recorded late also as they stood on that day. */
export const netsFor = (state: AccountState, on: Day, today: Day): readonly NetOfDay[] => [
  { net: netOf(state, on), hasPassed: false, waits: (payment) => waitsForPayer(state, payment) },
  ...(on < today
    ? [{ net: netAsOf(state, on), hasPassed: true, waits: (payment: Payment) => waitedForPayer(state, payment, on) }]
    : []),
]

interface NetOfDay {
  readonly net: Net
  /** As the guarantor stood at the end of a day that has passed. */
  readonly hasPassed: boolean
  /** What is no part of it: money that was given for something which a payer has still to decide. */
  readonly waits: (payment: Payment) => boolean
}

/**
 * Reasons against asking the guarantor for an amount, to pay or through an agency: no more than is owed net. `then`: what the
 * same would have asked on its day, where it is recorded late and less is owed of it by now.
 */
export const askedBeyondNet = (
  state: AccountState,
  amount: number,
  rule: string,
  { on, policy: { policy }, today }: Pick<Context, 'policy' | 'today'> & { readonly on: Day },
  then = amount,
): readonly RuleHit[] => {
  const [hit] = netsFor(state, on, today).flatMap(({ net, hasPassed }) => {
    const own = besides(net, policy)
    const left = Math.max(0, net.owed - own)
    const asked = hasPassed ? then : amount
    if (own === 0 || asked <= left) return []
    const reason = `${formatCents(own)} of the guarantor's stands beside ${formatCents(net.owed)} owed: ${formatCents(left)} may be asked, not ${formatCents(asked)}`
    return [precondition(rule, reason, useFirst(net))]
  })
  return hit ? [hit] : []
}
