import type { AccountState, LayerBalance } from '@daybook/core/account'
import { type LineId, PATIENT } from '@daybook/core/kernel'

/** Lines that a running plan takes care of: nobody is asked for them outside the plan. */
const linesOnPlans = (state: AccountState): ReadonlySet<LineId> =>
  new Set([...state.plans.plans.values()].flatMap((plan) => (plan.status === 'active' ? plan.lines : [])))

/** What the patient may be asked for: owed, not with an agency, outside any running plan. */
export const patientLayers = (state: AccountState): readonly LayerBalance[] => {
  const planned = linesOnPlans(state)
  return [...state.ledger.layers.values()].filter(
    ({ party, active, lineId }) => party === PATIENT && active > 0 && !planned.has(lineId),
  )
}
