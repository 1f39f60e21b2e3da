import { z } from 'zod'
import { classified, code } from '../kernel/classes.ts'
import { event, makeCodec } from '../kernel/event.ts'

/** What an older book lacked was made, to its end: it is never looked for again. */
export const migrationDone = event('MigrationDone', {
  /** Name of the migration, for good. */
  migration: code(60),
  /** How many things it made in its last run: a run that was killed before has made the others. */
  made: classified(z.int().nonnegative(), 'count'),
  /** Position up to which it has read the log. */
  upTo: classified(z.int().nonnegative(), 'count'),
})
export interface MigrationDone extends z.infer<typeof migrationDone.schema> {}

export type MigrationEvent = MigrationDone
export const migrationEventDefinitions = [migrationDone] as const
export const migrationCodec = makeCodec<MigrationEvent>(migrationEventDefinitions)
