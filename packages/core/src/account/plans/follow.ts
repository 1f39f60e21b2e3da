import { type Cents, toCents } from '../../kernel/cents.ts'
import { type Day, maxDay, minDay } from '../../kernel/day.ts'
import type { LineId, PaymentId } from '../../kernel/ids.ts'
import type { Context } from '../context.ts'
import type { Follow } from '../follow.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import { overdueOn } from './arrears.ts'
import type { Instalment, PlanEvent } from './events.ts'
import { held } from './hold.ts'
import { newMisses } from './misses.ts'
import { activePlansOn, evolve, initial, isRunning, type Plan, type PlanBuilder, remainingOf } from './state.ts'
import { awaitedBy, resumed, suspended } from './suspend.ts'
import { openOnLines } from './terms.ts'

/** Patient money that met a line, or left it (negative). */
interface Movement {
  readonly paymentId: PaymentId
  readonly lineId: LineId
  readonly amount: number
  readonly on: Day
}

const movementsOf = (event: AccountEvent): readonly Movement[] => {
  const of = (paymentId: PaymentId, parts: readonly { lineId: LineId; amount: number }[], sign: 1 | -1) =>
    parts.map(({ lineId, amount }) => ({ paymentId, lineId, amount: sign * amount, on: event.effectiveDate }))
  switch (event.type) {
    case 'PatientPaymentPosted':
    case 'UnappliedApplied':
      return of(event.paymentId, event.allocations, 1)
    case 'PaymentDeallocated':
      return of(event.paymentId, event.allocations, -1)
    case 'PaymentReversed':
      return of(event.paymentId, event.released, -1)
    case 'CreditMoved': {
      const { of: source, from, to, amount } = event
      return 'paymentId' in source
        ? [
            ...of(source.paymentId, [{ lineId: from.lineId, amount }], -1),
            ...of(source.paymentId, [{ lineId: to.lineId, amount }], 1),
          ]
        : []
    }
    case 'ChargeVoided':
      return event.released.map(({ paymentId, amount }) => ({
        paymentId,
        lineId: event.lineId,
        amount: -amount,
        on: event.effectiveDate,
      }))
    default:
      return []
  }
}

