import type { DepositEvent, DepositPart } from '@daybook/core/deposit'
import { clearText, formatCents, type Of } from '@daybook/core/kernel'
import { because, listed } from '../tell.ts'

/** A sentence for everything that is recorded of a line of the bank's statement: all of it, or it does not compile. */
type DepositWords = { readonly [K in DepositEvent['type']]: (event: Of<DepositEvent, K>) => string }

const partWords = (part: DepositPart): string => {
  switch (part.kind) {
    case 'batch':
      return `batch ${part.batch}`
    case 'payment':
      return `payment ${part.paymentId} of account ${part.accountId}`
    case 'reversal':
      return `payment ${part.paymentId} of account ${part.accountId}, taken back`
    case 'refund':
      return `refund ${part.refundId} of account ${part.accountId}`
    case 'withhold':
      return `withhold ${part.withholdId} of account ${part.accountId}`
    case 'remittance':
      return `the payment of remittance ${part.remittanceId}`
    case 'payerWithhold':
      return `withhold ${part.settlement} of remittance ${part.remittanceId}`
    case 'payerRefund':
      return `refund ${part.refund} of remittance ${part.remittanceId}`
  }
}

export const depositWords: DepositWords = {
  DepositRecorded: ({ reference, amount, effectiveDate, parts }) =>
    `The bank's statement has ${reference} of ${effectiveDate}: ${formatCents(amount)}; in it ` +
    `${parts.length === 0 ? 'nothing is named' : listed(parts.map(partWords))}`,
  DepositWithdrawn: () => 'Withdrawn: the line was recorded wrongly',
  DepositExplained: ({ difference, reason }) =>
    `Explained ${formatCents(difference)} of the difference, bank less books${because(clearText(reason))}`,
}
