import { DatabaseSync } from 'node:sqlite'

/** The number of a stream, as SQL finds it by its name. */
export const numberOf = (stream: string): string => `(SELECT stream FROM streams WHERE name = '${stream}')`

/** Which events are of a type, as SQL asks for them. */
export const ofType = (type: string): string => `type_number = (SELECT number FROM types WHERE name = '${type}')`

/** Changes a file behind the book's back, as an intruder with the disk would who puts the guards back afterwards. */
export const tamper = (path: string, sql: string): void => {
  const db = new DatabaseSync(path)
  try {
    const triggers = db.prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`).all()
    for (const { name } of triggers) db.exec(`DROP TRIGGER "${String(name)}"`)
    db.exec(sql)
    for (const trigger of triggers) db.exec(String(trigger['sql']))
  } finally {
    db.close()
  }
}
