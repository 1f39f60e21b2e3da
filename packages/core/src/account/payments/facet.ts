// Money of patients, where it stands, and its undoing.

export { decide } from './decide.ts'
export { facts } from './facts.ts'
export { follow } from './follow.ts'
export { builderOf, evolve, initial } from './state.ts'
