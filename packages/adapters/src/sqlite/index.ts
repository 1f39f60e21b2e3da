export {
  type SqliteEventStore,
  type SqliteEventStoreOptions,
  sqliteEventStore,
  sqliteEventStoreLayer,
} from './event-store.ts'
