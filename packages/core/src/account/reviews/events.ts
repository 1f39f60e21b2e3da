import { z } from 'zod'
import { cents, positiveCents } from '../../kernel/cents.ts'
import { code, count, freeText, oneOf, text, why } from '../../kernel/classes.ts'
import { event } from '../../kernel/event.ts'
import { id } from '../../kernel/id.ts'
import { coverageId, lineId, visitId } from '../../kernel/ids.ts'

// Reviews of an account for accuracy (duty F05) with the discrepancies that they found, and what the data of its claims
// has wrong (duty F44). The wire contract.

/** One review of an account by a person. */
export const reviewId = id('ReviewId')
export type ReviewId = z.infer<typeof reviewId>
/** One discrepancy: found by a review, or in the data of a claim. */
export const findingId = id('FindingId')
export type FindingId = z.infer<typeof findingId>

/**
 * What a discrepancy is of. `unposted`: something that came and is not in the books. `unmatched`: money, or an advice,
 * that has not found its item. `negative`: an item or a credit below zero. `missingDiagnosis`: a charge to a payer that
 * points at no diagnosis. `qmb`: patient responsibility of a Qualified Medicare Beneficiary (AR-05, 42 U.S.C. 1396a(n)(3)(B)).
 */
export const discrepancyKinds = ['unposted', 'unmatched', 'negative', 'missingDiagnosis', 'qmb', 'other'] as const
export type DiscrepancyKind = (typeof discrepancyKinds)[number]

/** How a discrepancy ended. `noError`: what was found is right as it is. `handedOn`: somebody else works it, elsewhere. */
export const resolutions = ['corrected', 'noError', 'handedOn'] as const

/** A person has looked the account through; also where nothing was found. `found`: how many discrepancies follow. */
export const accountReviewed = event('AccountReviewed', { reviewId, found: count(), says: freeText(2_000).optional() })
export interface AccountReviewed extends z.infer<typeof accountReviewed.schema> {}

/** And found something that does not fit: of the whole account, a visit, or a line of it. */
export const discrepancyFound = event('DiscrepancyFound', {
  reviewId,
  findingId,
  kind: oneOf(discrepancyKinds),
  amount: positiveCents.optional(),
  visitId: visitId.optional(),
  lineId: lineId.optional(),
  says: freeText(2_000),
})
export interface DiscrepancyFound extends z.infer<typeof discrepancyFound.schema> {}

/** A discrepancy is there no more. */
export const discrepancyResolved = event('DiscrepancyResolved', {
  findingId,
  how: oneOf(resolutions),
  reason: why(),
})
export interface DiscrepancyResolved extends z.infer<typeof discrepancyResolved.schema> {}

/**
 * What is wrong with an element of a claim. `codeSet`: diagnoses in a code set that is not due on the day (45 CFR
 * 162.1002(c)). `birth`: the patient was born after the service. `total`: the claim is not the sum of its lines.
 * `element`: it can not be read, or is not what the guide has there.
 */
export const problemCodes = ['codeSet', 'birth', 'total', 'element'] as const

/** The data of a claim that was posted has something wrong (duty F44): one a claim, in its unit, none for a clean one. */
export const validationFailed = event('ValidationFailed', {
  findingId,
  visitId,
  coverageId,
  /** CLM01 and CLM02 of the claim. */
  patientControlNumber: code(50),
  charge: cents,
  problems: z
    .array(
      z.strictObject({
        code: oneOf(problemCodes),
        /** X12: segment and place (`DMG02`), or the segment alone (`HI`). */
        element: code(10),
        words: text(400),
      }),
    )
    .min(1),
})
export interface ValidationFailed extends z.infer<typeof validationFailed.schema> {}

export const reviewEvents = [accountReviewed, discrepancyFound, discrepancyResolved, validationFailed] as const
export type ReviewEvent = AccountReviewed | DiscrepancyFound | DiscrepancyResolved | ValidationFailed

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const reviewBrings = {
  AccountReviewed: 'review',
  DiscrepancyFound: 'finding',
  ValidationFailed: 'finding',
} as const
