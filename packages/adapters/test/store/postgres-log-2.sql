-- The log of version 2, as its Daybook made it: kept, so that a database of it is always tried.

CREATE TABLE daybook.book(
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant text COLLATE "C" NOT NULL UNIQUE,
  origin text COLLATE "C" NOT NULL
);
CREATE TABLE daybook.head(
  book integer PRIMARY KEY REFERENCES daybook.book,
  position bigint NOT NULL,
  committed_at text COLLATE "C"
) WITH (fillfactor = 10);
CREATE TABLE daybook.events(
  book integer NOT NULL,
  position bigint NOT NULL,
  stream text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  type text COLLATE "C" NOT NULL,
  schema_version integer NOT NULL,
  effective_date text COLLATE "C" NOT NULL,
  recorded_at text COLLATE "C" NOT NULL,
  committed_at text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  command_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  prev text COLLATE "C" NOT NULL,
  leaf text COLLATE "C" NOT NULL,
  closes boolean NOT NULL,
  data text COLLATE "C" NOT NULL,
  meta text COLLATE "C" NOT NULL,
  CONSTRAINT events_position PRIMARY KEY (book, position),
  CONSTRAINT events_version UNIQUE (book, stream, version),
  CONSTRAINT events_id UNIQUE (book, id)
);
CREATE TABLE daybook.commands(
  book integer NOT NULL,
  stream text COLLATE "C" NOT NULL,
  command_id text COLLATE "C" NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  first_version integer NOT NULL,
  last_version integer NOT NULL,
  first_position bigint NOT NULL,
  last_position bigint NOT NULL,
  CONSTRAINT commands_key PRIMARY KEY (book, command_id, stream)
);
CREATE TABLE daybook.secret_check(
  book integer PRIMARY KEY REFERENCES daybook.book,
  value text COLLATE "C" NOT NULL
);

