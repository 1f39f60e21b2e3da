import { OURS } from './errors.ts'

/**
 * What writes to the log: functions that run with the rights of their owner. So the role of a program needs no right to
 * insert, and can do nothing to a log but append to it (roles.ts).
 */
const asOwner = 'LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp'

/** One command of a batch, by its columns. `round`: how many of its stream come before it in the batch. */
const commandColumns = `stream text, expected integer, expected_leaf text, command text, fingerprint text, size integer,
      recorded_at text, closes boolean, round integer`
/** One event of a batch: of which command, which of it, and what is stored. */
const eventColumns = `command bigint, nth integer, type text, schema_version integer, effective_date text, recorded_at text,
      actor text, id text, prev text, leaf text, data text, meta text`

const names = (columns: string): readonly string[] =>
  columns.split(',').map((column) => column.trim().split(' ')[0] ?? '')
const given = (prefix: string, columns: string): string =>
  columns
    .split(',')
    .map((column) => `${prefix}_${column.trim()}[]`)
    .join(', ')
const passed = (prefix: string, columns: string): string =>
  names(columns)
    .map((name) => `${prefix}_${name}`)
    .join(', ')

/** Parameters of `append`, in order: for whoever calls it. */
export const appendParameters = `in_book integer, in_now text, in_years numeric, ${given('c', commandColumns)}, ${given('e', eventColumns)}, in_origin text`

/** Whether a command is dated further ahead of the last event than the clock may stand. */
const isAhead = (recordedAt: string): string => `in_years IS NOT NULL AND last_at IS NOT NULL
          AND extract(epoch FROM greatest(${recordedAt} COLLATE "C", at)::timestamptz - last_at::timestamptz)
            > in_years * 365.25 * 86400`

/**
 * Appends a batch of commands, each all or none by itself, in one transaction; a row with its verdict each. The row of
 * `head` is locked first: until the commit nobody else writes to this log, so what is read after it stays true; by a
 * statement of its own, since what is read together with a lock may be older than what the lock has waited for.
 *
 * 1. One query asks whether the log takes anything, and how many of the commands may be written as they are: each new, its
 *    stream open and where it is expected. Mostly all of them, each on a stream of its own: then one statement writes them.
 * 2. Else they are taken in rounds, of one stream one a round, each on what the rounds before it have written; within a
 *    round all are judged and written by one statement.
 *
 * Statements are what costs here, more than rows: arithmetic and loops start none. `in_now` null: the server's clock.
 * `in_years` null: the clock is not questioned. `in_origin`: the name of the log that the events are sealed for.
 */
