import type { z } from 'zod'
import { positiveCents } from '../../kernel/cents.ts'
import { count, freeText, oneOf, why } from '../../kernel/classes.ts'
import { event } from '../../kernel/event.ts'
import { id } from '../../kernel/id.ts'
import { lineId, visitId } from '../../kernel/ids.ts'

// Reviews of an account for accuracy (duty F05), and the discrepancies that they found. The wire contract.

/** One review of an account by a person. */
export const reviewId = id('ReviewId')
export type ReviewId = z.infer<typeof reviewId>
/** One discrepancy that a review found. */
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

export const reviewEvents = [accountReviewed, discrepancyFound, discrepancyResolved] as const
export type ReviewEvent = AccountReviewed | DiscrepancyFound | DiscrepancyResolved

/** What they bring into the book, by the name that commands give it: its id stands in `<name>Id`. */
export const reviewBrings = {
  AccountReviewed: 'review',
  DiscrepancyFound: 'finding',
} as const
