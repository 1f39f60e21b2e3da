import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { because, type Words } from '../tell.ts'

const owners: Record<Of<AccountEvent, 'CreditBalanceIdentified'>['owner'], string> = {
  patient: 'the patient',
  payer: 'a payer',
  government: 'a government program',
  unknown: 'somebody not yet known',
}

export const creditWords = {
  CreditBalanceIdentified: (event, tell) =>
    `Credit of ${tell.money(event.amount)} stands, owed to ${owners[event.owner]}` +
    (event.provisional ? '; provisional, a correction is awaited' : ''),
  CreditBalanceResolved: (event) => `Credit ended: ${event.how}`,
  CreditMoved: (event, tell) =>
    `Credit of ${tell.money(event.amount)} on ${tell.line(event.from.lineId)} used for ${tell.line(event.to.lineId)}${because(tell.text(event.reason))}`,
  RefundApproved: (event, tell) =>
    `Refund of ${tell.money(event.amount)} to the ${event.payee} by ${event.method} approved by ${event.approver}`,
  RefundIssued: (event, tell) => `Refund of ${tell.money(event.amount)} issued`,
  RefundCleared: (event) => `Refund ${event.refundId} paid by the bank`,
  RefundVoided: (event, tell) =>
    event.status === 'issued'
      ? `Issued refund ${event.refundId} voided: the credit stands again${because(tell.text(event.reason))}`
      : `Approved refund ${event.refundId} withdrawn${because(tell.text(event.reason))}`,
  RefundOwedAgain: (event, tell) =>
    `${tell.money(event.amount)} that was refunded to the ${event.payee} is owed again: the payment was taken back`,
  RefundDebtCancelled: (event, tell) =>
    `${tell.money(event.amount)} of refund ${event.refundId} is not owed any more: the refund was never cashed`,
} satisfies Partial<Words<AccountEvent>>