const append = `
CREATE FUNCTION daybook.append(${appendParameters})
RETURNS TABLE (nth bigint, verdict text, actual integer, actual_leaf text, first_version integer, last_version integer,
  first_position bigint, last_position bigint, head_hash text, committed_at text, last_commit text)
${asOwner} AS $append$
#variable_conflict use_column
DECLARE
  base bigint;
  before_batch bigint;
  last_at text;
  at text;
  rounds integer;
  takes_over boolean;
  is_named boolean;
  is_whole boolean;
  writable bigint;
  begins bigint[] := '{}';
  told text;
BEGIN
  SELECT h.position, h.committed_at INTO base, last_at FROM daybook.head h WHERE h.book = in_book FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the head of the log is gone' USING ERRCODE = '${OURS.noHead}';
  END IF;
  before_batch := base;
  at := greatest(last_at, coalesce(in_now,
    to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) COLLATE "C");
  SELECT base = 0 OR EXISTS (SELECT FROM daybook.events e WHERE e.book = in_book AND e.position = base),
    EXISTS (SELECT FROM daybook.adopting a WHERE a.book = in_book),
    EXISTS (SELECT FROM daybook.book b WHERE b.id = in_book AND b.origin = in_origin),
    (SELECT count(*)
     FROM unnest(c_stream, c_expected, c_expected_leaf, c_command, c_recorded_at)
       AS c(stream, expected, expected_leaf, command, recorded_at)
     LEFT JOIN LATERAL (
       SELECT e.version, e.leaf, e.closes FROM daybook.events e WHERE e.book = in_book AND e.stream = c.stream
       ORDER BY e.version DESC LIMIT 1
     ) h ON true
     WHERE coalesce(h.version, -1) = c.expected AND coalesce(h.leaf, '-') = c.expected_leaf
       AND NOT coalesce(h.closes, false)
       AND NOT EXISTS (SELECT FROM daybook.commands k
         WHERE k.book = in_book AND k.command_id = c.command AND k.stream = c.stream)
       AND NOT coalesce(${isAhead('c.recorded_at')}, false))
  INTO is_whole, takes_over, is_named, writable;
  IF NOT is_whole THEN
    RAISE EXCEPTION 'the log ends before its head' USING ERRCODE = '${OURS.headBeyondLog}';
  END IF;
  IF takes_over THEN
    RAISE EXCEPTION 'another log is being taken over' USING ERRCODE = '${OURS.takingOver}';
  END IF;
  IF NOT is_named THEN
    RAISE EXCEPTION 'the log has taken another one over' USING ERRCODE = '${OURS.renamed}';
  END IF;
  IF writable = cardinality(c_stream) AND 0 = ALL (c_round) THEN
    FOR n IN 1 .. writable LOOP
      begins := begins || base + 1;
      base := base + c_size[n];
    END LOOP;
    WITH stored AS (
      INSERT INTO daybook.events
      SELECT in_book, begins[e.command] + e.nth, c_stream[e.command], c_expected[e.command] + 1 + e.nth, e.type,
        e.schema_version, e.effective_date, e.recorded_at, at, e.actor, c_command[e.command], e.id, e.prev, e.leaf,
        c_closes[e.command] AND e.nth = c_size[e.command] - 1, e.data, e.meta
      FROM unnest(${passed('e', eventColumns)}) AS e(${names(eventColumns).join(', ')})
    ), recorded AS (
      INSERT INTO daybook.commands
      SELECT in_book, c.stream, c.command, c.fingerprint, c.expected + 1, c.expected + c.size, c.begins, c.begins + c.size - 1
      FROM unnest(c_stream, c_command, c_fingerprint, c_expected, c_size, begins)
        AS c(stream, command, fingerprint, expected, size, begins)
    )
    UPDATE daybook.head h SET position = base, committed_at = at WHERE h.book = in_book
    RETURNING pg_notify('daybook', in_book || ' ' || base) INTO told;
    verdict := 'written';
    committed_at := at;
    last_commit := last_at;
    FOR n IN 1 .. writable LOOP
      nth := n;
      actual := c_expected[n];
      actual_leaf := c_expected_leaf[n];
      first_version := c_expected[n] + 1;
      last_version := c_expected[n] + c_size[n];
      first_position := begins[n];
      last_position := begins[n] + c_size[n] - 1;
      RETURN NEXT;
    END LOOP;
    RETURN;
  END IF;
  SELECT max(r) INTO rounds FROM unnest(c_round) r;
  FOR this_round IN 0 .. rounds LOOP
    RETURN QUERY
    WITH asked AS MATERIALIZED (
      SELECT c.* FROM unnest(${passed('c', commandColumns)})
        WITH ORDINALITY AS c(${names(commandColumns).join(', ')}, nth)
      WHERE c.round = this_round
    ), found AS MATERIALIZED (
      SELECT a.*, k.fingerprint AS known, k.first_version, k.last_version, k.first_position, k.last_position,
        coalesce(h.version, -1) AS actual, coalesce(h.leaf, '-') AS actual_leaf,
        coalesce(h.closes, false) AS is_closed
      FROM asked a
      LEFT JOIN LATERAL (
        SELECT * FROM daybook.commands k WHERE k.book = in_book AND k.command_id = a.command AND k.stream = a.stream LIMIT 1
      ) k ON true
      LEFT JOIN LATERAL (
        SELECT e.version, e.leaf, e.closes FROM daybook.events e WHERE e.book = in_book AND e.stream = a.stream
        ORDER BY e.version DESC LIMIT 1
      ) h ON true
    ), judged AS MATERIALIZED (
      SELECT f.*, CASE
        WHEN f.known = f.fingerprint THEN 'repeated'
        WHEN f.known IS NOT NULL THEN 'mismatch'
        WHEN f.is_closed THEN 'closed'
        WHEN ${isAhead('f.recorded_at')} THEN 'ahead'
        WHEN f.actual <> f.expected OR f.actual_leaf <> f.expected_leaf THEN 'conflict'
        ELSE 'written' END AS verdict
      FROM found f
    ), placed AS MATERIALIZED (
      SELECT j.*, (base + sum(j.size) OVER (ORDER BY j.nth) - j.size + 1)::bigint AS begins
      FROM judged j WHERE j.verdict = 'written'
    ), stored AS (
      INSERT INTO daybook.events
      SELECT in_book, p.begins + e.nth, p.stream, p.actual + 1 + e.nth, e.type, e.schema_version, e.effective_date,
        e.recorded_at, at, e.actor, p.command, e.id, e.prev, e.leaf, p.closes AND e.nth = p.size - 1,
        e.data, e.meta
      FROM unnest(${passed('e', eventColumns)}) AS e(${names(eventColumns).join(', ')})
      JOIN placed p ON p.nth = e.command
      ORDER BY p.begins + e.nth
    ), recorded AS (
      INSERT INTO daybook.commands
      SELECT in_book, p.stream, p.command, p.fingerprint, p.actual + 1, p.actual + p.size, p.begins, p.begins + p.size - 1
      FROM placed p
    )
    SELECT j.nth, j.verdict, j.actual, j.actual_leaf,
      coalesce(p.actual + 1, j.first_version), coalesce(p.actual + p.size, j.last_version),
      coalesce(p.begins, j.first_position), coalesce(p.begins + p.size - 1, j.last_position),
      l.leaf, coalesce(l.committed_at, at), last_at
    FROM judged j
    LEFT JOIN placed p ON p.nth = j.nth
    LEFT JOIN LATERAL (
      SELECT e.leaf, e.committed_at FROM daybook.events e WHERE e.book = in_book AND e.position = j.last_position LIMIT 1
    ) l ON true;
    SELECT e.position INTO base FROM daybook.events e WHERE e.book = in_book ORDER BY e.position DESC LIMIT 1;
    base := coalesce(base, 0);
  END LOOP;
  IF base > before_batch THEN
    UPDATE daybook.head h SET position = base, committed_at = at WHERE h.book = in_book;
    PERFORM pg_notify('daybook', in_book || ' ' || base);
  END IF;
END $append$;
`

