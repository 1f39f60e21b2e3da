// Who answers for the account, whose care it is, and the visits.

export { decide } from './decide.ts'
export { facts } from './facts.ts'
export { builderOf, evolve, initial } from './state.ts'
