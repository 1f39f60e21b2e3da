// What patients were told of a service and its price, and what they chose: notices, confirmed cost shares, elections to
// pay in full past the plan.

export { decide } from './decide.ts'
export { facts } from './facts.ts'
export { follow } from './follow.ts'
export { builderOf, evolve, initial } from './state.ts'
