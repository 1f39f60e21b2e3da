import { type Day, maxDay } from '../../kernel/day.ts'
import type { VisitId } from '../../kernel/ids.ts'
import { known } from '../../rules/facts.ts'
import type { Asked, Supply } from '../facts.ts'
import { layersOf, linesOfVisit } from './balances.ts'
import { datedOf } from './layer-changes-state.ts'
import { payerOwesAsOf } from './owed-by-day.ts'
import type { LedgerState } from './state.ts'

const owedByPayers = (ledger: LedgerState, visit: VisitId, on: Day): boolean =>
  linesOfVisit(ledger, visit).some(({ lineId }) => payerOwesAsOf(ledger, lineId, on))

/** The latest day, by one, on which money moved on a visit. */
const lastOf = (ledger: LedgerState, visit: VisitId, on: Day): readonly Day[] => {
  const last = ledger.lastActivity.get(visit)
  if (last === undefined || last <= on) return last === undefined ? [] : [last]
  return linesOfVisit(ledger, visit).flatMap(({ lineId }) =>
    layersOf(ledger, lineId).flatMap((layer) =>
      Object.values(datedOf(layer)).flatMap((stage) => stage.flatMap((change) => (change.on <= on ? [change.on] : []))),
    ),
  )
}

/** The latest day on which money moved on any of the visits. */
const lastActivity = ({ state, scope, on }: Asked): Day | 'never' => {
  const days = scope.visits.flatMap((visit) => lastOf(state.ledger, visit, on))
  return days.length > 0 ? days.reduce(maxDay) : 'never'
}

export const facts: Supply = {
  'activity.lastOn': (asked) => known(lastActivity(asked)),
  'insurance.pending': ({ state, scope, on }) =>
    known(scope.visits.some((visit) => owedByPayers(state.ledger, visit, on))),
}
