import { count, oneOf } from '../../kernel/classes.ts'
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
    /** Days until unapplied money should have found its place. */
    unappliedDays: days(),
    /** Days until a payment should have collected what a payer carries forward. */
    forwardedDays: days(),
    /** Days until a payer should have settled what it withholds. */
    withheldDays: days(),
    /** Days to refund a patient's credit where no law is shorter. */
    refundDays: days(),
    /** Days for a refund that is issued to be cashed: then somebody asks after it, or stops it and sends it again. */
    cashedDays: days(),
    /** Months after which what nobody has claimed is dormant, to be reported as unclaimed property (reference §8.12). */
    unclaimedMonths: count(),
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
      forwardedDays: 30, // house, as unapplied money
      withheldDays: 365, // house: payers settle after their year
      refundDays: 30, // §1.10; Minn. Stat. 62J.808 gives the same after a review
      cashedDays: 30, // house: a check of six months need not be paid (U.C.C. 4-404), so that there is time to send another
      unclaimedMonths: 36, // §8.12, MN
      crossoverDays: 30, // postings.md, CLP02 19–21
    },
  },
  // Version 1 had one figure for a refund and for its check, one for unapplied and for forwarded money, and none for what
  // payers withhold, or nobody claims: a year is the house's, three years what most states give (§8.12).
  upcasts: [
    ({ unappliedDays, refundDays, ...values }) => ({
      ...values,
      unappliedDays,
      forwardedDays: unappliedDays,
      withheldDays: 365,
      refundDays,
      cashedDays: refundDays,
      unclaimedMonths: 36,
    }),
  ],
  before: 'none',
})
