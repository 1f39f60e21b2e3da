/**
 * The tables of views. Unlike the log they are rebuilt at will. A view version of a tenant has a number of its own, so that
 * a rebuilt one takes the place of the live one by changing one row; numbers are never given twice.
 */
export const viewTables = `
CREATE TABLE daybook.view_checkpoint(
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant text COLLATE "C" NOT NULL,
  view text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  position bigint NOT NULL,
  leaf text COLLATE "C" NOT NULL,
  UNIQUE (tenant, view, version)
) WITH (fillfactor = 50);
CREATE TABLE daybook.view_doc(
  view bigint NOT NULL,
  key text COLLATE "C" NOT NULL,
  body text COLLATE "C" NOT NULL,
  PRIMARY KEY (view, key)
);
CREATE TABLE daybook.view_cell(
  view bigint NOT NULL,
  series text COLLATE "C" NOT NULL,
  x bigint NOT NULL,
  y bigint NOT NULL,
  z bigint NOT NULL,
  kind text COLLATE "C" NOT NULL,
  amount bigint NOT NULL,
  PRIMARY KEY (view, series, x, y, z, kind)
);
CREATE TABLE daybook.view_item(
  view bigint NOT NULL,
  list text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  rank text COLLATE "C" NOT NULL,
  body text COLLATE "C" NOT NULL,
  PRIMARY KEY (view, list, key)
);
CREATE INDEX view_item_by_rank ON daybook.view_item(view, list, rank, key);
`

/** Tables whose rows belong to a view version. */
export const rowTables = ['view_doc', 'view_cell', 'view_item'] as const
