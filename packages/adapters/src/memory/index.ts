export * from './book.ts'
export * from './event-store.ts'
