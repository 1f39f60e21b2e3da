import type { Plan } from '@daybook/core/account'
import { type Day, formatCents } from '@daybook/core/kernel'
import { facetQueues } from '../queue.ts'

export interface PlanMatter {
  readonly plan: string
  readonly status: 'active' | 'defaulted'
  readonly missed: readonly { readonly number: number; readonly due: Day; readonly open: number }[]
  readonly cureBy?: Day
}

const matterOf = (plan: Plan): readonly PlanMatter[] => {
  if (plan.status !== 'active' && plan.status !== 'defaulted') return []
  const missed = plan.schedule
    .filter((instalment) => instalment.missed && instalment.paid < instalment.amount)
    .map(({ number, due, amount, paid }) => ({ number, due, open: amount - paid }))
  if (missed.length === 0 && plan.status === 'active') return []
  return [{ plan: plan.planId, status: plan.status, missed, ...(plan.cureBy ? { cureBy: plan.cureBy } : {}) }]
}

const nextFor = (plan: PlanMatter): string => {
  if (plan.status === 'defaulted') return 'call, offer a new plan'
  return plan.cureBy ? `cure runs until ${plan.cureBy}: remind` : 'call, offer cure (plan)'
}

/** Plans of which instalments were missed. */
export const queues = facetQueues({
  names: ['planMisses'],
  version: 1,
  matters: (state) => [...state.plans.plans.values()].flatMap(matterOf),
  work: (matters, { asOf }) =>
    matters.flatMap((plan) => {
      const missed = plan.missed.filter(({ due }) => due <= asOf)
      const [first] = missed
      if (!first) return []
      return [
        {
          queue: 'planMisses',
          subject: plan.plan,
          amount: missed.reduce((sum, { open }) => sum + open, 0),
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
