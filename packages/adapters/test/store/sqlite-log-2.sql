-- A book of format 2, as Daybook wrote it until types had numbers: tables, guards, and some notes.

CREATE TABLE book(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  format INTEGER NOT NULL,
  tenant TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
CREATE TABLE secret_check(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  value TEXT NOT NULL
) STRICT;
CREATE TABLE streams(
  stream INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE events(
  position INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL,
  version INTEGER NOT NULL,
  type TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  effective_date TEXT NOT NULL,
  recorded_at ANY NOT NULL,
  committed_at ANY NOT NULL,
  actor TEXT NOT NULL,
  id ANY NOT NULL UNIQUE,
  leaf ANY NOT NULL,
  data TEXT NOT NULL,
  meta TEXT NOT NULL,
  UNIQUE (stream, version)
) STRICT;
CREATE TABLE commands(
  first_position INTEGER PRIMARY KEY,
  last_position INTEGER NOT NULL,
  stream INTEGER NOT NULL,
  first_version INTEGER NOT NULL,
  last_version INTEGER NOT NULL,
  command_id ANY NOT NULL,
  fingerprint ANY NOT NULL,
  UNIQUE (command_id, stream)
) STRICT;
CREATE TRIGGER secret_check_never_update BEFORE UPDATE ON secret_check
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TRIGGER secret_check_never_delete BEFORE DELETE ON secret_check
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TRIGGER streams_never_update BEFORE UPDATE ON streams
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TRIGGER streams_never_delete BEFORE DELETE ON streams
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TRIGGER events_never_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TRIGGER events_never_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TRIGGER commands_never_update BEFORE UPDATE ON commands
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TRIGGER commands_never_delete BEFORE DELETE ON commands
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TRIGGER book_never_update BEFORE UPDATE ON book
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
CREATE TRIGGER book_never_delete BEFORE DELETE ON book
BEGIN SELECT RAISE(ABORT, 'a daybook is never changed: reverse and repost'); END;
INSERT INTO book VALUES (1, 2, 'north', 'log-8b948e5e-4775-44d4-8848-9fb77d283b78');
INSERT INTO streams VALUES (1, 'account-0197a000-0000-7000-8000-000000000001');
INSERT INTO streams VALUES (2, 'ref-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef');
INSERT INTO streams VALUES (3, 'account-Z');
INSERT INTO streams VALUES (4, 'account-0197a000-0000-7000-8000-000000000002');
INSERT INTO streams VALUES (5, 'ref-fedcba98fedcba98fedcba98fedcba98fedcba98fedcba98fedcba98fedcba98');
INSERT INTO streams VALUES (6, 'remittance-83548587-8f51-8c46-940b-5445ead72f1f');
INSERT INTO streams VALUES (7, 'ref-');
INSERT INTO events VALUES (1, 1, 0, 'NoteTaken', 1, '2026-11-20', 1795251600000, 1795176003000, 'anna', X'01a2297251807dbe844311b06c04470c', X'1b82fe7e2cb3416643d789e3dc85843721b6c0f37767de0d8212164aa6794546', '{"salt":"01a22972518175028304f4ffcce5ee6b","text":"first"}', '{}');
INSERT INTO events VALUES (2, 1, 1, 'NoteTaken', 1, '2026-11-20', 1795251600000, 1795176003000, 'anna', X'01a2297251827acb8e40d8ce093879b5', X'd4c3f65083df09ac1f12ec5178264c1c4c215e79ef1645b68a47d169a7fa2fbb', '{"salt":"01a22972518374f9859c444944c3b166","text":"second “quoted” — ü 💶"}', '{}');
INSERT INTO events VALUES (3, 1, 2, 'NoteTaken', 1, '2026-11-20', 1795251600000, 1795176003000, 'anna', X'01a2297251847a288206dc7a3f6068a4', X'd3154a642d746276dbde005cca4705943b4f4df0ba8d2907525f4872749db0e8', '{"salt":"01a2297251857dc9800a928fd08cea12","text":"third"}', '{}');
INSERT INTO events VALUES (4, 2, 0, 'NoteTaken', 1, '2026-11-20', 1795251600000, 1795176004500, 'anna', X'01a2297251927dde84c320418202eb87', X'82736841fb2468bf3a75bc9eb6398541687fbf4aefabf4ab1dabf7b5963e7556', '{"salt":"01a2297251937cf181acd26bc790d271","text":"assigned"}', '{}');
INSERT INTO events VALUES (5, 1, 3, 'NoteTaken', 1, '2026-11-20', 1795251600000, 1795176006000, 'anna', X'01a2297251967d0a864281ea4b8cc631', X'e2d423ed46f1b60e0d0ece8f056e9e0ae5a383e9bd26fd07213036b0786efd4d', '{"salt":"01a2297251977ff48b5c14a4ff1a87e3","text":"fourth"}', '{}');
INSERT INTO events VALUES (6, 1, 4, 'NoteTaken', 1, '2026-11-20', 1795251600000, 1795176006000, 'anna', X'01a2297251987d9a83a139e72d79e9c7', X'0e4ac8256b5e4edb290f48dae3652f2dc62f6d1965b75c8ba2d48c20fc7664e2', '{"salt":"01a229725199784b8e8e31e805eedb3f","text":"fifth"}', '{}');
INSERT INTO events VALUES (7, 3, 0, 'NoteTaken', 1, '2026-11-20', 1795251600000, 1795176007500, 'anna', X'01a22972519b713487e5e17f7b521587', X'b2478b80b5173a4acc6ca5b139dd611c8abb453fd7ba1698ed11d15a0bf27a78', '{"salt":"01a22972519c717686c1a8376f259acc","text":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}', '{}');
INSERT INTO events VALUES (8, 2, 1, 'NoteTaken', 1, '2026-11-20', 1795251600000, 1795176009000, 'anna', X'01a2297251aa70198c6db9b65d88aea1', X'1ffdfd8430d0d39b11c0c42c336307f0ab2f9ba5da4d6edf7f51a0ba2bf4b1c7', '{"salt":"01a2297251ab7c0e8d8e09072be66f8e","text":"again"}', '{}');
INSERT INTO events VALUES (9, 1, 5, 'NoteTaken', 1, '2026-11-20', 1795251600000, 1795176010500, 'anna', X'01a2297251ad7ee3818036f3e8e51bfa', X'e68e3f2f6a44bb7c8775370cc59b5cfe13838d7417b9fc10bfe0ae2b96e58491', '{"salt":"01a2297251ae754d8f06be199c019fb4","text":"sixth"}', '{}');
INSERT INTO events VALUES (10, 4, 0, 'NoteTaken', 1, '2026-11-22', 1795338000000, 1795338003000, 'ben', X'01a22d1d802c77a689d5836006e6fdb0', X'b3ad8426d414f8c307c070426f957e6d1600decdd70b6b54e4aed04e40b7b242', '{"salt":"01a22d1d802d7ac48f8593db01778d12","text":"a"}', '{"catalogue":"abababababababababababababababababababababababababababababababab","cause":{"claim":"V1"},"commandId":"claim:2ec4dc23225ec742766b8dbfc100cbf0d800d921","policyVersion":1}');
INSERT INTO events VALUES (11, 4, 1, 'NoteRead', 1, '2026-11-22', 1795338000000, 1795338003000, 'ben', X'01a22d1d802e709187f729eb48d4d14d', X'7b66b6f8deae6e9e8753949c78092b2f3d08c08888e7a9fe544834212d850321', '{"salt":"01a22d1d802f77eb800574e8ae135d75","text":"b"}', '{"cause":{"claim":"V1"},"commandId":"claim:2ec4dc23225ec742766b8dbfc100cbf0d800d921"}');
INSERT INTO events VALUES (12, 4, 2, 'NoteRead', 1, '2026-11-22', 1795338000000, 1795338003000, 'ben', X'01a22d1d803076d4816e69d6a2ab51f4', X'0da78f211f4463fedc82e8a718e5f875fb41aa0ea67aa5e4b9baf7cb70186814', '{"salt":"01a22d1d80327d718eb0d175115579f3","text":"c"}', '{"cause":{"claim":"V1"},"commandId":"claim:2ec4dc23225ec742766b8dbfc100cbf0d800d921"}');
INSERT INTO events VALUES (13, 4, 3, 'NoteTaken', 1, '2026-11-22', 1795338000000, 1795338003000, 'ben', X'01a22d1d80337dc581d8003bf1129243', X'fe6a3bd17054f5d9f1ec93f37b11c32c65ae565465453bf620110af768ae8a7d', '{"salt":"01a22d1d803473568f812034868efc58","text":"d"}', '{"cause":{"claim":"V1"},"commandId":"claim:2ec4dc23225ec742766b8dbfc100cbf0d800d921"}');
INSERT INTO events VALUES (14, 5, 0, 'NoteTaken', 1, '2026-11-22', 1795338000000, 1795338004500, 'ben', X'01a22d1d803976d38c6b8a1c07b5d505', X'a5988b45d6755472f9102c396c62ec746b22db550fa801e6f4e93f15fab9fc8d', '{"salt":"01a22d1d803a7b0080e5c316acc30415","text":"e"}', '{"commandId":"person:c9b7be0c-bea2-8e84-bba1-31e2e0842ac3:ebb1af5e-ffc0-88a7-88be-9eba44066f04"}');
INSERT INTO events VALUES (15, 5, 1, 'NoteTaken', 1, '2026-11-22', 1795338000000, 1795338004500, 'ben', X'01a22d1d803b7b9d82d6e6705db08b07', X'cd8aebc66551f5d813ae719b2d396c00da0b031f3aa880b71c25100252cf0ed2', '{"salt":"01a22d1d803c7e1f82ee230cdf62bb27","text":"f"}', '{"commandId":"person:c9b7be0c-bea2-8e84-bba1-31e2e0842ac3:ebb1af5e-ffc0-88a7-88be-9eba44066f04"}');
INSERT INTO events VALUES (16, 6, 0, 'NoteTaken', 1, '2026-11-22', 1795338000000, 1795338006000, 'ben', X'01a22d1d803d742d8fc9919cd513b877', X'7ee6525db22e238732de20018904fd1e738814cf49adccf1e03aa0c1aa3d7172', '{"salt":"01a22d1d803e7b718eaa1b84a5708bf2","text":"g"}', '{"commandId":"close"}');
INSERT INTO events VALUES (17, 6, 1, 'NoteTaken', 1, '2026-11-22', 1795338000000, 1795338006000, 'ben', X'01a22d1d803f7a9c8e8f94829c069b92', X'b9b234ed03913d96d2b96a54783a7ca75ad2fcc0daea53ce0d5ddb684a5070bd', '{"salt":"01a22d1d804078a384616f3ff6b190a5","text":"h"}', '{"closes":true,"commandId":"close"}');
INSERT INTO events VALUES (18, 7, 0, 'NoteTaken', 1, '2026-11-22', 1795338000000, 1795338007500, 'ben', X'01a22d1d804177cc85c9aa19cfcb3b98', X'15c2adca45f62cefdd8d3af08a2922b9f8dafc173927a2bb0640420e42123257', '{"salt":"01a22d1d80427f7a8f94937f28befed6","text":"i"}', '{}');
INSERT INTO events VALUES (19, 3, 1, 'NoteRead', 1, '2026-11-22', 1795338000000, 1795338009000, 'ben', X'01a22d1d804372898b6bd5c4d8c8056e', X'd6f5eb1178b4d04f44ade9a4f05b64909676c6862f943839c0865283afb12ad9', '{"salt":"01a22d1d804471fe8f94b609ee35579e","text":"j"}', '{}');
INSERT INTO events VALUES (20, 3, 2, 'NoteRead', 1, '2026-11-22', 1795338000000, 1795338009000, 'ben', X'01a22d1d8045790e80fed24ad0c678c3', X'cdda97bb98a8ae724940e6fefa211b00f8cedeab61a8a5552f7782f1431977f0', '{"salt":"01a22d1d804674e88fba2eef90ba1b35","text":"k"}', '{}');
INSERT INTO commands VALUES (1, 3, 1, 0, 2, X'01a22972517f71f38bf9f6121bc03962', X'9e2bb8fd6c918ad5c7bd60a7b0416a52bb58813d98584babb4b1c8a4b4904b66');
INSERT INTO commands VALUES (4, 4, 2, 0, 0, 'chunks:0ced3663-e938-83fe-8b7a-41da6ac259f8:1', X'd32427cc49d15cc068f6de45bcdc5c2b1727833e8c3c66b8a26261912ed33ab6');
INSERT INTO commands VALUES (5, 6, 1, 3, 4, 'post:4548d1de-3aeb-8094-92f0-ba95a834b7b9:line-1', X'472efd49deb4fb695f20c3a4debac3007485eb25d2568fb10b55d586e4c3d01c');
INSERT INTO commands VALUES (7, 7, 3, 0, 0, X'01a22972519a76aa834ffe613037a8de', X'4f2540cb3a605e6bdc5c6f724c74c7bd4d884417cc45bc464c68c10cd4041583');
INSERT INTO commands VALUES (8, 8, 2, 1, 1, X'01a2297251a9717a82c4226a10e5fa50', X'e1e46ab1c3ab9be363ae069292b12724d1c7c1fad959d2be1132278b84960357');
INSERT INTO commands VALUES (9, 9, 1, 5, 5, X'01a2297251ac7f1d805a80377e41729d', X'e9ae3a8a677fa9fdf73d085278a52bf755d1068e18cbbc3fb252c9d3f0fceaab');
INSERT INTO commands VALUES (10, 13, 4, 0, 3, 'claim:2ec4dc23225ec742766b8dbfc100cbf0d800d921', X'3c2cef97dc97d48fa2001e37ca06d26d9b90bb3c1e5a4a61fc035e0856799d3c');
INSERT INTO commands VALUES (14, 15, 5, 0, 1, 'person:c9b7be0c-bea2-8e84-bba1-31e2e0842ac3:ebb1af5e-ffc0-88a7-88be-9eba44066f04', X'97686ae837b9e33c615acf9ff7135f6d51b0844c2b73bcb14cd2d8dd837539ae');
INSERT INTO commands VALUES (16, 17, 6, 0, 1, 'close', X'310ff200149b44a32f124023d7caba19a1a890763a980606813d3a3d4a085d36');
INSERT INTO commands VALUES (18, 18, 7, 0, 0, 'policy:first', X'967955c9770dcd40fde103932414300c9094656fcf63d159ce195d9b8d5c9b42');
INSERT INTO commands VALUES (19, 20, 3, 1, 2, X'3b4d8f52ed064ee08e477d7c6ec5bbaf', X'11e4f6fac3e88179156acea9e11baa081bc94b26ba1487d7c647758ec7d311e5');
INSERT INTO secret_check VALUES (1, 'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc');
