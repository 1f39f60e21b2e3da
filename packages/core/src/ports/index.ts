export * from './errors.ts'
export * from './event-store.ts'
export * from './view-store.ts'
