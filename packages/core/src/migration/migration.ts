import { z } from 'zod'
import type { Aggregate } from '../kernel/aggregate.ts'
import { accept } from '../kernel/decision.ts'
import { type MigrationDone, type MigrationEvent, migrationCodec, migrationDone } from './events.ts'

/** How a migration ended; undefined while it has not. */
export type MigrationState = MigrationDone | undefined

const { effectiveDate, migration, made, upTo } = migrationDone.schema.shape
export const recordMigration = z.strictObject({
  type: z.literal('RecordMigration'),
  on: effectiveDate,
  migration,
  made,
  upTo,
})
export type RecordMigration = z.output<typeof recordMigration>

/** The stream of a migration: one in each book that has needed it. */
export const migrationStream = (name: string): string => `migration-${name}`

/** A migration of a book: done once. Of two processes that do it at once the first is on record. */
export const migrationAggregate: Aggregate<MigrationState, RecordMigration, MigrationEvent, unknown> = {
  name: 'migration',
  codec: migrationCodec,
  commandSchema: recordMigration,
  initial: undefined,
  fold: (state, events) => state ?? events[0],
  decide: (state, { type: _type, on, ...done }) =>
    accept(state ? [] : [{ type: 'MigrationDone', effectiveDate: on, ...done }]),
}
