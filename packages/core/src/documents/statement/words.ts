import type { ActivityKind, ApartReason } from './content.ts'

// The words of version 1 of the template: a changed word is a version of its own beside these.

/** A change of the balance. */
export const activityWords: Readonly<Record<ActivityKind, string>> = {
  charge: 'Charge',
  broughtForward: 'Balance brought forward',
  yourShare: 'Your share after insurance',
  takenBackByInsurance: 'Your share, changed by insurance',
  insurance: 'Insurance payment',
  adjustment: 'Adjustment',
  adjustmentUndone: 'Adjustment taken back',
  payment: 'Your payment, thank you',
  paymentReturned: 'Payment returned',
  refund: 'Refund to you',
  placed: 'Given to a collection agency',
  recalled: 'Taken back from a collection agency',
  other: 'Other change',
}

/** Why an amount is owed, and not asked for now. */
export const apartWords: Readonly<Record<ApartReason, string>> = {
  disputed: 'In dispute: not asked for until we have answered you',
  onPlan: 'On your payment plan, not due yet',
  promised: 'Promised by you, not due yet',
  insurance: 'Waiting for insurance',
  paused: 'Not asked for now',
  onAccount: 'Money on account that is kept for other services',
}

/** What the document is at each step of the ladder. */
export const titles: readonly string[] = [
  'Statement of your account',
  'Statement of your account',
  'Statement of your account: second notice',
  'Your account is past due',
  'Your account is past due: second letter',
  'Final notice',
]

/** How it begins, at each step. */
export const openings: readonly string[] = [
  '',
  '',
  'Our records show that the amount below is still open. If you have paid within the last days, thank you: please disregard this notice.',
  'The amount below is past due. If you can not pay it at once, ask us about a payment plan or about financial assistance.',
  'We have written to you before, and the amount below is still open. Please pay it, or call us: we can agree on a payment plan, and we help you to apply for financial assistance.',
  'This is our final notice about the amount below. Please pay it, or call us, by the day that is named here.',
]

/** What a letter says will happen. */
export const consequences: Readonly<Record<string, string>> = {
  placement: 'If we do not hear from you within 30 days, the account may be given to a collection agency.',
  creditReporting: 'If we do not hear from you within 30 days, the debt may be reported to a credit bureau.',
  legalAction: 'If we do not hear from you within 30 days, we may go to court for it.',
}
