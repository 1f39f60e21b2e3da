import { oneOf } from '../../kernel/classes.ts'
import { days, section } from '../section.ts'

/** How money and charges enter the books. */
export const posting = section({
  shape: {
    /** Facts may be dated this many days ahead; they count from their day on. */
    futureDays: days(),
    /** An insurance layer ages from the date of service or from the first claim. */
    insuranceAgingFrom: oneOf(['dateOfService', 'firstClaim']),
    /** A patient layer ages from the day we recorded it (never past due before anybody was told) or from BPR16. */
    patientAgingFrom: oneOf(['recorded', 'paymentDate']),
    /** Bundled denials and payment-only penalties, expected 0: write them off with the unit, or leave a work item. */
    expectedZero: oneOf(['writeOff', 'workItem']),
    /** A QMB's cost share with no payer after this one: write it off (category qmb), or leave it held. */
    qmbWithoutNextPayer: oneOf(['writeOff', 'hold']),
    /** Card and ACH money counts when captured, or when settled. */
    electronicTender: oneOf(['onCapture', 'onSettlement']),
    /** Days until unapplied money should have found its place, and a balance that a payer carries forward a payment. */
    unappliedDays: days(),
    /** Days to refund a patient's credit where no law is shorter, and then for a refund that is issued to be cashed. */
    refundDays: days(),
    /** Days in which a crossed-over claim is not billed again. */
    crossoverDays: days(),
  },
  presets: {
    physicianPracticeMN: {
      futureDays: 30, // house: two-clocks says "≤ policy days"
      insuranceAgingFrom: 'dateOfService', // two-clocks, §2.1
      patientAgingFrom: 'recorded', // two-clocks: nobody is past due on a debt nobody told them of
      expectedZero: 'workItem', // house, of the two that postings clarification 11 offers: nothing leaves A/R unseen
      qmbWithoutNextPayer: 'hold', // house, of the two that postings.md offers: a person looks first
      electronicTender: 'onCapture', // two-clocks: card: captured
      unappliedDays: 30, // §1.8(6)
      refundDays: 30, // §1.10; Minn. Stat. 62J.808 gives the same after a review
      crossoverDays: 30, // postings.md, CLP02 19–21
    },
  },
  before: 'none',
})
