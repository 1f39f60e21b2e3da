const identifier = /^[a-z_][a-z0-9_]{0,62}$/

export interface Roles {
  /** Owns the schema, makes and changes it: opens a book first, and after an update of Daybook. */
  readonly owner: string
  /** What programs run as: appends to logs by the owner's functions, reads, and keeps views. Can change no event. */
  readonly program: string
  /** What auditors run as: reads. */
  readonly reader: string
}

/**
 * The statements that give each role the least that it needs; run by the owner once the schema is there, and again after an
 * update. They take from everybody else what they do not give.
 * @throws RangeError for a name that is no plain identifier.
 */
export const rightsScript = ({ owner, program, reader }: Roles): string => {
  for (const name of [owner, program, reader]) {
    if (!identifier.test(name))
      throw new RangeError(`a role is named by a–z 0–9 _, at most 63: ${JSON.stringify(name)}`)
  }
  return `REVOKE ALL ON SCHEMA daybook FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA daybook FROM PUBLIC, ${program}, ${reader};
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA daybook FROM PUBLIC, ${program}, ${reader};
GRANT USAGE ON SCHEMA daybook TO ${owner}, ${program}, ${reader};
GRANT SELECT ON ALL TABLES IN SCHEMA daybook TO ${program}, ${reader};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA daybook TO ${program};
GRANT INSERT, UPDATE, DELETE ON daybook.view_checkpoint, daybook.view_doc, daybook.view_cell, daybook.view_item
  TO ${program};
`
}
