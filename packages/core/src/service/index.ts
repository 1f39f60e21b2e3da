export * from './seal.ts'
export * from './verify-chain.ts'
