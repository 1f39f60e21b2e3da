import type { Bar, Result } from './measure.ts'

const figure = (value: number): string =>
  value >= 1_000 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3)

const barText = ({ of, is, value }: Bar): string => {
  const what = { measured: '', ratio: 'ratio ', peer: 'times the peer ' }[of]
  return `${what}${is} ${figure(value)}`
}
const metText = (met: boolean | undefined): string => (met === undefined ? '–' : met ? 'yes' : 'NO')

const peerText = ({ peer }: Result): string => {
  if (!peer) return '–'
  if ('missing' in peer) return peer.missing
  return `${figure(peer.figure)} (${peer.is}) ×${peer.times.toPrecision(2)}`
}

const listed = (texts: readonly string[]): string => (texts.length > 0 ? texts.join(', ') : '–')

const head = ['bench', 'measured', 'limit', 'ratio', 'peer, and how many times better', 'bar', 'met']
const row = (result: Result): readonly string[] => [
  result.name,
  `${figure(result.measured)} ${result.unit}`,
  `${figure(result.limit)} (${result.limitIs})`,
  result.ratio.toFixed(2),
  peerText(result),
  listed(result.bars.map(barText)),
  listed(result.bars.map(({ met }) => metText(met))),
]

/** Aligned columns, for a terminal. */
export const tableOf = (results: readonly Result[]): string => {
  const rows = [head, ...results.map(row)]
  const widths = head.map((_, at) => Math.max(...rows.map((cells) => cells[at]?.length ?? 0)))
  return rows
    .map((cells) =>
      cells
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** The same as a table of Markdown, as bench/README.md shows it. */
export const markdownOf = (results: readonly Result[]): string =>
  [head, head.map(() => '---'), ...results.map(row)]
    .map((cells) => `| ${cells.join(' | ').replaceAll('NO', '**no**')} |`)
    .join('\n')
