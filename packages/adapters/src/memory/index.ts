export * from './book.ts'
export * from './event-store.ts'
export * from './view-store.ts'
