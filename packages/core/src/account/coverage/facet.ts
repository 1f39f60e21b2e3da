// Who insures the patient, in which order, on which day.

export { decide } from './decide.ts'
export { facts } from './facts.ts'
export { builderOf, evolve, initial } from './state.ts'
