/**
 * What a part of a control account's balance is of: what somebody would look up to see why it stands there. Flows, such as
 * `revenue`, are of the kind of event that posted them; receivables of who owes them.
 */
export type Matter =
  /** Money of a remittance: in clearing, or where a person put it. */
  | { readonly kind: 'remittance'; readonly remittance: string }
  /** Money of a patient's payment that no item has taken. */
  | { readonly kind: 'payment'; readonly account: string; readonly payment: string }
  /** A refund: written and not cashed, owed again, or shown by a payer. */
  | { readonly kind: 'refund'; readonly account: string; readonly refund: string }
  /** What a payer takes back or gives under one reference of its provider adjustments (PLB03-2). */
  | { readonly kind: 'reference'; readonly payer: string; readonly reference: string }
  | { readonly kind: 'payer'; readonly payer: string }
  | { readonly kind: 'party'; readonly party: 'insurance' | 'patient' }
  | { readonly kind: 'event'; readonly event: string }

/** A matter as a map key. */
export const matterKey = (matter: Matter): string => {
  switch (matter.kind) {
    case 'remittance':
      return `remittance ${matter.remittance}`
    case 'payment':
      return `payment ${matter.account} ${matter.payment}`
    case 'refund':
      return `refund ${matter.account} ${matter.refund}`
    case 'reference':
      return `reference ${matter.payer} ${matter.reference}`
    case 'payer':
      return `payer ${matter.payer}`
    case 'party':
      return `party ${matter.party}`
    case 'event':
      return `event ${matter.event}`
  }
}

/** An amount on an account of the books, with what it is of. Cents, debit-positive. */
export interface Entry {
  /** `receivable:active`, or a control account; clearing is one account of all remittances here. */
  readonly account: string
  readonly amount: number
  readonly matter: Matter
}
