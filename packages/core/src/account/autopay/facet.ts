// Money of plans that is drawn by authorisation, from a bank account or a card on file.

export { decide } from './decide.ts'
export { follow } from './follow.ts'
export { builderOf, evolve, initial } from './state.ts'

export const facts = { none: 'only its own gates ask for it, and its questions bring what they ask' } as const
