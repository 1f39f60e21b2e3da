import type { Deed, Outcome, Step } from './step.ts'

// What a year has met, as a table: each kind of deed, how often it was done and refused, and the reasons that stood against a
// contact.

const nameOf = (deed: Deed): string => {
  if (deed.kind === 'account' && deed.command.type === 'IssueLetter') return `IssueLetter ${deed.command.letter.about}`
  if (deed.kind === 'account' || deed.kind === 'person') return deed.command.type
  if (deed.kind !== 'look') return deed.kind
  return `look at ${deed.of} as ${deed.role}${deed.limited ? ', limited' : ''}`
}

const columns = (rows: readonly (readonly [name: string, ...counts: number[]])[]): string =>
  rows.map(([name, ...counts]) => `  ${name.padEnd(34)}${counts.map((n) => String(n).padStart(9)).join('')}`).join('\n')

const withheldOrRefused = ({ refused, answered }: Outcome): boolean => refused !== undefined || answered === false

export const tableOf = (
  figures: string,
  steps: readonly Step[],
  outcomes: readonly Outcome[],
  reasons: ReadonlyMap<string, number>,
): string => {
  const deeds = new Map<string, [done: number, refused: number]>()
  for (const [number, { deed }] of steps.entries()) {
    const outcome = outcomes[number]
    if (!outcome || outcome.left) continue
    const count = deeds.get(nameOf(deed)) ?? [0, 0]
    count[withheldOrRefused(outcome) ? 1 : 0] += 1
    deeds.set(nameOf(deed), count)
  }
  const byName = [...deeds].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return [
    figures,
    `  ${'deed'.padEnd(34)}${'done'.padStart(9)}${'refused'.padStart(9)}`,
    columns(byName.map(([name, [done, refused]]) => [name, done, refused])),
    `  ${'against a contact'.padEnd(34)}${'times'.padStart(9)}`,
    columns([...reasons].toSorted(([, a], [, b]) => b - a)),
  ].join('\n')
}
