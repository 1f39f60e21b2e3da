import { Integrity } from '@daybook/core/ports'
import { bookGuards, guardFunctions, guardSchema } from './guards.ts'
import { logFunctions, logFunctionsSchema } from './log-functions.ts'
import { adoptingTable, logTables } from './log-tables.ts'
import type { Session, Sessions } from './sessions.ts'
import { statement } from './statement.ts'
import { viewTables } from './view-tables.ts'

/** What of Daybook's is in a database: logs, views, or both. Each has versions of its own. */
export type Part = 'log' | 'views'

/** What `append` of version 1 was given; it did not name the log that its events are sealed for. */
const appendOfVersion1 = `integer, text, numeric, text[], integer[], text[], text[], text[], integer[], text[], boolean[],
  integer[], bigint[], integer[], text[], integer[], text[], text[], text[], text[], text[], text[], text[], text[]`

const orReplaced = (sql: string): string => sql.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION')

/** Version 2: a log takes another one over. */
const takingOver = `${adoptingTable}
DROP FUNCTION IF EXISTS daybook.append(${appendOfVersion1});
${[...logFunctions, ...guardFunctions].map(orReplaced).join('\n')}
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA daybook FROM PUBLIC;
DROP TRIGGER IF EXISTS book_never_changed ON daybook.book;
${bookGuards.map(({ name, sql }) => `DROP TRIGGER IF EXISTS ${name} ON daybook.book; ${sql}`).join('\n')}
`

/** Version 3: what may be written as it is, is judged by one query and written by one plain statement. */
const judgedFirst = `${logFunctions.map(orReplaced).join('\n')}
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA daybook FROM PUBLIC;
`

/**
 * The steps of each part, in order: step n makes version n of what is at version n − 1, tables above all. Functions and guards
 * are those of today from the first step on. A step that was released stays.
 */
export const steps: Readonly<Record<Part, readonly string[]>> = {
  log: [`${logTables}${logFunctionsSchema}${guardSchema}`, takingOver, judgedFirst],
  views: [viewTables],
}

/** Letters of "Dayb": the lock under which one process at a time makes or changes the schema. */
const LOCK = 0x44_61_79_62

/** One process at a time makes, changes or mends the schema; until the end of its transaction. */
export const lockSchema = ({ run }: Session): Promise<void> => run(`SELECT pg_advisory_xact_lock(${LOCK})`)

const ground = `
CREATE SCHEMA IF NOT EXISTS daybook;
CREATE TABLE IF NOT EXISTS daybook.format(
  part text COLLATE "C" PRIMARY KEY,
  version integer NOT NULL
);
`

const isThere = statement(`SELECT to_regclass('daybook.format') IS NOT NULL`)
const versionOf = statement('SELECT version FROM daybook.format WHERE part = $1')
const noteVersion = statement(
  'INSERT INTO daybook.format VALUES ($1, $2) ON CONFLICT (part) DO UPDATE SET version = excluded.version',
)

/** The version of a part in a database; 0 where it is not there. */
export const versionIn = async ({ rows }: Session, part: Part): Promise<number> => {
  const [[found] = [false]] = await rows<[boolean]>(isThere)
  if (!found) return 0
  const [[version] = [0]] = await rows<[number]>(versionOf, part)
  return version
}

const newer = (where: string, part: Part, version: number): Integrity =>
  new Integrity({
    message: `${where}: its ${part} were made by a newer Daybook (version ${version}; this one knows ${steps[part].length}): use that one`,
  })

/**
 * Brings a part of a database to the version that this Daybook knows: under a lock, in one transaction, nothing where it is
 * there already. Gives whether anything was made.
 * @throws Integrity for a newer version, or the server's error.
 */
export const migrate = async (
  sessions: Sessions,
  part: Part,
  path: readonly string[] = steps[part],
): Promise<boolean> => {
  const there = await sessions.use((session) => versionIn(session, part))
  if (there === path.length) return false
  if (there > path.length) throw newer(sessions.where, part, there)
  return sessions.transaction(async (session) => {
    await lockSchema(session)
    await session.run(ground)
    const version = await versionIn(session, part)
    if (version > path.length) throw newer(sessions.where, part, version)
    for (const step of path.slice(version)) await session.run(step)
    if (version < path.length) await session.rows(noteVersion, part, path.length)
    return version < path.length
  })
}
