import { besides, type Plan } from '@daybook/core/account'
import { type Day, formatCents } from '@daybook/core/kernel'
import { type Beside, besideOf } from '../beside.ts'
import { facetQueues } from '../queue.ts'

export interface PlanMatter {
  readonly plan: string
  readonly status: 'active' | 'defaulted'
  readonly missed: readonly { readonly number: number; readonly due: Day; readonly open: number }[]
  readonly cureBy?: Day
  /** What is the guarantor's beside it: it is not asked for (law Q7). */
  readonly beside: Beside
}

const matterOf = (plan: Plan, beside: Beside): readonly PlanMatter[] => {
  if (plan.status !== 'active' && plan.status !== 'defaulted') return []
  // A frozen plan asks nobody for anything (clarification 37).
  if (plan.suspendedFrom !== undefined) return []
  const missed = plan.schedule
    .filter((instalment) => instalment.missed && instalment.paid < instalment.amount)
    .map(({ number, due, amount, paid }) => ({ number, due, open: amount - paid }))
  if (missed.length === 0 && plan.status === 'active') return []
  return [
    {
      plan: plan.planId,
      status: plan.status,
      missed,
      ...(plan.cureBy ? { cureBy: plan.cureBy } : {}),
      beside,
    },
  ]
}

const nextFor = (plan: PlanMatter): string => {
  if (plan.status === 'defaulted') return 'call, offer a new plan'
  return plan.cureBy ? `cure runs until ${plan.cureBy}: remind` : 'call, offer cure (plan)'
}

/** Plans of which instalments were missed. */
export const queues = facetQueues({
  names: ['planMisses'],
  version: 2,
  matters: (state) => {
    const beside = besideOf(state)
    return [...state.plans.plans.values()].flatMap((plan) => matterOf(plan, beside))
  },
  work: (matters, { asOf, policy }) =>
    matters.flatMap((plan) => {
      const missed = plan.missed.filter(({ due }) => due <= asOf)
      const [first] = missed
      const amount = missed.reduce((sum, { open }) => sum + open, 0) - besides(plan.beside, policy)
      if (!first || amount <= 0) return []
      return [
        {
          queue: 'planMisses',
          subject: plan.plan,
          amount,
          since: first.due,
          reasons: [
            ...missed.map(({ due, open }) => `plan instalment missed ${due}, ${formatCents(open)} open`),
            ...(plan.status === 'defaulted' ? ['plan in default'] : []),
          ],
          nextAction: nextFor(plan),
          deadline: plan.cureBy ? { due: plan.cureBy, legal: false, source: 'cure period of the plan' } : undefined,
          asksPatient: true,
        },
      ]
    }),
})
