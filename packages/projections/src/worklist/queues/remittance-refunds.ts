import { overpaymentRuleReaches } from '@daybook/core/account'
import { type Day, formatCents, isPosting } from '@daybook/core/kernel'
import type { RemittanceEvent } from '@daybook/core/remittance'
import { governmentOverpayment } from '@daybook/core/rules'
import { remittanceQueues } from '../queue.ts'
import { dueByLaw, dueByPolicy } from '../work.ts'

/** Money of a payer that no claim explains and that goes back to it: what is left to send, and since when. */
export interface ToRefund {
  /** Cents. */
  readonly amount: number
  /** The first day from which some of it is there. Absent: nothing has been yet. */
  readonly since?: Day
  /** The payer answers for Medicare or Medicaid: the law dates what it is owed. */
  readonly government: boolean
}

const initial: ToRefund = { amount: 0, government: false }

/** What an event put to refunds payable, or took from there. */
const put = (matters: ToRefund, event: RemittanceEvent): ToRefund => {
  const change = isPosting(event)
    ? -event.contra.reduce((sum, { account, amount }) => (account === 'refundsPayable' ? sum + amount : sum), 0)
    : 0
  if (change === 0) return matters
  const amount = matters.amount + change
  const { government } = matters
  if (amount === 0) return { amount, government }
  return { amount, government, since: matters.since ?? event.effectiveDate }
}

/** Money of payers that is to be sent back (postings.md row 19). */
export const refundsPayable = remittanceQueues({
  names: ['refundsPayable'],
  version: 1,
  initial,
  after: {
    PayerRefunded: put,
    PayerRefundVoided: put,
    RemittanceClaimRejected: put,
    RemittanceClaimsRecorded: (matters, { claims }) => ({
      ...matters,
      government: matters.government || claims.some(({ filingIndicator }) => overpaymentRuleReaches(filingIndicator)),
    }),
    RemittanceOpened: put,
  },
  work: ({ amount, since, government }, { remittance, payer, trace, policy }) =>
    since === undefined
      ? []
      : [
          {
            queue: 'refundsPayable',
            subject: remittance,
            amount,
            since,
            reasons: [`${formatCents(amount)} of ${payer}, trace ${trace}, is no claim's and goes back to it`],
            nextAction: 'send it back to the payer, then record it (RefundPayer)',
            deadline: government
              ? dueByLaw(since, governmentOverpayment)
              : dueByPolicy(since, policy.posting.refundDays, 'refund'),
          },
        ],
})
