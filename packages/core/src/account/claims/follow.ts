import { maxDay } from '../../kernel/day.ts'
import type { Follow } from '../follow.ts'
import type { AccountEvent } from '../rooms.ts'
import { followStatedPayment } from './stated-payment.ts'

/** The work that a crossover to an unknown carrier raises. */
export const COMPLETE_COVERAGE = 'completeCrossoverCoverage'

/** A coverage that is complete now, by a claim or by a person, needs nobody any more to complete it. */
const followCompleted: Follow = (before, _after, events) => {
  const completed = events.flatMap((event) => (event.type === 'CoverageAdded' && !event.stub ? [event] : []))
  if (completed.length === 0) return []
  return [...before.claims.workItems.values()].flatMap((item): AccountEvent[] => {
    const by = completed.find(({ coverageId }) => coverageId === item.coverageId)
    if (item.code !== COMPLETE_COVERAGE || !by) return []
    return [
      {
        type: 'ClaimWorkItemResolved',
        effectiveDate: maxDay(by.effectiveDate, item.effectiveDate),
        visitId: item.visitId,
        workItemId: item.workItemId,
        reason: `the coverage is known now: ${by.payerName}`,
      },
    ]
  })
}

export const follow: Follow = (...unit) => [...followCompleted(...unit), ...followStatedPayment(...unit)]
