import { parseArgs } from 'node:util'
import { measure, type Opened, type Result } from './measure.ts'

// npm run bench [-- name… --rounds N --json]. Every figure stands beside a limit of the same run (bench/README.md).

const groups: Readonly<Record<string, () => Promise<Opened>>> = {
  fold: async () => (await import('./fold.ts')).open(),
  append: async () => (await import('./append.ts')).open(),
  command: async () => (await import('./command.ts')).open(),
  replay: async () => (await import('./replay.ts')).open(),
  memory: async () => (await import('./memory.ts')).open(),
  aging: async () => (await import('./aging.ts')).open(),
  parse: async () => (await import('./parse.ts')).open(),
  claims: async () => (await import('./claims.ts')).open(),
  start: async () => (await import('./start.ts')).open(),
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, json: { type: 'boolean', default: false } },
})
const rounds = Number(values.rounds)
const unknown = positionals.filter((name) => !(name in groups))
if (unknown.length > 0 || !Number.isSafeInteger(rounds) || rounds < 5) {
  console.error(`usage: npm run bench [-- ${Object.keys(groups).join(' | ')}] [--rounds N, 5 or more] [--json]`)
  process.exit(2)
}

const figure = (value: number): string =>
  value >= 1_000 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3)

const row = ({ name, unit, measured, limit, limitIs, ratio, bars }: Result): readonly string[] => [
  name,
  `${figure(measured)} ${unit}`,
  `${figure(limit)} (${limitIs})`,
  `${ratio.toFixed(2)}x`,
  bars.map(({ of, is, value }) => `${of} ${is} ${figure(value)}`).join(', '),
  bars.map(({ met }) => (met ? 'yes' : 'NO')).join(', '),
]

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((cells) => cells[at]?.length ?? 0)))
  return rows
    .map((cells) =>
      cells
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const results: Result[] = []
for (const name of positionals.length > 0 ? positionals : Object.keys(groups)) {
  const opened = await groups[name]?.()
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
console.log(
  values.json
    ? JSON.stringify({ rounds, results }, undefined, 2)
    : table([['bench', 'measured', 'limit', 'ratio', 'bar', 'met'], ...results.map(row)]),
)
