import type { Finding } from '@daybook/core/account'
import { clearText, type Day, maxDay } from '@daybook/core/kernel'
import { type HealthItem, healthOf } from '../health.ts'
import type { SummaryPart } from '../part.ts'

/** A discrepancy that a review found and nobody has resolved. Amount in cents. */
export interface FindingSummary {
  readonly finding: string
  readonly kind: Finding['kind']
  readonly amount?: number
  readonly visit?: string
  readonly line?: string
  readonly foundOn: Day
  /** `(protected)` where it is encrypted. */
  readonly says: string
}

/** That the account was reviewed, when last, and what is left of what was found. */
export interface ReviewSummary {
  readonly reviewedOn: Day
  readonly findings: readonly FindingSummary[]
}

const findingOf = ({ findingId, kind, amount, visitId, lineId, foundOn, says }: Finding): FindingSummary => ({
  finding: findingId,
  kind,
  ...(amount === undefined ? {} : { amount }),
  ...(visitId === undefined ? {} : { visit: visitId }),
  ...(lineId === undefined ? {} : { line: lineId }),
  foundOn,
  says: clearText(says),
})

/** What a reviewer should look at, and what reviews have found. */
export const summary = {
  sections: {
    health: (page): readonly HealthItem[] | undefined => {
      const items = healthOf(page)
      return items.length === 0 ? undefined : items
    },
    reviews: ({ state: { reviews } }): ReviewSummary | undefined => {
      const [first, ...days] = reviews.reviews.values()
      if (first === undefined) return undefined
      return { reviewedOn: days.reduce(maxDay, first), findings: reviews.findings.where('open').map(findingOf) }
    },
  },
} satisfies SummaryPart
