// Instalments: proposed, agreed, paid, missed, cured, ended.

export { decide } from './decide.ts'
export { facts } from './facts.ts'
export { follow } from './follow.ts'
export { evolve, initial, open } from './state.ts'
