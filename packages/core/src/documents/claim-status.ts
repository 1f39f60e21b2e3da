// CLP02, claim status code (X12 code list 1029): how the payer processed the claim, and in which place.
//
//  1  2  3   processed as primary, secondary, tertiary
//  4         denied: the patient is not known, or not this payer's
// 19 20 21   processed as primary, secondary, tertiary, and forwarded to the next payer
// 22         reversal of a decision that was paid or reported before
// 23         not this payer's claim, forwarded to another
// 25         predetermination: pricing alone, no payment

/** Place in the order of benefits in which a payer spoke, from 1. 4, 22, 23 and 25 do not say. */
const places: ReadonlyMap<string, number> = new Map([
  ['1', 1],
  ['19', 1],
  ['2', 2],
  ['20', 2],
  ['3', 3],
  ['21', 3],
])

/** The place in which the payer says that it spoke; undefined where the status names none. */
export const placeOf = (status: string): number | undefined => places.get(status)

/** The payer spoke after another: its adjustments take an earlier payer's into account (rule N). */
export const isLaterPayer = (status: string): boolean => (placeOf(status) ?? 1) > 1

/** A decision is taken back; every figure is the negation of the one it reverses (rule R). */
export const isReversal = ({ status }: { readonly status: string }): boolean => status === '22'

/** What would be paid, had the service been rendered: no ledger event follows. */
export const isPredetermination = ({ status }: { readonly status: string }): boolean => status === '25'

/** The patient is not known to the payer, or not insured there (CLP02 4). */
export const isNotInsured = (status: string): boolean => status === '4'

/** The claim was never this payer's; it went on to another (CLP02 23). */
const isAnothersClaim = (status: string): boolean => status === '23'

/** The status itself is about eligibility, and names the category of the denials that the claim carries. */
export const saysNotEligible = (status: string): boolean => isNotInsured(status) || isAnothersClaim(status)

/** The payer processed the claim and forwarded it to the next (CLP02 19–21). 23 forwards what was never its own. */
export const isCrossedOver = (status: string): boolean => ['19', '20', '21'].includes(status)
