import type { Day } from '../../kernel/day.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import { type Questions, type ReadonlyTable, Table } from '../../kernel/table.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type { ClaimSubmitted } from '../claims/submission-events.ts'
import type {
  AccountReviewed,
  DiscrepancyFound,
  DiscrepancyResolved,
  FindingId,
  ReviewId,
  ValidationFailed,
} from './events.ts'

/** How one ended, and when. `replaced`: a replacement or a void of the claim went to its payer. */
interface Ended {
  readonly resolved?: { readonly on: Day; readonly how: DiscrepancyResolved['how'] | 'replaced' }
}

/** One discrepancy that a review found, and how it ended. Amount in cents. */
export interface Finding extends Ended {
  readonly findingId: FindingId
  readonly reviewId: ReviewId
  readonly kind: DiscrepancyFound['kind']
  readonly amount?: number
  readonly visitId?: VisitId
  readonly lineId?: LineId
  readonly says: DiscrepancyFound['says']
  readonly foundOn: Day
}

/** What the data of a claim has wrong, and how that ended. */
export interface FailedClaim extends Ended {
  readonly event: ValidationFailed
  readonly foundOn: Day
}

const ofFindings = {
  where: { open: ({ resolved }: Finding) => resolved === undefined },
} satisfies Questions<Finding>

const ofFailed = {
  where: { open: ({ resolved }: FailedClaim) => resolved === undefined },
  by: { visit: ({ event }: FailedClaim) => event.visitId },
} satisfies Questions<FailedClaim>

export interface ReviewState {
  /** The day of each review: what it says stays in the log. */
  readonly reviews: ReadonlyVersionedMap<ReviewId, Day>
  readonly findings: ReadonlyTable<FindingId, Finding, typeof ofFindings>
  readonly failed: ReadonlyTable<FindingId, FailedClaim, typeof ofFailed>
}
export interface ReviewBuilder {
  reviews: VersionedMap<ReviewId, Day>
  findings: Table<FindingId, Finding, typeof ofFindings>
  failed: Table<FindingId, FailedClaim, typeof ofFailed>
}

export const initial = (): ReviewBuilder => ({
  reviews: new VersionedMap(),
  findings: new Table(ofFindings),
  failed: new Table(ofFailed),
})
export const builderOf = (state: ReviewState): ReviewBuilder => ({
  reviews: state.reviews.next(),
  findings: state.findings.next(),
  failed: state.failed.next(),
})

export const evolve = {
  AccountReviewed: (slice: ReviewBuilder, { reviewId, effectiveDate }: AccountReviewed) => {
    slice.reviews.set(reviewId, effectiveDate)
  },
  DiscrepancyFound: (slice: ReviewBuilder, event: DiscrepancyFound) => {
    const { findingId, reviewId, kind, amount, visitId, lineId, says, effectiveDate: foundOn } = event
    slice.findings.set(findingId, {
      ...{ findingId, reviewId, kind, says, foundOn },
      ...(amount === undefined ? {} : { amount }),
      ...(visitId === undefined ? {} : { visitId }),
      ...(lineId === undefined ? {} : { lineId }),
    })
  },
  DiscrepancyResolved: (slice: ReviewBuilder, { findingId, how, effectiveDate: on }: DiscrepancyResolved) => {
    const finding = slice.findings.get(findingId)
    if (finding) slice.findings.set(findingId, { ...finding, resolved: { on, how } })
    const failed = slice.failed.get(findingId)
    if (failed) slice.failed.set(findingId, { ...failed, resolved: { on, how } })
  },
  ValidationFailed: (slice: ReviewBuilder, event: ValidationFailed) => {
    slice.failed.set(event.findingId, { event, foundOn: event.effectiveDate })
  },
  /** A replacement or a void to the payer answers its claims before it; what is wrong with the new one follows it. */
  ClaimSubmitted: (slice: ReviewBuilder, { visitId, coverageId, frequency, effectiveDate: on }: ClaimSubmitted) => {
    if (frequency !== '7' && frequency !== '8') return
    for (const failed of slice.failed.by('visit', visitId)) {
      if (failed.resolved || failed.event.coverageId !== coverageId) continue
      slice.failed.set(failed.event.findingId, { ...failed, resolved: { on, how: 'replaced' } })
    }
  },
}
