// Reviews of the account for accuracy: that somebody has looked, what does not fit, and how that ended (duty F05); and what
// the data of its claims has wrong (duty F44).

export { decide } from './decide.ts'
export { builderOf, evolve, initial } from './state.ts'

export const facts = { none: 'what a person found is judged where it lies; no rule asks for it' } as const
