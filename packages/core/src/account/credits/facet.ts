// Money that is somebody else's, and its way back.

export { decide } from './decide.ts'
export { follow } from './follow.ts'
export { evolve, initial, open } from './state.ts'
