export * from './events.ts'
export * from './migration.ts'
