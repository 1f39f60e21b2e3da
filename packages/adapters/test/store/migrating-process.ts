import * as Effect from 'effect/Effect'
import { sqliteEventStore } from '../../src/sqlite/index.ts'

// Opens a file to be written, which makes one of an earlier format one of now, and closes it: a process that tests kill.

await Effect.runPromise(Effect.scoped(sqliteEventStore({ path: process.argv[2] ?? '' })))