/** The book of a tenant, made with the given origin where there is none. */
const openBook = `
CREATE FUNCTION daybook.open_book(in_tenant text, in_origin text) RETURNS void ${asOwner} AS $open$
BEGIN
  INSERT INTO daybook.book(tenant, origin) VALUES (in_tenant, in_origin) ON CONFLICT (tenant) DO NOTHING;
  INSERT INTO daybook.head(book, position) SELECT b.id, 0 FROM daybook.book b WHERE b.tenant = in_tenant
    AND NOT EXISTS (SELECT FROM daybook.events e WHERE e.book = b.id) ON CONFLICT (book) DO NOTHING;
END $open$;
`

/** Keeps a check value where there is none; the first one stays. */
const keepSecretCheck = `
CREATE FUNCTION daybook.keep_secret_check(in_book integer, in_value text) RETURNS text ${asOwner} AS $keep$
DECLARE kept text;
BEGIN
  PERFORM FROM daybook.head h WHERE h.book = in_book FOR UPDATE;
  IF EXISTS (SELECT FROM daybook.adopting a WHERE a.book = in_book) THEN
    RAISE EXCEPTION 'another log is being taken over' USING ERRCODE = '${OURS.takingOver}';
  END IF;
  INSERT INTO daybook.secret_check VALUES (in_book, in_value) ON CONFLICT (book) DO NOTHING;
  SELECT s.value INTO kept FROM daybook.secret_check s WHERE s.book = in_book;
  RETURN kept;
END $keep$;
`

/** One command of another log, as it is on record there. */
const recordColumns = `stream text, command text, fingerprint text, first_version integer, last_version integer,
      first_position bigint, last_position bigint`
/** One event of another log, as it is stored there. */
const storedColumns = `position bigint, stream text, version integer, type text, schema_version integer, effective_date text,
      recorded_at text, committed_at text, actor text, command text, id text, prev text, leaf text, closes boolean, data text,
      meta text`

