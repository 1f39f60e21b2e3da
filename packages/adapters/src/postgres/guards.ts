import { OURS } from './errors.ts'

/** Tables to which rows are only ever added. */
const guarded = ['events', 'commands', 'secret_check'] as const

const never = `
CREATE FUNCTION daybook.never() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $never$
BEGIN
  RAISE EXCEPTION 'a daybook is never changed: reverse and repost' USING ERRCODE = '${OURS.guarded}';
END $never$;`

/** The end of a log moves forward only. */
const onward = `
CREATE FUNCTION daybook.onward() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $onward$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.book = OLD.book AND NEW.position > OLD.position THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the end of a daybook only moves on' USING ERRCODE = '${OURS.guarded}';
END $onward$;`

/** A log is named once more where it takes another one over, as long as nothing of its own stands in it. */
const renamed = `
CREATE FUNCTION daybook.renamed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $renamed$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.tenant = OLD.tenant
    AND EXISTS (SELECT FROM daybook.adopting a WHERE a.book = OLD.id)
    AND NOT EXISTS (SELECT FROM daybook.events e WHERE e.book = OLD.id)
    AND NOT EXISTS (SELECT FROM daybook.secret_check s WHERE s.book = OLD.id) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a daybook is never changed: reverse and repost' USING ERRCODE = '${OURS.guarded}';
END $renamed$;`

export interface Guard {
  readonly name: string
  readonly table: string
  /** What the server keeps of when it fires, as bits (pg_trigger.tgtype). */
  readonly kind: number
  /** The function that it calls, with its schema. */
  readonly calls: string
  readonly sql: string
}

const kinds = {
  changed: { kind: 27, when: 'BEFORE UPDATE OR DELETE', each: 'ROW' },
  emptied: { kind: 34, when: 'BEFORE TRUNCATE', each: 'STATEMENT' },
} as const

/** ALWAYS: also where a session says that it replicates, and other triggers rest. */
const guard = (table: string, name: string, against: keyof typeof kinds, calls = 'daybook.never'): Guard => {
  const { kind, when, each } = kinds[against]
  const make = `CREATE TRIGGER ${name} ${when} ON daybook.${table} FOR EACH ${each} EXECUTE FUNCTION ${calls}()`
  return { name, table, kind, calls, sql: `${make}; ALTER TABLE daybook.${table} ENABLE ALWAYS TRIGGER ${name};` }
}

/** What guards the names of logs. */
export const bookGuards: readonly Guard[] = [
  guard('book', 'book_named_once', 'changed', 'daybook.renamed'),
  guard('book', 'book_never_emptied', 'emptied'),
]

export const guards: readonly Guard[] = [
  ...bookGuards,
  ...guarded.flatMap((table) => [
    guard(table, `${table}_never_changed`, 'changed'),
    guard(table, `${table}_never_emptied`, 'emptied'),
  ]),
  guard('head', 'head_only_onward', 'changed', 'daybook.onward'),
  guard('head', 'head_never_emptied', 'emptied'),
]

export const guardFunctions = [never, onward, renamed] as const

/** The statements that make the guards of the log. */
export const guardSchema = [...guardFunctions, ...guards.map(({ sql }) => sql)].join('\n')
