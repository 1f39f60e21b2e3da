// Charges, and who owes what of them: layers, transfers, write-offs, opening balances.

export { decide } from './decide.ts'
export { facts } from './facts.ts'
export { before, builderOf, evolve, initial, post } from './state.ts'
