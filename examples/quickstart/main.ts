// Ten lines from nothing to an aging report. `node --conditions=@daybook/source examples/quickstart/main.ts`
import { openDaybook, presets } from 'daybook'

const money = (cents: number): string => (cents / 100).toFixed(2)

// A book in memory, gone when the program ends. With 'sqlite:clinic.db' it stays, and a second run finds it again.
await using book = await openDaybook('memory:', { practice: presets.physicianPracticeMN, actor: 'anna' })

const { account } = await book.open({ guarantor: { name: 'Jo Roe', born: '1980-02-01' }, on: '2026-11-01' })
const receipt = await book.execute(account, {
  type: 'PostCharge',
  on: '2026-11-02',
  visit: 'v1',
  line: 'l1',
  code: '99213',
  amount: 12_500,
})
if (receipt.ok) console.log('Charged 125.00 for an office visit on 2026-11-02.')

await book.execute(account, { type: 'PostPayment', on: '2026-11-10', payment: 'p1', amount: 4_000, tender: 'card' })
console.log('Received 40.00 by card on 2026-11-10.')

// A command that rules refuse is an answer, not an exception. It lists every rule that hit.
const refused = await book.execute(account, {
  type: 'WriteOff',
  on: '2026-11-20',
  visit: 'v1',
  party: 'patient',
  category: 'courtesy',
  reason: 'a friend of the house',
})
if (!refused.ok) for (const hit of refused.hits) console.log(`Refused: ${hit.reason} (${hit.rule}, ${hit.citation})`)

const aging = await book.aging({ asOf: '2026-11-21', basis: 'responsibility' }) // sees its own writes
console.log(`\nAging as of ${aging.asOf}:`)
for (const { name, amount } of aging.buckets) console.log(`  ${name.padEnd(8)} ${money(amount).padStart(8)}`)
console.log(`  ${'net'.padEnd(8)} ${money(aging.net).padStart(8)}`)

const explanation = await book.explain(account, { asOf: '2026-11-21' })
if (!explanation.beforeTheBooks)
  for (const { code, from, says } of explanation.lines) console.log(`\n${code} of ${from}: ${says}`)
