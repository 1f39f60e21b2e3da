import { type AccountState, type CreditBalanceIdentified, coverageType } from '@daybook/core/account'
import { formatCents, PATIENT } from '@daybook/core/kernel'
import type { PracticePolicy } from '@daybook/core/policy'
import { governmentOverpayment } from '@daybook/core/rules'
import { facetQueues } from '../queue.ts'
import { type Deadline, dueByLaw, dueByPolicy, type Matter } from '../work.ts'

export interface CreditMatter extends Matter {
  readonly credit: string
  readonly owner: string
  /** CLP06 / SBR09 of the coverage whose money it is: which law's deadline applies. */
  readonly filingIndicator?: string
  readonly provisional: boolean
}

const actions: Readonly<Record<string, string>> = {
  patient: 'refund the patient',
  payer: 'return it to the payer, or let it recoup',
  government: 'report and return the overpayment',
}

/** The payer whose money a credit is. */
const filingOf = (state: AccountState, { sources }: CreditBalanceIdentified): string | undefined => {
  const coverages = sources.flatMap((source) =>
    'party' in source && source.party !== PATIENT ? [source.party.coverageId] : [],
  )
  return coverages.map((id) => state.coverage.coverages.get(id)?.filingIndicator).find((indicator) => indicator)
}

/** No clock runs while a credit is provisional, nor for a payer's credit that only a contract dates. */
const deadlineOf = (credit: CreditMatter, policy: PracticePolicy): Deadline | undefined => {
  const { provisional, owner, since, filingIndicator } = credit
  if (provisional) return undefined
  const reached = ['medicare', 'medicaid'].includes(coverageType(filingIndicator))
  if (owner === 'government' && reached) return dueByLaw(since, governmentOverpayment)
  if (owner === 'patient') return dueByPolicy(since, policy.posting.refundDays, 'refund')
  return undefined
}

/** Credits that stand, whoever's they are. */
export const queues = facetQueues({
  names: ['credits'],
  version: 2,
  matters: (state) =>
    [...state.credits.credits.values()].map((credit): CreditMatter => {
      const filing = filingOf(state, credit)
      return {
        credit: credit.creditId,
        owner: credit.owner,
        ...(filing ? { filingIndicator: filing } : {}),
        provisional: credit.provisional,
        amount: credit.amount,
        since: credit.identifiedDate,
      }
    }),
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
