// The table of what was tried and found, for the terminal and for docs/reliability.md.
import type { Figures } from '../testing/figures.ts'
import type { TortureTest } from './report.ts'

const heads = [
  'programme',
  'store',
  'tried',
  'acknowledged',
  'unknown',
  'lost',
  'doubled',
  'otherwise wrong',
  'unresolved',
] as const

const spelled = (count: number | undefined): string => count?.toLocaleString('en-US') ?? '–'

const added = (a: number | undefined, b: number | undefined): { readonly sum?: number } =>
  a === undefined && b === undefined ? {} : { sum: (a ?? 0) + (b ?? 0) }

const together = (one: Figures, other: Figures): Figures => {
  const { sum: acknowledged } = added(one.acknowledged, other.acknowledged)
  const { sum: unknown } = added(one.unknown, other.unknown)
  return {
    ...one,
    tried: one.tried + other.tried,
    ...(acknowledged === undefined ? {} : { acknowledged }),
    ...(unknown === undefined ? {} : { unknown }),
    lost: one.lost + other.lost,
    doubled: one.doubled + other.doubled,
    otherwise: one.otherwise + other.otherwise,
    unresolved: one.unresolved + other.unresolved,
  }
}

/** What several tests tried of one programme on one store is one row. */
const rowsOf = (tests: readonly TortureTest[]): readonly (readonly string[])[] => {
  const figures = tests.flatMap((test) => test.figures)
  const rows = new Map<string, Figures>()
  for (const one of figures) {
    const key = `${one.store} ${one.programme}`
    const before = rows.get(key)
    rows.set(key, before ? together(before, one) : one)
  }
  return [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => [
      one.programme,
      one.store,
      `${spelled(one.tried)} ${one.of}`,
      spelled(one.acknowledged),
      spelled(one.unknown),
      spelled(one.lost),
      spelled(one.doubled),
      spelled(one.otherwise),
      spelled(one.unresolved),
    ])
}

const notes = (tests: readonly TortureTest[]): readonly string[] =>
  tests.flatMap(({ figures }) =>
    figures.flatMap(({ note, programme, store }) => (note ? [`${programme}, ${store}: ${note}`] : [])),
  )

/** What failed, and what could not be run, as where there is no strace. */
export const notRight = (tests: readonly TortureTest[]): readonly string[] =>
  tests.flatMap(({ name, state }) =>
    state === 'failed' ? [`FAILED: ${name}`] : state === 'skipped' ? [`not run here: ${name}`] : [],
  )

export const tableInText = (report: readonly TortureTest[]): string => {
  const rows = [heads, ...rowsOf(report)]
  const widths = heads.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  const lines = rows.map((row) =>
    row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
  )
  return [...lines, ...notes(report), ...notRight(report)].join('\n')
}

export const tableInMarkdown = (report: readonly TortureTest[]): string =>
  [
    `| ${heads.join(' | ')} |`,
    `|${heads.map((_, at) => (at < 2 ? '---' : '--:')).join('|')}|`,
    ...rowsOf(report).map((row) => `| ${row.join(' | ')} |`),
    '',
    ...notes(report).map((note) => `- ${note}`),
    ...notRight(report).map((one) => `- ${one}`),
  ].join('\n')
