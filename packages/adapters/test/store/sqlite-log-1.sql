-- A book of format 1, as Daybook wrote it until its rows were made smaller: tables, guards, and a few notes.

CREATE TABLE book(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  format INTEGER NOT NULL,
  tenant TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
CREATE TABLE events(
  position INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  type TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  effective_date TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  committed_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  command_id TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  prev TEXT NOT NULL,
  leaf TEXT NOT NULL,
  data TEXT NOT NULL,
  meta TEXT NOT NULL,
  UNIQUE (stream, version)
) STRICT;
CREATE TABLE commands(
  stream TEXT NOT NULL,
  command_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  first_version INTEGER NOT NULL,
  last_version INTEGER NOT NULL,
  first_position INTEGER NOT NULL,
  last_position INTEGER NOT NULL,
  PRIMARY KEY (command_id, stream)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER book_never_update BEFORE UPDATE ON book
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TRIGGER book_never_delete BEFORE DELETE ON book
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TRIGGER events_never_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TRIGGER events_never_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TRIGGER commands_never_update BEFORE UPDATE ON commands
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TRIGGER commands_never_delete BEFORE DELETE ON commands
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TABLE secret_check(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  value TEXT NOT NULL
) STRICT;
CREATE TRIGGER secret_check_never_update BEFORE UPDATE ON secret_check
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TRIGGER secret_check_never_delete BEFORE DELETE ON secret_check
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;

INSERT INTO book VALUES (1, 1, 'north', 'log-8b948e5e-4775-44d4-8848-9fb77d283b78');
INSERT INTO events VALUES (1, 'account-0197a000-0000-7000-8000-000000000001', 0, 'NoteTaken', 1, '2026-11-20', '2026-11-21T09:00:00.000Z', '2026-11-20T12:00:03.000Z', 'anna', '01a22972-517f-71f3-8bf9-f6121bc03962', '01a22972-5180-7dbe-8443-11b06c04470c', '-', '1b82fe7e2cb3416643d789e3dc85843721b6c0f37767de0d8212164aa6794546', '{"salt":"01a22972518175028304f4ffcce5ee6b","text":"first"}', '{}');
INSERT INTO events VALUES (2, 'account-0197a000-0000-7000-8000-000000000001', 1, 'NoteTaken', 1, '2026-11-20', '2026-11-21T09:00:00.000Z', '2026-11-20T12:00:03.000Z', 'anna', '01a22972-517f-71f3-8bf9-f6121bc03962', '01a22972-5182-7acb-8e40-d8ce093879b5', '1b82fe7e2cb3416643d789e3dc85843721b6c0f37767de0d8212164aa6794546', 'd4c3f65083df09ac1f12ec5178264c1c4c215e79ef1645b68a47d169a7fa2fbb', '{"salt":"01a22972518374f9859c444944c3b166","text":"second “quoted” — ü 💶"}', '{}');
INSERT INTO events VALUES (3, 'account-0197a000-0000-7000-8000-000000000001', 2, 'NoteTaken', 1, '2026-11-20', '2026-11-21T09:00:00.000Z', '2026-11-20T12:00:03.000Z', 'anna', '01a22972-517f-71f3-8bf9-f6121bc03962', '01a22972-5184-7a28-8206-dc7a3f6068a4', 'd4c3f65083df09ac1f12ec5178264c1c4c215e79ef1645b68a47d169a7fa2fbb', 'd3154a642d746276dbde005cca4705943b4f4df0ba8d2907525f4872749db0e8', '{"salt":"01a2297251857dc9800a928fd08cea12","text":"third"}', '{}');
INSERT INTO events VALUES (4, 'ref-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 0, 'NoteTaken', 1, '2026-11-20', '2026-11-21T09:00:00.000Z', '2026-11-20T12:00:04.500Z', 'anna', 'chunks:0ced3663-e938-83fe-8b7a-41da6ac259f8:1', '01a22972-5192-7dde-84c3-20418202eb87', '-', '82736841fb2468bf3a75bc9eb6398541687fbf4aefabf4ab1dabf7b5963e7556', '{"salt":"01a2297251937cf181acd26bc790d271","text":"assigned"}', '{}');
INSERT INTO events VALUES (5, 'account-0197a000-0000-7000-8000-000000000001', 3, 'NoteTaken', 1, '2026-11-20', '2026-11-21T09:00:00.000Z', '2026-11-20T12:00:06.000Z', 'anna', 'post:4548d1de-3aeb-8094-92f0-ba95a834b7b9:line-1', '01a22972-5196-7d0a-8642-81ea4b8cc631', 'd3154a642d746276dbde005cca4705943b4f4df0ba8d2907525f4872749db0e8', 'e2d423ed46f1b60e0d0ece8f056e9e0ae5a383e9bd26fd07213036b0786efd4d', '{"salt":"01a2297251977ff48b5c14a4ff1a87e3","text":"fourth"}', '{}');
INSERT INTO events VALUES (6, 'account-0197a000-0000-7000-8000-000000000001', 4, 'NoteTaken', 1, '2026-11-20', '2026-11-21T09:00:00.000Z', '2026-11-20T12:00:06.000Z', 'anna', 'post:4548d1de-3aeb-8094-92f0-ba95a834b7b9:line-1', '01a22972-5198-7d9a-83a1-39e72d79e9c7', 'e2d423ed46f1b60e0d0ece8f056e9e0ae5a383e9bd26fd07213036b0786efd4d', '0e4ac8256b5e4edb290f48dae3652f2dc62f6d1965b75c8ba2d48c20fc7664e2', '{"salt":"01a229725199784b8e8e31e805eedb3f","text":"fifth"}', '{}');
INSERT INTO events VALUES (7, 'account-Z', 0, 'NoteTaken', 1, '2026-11-20', '2026-11-21T09:00:00.000Z', '2026-11-20T12:00:07.500Z', 'anna', '01a22972-519a-76aa-834f-fe613037a8de', '01a22972-519b-7134-87e5-e17f7b521587', '-', 'b2478b80b5173a4acc6ca5b139dd611c8abb453fd7ba1698ed11d15a0bf27a78', '{"salt":"01a22972519c717686c1a8376f259acc","text":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}', '{}');
INSERT INTO events VALUES (8, 'ref-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 1, 'NoteTaken', 1, '2026-11-20', '2026-11-21T09:00:00.000Z', '2026-11-20T12:00:09.000Z', 'anna', '01a22972-51a9-717a-82c4-226a10e5fa50', '01a22972-51aa-7019-8c6d-b9b65d88aea1', '82736841fb2468bf3a75bc9eb6398541687fbf4aefabf4ab1dabf7b5963e7556', '1ffdfd8430d0d39b11c0c42c336307f0ab2f9ba5da4d6edf7f51a0ba2bf4b1c7', '{"salt":"01a2297251ab7c0e8d8e09072be66f8e","text":"again"}', '{}');
INSERT INTO events VALUES (9, 'account-0197a000-0000-7000-8000-000000000001', 5, 'NoteTaken', 1, '2026-11-20', '2026-11-21T09:00:00.000Z', '2026-11-20T12:00:10.500Z', 'anna', '01a22972-51ac-7f1d-805a-80377e41729d', '01a22972-51ad-7ee3-8180-36f3e8e51bfa', '0e4ac8256b5e4edb290f48dae3652f2dc62f6d1965b75c8ba2d48c20fc7664e2', 'e68e3f2f6a44bb7c8775370cc59b5cfe13838d7417b9fc10bfe0ae2b96e58491', '{"salt":"01a2297251ae754d8f06be199c019fb4","text":"sixth"}', '{}');
INSERT INTO commands VALUES ('account-0197a000-0000-7000-8000-000000000001', '01a22972-517f-71f3-8bf9-f6121bc03962', '9e2bb8fd6c918ad5c7bd60a7b0416a52bb58813d98584babb4b1c8a4b4904b66', 0, 2, 1, 3);
INSERT INTO commands VALUES ('account-Z', '01a22972-519a-76aa-834f-fe613037a8de', '4f2540cb3a605e6bdc5c6f724c74c7bd4d884417cc45bc464c68c10cd4041583', 0, 0, 7, 7);
INSERT INTO commands VALUES ('ref-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', '01a22972-51a9-717a-82c4-226a10e5fa50', 'e1e46ab1c3ab9be363ae069292b12724d1c7c1fad959d2be1132278b84960357', 1, 1, 8, 8);
INSERT INTO commands VALUES ('account-0197a000-0000-7000-8000-000000000001', '01a22972-51ac-7f1d-805a-80377e41729d', 'e9ae3a8a677fa9fdf73d085278a52bf755d1068e18cbbc3fb252c9d3f0fceaab', 5, 5, 9, 9);
INSERT INTO commands VALUES ('ref-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 'chunks:0ced3663-e938-83fe-8b7a-41da6ac259f8:1', 'd32427cc49d15cc068f6de45bcdc5c2b1727833e8c3c66b8a26261912ed33ab6', 0, 0, 4, 4);
INSERT INTO commands VALUES ('account-0197a000-0000-7000-8000-000000000001', 'post:4548d1de-3aeb-8094-92f0-ba95a834b7b9:line-1', '472efd49deb4fb695f20c3a4debac3007485eb25d2568fb10b55d586e4c3d01c', 3, 4, 5, 6);
INSERT INTO secret_check VALUES (1, 'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc');
