import { EventStoreDBClient } from '@eventstore/db-client'

/** The driver as others use it who write to the same server. */
export const plainDriver = (url: string): EventStoreDBClient =>
  EventStoreDBClient.connectionString(url.replace(/[?&]tenant=[^&]*/, ''))

/** The name of a tenant's stream at the server. */
export const nameOf = (url: string, stream: string): string => `daybook.${/tenant=([^&]*)/.exec(url)?.[1]}.${stream}`
