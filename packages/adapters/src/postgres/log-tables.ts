/**
 * The tables of the logs of a database, one row of `book` a tenant. Every key begins with the book, so that tenants are
 * apart and none costs the other anything. `events` and `commands` are only ever added to (guards.ts). `head` is the end
 * of each log: its row is the lock of the writers of one tenant, so positions have no gaps and stand in commit order, and a
 * log that was cut off no longer fits it. `closes` marks the event that closes its stream; its meta says the same. Texts are compared by their bytes, whatever the database sorts by; payloads are
 * `text`, never `jsonb`, which would change them.
 */
export const logTables = `
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
`

/** A row for each log that is taking another one over: who only opens it sees that it is not whole. */
export const adoptingTable = `
CREATE TABLE daybook.adopting(
  book integer PRIMARY KEY REFERENCES daybook.book
);
`
