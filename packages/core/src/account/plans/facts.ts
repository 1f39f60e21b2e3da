import { known } from '../../rules/facts.ts'
import type { Asked, Supply } from '../facts.ts'
import { statutoryMonths } from './record.ts'
import { activePlansAsOf } from './state.ts'

/** A plan in default is not active any more. */
const onPlan = ({ state, scope, on }: Asked) => known(activePlansAsOf(state.plans, scope.lines, on).length > 0)

/** Of the plan of a qualified patient on one of the lines that has the most. */
const monthsPaid = ({ state, scope, on }: Asked) =>
  known(Math.max(0, ...state.plans.plans.by('line', ...scope.lines).map((plan) => statutoryMonths(plan, on))))

export const facts: Supply = {
  'plan.active': onPlan,
  'plan.inGoodStanding': onPlan,
  'plan.statutoryMonthsPaid': monthsPaid,
}