/** Parameters of `adopt`, in order: for whoever calls it. */
export const adoptParameters = `in_book integer, in_origin text, in_after bigint, ${given('c', recordColumns)}, ${given('e', storedColumns)}`

/**
 * Writes a part of another log as it stands there. Its caller has looked at what is there: where the log has moved on since,
 * nothing is written. The first part names the log after the other one.
 */
const adopt = `
CREATE FUNCTION daybook.adopt(${adoptParameters}) RETURNS void ${asOwner} AS $adopt$
#variable_conflict use_column
DECLARE
  base bigint;
BEGIN
  SELECT h.position INTO base FROM daybook.head h WHERE h.book = in_book FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the head of the log is gone' USING ERRCODE = '${OURS.noHead}';
  END IF;
  IF base > 0 AND NOT EXISTS (SELECT FROM daybook.events e WHERE e.book = in_book AND e.position = base) THEN
    RAISE EXCEPTION 'the log ends before its head' USING ERRCODE = '${OURS.headBeyondLog}';
  END IF;
  IF base <> in_after THEN
    RAISE EXCEPTION 'the log has moved on' USING ERRCODE = '${OURS.notNext}';
  END IF;
  IF NOT EXISTS (SELECT FROM daybook.adopting a WHERE a.book = in_book) THEN
    IF base > 0 OR EXISTS (SELECT FROM daybook.secret_check s WHERE s.book = in_book) THEN
      RAISE EXCEPTION 'the log is not empty' USING ERRCODE = '${OURS.notNext}';
    END IF;
    INSERT INTO daybook.adopting VALUES (in_book);
    UPDATE daybook.book b SET origin = in_origin WHERE b.id = in_book;
  ELSIF NOT EXISTS (SELECT FROM daybook.book b WHERE b.id = in_book AND b.origin = in_origin) THEN
    RAISE EXCEPTION 'another log is being taken over' USING ERRCODE = '${OURS.notNext}';
  END IF;
  INSERT INTO daybook.events
  SELECT in_book, e.position, e.stream, e.version, e.type, e.schema_version, e.effective_date, e.recorded_at, e.committed_at,
    e.actor, e.command, e.id, e.prev, e.leaf, e.closes, e.data, e.meta
  FROM unnest(${passed('e', storedColumns)}) AS e(${names(storedColumns).join(', ')}) ORDER BY e.position;
  INSERT INTO daybook.commands
  SELECT in_book, c.stream, c.command, c.fingerprint, c.first_version, c.last_version, c.first_position, c.last_position
  FROM unnest(${passed('c', recordColumns)}) AS c(${names(recordColumns).join(', ')});
  UPDATE daybook.head h SET position = e.position, committed_at = e.committed_at
  FROM (SELECT e.position, e.committed_at FROM daybook.events e WHERE e.book = in_book ORDER BY e.position DESC LIMIT 1) e
  WHERE h.book = in_book AND e.position > h.position;
  PERFORM pg_notify('daybook', in_book || ' ' || h.position) FROM daybook.head h WHERE h.book = in_book;
END $adopt$;
`

/** Says that all of another log is taken, and keeps the check value of its secret; nothing where none is being taken. */
const adopted = `
CREATE FUNCTION daybook.adopted(in_book integer, in_secret text) RETURNS void ${asOwner} AS $adopted$
BEGIN
  PERFORM FROM daybook.head h WHERE h.book = in_book FOR UPDATE;
  DELETE FROM daybook.adopting a WHERE a.book = in_book;
  IF FOUND AND in_secret IS NOT NULL THEN
    INSERT INTO daybook.secret_check VALUES (in_book, in_secret);
  END IF;
END $adopted$;
`

/** Functions by the names of their kind: what is found under these names is compared with it (guards.ts). */
export const logFunctions = [append, openBook, keepSecretCheck, adopt, adopted] as const

/** Nobody calls what nobody was allowed to: PostgreSQL lets everybody call a new function. */
export const logFunctionsSchema = `${logFunctions.join('\n')}
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA daybook FROM PUBLIC;
`
