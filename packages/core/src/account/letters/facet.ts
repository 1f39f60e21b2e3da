// Letters beside the ladder: they answer, confirm and give notice, and say nothing that the book does not hold.

export { decide } from './decide.ts'
export { follow } from './follow.ts'
export { builderOf, evolve, initial } from './state.ts'

export const facts = {
  none: 'what was sent stands with the documents; what a letter said is asked by its own gate',
} as const
