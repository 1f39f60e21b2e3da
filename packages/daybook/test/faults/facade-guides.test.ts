import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checks } from '../../src/check/finding.ts'
import { commands } from '../../src/cli/catalogue.ts'
import * as daybook from '../../src/index.ts'

// What the guides list is all that there is.

const root = join(import.meta.dirname, '..', '..', '..', '..')
const guide = (name: string): string => readFileSync(join(root, 'docs', 'guides', name), 'utf8')

describe('facade-32 lists of the guides', () => {
  it('facade-32 the guide to auditing names every check, in its words', () => {
    const rows = guide('audit.md').split('\n')
    for (const [name, says] of Object.entries(checks)) {
      expect(rows.find((row) => row.startsWith(`| \`${name}\` | `)) ?? '', name).toContain(says)
    }
  })

  it('facade-32 the guide to embedding names every error that a call may throw', () => {
    const errors = Object.entries(daybook).flatMap(([name, one]) =>
      typeof one === 'function' && one.prototype instanceof Error ? [name] : [],
    )
    const table = guide('embed.md')
      .split('\n')
      .filter((row) => row.startsWith('| `'))
    const absent = errors.filter((name) => !table.some((row) => row.split('|')[1]?.includes(`\`${name}\``)))
    // A refusal is a value there; it is an error of `daybook/effect` alone.
    expect(absent).toEqual(['Rejected'])
  })
})

describe('facade-32 the reference of the command line', () => {
  it('facade-32 has the JSON of every command', () => {
    const page = readFileSync(join(root, 'docs', 'reference', 'command-line.md'), 'utf8')
    const named = page
      .split('\n')
      .filter((line) => line.startsWith('## '))
      .flatMap((line) => [...line.matchAll(/daybook ([a-z-]+)/g)].map(([, name]) => name))
    expect(commands.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([])
  })
})
