export { faultOfPostgresUrl } from './address.ts'
export {
  type PostgresEventStore,
  type PostgresEventStoreOptions,
  postgresBookIsThere,
  postgresEventStore,
  postgresEventStoreLayer,
} from './event-store.ts'
export { type Roles, rightsScript } from './roles.ts'
export { type PostgresViewStoreOptions, postgresViewStore, postgresViewStoreLayer } from './view-store.ts'
