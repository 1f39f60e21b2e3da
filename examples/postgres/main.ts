// A practice's book in PostgreSQL: two programs write to it at once, and then all of it moves into a file and goes on there.
// `node --conditions=@daybook/source examples/postgres/main.ts postgres://user@host/database`
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importLog, openDaybook, presets } from 'daybook'

const [server] = process.argv.slice(2)
if (server === undefined) throw new Error('name the database: postgres://user@host/database')

// Each run is a tenant of its own: a practice with a log, views and a secret that no other one sees.
const url = `${server}${server.includes('?') ? '&' : '?'}tenant=example-${Date.now()}`
const folder = mkdtempSync(join(tmpdir(), 'daybook-example-'))
const key = join(folder, 'clinic.key')
const practice = presets.physicianPracticeMN

try {
  // The first opening makes the tables, the book and its key: the key is in the file, never in the database.
  await using desk = await openDaybook(url, { practice, key, actor: 'anna' })
  await using clearinghouse = await openDaybook(url, { key, actor: 'import' })
  await Promise.all([
    desk.open({ guarantor: { name: 'Jo Roe', born: '1980-02-01' }, on: '2026-11-01' }),
    clearinghouse.importPaths(['examples/practice/2026-04-02-claims.837'], { openMissing: true }),
  ])
  const { items } = await desk.accounts({ limit: 1_000 })
  console.log(`${items.length} accounts, written by two programs at once`)

  const { net } = await desk.aging({ asOf: '2026-11-21', basis: 'responsibility' })
  const { head, findings } = await clearinghouse.check()
  console.log(`net ${(net / 100).toFixed(2)}, ${findings.length} findings, head ${head}`)

  // Origin, positions, times and hashes go along: it is the same book. Write in one of the two only from now on.
  const file = `sqlite:${join(folder, 'clinic.db')}`
  const moved = await importLog(url, file)
  copyFileSync(key, join(folder, 'clinic.db.key'))
  await using book = await openDaybook(file, { actor: 'anna' })
  const after = await book.aging({ asOf: '2026-11-21', basis: 'responsibility' })
  console.log(
    `moved ${moved.events} events into a file: the same head: ${moved.head === head}, net: ${after.net === net}`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
