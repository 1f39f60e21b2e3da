// Promises to pay: made, kept, kept in part, broken, closed.

export { decide } from './decide.ts'
export { facts } from './facts.ts'
export { follow } from './follow.ts'
export { builderOf, evolve, initial } from './state.ts'
