import type { VisitId } from '../../kernel/ids.ts'
import { known } from '../../rules/facts.ts'
import { coveragesOfVisit } from '../coverage/facts.ts'
import type { Coverage } from '../coverage/state.ts'
import type { Supply } from '../facts.ts'
import type { AccountState } from '../rooms.ts'
import { adjudicationsOf, correctionPending, deniedAsOf, submissionsOf } from './state.ts'

/** A claim went to the coverage, or the coverage has decided one. */
const wasBilled = ({ claims }: AccountState, visit: VisitId, coverage: Coverage): boolean =>
  submissionsOf(claims, visit).some((sent) => sent.coverageId === coverage.coverageId) ||
  adjudicationsOf(claims, visit).some(({ event }) => event.coverageId === coverage.coverageId)

export const facts: Supply = {
  'credit.provisional': ({ state, scope }) =>
    known(scope.visits.some((visit) => correctionPending(state.claims, visit))),
  'insurance.denialOpen': ({ state, scope, on }) =>
    known(scope.visits.some((visit) => deniedAsOf(state.claims, visit, on))),
  'insurance.unbilledCoverage': ({ state, scope }) =>
    known(
      scope.visits.some((visit) =>
        coveragesOfVisit(state, visit).some((coverage) => !wasBilled(state, visit, coverage)),
      ),
    ),
}
