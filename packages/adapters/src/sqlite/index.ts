export { type SqliteBackupOptions, sqliteBackup } from './backup.ts'
export {
  type SqliteEventStore,
  type SqliteEventStoreOptions,
  sqliteEventStore,
  sqliteEventStoreLayer,
} from './event-store.ts'
export { type SqliteViewStoreOptions, sqliteViewStore, sqliteViewStoreLayer } from './view-store.ts'
