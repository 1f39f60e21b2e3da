// The tests of a run share one PostgreSQL server, started by the first that needs one (server.ts): most runs need none.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export default function placeForAServer(): () => void {
  const folder = mkdtempSync(join(tmpdir(), `daybook-pg-run-${randomBytes(3).toString('hex')}-`))
  process.env['DAYBOOK_TEST_PG_PLACE'] = folder
  process.env['DAYBOOK_TEST_PG_WATCHED'] = String(process.pid)
  return () => rmSync(folder, { recursive: true, force: true })
}
