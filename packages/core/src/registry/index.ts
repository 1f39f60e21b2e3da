export * from './events.ts'
export * from './registry.ts'
