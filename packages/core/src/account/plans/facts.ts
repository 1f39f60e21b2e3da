import { known } from '../../rules/facts.ts'
import type { Asked, Supply } from '../facts.ts'
import { activePlansAsOf } from './state.ts'

/** A plan in default is not active any more. */
const onPlan = ({ state, scope, on }: Asked) => known(activePlansAsOf(state.plans, scope.lines, on).length > 0)

export const facts: Supply = { 'plan.active': onPlan, 'plan.inGoodStanding': onPlan }
