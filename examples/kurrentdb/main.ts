// A practice's book in EventStoreDB or KurrentDB: its log on the cluster, its views in a file that can be thrown away.
// `node --conditions=@daybook/source examples/kurrentdb/main.ts 'esdb://host:2113?tls=false'`
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importLog, openDaybook, presets } from 'daybook'

const [server] = process.argv.slice(2)
if (server === undefined) throw new Error('name the server: esdb://host:2113?tls=false')

// Each run is a tenant of its own: its streams are daybook.<tenant>.…, and no other ones are touched.
const url = `${server}${server.includes('?') ? '&' : '?'}tenant=example-${Date.now()}`
const folder = mkdtempSync(join(tmpdir(), 'daybook-example-'))
const key = join(folder, 'clinic.key')
const asOf = { asOf: '2026-11-21', basis: 'responsibility' } as const

const writing = async () => {
  const views = `sqlite:${join(folder, 'views.db')}`
  await using book = await openDaybook(url, { views, key, practice: presets.physicianPracticeMN, actor: 'anna' })
  const { account } = await book.open({ guarantor: { name: 'Jo Roe', born: '1980-02-01' }, on: '2026-11-01' })
  const charge = {
    type: 'PostCharge',
    on: '2026-11-02',
    visit: 'v1',
    line: 'l1',
    code: '99213',
    amount: 12_500,
  } as const
  const receipt = await book.execute(account, charge)
  if (receipt.ok) console.log('Charged 125.00 for an office visit on 2026-11-02.')
  await book.importPaths(['examples/practice/2026-04-02-claims.837'], { openMissing: true })
  return { account, net: (await book.aging(asOf)).net }
}

try {
  const { account, net } = await writing()
  // With other views everything is built anew from the log: the answers are the same, and so is each position.
  await using book = await openDaybook(url, { views: 'memory:', key, actor: 'anna' })
  console.log(`net ${(net / 100).toFixed(2)}; by new views the same: ${(await book.aging(asOf)).net === net}`)
  for (const { position, what } of (await book.history(account)).events.slice(0, 2)) console.log(`@${position} ${what}`)

  const { head, findings } = await book.check()
  const moved = await importLog(url, `sqlite:${join(folder, 'clinic.db')}`)
  console.log(
    `${findings.length} findings; moved ${moved.events} events into a file, the same head: ${moved.head === head}`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
