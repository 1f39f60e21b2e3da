import { known } from '../../rules/facts.ts'
import type { Asked, Supply } from '../facts.ts'
import { activePlansOn } from './state.ts'

/** A plan in default is not active any more. */
const onPlan = ({ state, scope }: Asked) => known(activePlansOn(state.plans, scope.lines).length > 0)

export const facts: Supply = { 'plan.active': onPlan, 'plan.inGoodStanding': onPlan }
