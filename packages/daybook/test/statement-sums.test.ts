import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// The six printed statements, added up as a reader with a pencil would: from the words on the paper alone.

const folder = new URL('./statements/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'))

const RULE = /^-+$/
/** Cents of a printed amount. */
const cents = (text: string): number => {
  const [, sign = '', whole = '0', part = '0'] = /^(−?)([\d,]+)\.(\d\d)$/.exec(text) ?? []
  const amount = Number(whole.replaceAll(',', '')) * 100 + Number(part)
  return sign === '' ? amount : -amount
}
const amountsOf = (line: string): readonly number[] => (line.match(/−?[\d,]+\.\d\d(?!\S)/g) ?? []).map(cents)

/** The table under a heading: its rows, and what stands under the second rule. */
const table = (text: string, heading: string) => {
  const lines = text.split('\n')
  const begin = lines.indexOf(heading)
  if (begin === -1) return undefined
  const end = lines.indexOf('', begin)
  const [, , ...rest] = lines.slice(begin, end)
  const rules = rest.flatMap((line, at) => (RULE.test(line) ? [at] : []))
  const [first = 0, second = rest.length] = rules
  const rows = rest.slice(first + 1, second).map(amountsOf)
  return { rows, foot: rest.slice(second + 1).flatMap(amountsOf) }
}
const last = (row: readonly number[]): number => row.at(-1) ?? 0
const sum = (rows: readonly (readonly number[])[]): number => rows.reduce((total, row) => total + last(row), 0)

describe('a statement adds up on paper', () => {
  it.each(names)('%s', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8')
    const activity = table(text, 'What has happened')
    const asked = table(text, 'What we ask for now')
    const ages = table(text, 'Amount due by age')
    const services = table(text, 'What you owe on each service')
    if (!activity || !asked || !ages || !services) throw new Error(`${name} lacks a table`)
    const [balance = Number.NaN] = activity.foot
    const [due = Number.NaN] = asked.foot
    expect(sum(activity.rows)).toBe(balance)
    expect(last(asked.rows[0] ?? [])).toBe(balance)
    expect(sum(asked.rows)).toBe(due)
    expect(sum(ages.rows)).toBe(due)
    expect(amountsOf(text.split('\n').find((line) => line.startsWith('Amount due  ')) ?? '')).toEqual([due])
    // Charge, insurance, adjusted, paid, other, elsewhere: what is left of each is owed; and each column together.
    for (const row of services.rows) {
      expect(row.slice(0, -1).reduce((total, amount) => total + amount, 0)).toBe(last(row))
    }
    const columns = services.foot.map((_, at) => services.rows.reduce((total, row) => total + (row[at] ?? 0), 0))
    expect(columns).toEqual(services.foot)
    expect(last(services.foot)).toBe(balance)
    // The page for a screen says the same amounts in the same order.
    const html = readFileSync(new URL(name.replace('.txt', '.html'), folder), 'utf8')
    expect(amountsOf(html.replace(/<[^>]+>/g, ' '))).toEqual(amountsOf(text))
  })

  it('one whose figures were tampered with does not', () => {
    const text = readFileSync(new URL('onPlan.txt', folder), 'utf8').replace('−750.00', '−740.00')
    const asked = table(text, 'What we ask for now')
    expect(sum(asked?.rows ?? [])).not.toBe(last(asked?.foot ?? []))
  })
})
