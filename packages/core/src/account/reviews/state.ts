import type { Day } from '../../kernel/day.ts'
import type { LineId, VisitId } from '../../kernel/ids.ts'
import { type Questions, type ReadonlyTable, Table } from '../../kernel/table.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type { AccountReviewed, DiscrepancyFound, DiscrepancyResolved, FindingId, ReviewId } from './events.ts'

/** One discrepancy, and how it ended. Amount in cents. */
export interface Finding {
  readonly findingId: FindingId
  readonly reviewId: ReviewId
  readonly kind: DiscrepancyFound['kind']
  readonly amount?: number
  readonly visitId?: VisitId
  readonly lineId?: LineId
  readonly says: DiscrepancyFound['says']
  readonly foundOn: Day
  readonly resolved?: { readonly on: Day; readonly how: DiscrepancyResolved['how'] }
}

const ofFindings = {
  where: { open: ({ resolved }: Finding) => resolved === undefined },
} satisfies Questions<Finding>

export interface ReviewState {
  /** The day of each review: what it says stays in the log. */
  readonly reviews: ReadonlyVersionedMap<ReviewId, Day>
  readonly findings: ReadonlyTable<FindingId, Finding, typeof ofFindings>
}
export interface ReviewBuilder {
  reviews: VersionedMap<ReviewId, Day>
  findings: Table<FindingId, Finding, typeof ofFindings>
}

export const initial = (): ReviewBuilder => ({ reviews: new VersionedMap(), findings: new Table(ofFindings) })
export const builderOf = (state: ReviewState): ReviewBuilder => ({
  reviews: state.reviews.next(),
  findings: state.findings.next(),
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
  },
}
