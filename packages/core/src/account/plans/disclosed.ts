import { sumOf, toCents } from '../../kernel/cents.ts'
import type { Day } from '../../kernel/day.ts'
import { precondition, type RuleHit } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import type { Instalment, PlanDisclosed } from './events.ts'
import type { Plan } from './state.ts'

// What the patient is shown of a plan's terms before they bind: when it is offered, or when an amendment makes it credit.

/** Who extends the credit has to be named (12 CFR 1026.18(a)). */
export const creditorHits = ({ policy }: Context): readonly RuleHit[] =>
  policy.policy.profile.name === ''
    ? [precondition('plans.noCreditor', 'the practice has not said who it is (policy, profile)', 'change the policy')]
    : []

interface Shown {
  readonly planId: Plan['planId']
  readonly on: Day
  readonly schedule: readonly Instalment[]
  readonly downPayment?: number | undefined
  readonly channel: PlanDisclosed['channel']
  readonly document?: PlanDisclosed['document']
}

/**
 * The terms as the schedule has them; no charge is asked for credit. A down payment that is due before the instalments is in the
 * schedule and not in the amount financed; all payments are the sum of the schedule (12 CFR 1026.18(b), (g), (h); its official
 * interpretation, comment 2(a)(18)-2).
 */
export const disclosed = ({ schedule, downPayment, on, ...said }: Shown, { policy }: Context): PlanDisclosed => {
  const total = sumOf(schedule, ({ amount }) => amount)
  return {
    type: 'PlanDisclosed',
    effectiveDate: on,
    planId: said.planId,
    channel: said.channel,
    creditor: policy.policy.profile.name,
    amountFinanced: toCents(total - (downPayment ?? 0)),
    financeCharge: toCents(0),
    annualRate: 0,
    totalOfPayments: toCents(total),
    downPayment: downPayment === undefined ? undefined : toCents(downPayment),
    schedule: schedule.map(({ number, due, amount }) => ({ number, due, amount })),
    prepayment: 'noPenalty',
    lateCharge: toCents(0),
    document: said.document,
  }
}
