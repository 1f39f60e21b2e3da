import { formatCents } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import { governmentOverpayment } from '@daybook/core/rules'
import { facetQueues } from '../queue.ts'
import { type Deadline, dueByLaw, dueByPolicy, type Matter } from '../work.ts'

export interface CreditMatter extends Matter {
  readonly credit: string
  readonly owner: string
  readonly provisional: boolean
}

const actions: Readonly<Record<string, string>> = {
  patient: 'refund the patient',
  payer: 'return it to the payer, or let it recoup',
  government: 'report and return the overpayment',
}

/** No clock runs while a credit is provisional, nor for a payer's credit that only a contract dates. */
const deadlineOf = ({ provisional, owner, since }: CreditMatter, policy: PracticePolicy): Deadline | undefined => {
  if (provisional) return undefined
  if (owner === 'government') return dueByLaw(since, governmentOverpayment)
  if (owner === 'patient') return dueByPolicy(since, policy.posting.refundDays, 'refund')
  return undefined
}

/** Credits that stand, whoever's they are. */
export const queues = facetQueues({
  names: ['credits'],
  version: 1,
  matters: (state) =>
    [...state.credits.credits.values()].map(
      (credit): CreditMatter => ({
        credit: credit.creditId,
        owner: credit.owner,
        provisional: credit.provisional,
        amount: credit.amount,
        since: credit.identifiedDate,
      }),
    ),
  work: (matters, { policy }) =>
    matters.map((credit) => ({
      queue: 'credits',
      subject: credit.credit,
      amount: credit.amount,
      since: credit.since,
      reasons: [`credit of ${formatCents(credit.amount)}, owner ${credit.owner}, since ${credit.since}`],
      deadline: deadlineOf(credit, policy),
      ...(credit.provisional
        ? {
            nextAction: "wait for the payer's correction",
            blockedBy: ['correction awaited: the credit is provisional'],
          }
        : { nextAction: actions[credit.owner] ?? 'find out whose money it is' }),
    })),
})
