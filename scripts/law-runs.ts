// How a test checks a law, read from its source: as a property with so many runs, or by example.

/** Runs by where the property runs (`memory`, `SQLite`); under an empty name where it runs in one place. */
export type Runs = ReadonlyMap<string, number>

const count = (text: string): number => Number(text.replaceAll('_', ''))

/** `{ name: 'memory', runs: 1_000, … }`: the places of a parametrised test, in its file or in a file it imports. */
const places = (source: string): Runs =>
  new Map(
    [...source.matchAll(/name: '([^']+)',(?:\s*\/\*\*[^*]*\*\/)?\s*runs: ([\d_]+)/g)].map(
      ([, name = '', runs = '']) => [name, count(runs)],
    ),
  )

const single = (text: string): Runs => new Map([['', count(text)]])

/** What stands after `numRuns:` as runs. */
const runsSaid = (expression: string, source: string, imported: string): Runs | undefined => {
  if (/^[\d_]+$/.test(expression)) return single(expression)
  if (expression === 'shelf.runs') return places(imported)
  if (expression === 'runs') return places(source)
  return undefined
}

/**
 * The runs of a test, given the text from its name to the next test; undefined for an example.
 * @throws Error where the text asserts a property whose runs can not be read: the page must not guess.
 */
export const runsIn = (block: string, source: string, imported: string, where: string): Runs | undefined => {
  const asserted = block.indexOf('fc.assert(')
  if (asserted < 0) return undefined
  const text = block.slice(asserted)
  const [, inline] = /numRuns: ([\w.]+)/.exec(text) ?? []
  if (inline !== undefined) {
    const found = runsSaid(inline, source, imported)
    if (found && found.size > 0) return found
  } else if (/[,\s]runs,?\s*\)/.test(text)) {
    const [, shared] = /const runs = \{ numRuns: ([\d_]+) \}/.exec(source) ?? []
    if (shared !== undefined) return single(shared)
  } else {
    // fast-check's own default.
    return single('100')
  }
  throw new Error(`${where}: its runs can not be read; write numRuns as a number, shelf.runs, or runs beside a name`)
}

const spelled = (runs: number): string => runs.toLocaleString('en-US')

/** The most of each place, over all tests of a law. */
export const mostOf = (all: readonly Runs[]): Runs => {
  const most = new Map<string, number>()
  for (const runs of all) {
    for (const [place, number] of runs) most.set(place, Math.max(number, most.get(place) ?? 0))
  }
  return most
}

export const best = (runs: Runs): number => Math.max(0, ...runs.values())

/** `property, 1,000 runs (SQLite: 20)`. */
export const inWords = (runs: Runs): string => {
  const top = best(runs)
  const fewer = [...runs].filter(([place, number]) => place !== '' && number < top)
  const apart = fewer.map(([place, number]) => `${place}: ${spelled(number)}`).join(', ')
  return `property, ${spelled(top)} runs${apart ? ` (${apart})` : ''}`
}
