// Return codes of the ACH network (Nacha Operating Rules, Appendix Four), those that a debit of a consumer's account meets.
// From knowledge: the list is the network's, the words are ours.

export interface ReturnCode {
  readonly words: string
  /** The entry may be presented again, within the network's limits. */
  readonly again: boolean
  /** The authorisation or the account is gone: nothing is drawn by it any more. */
  readonly ends: boolean
}

const once = (words: string): ReturnCode => ({ words, again: false, ends: false })
const gone = (words: string): ReturnCode => ({ words, again: false, ends: true })

/** By code. A code that is not named is not presented again and ends nothing. */
export const returnCodes: Readonly<Record<string, ReturnCode>> = {
  R01: { words: 'not sufficient funds', again: true, ends: false },
  R02: gone('account closed'),
  R03: gone('no such account'),
  R04: gone('not an account number'),
  R05: gone('not authorised by the consumer: a corporate entry'),
  R06: once('returned at the request of our bank'),
  R07: gone('authorisation revoked by the customer'),
  R08: once('payment stopped'),
  R09: { words: 'uncollected funds', again: true, ends: false },
  R10: gone('the customer says that it is unauthorised'),
  R11: once('the customer says that it is not as authorised'),
  R16: gone('account frozen'),
  R20: gone('no account for transactions'),
  R29: gone('not authorised by the corporate customer'),
  // A card's issuer answers otherwise; these are the house's words for it.
  insufficientFunds: { words: 'the card has not enough', again: true, ends: false },
  cardExpired: gone('the card has expired'),
  cardClosed: gone('the card was closed, lost or stolen'),
  consentRevoked: gone('the cardholder has taken the consent back'),
  declined: once('declined by the issuer'),
}

/** What is known of a code. */
export const returnOf = (code: string): ReturnCode => returnCodes[code] ?? once(`returned by ${code}`)
