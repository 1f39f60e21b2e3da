import { type Day, maxDay } from '../../kernel/day.ts'
import { PATIENT } from '../../kernel/effects.ts'
import type { VisitId } from '../../kernel/ids.ts'
import { known } from '../../rules/facts.ts'
import type { Asked, Supply } from '../facts.ts'
import { layersOf, linesOfVisit } from './balances.ts'
import { type LedgerState, receivableOf } from './state.ts'

const owedByPayers = (ledger: LedgerState, visit: VisitId): boolean =>
  linesOfVisit(ledger, visit).some(({ lineId }) =>
    layersOf(ledger, lineId).some((layer) => layer.party !== PATIENT && receivableOf(layer) > 0),
  )

/** The latest day on which money moved on any of the visits. */
const lastActivity = ({ state, scope }: Asked): Day | 'never' => {
  const days = scope.visits.flatMap((visit) => state.ledger.lastActivity.get(visit) ?? [])
  return days.length > 0 ? days.reduce(maxDay) : 'never'
}

export const facts: Supply = {
  'activity.lastOn': (asked) => known(lastActivity(asked)),
  'insurance.pending': ({ state, scope }) => known(scope.visits.some((visit) => owedByPayers(state.ledger, visit))),
}
