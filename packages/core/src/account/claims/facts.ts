import type { Day } from '../../kernel/day.ts'
import type { VisitId } from '../../kernel/ids.ts'
import { known } from '../../rules/facts.ts'
import { coveragesOfVisit } from '../coverage/facts.ts'
import type { Coverage } from '../coverage/state.ts'
import type { Supply } from '../facts.ts'
import type { AccountState } from '../rooms.ts'
import { correctionPending, correctionPendingAsOf } from './corrections-state.ts'
import { adjudicationsOf, deniedAsOf, submissionsOf } from './state.ts'

/** A claim went to the coverage by a day, or the coverage has decided one. */
const wasBilled = ({ claims }: AccountState, visit: VisitId, { coverageId }: Coverage, on: Day): boolean =>
  [...submissionsOf(claims, visit), ...adjudicationsOf(claims, visit).map(({ event }) => event)].some(
    (paper) => paper.coverageId === coverageId && paper.effectiveDate <= on,
  )

/** Nobody knows whose money a credit is while a correction is awaited: now, or on the day that is asked for. */
const isProvisional = (state: AccountState, visit: VisitId, on: Day): boolean =>
  correctionPending(state, visit) || correctionPendingAsOf(state, visit, on)

export const facts: Supply = {
  'credit.provisional': ({ state, scope, on }) => known(scope.visits.some((visit) => isProvisional(state, visit, on))),
  'insurance.denialOpen': ({ state, scope, on }) =>
    known(scope.visits.some((visit) => deniedAsOf(state.claims, visit, on))),
  'insurance.unbilledCoverage': ({ state, scope, on }) =>
    known(
      scope.visits.some((visit) =>
        coveragesOfVisit(state, visit).some((coverage) => !wasBilled(state, visit, coverage, on)),
      ),
    ),
}
