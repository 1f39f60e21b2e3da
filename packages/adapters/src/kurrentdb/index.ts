export { type KurrentEventStoreOptions, kurrentEventStore, kurrentEventStoreLayer } from './event-store.ts'
