// What the desk writes down: notes with their addenda, and the documents that belong to them.

export { decide } from './decide.ts'
export { builderOf, evolve, initial } from './state.ts'

export const facts = { none: 'no rule asks for notes' } as const
