import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { sum, type Tell, type Words } from '../tell.ts'

const tenders: Record<Of<AccountEvent, 'PatientPaymentPosted'>['tender'], string> = {
  cash: 'cash',
  check: 'check',
  card: 'card',
  ach: 'bank transfer',
  moneyOrder: 'money order',
  other: 'other tender',
}
const sources: Record<Of<AccountEvent, 'PatientPaymentPosted'>['source'], string> = {
  guarantor: 'the guarantor',
  other: 'somebody else',
  trustee: 'the trustee',
  estate: 'the estate',
  agency: 'the agency',
}
/** Kinds of payment reversal as the desk says them. */
export const reversalWords: Record<Of<AccountEvent, 'PaymentReversed'>['kind'], string> = {
  nsf: 'returned for lack of funds',
  chargeback: 'charged back',
  stopPayment: 'payment stopped',
  misposted: 'posted by mistake',
  duplicate: 'posted twice',
}

const received = (event: Of<AccountEvent, 'PatientPaymentPosted' | 'PaymentCapturePending'>, tell: Tell): string => {
  const reference = event.externalRef ? ` ${event.externalRef}` : ''
  return `${tell.money(event.amount)} from ${sources[event.source]}, ${tenders[event.tender]}${reference}, received ${event.receivedDate}`
}

export const paymentWords = {
  PatientPaymentPosted: (event, tell) => {
    const rest = event.amount - sum(event.allocations)
    const to = event.allocations.length > 0 ? `: applied to ${tell.lines(event.allocations)}` : ''
    return `Received ${received(event, tell)}${to}${rest > 0 ? `; ${tell.money(rest)} unapplied` : ''}`
  },
  PaymentCapturePending: (event, tell) => `Waiting to settle: ${received(event, tell)}`,
  PaymentCaptureSettled: (event) => `Payment ${event.paymentId} settled`,
  PaymentCaptureFailed: (event) => `Payment ${event.paymentId} did not settle: nothing was posted`,
  UnappliedApplied: (event, tell) =>
    `Applied ${tell.money(sum(event.allocations))} of unapplied money to ${tell.lines(event.allocations)}`,
  PaymentDeallocated: (event, tell) =>
    `Took ${tell.money(sum(event.allocations))} off ${tell.lines(event.allocations)}: unapplied again`,
  PaymentReversed: (event, tell) => {
    const back = event.released.length > 0 ? `; owed again: ${tell.lines(event.released)}` : ''
    const correction = event.mode === 'correction' ? ' (correction: it counts from the day of the payment)' : ''
    return `Payment of ${tell.money(event.amount)} ${reversalWords[event.kind]}${back}${correction}`
  },
} satisfies Partial<Words<AccountEvent>>
