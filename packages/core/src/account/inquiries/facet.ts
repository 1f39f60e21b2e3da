// What people ask of us: received, verified or not, answered, escalated.

export { decide } from './decide.ts'
export { builderOf, evolve, initial } from './state.ts'

export const facts = { none: 'no rule of another gate asks for inquiries' } as const

/** Recorded for people and views to read: whether somebody is verified is told by the identifiers. */
export const onlyRead = ['PhiWithheld'] as const
