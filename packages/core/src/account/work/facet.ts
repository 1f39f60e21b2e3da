// Who works what, and what is put off: what people say of the work that the lists find.

export { decide } from './decide.ts'
export { builderOf, evolve, initial } from './state.ts'

export const facts = { none: 'no rule asks who works what' } as const
