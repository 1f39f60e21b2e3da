export * from './history.ts'
export * from './recorded.ts'
export { differenceWords } from './words/remittance.ts'
