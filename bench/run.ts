import { parseArgs } from 'node:util'
import { measure, type Opened, type Result } from './measure.ts'
import { markdownOf, tableOf } from './table.ts'

// npm run bench [-- name… --rounds N --quick --json --markdown]. Every figure stands beside a limit of the same run
// (bench/README.md).

const groups: Readonly<Record<string, (quick: boolean) => Promise<Opened>>> = {
  fold: async (quick) => (await import('./fold.ts')).open(quick),
  append: async (quick) => (await import('./append.ts')).open(quick),
  command: async (quick) => (await import('./command.ts')).open(quick),
  aged: async (quick) => (await import('./aged.ts')).open(quick),
  replay: async (quick) => (await import('./replay.ts')).open(quick),
  memory: async (quick) => (await import('./memory.ts')).open(quick),
  aging: async (quick) => (await import('./aging.ts')).open(quick),
  parse: async (quick) => (await import('./parse.ts')).open(quick),
  claims: async (quick) => (await import('./claims.ts')).open(quick),
  'one-account': async (quick) => (await import('./one-account.ts')).open(quick),
  submissions: async (quick) => (await import('./submissions.ts')).open(quick),
  stores: async (quick) => (await import('./stores.ts')).open(quick),
  imports: async (quick) => (await import('./imports.ts')).open(quick),
  loop: async (quick) => (await import('./loop.ts')).open(quick),
  start: async () => (await import('./start.ts')).open(),
}

/** Fewer rounds have no median to speak of; quick ones are asked whether they run, not how fast. */
const FEWEST = 5

const usage =
  `usage: npm run bench [-- ${Object.keys(groups).join(' | ')}] [--rounds N, ${FEWEST} or more] [--json | --markdown]\n` +
  '       npm run bench -- --quick: small sizes, one round or more, to see that it runs'

const given = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        help: { type: 'boolean', default: false },
        rounds: { type: 'string' },
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        markdown: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
    process.exit(2)
  }
}

const { values, positionals } = given()
if (values.help) {
  console.log(usage)
  process.exit(0)
}
const { quick } = values
const rounds = Number(values.rounds ?? (quick ? 1 : FEWEST))
const unknown = positionals.filter((name) => !(name in groups))
if (unknown.length > 0 || !Number.isSafeInteger(rounds) || rounds < (quick ? 1 : FEWEST)) {
  console.error(usage)
  process.exit(2)
}

const results: Result[] = []
for (const name of positionals.length > 0 ? positionals : Object.keys(groups)) {
  const opened = await groups[name]?.(quick)
  if (!opened) continue
  try {
    for (const bench of opened.benches) {
      if (process.stderr.isTTY) process.stderr.write(`${bench.name}…\r`)
      results.push(await measure(bench, rounds))
    }
  } finally {
    opened.close()
  }
}
if (quick) console.error('quick: sizes are small, the figures say that the benches run and nothing else')
if (values.json) console.log(JSON.stringify({ rounds, quick, results }, undefined, 2))
else console.log(values.markdown ? markdownOf(results) : tableOf(results))
