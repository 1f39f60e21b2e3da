import { guardFunctions, guards } from './guards.ts'
import { logFunctions } from './log-functions.ts'
import { lockSchema } from './migrations.ts'
import type { Session, Sessions } from './sessions.ts'
import { statement } from './statement.ts'

interface Deviation {
  readonly says: string
  /** Makes it as it was made; absent where only a copy of the book can. */
  readonly mend?: string
}

/** ALWAYS is written as A. A trigger that looks at some columns or cases only is another one. */
const triggersThere = statement(
  `SELECT c.relname, t.tgname, t.tgenabled = 'A' AND t.tgqual IS NULL AND t.tgattr = '' AND t.tgnargs = 0, t.tgtype,
     f.nspname || '.' || p.proname
   FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace f ON f.oid = p.pronamespace
   WHERE n.nspname = 'daybook' AND NOT t.tgisinternal AND c.relname = ANY($1::text[])`,
)
const rulesThere = statement(
  `SELECT r.tablename, r.rulename FROM pg_rules r WHERE r.schemaname = 'daybook' AND r.tablename = ANY($1::text[])`,
)
const functionsThere = statement(
  `SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'daybook'`,
)
const durability = statement(
  `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'`,
)
const ends = statement(
  `SELECT h.position, coalesce((SELECT max(e.position) FROM daybook.events e WHERE e.book = h.book), 0)
   FROM daybook.head h WHERE h.book = $1`,
)

const tables = [...new Set(guards.map(({ table }) => table))]
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Name and body of a function as its statement makes it. */
const madeAs = (sql: string): { readonly name: string; readonly body: string; readonly sql: string } => {
  const [, name = ''] = /CREATE FUNCTION daybook\.(\w+)/.exec(sql) ?? []
  const [, body = ''] = /AS \$\w+\$([\s\S]*)\$\w+\$;/.exec(sql) ?? []
  return { name, body, sql }
}

const functionsDue = [...logFunctions, ...guardFunctions].map(madeAs)

const triggerDeviations = async (session: Session): Promise<readonly Deviation[]> => {
  const rows = await session.rows<[string, string, boolean, number, string]>(triggersThere, tables)
  const there = new Map(rows.map(([table, name, ...made]) => [`${table}.${name}`, made]))
  const due = new Map(guards.map((guard) => [`${guard.table}.${guard.name}`, guard]))
  const missing = guards.flatMap(({ table, name, kind, calls, sql }): readonly Deviation[] => {
    const found = there.get(`${table}.${name}`)
    if (!found) return [{ says: `the guard ${name} is gone`, mend: sql }]
    const [whole, foundKind, foundCalls] = found
    if (whole && foundKind === kind && foundCalls === calls) return []
    return [{ says: `the guard ${name} was made another`, mend: `DROP TRIGGER ${name} ON daybook.${table}; ${sql}` }]
  })
  const planted = rows.flatMap(([table, name]): readonly Deviation[] =>
    due.has(`${table}.${name}`)
      ? []
      : [
          {
            says: 'a trigger that no Daybook made was planted in it',
            mend: `DROP TRIGGER ${quoted(name)} ON daybook.${table}`,
          },
        ],
  )
  const rules = (await session.rows<[string, string]>(rulesThere, tables)).map(
    ([table, name]): Deviation => ({
      says: 'a rule that no Daybook made was planted in it',
      mend: `DROP RULE ${quoted(name)} ON daybook.${table}`,
    }),
  )
  return [...missing, ...planted, ...rules]
}

const functionDeviations = async (session: Session): Promise<readonly Deviation[]> => {
  const rows = await session.rows<[string, string]>(functionsThere)
  return functionsDue.flatMap(({ name, body, sql }): readonly Deviation[] => {
    const bodies = rows.filter(([found]) => found === name).map(([, source]) => source)
    if (bodies.includes(body)) return bodies.length === 1 ? [] : [{ says: `there is a second function ${name}` }]
    const mend = sql.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION')
    return [{ says: `the function ${name} ${bodies.length === 0 ? 'is gone' : 'was made another'}`, mend }]
  })
}

const settingDeviations = async (session: Session): Promise<readonly Deviation[]> =>
  (await session.rows<[string, string]>(durability)).map(([name]) => ({
    says: `the server runs with ${name} = off: what it says is written can be lost with its power`,
  }))

const endDeviations = async (session: Session, book: number): Promise<readonly Deviation[]> => {
  const [row] = await session.rows<[number, number]>(ends, book)
  if (!row) return [{ says: 'the row that holds the end of the log is gone' }]
  const [said, is] = row
  if (said === is) return []
  return [{ says: `the log ends at position ${is}, and its end was written down as ${said}` }]
}

/** Functions first: the guards call them. */
const deviations = async (session: Session, book: number): Promise<readonly Deviation[]> => [
  ...(await functionDeviations(session)),
  ...(await triggerDeviations(session)),
  ...(await endDeviations(session, book)),
  ...(await settingDeviations(session)),
]

const why = 'whoever did this could change what is stored: check the book, against a head that was written down'

/** What is wrong with what guards the log, in words. */
export const guardFaultsIn = async (session: Session, where: string, book: number): Promise<readonly string[]> =>
  (await deviations(session, book)).map(({ says }) => `${where}: ${says}; ${why}`)

const mayMend = statement(
  `SELECT pg_has_role(current_user, c.relowner, 'USAGE') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = 'daybook' AND c.relname = 'events'`,
)

/**
 * Puts the guards back as they are made, and takes out every other trigger and rule. Gives what was wrong, in words. A role
 * that does not own the tables can not: then all stays as it is, and is still told.
 */
export const restoreGuards = async (sessions: Sessions, book: number): Promise<readonly string[]> => {
  const mendable = async (session: Session) =>
    (await deviations(session, book)).filter(({ mend }) => mend !== undefined)
  const found = await sessions.use(async (session) => {
    const [[owner] = [false]] = await session.rows<[boolean]>(mayMend)
    return owner ? await mendable(session) : []
  })
  if (found.length === 0) return []
  return await sessions.transaction(async (session) => {
    await lockSchema(session)
    // Another process may have put them right meanwhile.
    const still = await mendable(session)
    for (const { mend } of still) await session.run(mend ?? '')
    return still.map(({ says }) => `${sessions.where}: ${says}, and was put right; ${why}`)
  })
}
