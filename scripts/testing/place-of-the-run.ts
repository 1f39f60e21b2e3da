// A folder of a whole run of tests, taken away at its end: for what must outlive the process that has made it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export default function placeOfTheRun(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-run-'))
  process.env['DAYBOOK_TEST_PLACE'] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
