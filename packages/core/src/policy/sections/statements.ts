import { z } from 'zod'
import { oneOf } from '../../kernel/classes.ts'
import { basisPoints, days, section } from '../section.ts'

/** What a letter may say will happen; only what the practice intends to do (15 U.S.C. 1692e(5), adopted first-party). */
export const consequence = oneOf(['placement', 'creditReporting', 'legalAction'])

const house = {
  firstStatement: 0, // §3.1: D0
  reminder: 15, // §3.1: D1
  secondStatement: 30, // §3.1: D2
  firstLetter: 60, // §3.1: D3
  call: 75, // §3.1: D4
  secondLetter: 90, // §3.1: D5
  finalNotice: 105, // §3.1: D6
  placementReview: 135, // §3.1: D7
  cycleDays: 28, // §3.1
  noticeDays: 14, // §3.1: at least so many days of notice after a pause
  dueDays: 21, // house
  pausingShare: 2_500, // §3.1: a payment of a quarter of the balance
  paymentPauseDays: 28, // house: one cycle
  insurancePauseDays: 30, // house: about when a payer is first asked (§10.10)
  paperless: 'withConsent' as const, // issue 9: paper unless paperless was consented to
  mentions: ['placement' as const], // house: what the practice does after the final notice
}

/** The ladder of statements and letters (reference §3.1): days are those that nothing has held since it became the patient's. */
export const statements = section({
  shape: {
    firstStatement: days(),
    reminder: days(),
    secondStatement: days(),
    firstLetter: days(),
    /** A call is due, for a person to make. */
    call: days(),
    secondLetter: days(),
    finalNotice: days(),
    placementReview: days(),
    /** Days between two statements of one guarantor. */
    cycleDays: days(),
    /** Days that pass after a pause before anything is sent again. */
    noticeDays: days(),
    /** Days after a statement in which what it asks for is due. */
    dueDays: days(),
    /** The share of the balance which a payment must reach to pause the ladder; an instalment of a plan does too. */
    pausingShare: basisPoints(),
    /** Days for which such a payment, or a kept promise, pauses it. */
    paymentPauseDays: days(),
    /** Days for which insurance that was found pauses it. */
    insurancePauseDays: days(),
    /** On the portal or by e-mail where the person consented to it, or on paper always. */
    paperless: oneOf(['withConsent', 'never']),
    /** What the final notice says comes next; the rules of the guarantor's state are asked for each (ST-03). */
    mentions: z.array(consequence),
  },
  presets: { physicianPracticeMN: house },
  // No facet sent statements before.
  before: house,
  refusals: (figures) => {
    const steps = [
      figures.firstStatement,
      figures.reminder,
      figures.secondStatement,
      figures.firstLetter,
      figures.call,
      figures.secondLetter,
      figures.finalNotice,
      figures.placementReview,
    ]
    const ascends = steps.every((step, at) => at === 0 || step > (steps[at - 1] ?? 0))
    return [
      ...(ascends
        ? []
        : [{ rule: 'ladder', figure: 'firstStatement', reason: 'each step comes after the one before' }]),
      ...(figures.placementReview - figures.finalNotice >= 30
        ? []
        : [
            {
              rule: 'ladder',
              figure: 'finalNotice',
              reason: 'the final notice goes out at least 30 days before the review (reference §3.1)',
            },
          ]),
    ]
  },
})