/** A plan while its events are being found: each event is folded at once, so that the next sees it. */
class Unfolding {
  readonly events: PlanEvent[] = []
  readonly #slice: PlanBuilder = initial()
  readonly #id: Plan['planId']
  constructor(plan: Plan) {
    this.#slice.plans.set(plan.planId, plan)
    this.#id = plan.planId
  }
  get plan(): Plan {
    const plan = this.#slice.plans.get(this.#id)
    if (!plan) throw new RangeError(`no plan ${this.#id}`)
    return plan
  }
  emit(event: PlanEvent): void {
    this.events.push(event)
    const handle = evolve[event.type] as (slice: PlanBuilder, event: PlanEvent) => void
    handle(this.#slice, event)
  }
}

/** Money pays instalments in their order, as far as it goes. */
const payInstalments = (unfolding: Unfolding, paymentId: PaymentId, amount: number, on: Day): void => {
  let left = amount
  for (const instalment of unfolding.plan.schedule) {
    const part = Math.min(left, instalment.amount - instalment.paid)
    if (part <= 0) continue
    unfolding.emit({
      type: 'InstalmentPaid',
      effectiveDate: on,
      planId: unfolding.plan.planId,
      number: instalment.number,
      paymentId,
      amount: toCents(part),
      complete: instalment.paid + part === instalment.amount,
    })
    left -= part
  }
}

/** Money that went back is unpaid from the end: what was paid stays paid in order. */
const reopenInstalments = (unfolding: Unfolding, paymentId: PaymentId, amount: number, on: Day): void => {
  let left = amount
  for (const instalment of [...unfolding.plan.schedule].reverse()) {
    const part = Math.min(left, instalment.paid)
    if (part <= 0) continue
    unfolding.emit({
      type: 'InstalmentReopened',
      effectiveDate: on,
      planId: unfolding.plan.planId,
      number: instalment.number,
      paymentId,
      amount: toCents(part),
    })
    left -= part
  }
}

const countedOf = (plan: Plan, payment: PaymentId): number =>
  plan.receipts.reduce((sum, receipt) => (receipt.paymentId === payment ? sum + receipt.amount : sum), 0)

const allocatedOn = (state: AccountState, plan: Plan, payment: PaymentId): number =>
  (state.payments.payments.get(payment)?.allocations ?? []).reduce(
    (sum, part) => (plan.lines.includes(part.lineId) ? sum + part.amount : sum),
    0,
  )

const followMoney = (unfolding: Unfolding, before: AccountState, movements: readonly Movement[]): void => {
  const allocated = new Map<PaymentId, number>()
  for (const { paymentId, lineId, amount, on } of movements) {
    if (!unfolding.plan.lines.includes(lineId)) continue
    const now = (allocated.get(paymentId) ?? allocatedOn(before, unfolding.plan, paymentId)) + amount
    allocated.set(paymentId, now)
    if (amount > 0) payInstalments(unfolding, paymentId, amount, on)
    else reopenInstalments(unfolding, paymentId, Math.max(0, countedOf(unfolding.plan, paymentId) - now), on)
  }
}

/** The schedule shortened from its end by an amount; instalments that are left with nothing go. */
const shortened = (plan: Plan, by: number): readonly Instalment[] => {
  let left = by
  return [...plan.schedule]
    .reverse()
    .flatMap(({ number, due, amount, paid }) => {
      const cut = Math.min(left, amount - paid)
      left -= cut
      return amount > cut ? [{ number, due, amount: (amount - cut) as Cents }] : []
    })
    .reverse()
}

/** Clarification 37: frozen as long as a reversal on its lines waits for its correction. Says whether it is. */
const followReversals = (unfolding: Unfolding, after: AccountState, on: Day, context: Context): boolean => {
  const { plan } = unfolding
  if (!isRunning(plan)) return false
  const awaited = awaitedBy(after, plan)
  const isFrozen = plan.suspendedFrom !== undefined
  if (awaited.length > 0 && !isFrozen) unfolding.emit(suspended(plan, awaited, on))
  if (awaited.length === 0 && isFrozen) unfolding.emit(resumed(plan, on, context, { despite: [] }))
  return awaited.length > 0
}

/** Law H10: less is open on the lines than the plan still asks, so the plan asks less. */
const followBalance = (unfolding: Unfolding, after: AccountState, on: Day): void => {
  const { plan } = unfolding
  const excess = remainingOf(plan) - openOnLines(after, plan.lines)
  if (excess <= 0) return
  unfolding.emit({
    type: 'PlanRecomputed',
    effectiveDate: on,
    planId: plan.planId,
    total: toCents(plan.total - excess),
    schedule: [...shortened(plan, excess)],
    reducedBy: toCents(excess),
  })
}

/** Reference §7.1: what is in dispute is not asked for; what was, and is no longer, falls due later. */
const followDisputes = (unfolding: Unfolding, after: AccountState, on: Day): void => {
  if (unfolding.plan.status !== 'active') return
  const event = held(after, unfolding.plan, on)
  if (event) unfolding.emit(event)
}

const followStanding = (unfolding: Unfolding, on: Day, context: Context): void => {
  const { plan } = unfolding
  const { planId } = plan
  const terms = context.policy.policy.plans
  if (remainingOf(plan) === 0) {
    const missed = plan.status === 'active' ? newMisses(plan, terms, minDay(on, context.today)) : []
    for (const miss of missed) unfolding.emit(miss)
    unfolding.emit({ type: 'PlanCompleted', effectiveDate: on, planId })
  } else if (plan.status === 'active' && plan.cureBy !== undefined) {
    const current = overdueOn(plan, terms, maxDay(on, context.today)) === 0
    if (current) unfolding.emit({ type: 'PlanCured', effectiveDate: on, planId })
  }
}

/** A completed plan lives again when its money goes back, unless its lines are on another plan by now (law H5). */
const followed = (state: AccountState, plan: Plan): boolean =>
  isRunning(plan) || (plan.status === 'completed' && activePlansOn(state.plans, plan.lines).length === 0)

/** Plans that may have something to follow: those that run, and others on whose lines money moved; in their order. */
const concerned = ({ plans: { plans } }: AccountState, movements: readonly Movement[]): readonly Plan[] => {
  const lines = new Set(movements.map(({ lineId }) => lineId))
  return plans.inOrder([...plans.where('running'), ...plans.by('line', ...lines)].map(({ planId }) => planId))
}

/**
 * What money and adjustments do to plans, in the same unit: payments on a plan's lines pay its instalments, reversals
 * open them again, a balance below what is still promised shortens the plan, and a plan that is paid is complete.
 * Money that comes after a default still counts; only a person cures such a plan.
 */
export const follow: Follow = (before, after, events, context) => {
  const movements = events.flatMap(movementsOf)
  const plans = concerned(after, movements).filter((plan) => followed(after, plan))
  if (plans.length === 0) return []
  const on = events.reduce<Day>(
    (latest, event) => maxDay(latest, event.effectiveDate),
    events[0]?.effectiveDate ?? context.today,
  )
  return plans.flatMap((plan) => {
    const unfolding = new Unfolding(plan)
    // What counts from before the plan finds none yet: a plan is not completed before it was agreed.
    const began = plan.activatedOn ?? plan.proposed.effectiveDate
    const from = maxDay(on, began)
    const isFrozen = followReversals(unfolding, after, from, context)
    followMoney(
      unfolding,
      before,
      movements.map((movement) => ({ ...movement, on: maxDay(movement.on, began) })),
    )
    if (isRunning(unfolding.plan) && !isFrozen) {
      followBalance(unfolding, after, from)
      followDisputes(unfolding, after, from)
      followStanding(unfolding, from, context)
    }
    return unfolding.events
  })
}
