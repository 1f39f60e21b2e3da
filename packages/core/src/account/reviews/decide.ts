import type { Day } from '../../kernel/day.ts'
import { accept, type Decide, precondition, type RuleHit, reject, rejectIfAny } from '../../kernel/decision.ts'
import type { Context } from '../context.ts'
import { datingHits } from '../preconditions.ts'
import type { AccountEvent, AccountState } from '../rooms.ts'
import type { Discrepancy, ReviewCommand } from './commands.ts'
import type { FindingId, ReviewId } from './events.ts'

const reportHits = (state: AccountState, on: Day, context: Context): readonly RuleHit[] => [
  ...datingHits(state, on, context),
  ...(on > context.today ? [precondition('reviews.ahead', `${on} has not come yet`)] : []),
]

/** What makes a discrepancy one of nothing on this account, or of two things at once. */
const placeHits = (state: AccountState, { visit, line: id }: Discrepancy): readonly RuleHit[] => {
  const line = id === undefined ? undefined : state.ledger.lines.get(id)
  return [
    ...(visit === undefined || state.registration.visits.has(visit)
      ? []
      : [precondition('reviews.visitUnknown', `there is no visit ${visit} on this account`)]),
    ...(id === undefined || line
      ? []
      : [precondition('reviews.lineUnknown', `there is no line ${id} on this account`)]),
    ...(line && visit !== undefined && line.visitId !== visit
      ? [precondition('reviews.otherVisit', `line ${id} is of visit ${line.visitId}, not of ${visit}`)]
      : []),
  ]
}

/** An id is used once, in the command too. */
const usedHits = (state: AccountState, findings: readonly Discrepancy[]): readonly RuleHit[] => {
  const named = findings.flatMap(({ finding }) => finding ?? [])
  const used = named.filter(
    (id, at) => state.reviews.findings.has(id) || state.reviews.failed.has(id) || named.indexOf(id) < at,
  )
  return [...new Set(used)].map((id) => precondition('reviews.findingKnown', `finding ${id} was used before`))
}

export const decide: Decide<AccountState, ReviewCommand, AccountEvent, Context> = {
  ReviewAccount: (state, { on, review, findings, says }, context) => {
    const twice =
      review !== undefined && state.reviews.reviews.has(review)
        ? [precondition('reviews.known', `review ${review} is on file: what is found later is another review`)]
        : []
    const refused = rejectIfAny([
      ...reportHits(state, on, context),
      ...twice,
      ...usedHits(state, findings),
      ...findings.flatMap((one) => placeHits(state, one)),
    ])
    if (refused) return refused
    const reviewId = review ?? (context.newId('review') as ReviewId)
    return accept<AccountEvent>([
      { type: 'AccountReviewed', effectiveDate: on, reviewId, found: findings.length, says },
      ...findings.map(
        ({ finding, kind, amount, visit, line, says: found }): AccountEvent => ({
          type: 'DiscrepancyFound',
          effectiveDate: on,
          reviewId,
          findingId: finding ?? (context.newId('finding') as FindingId),
          kind,
          amount,
          visitId: visit ?? (line === undefined ? undefined : state.ledger.lines.get(line)?.visitId),
          lineId: line,
          says: found,
        }),
      ),
    ])
  },
  ResolveFinding: (state, { on, finding: findingId, how, reason }, context) => {
    const hits = reportHits(state, on, context)
    const finding = state.reviews.findings.get(findingId) ?? state.reviews.failed.get(findingId)
    if (!finding) {
      return reject([precondition('reviews.unknown', `there is no finding ${findingId} on this account`), ...hits])
    }
    const { foundOn, resolved } = finding
    return (
      rejectIfAny([
        ...hits,
        ...(resolved ? [precondition('reviews.resolved', `it was resolved on ${resolved.on} (${resolved.how})`)] : []),
        ...(on < foundOn ? [precondition('reviews.beforeFound', `it was found on ${foundOn}, not before`)] : []),
      ]) ?? accept<AccountEvent>([{ type: 'DiscrepancyResolved', effectiveDate: on, findingId, how, reason }])
    )
  },
}