CREATE FUNCTION daybook.append(in_book integer, in_now text, in_years numeric, c_stream text[], c_expected integer[], c_expected_leaf text[], c_command text[], c_fingerprint text[], c_size integer[], c_recorded_at text[], c_closes boolean[], c_round integer[], e_command bigint[], e_nth integer[], e_type text[], e_schema_version integer[], e_effective_date text[], e_recorded_at text[], e_actor text[], e_id text[], e_prev text[], e_leaf text[], e_data text[], e_meta text[], in_origin text)
RETURNS TABLE (nth bigint, verdict text, actual integer, actual_leaf text, first_version integer, last_version integer,
  first_position bigint, last_position bigint, head_hash text, committed_at text, last_commit text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $append$
#variable_conflict use_column
DECLARE
  base bigint;
  before_batch bigint;
  last_at text;
  at text;
  rounds integer;
BEGIN
  SELECT h.position, h.committed_at INTO base, last_at FROM daybook.head h WHERE h.book = in_book FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the head of the log is gone' USING ERRCODE = 'DB001';
  END IF;
  IF base > 0 AND NOT EXISTS (SELECT FROM daybook.events e WHERE e.book = in_book AND e.position = base) THEN
    RAISE EXCEPTION 'the log ends before its head' USING ERRCODE = 'DB002';
  END IF;
  IF EXISTS (SELECT FROM daybook.adopting a WHERE a.book = in_book) THEN
    RAISE EXCEPTION 'another log is being taken over' USING ERRCODE = 'DB003';
  END IF;
  IF NOT EXISTS (SELECT FROM daybook.book b WHERE b.id = in_book AND b.origin = in_origin) THEN
    RAISE EXCEPTION 'the log has taken another one over' USING ERRCODE = 'DB004';
  END IF;
  before_batch := base;
  at := greatest(last_at, coalesce(in_now,
    to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) COLLATE "C");
  SELECT max(r) INTO rounds FROM unnest(c_round) r;
  FOR this_round IN 0 .. rounds LOOP
    RETURN QUERY
    WITH asked AS MATERIALIZED (
      SELECT c.* FROM unnest(c_stream, c_expected, c_expected_leaf, c_command, c_fingerprint, c_size, c_recorded_at, c_closes, c_round)
        WITH ORDINALITY AS c(stream, expected, expected_leaf, command, fingerprint, size, recorded_at, closes, round, nth)
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
        WHEN in_years IS NOT NULL AND last_at IS NOT NULL
          AND extract(epoch FROM greatest(f.recorded_at COLLATE "C", at)::timestamptz - last_at::timestamptz)
            > in_years * 365.25 * 86400 THEN 'ahead'
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
      FROM unnest(e_command, e_nth, e_type, e_schema_version, e_effective_date, e_recorded_at, e_actor, e_id, e_prev, e_leaf, e_data, e_meta) AS e(command, nth, type, schema_version, effective_date, recorded_at, actor, id, prev, leaf, data, meta)
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


CREATE FUNCTION daybook.open_book(in_tenant text, in_origin text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $open$
BEGIN
  INSERT INTO daybook.book(tenant, origin) VALUES (in_tenant, in_origin) ON CONFLICT (tenant) DO NOTHING;
  INSERT INTO daybook.head(book, position) SELECT b.id, 0 FROM daybook.book b WHERE b.tenant = in_tenant
    AND NOT EXISTS (SELECT FROM daybook.events e WHERE e.book = b.id) ON CONFLICT (book) DO NOTHING;
END $open$;


CREATE FUNCTION daybook.keep_secret_check(in_book integer, in_value text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $keep$
DECLARE kept text;
BEGIN
  PERFORM FROM daybook.head h WHERE h.book = in_book FOR UPDATE;
  IF EXISTS (SELECT FROM daybook.adopting a WHERE a.book = in_book) THEN
    RAISE EXCEPTION 'another log is being taken over' USING ERRCODE = 'DB003';
  END IF;
  INSERT INTO daybook.secret_check VALUES (in_book, in_value) ON CONFLICT (book) DO NOTHING;
  SELECT s.value INTO kept FROM daybook.secret_check s WHERE s.book = in_book;
  RETURN kept;
END $keep$;


CREATE FUNCTION daybook.adopt(in_book integer, in_origin text, in_after bigint, c_stream text[], c_command text[], c_fingerprint text[], c_first_version integer[], c_last_version integer[], c_first_position bigint[], c_last_position bigint[], e_position bigint[], e_stream text[], e_version integer[], e_type text[], e_schema_version integer[], e_effective_date text[], e_recorded_at text[], e_committed_at text[], e_actor text[], e_command text[], e_id text[], e_prev text[], e_leaf text[], e_closes boolean[], e_data text[], e_meta text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $adopt$
#variable_conflict use_column
DECLARE
  base bigint;
BEGIN
  SELECT h.position INTO base FROM daybook.head h WHERE h.book = in_book FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the head of the log is gone' USING ERRCODE = 'DB001';
  END IF;
  IF base > 0 AND NOT EXISTS (SELECT FROM daybook.events e WHERE e.book = in_book AND e.position = base) THEN
    RAISE EXCEPTION 'the log ends before its head' USING ERRCODE = 'DB002';
  END IF;
  IF base <> in_after THEN
    RAISE EXCEPTION 'the log has moved on' USING ERRCODE = 'DB005';
  END IF;
  IF NOT EXISTS (SELECT FROM daybook.adopting a WHERE a.book = in_book) THEN
    IF base > 0 OR EXISTS (SELECT FROM daybook.secret_check s WHERE s.book = in_book) THEN
      RAISE EXCEPTION 'the log is not empty' USING ERRCODE = 'DB005';
    END IF;
    INSERT INTO daybook.adopting VALUES (in_book);
    UPDATE daybook.book b SET origin = in_origin WHERE b.id = in_book;
  ELSIF NOT EXISTS (SELECT FROM daybook.book b WHERE b.id = in_book AND b.origin = in_origin) THEN
    RAISE EXCEPTION 'another log is being taken over' USING ERRCODE = 'DB005';
  END IF;
  INSERT INTO daybook.events
  SELECT in_book, e.position, e.stream, e.version, e.type, e.schema_version, e.effective_date, e.recorded_at, e.committed_at,
    e.actor, e.command, e.id, e.prev, e.leaf, e.closes, e.data, e.meta
  FROM unnest(e_position, e_stream, e_version, e_type, e_schema_version, e_effective_date, e_recorded_at, e_committed_at, e_actor, e_command, e_id, e_prev, e_leaf, e_closes, e_data, e_meta) AS e(position, stream, version, type, schema_version, effective_date, recorded_at, committed_at, actor, command, id, prev, leaf, closes, data, meta) ORDER BY e.position;
  INSERT INTO daybook.commands
  SELECT in_book, c.stream, c.command, c.fingerprint, c.first_version, c.last_version, c.first_position, c.last_position
  FROM unnest(c_stream, c_command, c_fingerprint, c_first_version, c_last_version, c_first_position, c_last_position) AS c(stream, command, fingerprint, first_version, last_version, first_position, last_position);
  UPDATE daybook.head h SET position = e.position, committed_at = e.committed_at
  FROM (SELECT e.position, e.committed_at FROM daybook.events e WHERE e.book = in_book ORDER BY e.position DESC LIMIT 1) e
  WHERE h.book = in_book AND e.position > h.position;
  PERFORM pg_notify('daybook', in_book || ' ' || h.position) FROM daybook.head h WHERE h.book = in_book;
END $adopt$;


CREATE FUNCTION daybook.adopted(in_book integer, in_secret text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $adopted$
BEGIN
  PERFORM FROM daybook.head h WHERE h.book = in_book FOR UPDATE;
  DELETE FROM daybook.adopting a WHERE a.book = in_book;
  IF FOUND AND in_secret IS NOT NULL THEN
    INSERT INTO daybook.secret_check VALUES (in_book, in_secret);
  END IF;
END $adopted$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA daybook FROM PUBLIC;

CREATE FUNCTION daybook.never() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $never$
BEGIN
  RAISE EXCEPTION 'a daybook is never changed: reverse and repost' USING ERRCODE = 'DB009';
END $never$;

CREATE FUNCTION daybook.onward() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $onward$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.book = OLD.book AND NEW.position > OLD.position THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the end of a daybook only moves on' USING ERRCODE = 'DB009';
END $onward$;

CREATE FUNCTION daybook.renamed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $renamed$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.tenant = OLD.tenant
    AND EXISTS (SELECT FROM daybook.adopting a WHERE a.book = OLD.id)
    AND NOT EXISTS (SELECT FROM daybook.events e WHERE e.book = OLD.id)
    AND NOT EXISTS (SELECT FROM daybook.secret_check s WHERE s.book = OLD.id) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a daybook is never changed: reverse and repost' USING ERRCODE = 'DB009';
END $renamed$;
CREATE TRIGGER book_named_once BEFORE UPDATE OR DELETE ON daybook.book FOR EACH ROW EXECUTE FUNCTION daybook.renamed(); ALTER TABLE daybook.book ENABLE ALWAYS TRIGGER book_named_once;
CREATE TRIGGER book_never_emptied BEFORE TRUNCATE ON daybook.book FOR EACH STATEMENT EXECUTE FUNCTION daybook.never(); ALTER TABLE daybook.book ENABLE ALWAYS TRIGGER book_never_emptied;
CREATE TRIGGER events_never_changed BEFORE UPDATE OR DELETE ON daybook.events FOR EACH ROW EXECUTE FUNCTION daybook.never(); ALTER TABLE daybook.events ENABLE ALWAYS TRIGGER events_never_changed;
CREATE TRIGGER events_never_emptied BEFORE TRUNCATE ON daybook.events FOR EACH STATEMENT EXECUTE FUNCTION daybook.never(); ALTER TABLE daybook.events ENABLE ALWAYS TRIGGER events_never_emptied;
CREATE TRIGGER commands_never_changed BEFORE UPDATE OR DELETE ON daybook.commands FOR EACH ROW EXECUTE FUNCTION daybook.never(); ALTER TABLE daybook.commands ENABLE ALWAYS TRIGGER commands_never_changed;
CREATE TRIGGER commands_never_emptied BEFORE TRUNCATE ON daybook.commands FOR EACH STATEMENT EXECUTE FUNCTION daybook.never(); ALTER TABLE daybook.commands ENABLE ALWAYS TRIGGER commands_never_emptied;
CREATE TRIGGER secret_check_never_changed BEFORE UPDATE OR DELETE ON daybook.secret_check FOR EACH ROW EXECUTE FUNCTION daybook.never(); ALTER TABLE daybook.secret_check ENABLE ALWAYS TRIGGER secret_check_never_changed;
CREATE TRIGGER secret_check_never_emptied BEFORE TRUNCATE ON daybook.secret_check FOR EACH STATEMENT EXECUTE FUNCTION daybook.never(); ALTER TABLE daybook.secret_check ENABLE ALWAYS TRIGGER secret_check_never_emptied;
CREATE TRIGGER head_only_onward BEFORE UPDATE OR DELETE ON daybook.head FOR EACH ROW EXECUTE FUNCTION daybook.onward(); ALTER TABLE daybook.head ENABLE ALWAYS TRIGGER head_only_onward;
CREATE TRIGGER head_never_emptied BEFORE TRUNCATE ON daybook.head FOR EACH STATEMENT EXECUTE FUNCTION daybook.never(); ALTER TABLE daybook.head ENABLE ALWAYS TRIGGER head_never_emptied;

CREATE TABLE daybook.adopting(
  book integer PRIMARY KEY REFERENCES daybook.book
);

DROP FUNCTION IF EXISTS daybook.append(integer, text, numeric, text[], integer[], text[], text[], text[], integer[], text[], boolean[],
  integer[], bigint[], integer[], text[], integer[], text[], text[], text[], text[], text[], text[], text[], text[]);

CREATE OR REPLACE FUNCTION daybook.append(in_book integer, in_now text, in_years numeric, c_stream text[], c_expected integer[], c_expected_leaf text[], c_command text[], c_fingerprint text[], c_size integer[], c_recorded_at text[], c_closes boolean[], c_round integer[], e_command bigint[], e_nth integer[], e_type text[], e_schema_version integer[], e_effective_date text[], e_recorded_at text[], e_actor text[], e_id text[], e_prev text[], e_leaf text[], e_data text[], e_meta text[], in_origin text)
RETURNS TABLE (nth bigint, verdict text, actual integer, actual_leaf text, first_version integer, last_version integer,
  first_position bigint, last_position bigint, head_hash text, committed_at text, last_commit text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $append$
#variable_conflict use_column
DECLARE
  base bigint;
  before_batch bigint;
  last_at text;
  at text;
  rounds integer;
BEGIN
  SELECT h.position, h.committed_at INTO base, last_at FROM daybook.head h WHERE h.book = in_book FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the head of the log is gone' USING ERRCODE = 'DB001';
  END IF;
  IF base > 0 AND NOT EXISTS (SELECT FROM daybook.events e WHERE e.book = in_book AND e.position = base) THEN
    RAISE EXCEPTION 'the log ends before its head' USING ERRCODE = 'DB002';
  END IF;
  IF EXISTS (SELECT FROM daybook.adopting a WHERE a.book = in_book) THEN
    RAISE EXCEPTION 'another log is being taken over' USING ERRCODE = 'DB003';
  END IF;
  IF NOT EXISTS (SELECT FROM daybook.book b WHERE b.id = in_book AND b.origin = in_origin) THEN
    RAISE EXCEPTION 'the log has taken another one over' USING ERRCODE = 'DB004';
  END IF;
  before_batch := base;
  at := greatest(last_at, coalesce(in_now,
    to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) COLLATE "C");
  SELECT max(r) INTO rounds FROM unnest(c_round) r;
  FOR this_round IN 0 .. rounds LOOP
    RETURN QUERY
    WITH asked AS MATERIALIZED (
      SELECT c.* FROM unnest(c_stream, c_expected, c_expected_leaf, c_command, c_fingerprint, c_size, c_recorded_at, c_closes, c_round)
        WITH ORDINALITY AS c(stream, expected, expected_leaf, command, fingerprint, size, recorded_at, closes, round, nth)
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
        WHEN in_years IS NOT NULL AND last_at IS NOT NULL
          AND extract(epoch FROM greatest(f.recorded_at COLLATE "C", at)::timestamptz - last_at::timestamptz)
            > in_years * 365.25 * 86400 THEN 'ahead'
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
      FROM unnest(e_command, e_nth, e_type, e_schema_version, e_effective_date, e_recorded_at, e_actor, e_id, e_prev, e_leaf, e_data, e_meta) AS e(command, nth, type, schema_version, effective_date, recorded_at, actor, id, prev, leaf, data, meta)
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


CREATE OR REPLACE FUNCTION daybook.open_book(in_tenant text, in_origin text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $open$
BEGIN
  INSERT INTO daybook.book(tenant, origin) VALUES (in_tenant, in_origin) ON CONFLICT (tenant) DO NOTHING;
  INSERT INTO daybook.head(book, position) SELECT b.id, 0 FROM daybook.book b WHERE b.tenant = in_tenant
    AND NOT EXISTS (SELECT FROM daybook.events e WHERE e.book = b.id) ON CONFLICT (book) DO NOTHING;
END $open$;


CREATE OR REPLACE FUNCTION daybook.keep_secret_check(in_book integer, in_value text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $keep$
DECLARE kept text;
BEGIN
  PERFORM FROM daybook.head h WHERE h.book = in_book FOR UPDATE;
  IF EXISTS (SELECT FROM daybook.adopting a WHERE a.book = in_book) THEN
    RAISE EXCEPTION 'another log is being taken over' USING ERRCODE = 'DB003';
  END IF;
  INSERT INTO daybook.secret_check VALUES (in_book, in_value) ON CONFLICT (book) DO NOTHING;
  SELECT s.value INTO kept FROM daybook.secret_check s WHERE s.book = in_book;
  RETURN kept;
END $keep$;


CREATE OR REPLACE FUNCTION daybook.adopt(in_book integer, in_origin text, in_after bigint, c_stream text[], c_command text[], c_fingerprint text[], c_first_version integer[], c_last_version integer[], c_first_position bigint[], c_last_position bigint[], e_position bigint[], e_stream text[], e_version integer[], e_type text[], e_schema_version integer[], e_effective_date text[], e_recorded_at text[], e_committed_at text[], e_actor text[], e_command text[], e_id text[], e_prev text[], e_leaf text[], e_closes boolean[], e_data text[], e_meta text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $adopt$
#variable_conflict use_column
DECLARE
  base bigint;
BEGIN
  SELECT h.position INTO base FROM daybook.head h WHERE h.book = in_book FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the head of the log is gone' USING ERRCODE = 'DB001';
  END IF;
  IF base > 0 AND NOT EXISTS (SELECT FROM daybook.events e WHERE e.book = in_book AND e.position = base) THEN
    RAISE EXCEPTION 'the log ends before its head' USING ERRCODE = 'DB002';
  END IF;
  IF base <> in_after THEN
    RAISE EXCEPTION 'the log has moved on' USING ERRCODE = 'DB005';
  END IF;
  IF NOT EXISTS (SELECT FROM daybook.adopting a WHERE a.book = in_book) THEN
    IF base > 0 OR EXISTS (SELECT FROM daybook.secret_check s WHERE s.book = in_book) THEN
      RAISE EXCEPTION 'the log is not empty' USING ERRCODE = 'DB005';
    END IF;
    INSERT INTO daybook.adopting VALUES (in_book);
    UPDATE daybook.book b SET origin = in_origin WHERE b.id = in_book;
  ELSIF NOT EXISTS (SELECT FROM daybook.book b WHERE b.id = in_book AND b.origin = in_origin) THEN
    RAISE EXCEPTION 'another log is being taken over' USING ERRCODE = 'DB005';
  END IF;
  INSERT INTO daybook.events
  SELECT in_book, e.position, e.stream, e.version, e.type, e.schema_version, e.effective_date, e.recorded_at, e.committed_at,
    e.actor, e.command, e.id, e.prev, e.leaf, e.closes, e.data, e.meta
  FROM unnest(e_position, e_stream, e_version, e_type, e_schema_version, e_effective_date, e_recorded_at, e_committed_at, e_actor, e_command, e_id, e_prev, e_leaf, e_closes, e_data, e_meta) AS e(position, stream, version, type, schema_version, effective_date, recorded_at, committed_at, actor, command, id, prev, leaf, closes, data, meta) ORDER BY e.position;
  INSERT INTO daybook.commands
  SELECT in_book, c.stream, c.command, c.fingerprint, c.first_version, c.last_version, c.first_position, c.last_position
  FROM unnest(c_stream, c_command, c_fingerprint, c_first_version, c_last_version, c_first_position, c_last_position) AS c(stream, command, fingerprint, first_version, last_version, first_position, last_position);
  UPDATE daybook.head h SET position = e.position, committed_at = e.committed_at
  FROM (SELECT e.position, e.committed_at FROM daybook.events e WHERE e.book = in_book ORDER BY e.position DESC LIMIT 1) e
  WHERE h.book = in_book AND e.position > h.position;
  PERFORM pg_notify('daybook', in_book || ' ' || h.position) FROM daybook.head h WHERE h.book = in_book;
END $adopt$;


CREATE OR REPLACE FUNCTION daybook.adopted(in_book integer, in_secret text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $adopted$
BEGIN
  PERFORM FROM daybook.head h WHERE h.book = in_book FOR UPDATE;
  DELETE FROM daybook.adopting a WHERE a.book = in_book;
  IF FOUND AND in_secret IS NOT NULL THEN
    INSERT INTO daybook.secret_check VALUES (in_book, in_secret);
  END IF;
END $adopted$;


CREATE OR REPLACE FUNCTION daybook.never() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $never$
BEGIN
  RAISE EXCEPTION 'a daybook is never changed: reverse and repost' USING ERRCODE = 'DB009';
END $never$;

CREATE OR REPLACE FUNCTION daybook.onward() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $onward$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.book = OLD.book AND NEW.position > OLD.position THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the end of a daybook only moves on' USING ERRCODE = 'DB009';
END $onward$;

CREATE OR REPLACE FUNCTION daybook.renamed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $renamed$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.tenant = OLD.tenant
    AND EXISTS (SELECT FROM daybook.adopting a WHERE a.book = OLD.id)
    AND NOT EXISTS (SELECT FROM daybook.events e WHERE e.book = OLD.id)
    AND NOT EXISTS (SELECT FROM daybook.secret_check s WHERE s.book = OLD.id) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a daybook is never changed: reverse and repost' USING ERRCODE = 'DB009';
END $renamed$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA daybook FROM PUBLIC;
DROP TRIGGER IF EXISTS book_never_changed ON daybook.book;
DROP TRIGGER IF EXISTS book_named_once ON daybook.book; CREATE TRIGGER book_named_once BEFORE UPDATE OR DELETE ON daybook.book FOR EACH ROW EXECUTE FUNCTION daybook.renamed(); ALTER TABLE daybook.book ENABLE ALWAYS TRIGGER book_named_once;
DROP TRIGGER IF EXISTS book_never_emptied ON daybook.book; CREATE TRIGGER book_never_emptied BEFORE TRUNCATE ON daybook.book FOR EACH STATEMENT EXECUTE FUNCTION daybook.never(); ALTER TABLE daybook.book ENABLE ALWAYS TRIGGER book_never_emptied;
