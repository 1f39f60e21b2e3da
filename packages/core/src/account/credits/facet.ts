// Money that is somebody else's, and its way back.

export { decide } from './decide.ts'
export { follow } from './follow.ts'
export { builderOf, evolve, initial } from './state.ts'

export const facts = { none: "whether a credit is provisional is the claims' to say" } as const
