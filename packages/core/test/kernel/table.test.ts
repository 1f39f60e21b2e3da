import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Questions, Table } from '../../src/kernel/table.ts'

interface Row {
  readonly id: string
  readonly visit: string
  readonly lines: readonly string[]
  readonly amount: number
  readonly on: string | undefined
}

const questions = {
  where: { open: (row: Row) => row.amount > 0, credit: (row: Row) => row.amount < 0 },
  by: { visit: (row: Row) => row.visit, line: (row: Row) => row.lines },
  sum: { amount: (row: Row) => row.amount },
  first: { on: (row: Row) => row.on },
  last: { on: (row: Row) => row.on },
} satisfies Questions<Row>

const ids = ['r1', 'r2', 'r3', 'r4', 'r5'] as const
const visits = ['v1', 'v2', 'v3'] as const
const lines = ['l1', 'l2', 'l3'] as const
const days = ['2026-01-01', '2026-02-01', '2026-03-01'] as const

const row: fc.Arbitrary<Row> = fc.record({
  id: fc.constantFrom(...ids),
  visit: fc.constantFrom(...visits),
  lines: fc.subarray([...lines]),
  amount: fc.integer({ min: -3, max: 3 }),
  on: fc.constantFrom(...days, undefined),
})
type Step =
  | { readonly put: Row }
  | { readonly add: readonly [string, number] }
  | { readonly out: string }
  | { readonly next: number }
  | { readonly ask: true }
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: row.map((put) => ({ put })), weight: 6 },
  { arbitrary: fc.tuple(fc.constantFrom(...ids), fc.integer({ min: -3, max: 3 })).map((add) => ({ add })), weight: 4 },
  { arbitrary: fc.constantFrom(...ids).map((out) => ({ out })), weight: 2 },
  { arbitrary: fc.nat(1_000).map((next) => ({ next })), weight: 3 },
  { arbitrary: fc.constant({ ask: true } as const), weight: 1 },
)

const answersOf = (table: Table<string, Row, typeof questions>) => ({
  rows: [...table.values()],
  open: table.where('open'),
  credit: table.where('credit'),
  any: [table.any('open'), table.any('open', ({ visit }) => visit === 'v1')],
  byVisit: visits.map((visit) => table.by('visit', visit)),
  byLine: lines.map((line) => table.by('line', line)),
  byLines: table.by('line', 'l1', 'l3'),
  sum: table.sum('amount'),
  first: table.first('on'),
  last: table.last('on'),
})

/** The same by going through all rows. */
const wholly = (rows: readonly Row[]): ReturnType<typeof answersOf> => {
  const on = rows.flatMap((each) => each.on ?? []).sort()
  return {
    rows: [...rows],
    open: rows.filter(({ amount }) => amount > 0),
    credit: rows.filter(({ amount }) => amount < 0),
    any: [rows.some(({ amount }) => amount > 0), rows.some(({ amount, visit }) => amount > 0 && visit === 'v1')],
    byVisit: visits.map((visit) => rows.filter((each) => each.visit === visit)),
    byLine: lines.map((line) => rows.filter((each) => each.lines.includes(line))),
    byLines: rows.filter((each) => each.lines.includes('l1') || each.lines.includes('l3')),
    sum: rows.reduce((sum, { amount }) => sum + amount, 0),
    first: on[0],
    last: on.at(-1),
  }
}

describe('a table', () => {
  it('answers as if it went through all rows: at any time, in any version, asked before or not', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        let table = new Table<string, Row, typeof questions>(questions)
        let like = new Map<string, Row>()
        const all = [{ table, like }]
        const check = () => {
          for (const each of all) {
            expect(answersOf(each.table)).toEqual(wholly([...each.like.values()]))
            expect(each.table.faults()).toEqual([])
          }
        }
        for (const each of steps) {
          if ('put' in each) {
            table.set(each.put.id, { ...each.put })
            like.set(each.put.id, each.put)
          } else if ('add' in each) {
            const [id, amount] = each.add
            const was = like.get(id)
            if (was) like.set(id, { ...was, amount: was.amount + amount })
            const changed = table.change(id, (row) => Object.assign(row, { amount: row.amount + amount }))
            expect(changed).toEqual(like.get(id))
          } else if ('out' in each) {
            expect(table.delete(each.out)).toBe(like.delete(each.out))
          } else if ('next' in each) {
            const after = all[each.next % all.length] as (typeof all)[number]
            table = after.table.next()
            like = new Map(after.like)
            all.push({ table, like })
          } else check()
        }
        check()
      }),
      { numRuns: 500 },
    )
  })

  it('tells which kept answer is not the one that the rows give', () => {
    const table = new Table<string, Row, typeof questions>(questions).keepAll()
    const changed = { id: 'r1', visit: 'v1', lines: ['l1'], amount: 1, on: '2026-01-01' }
    table.set('r1', changed)
    Object.assign(changed, { visit: 'v2', lines: ['l2'], amount: -2, on: '2026-02-01' })
    expect(table.faults().map((fault) => fault.split(':')[0])).toEqual([
      'where open',
      'where credit',
      'by visit',
      'by line',
      'sum amount',
      'first on',
      'last on',
    ])
  })

  it('keeps no answer that was asked of no rows: whoever only folds pays for none', () => {
    let asked = 0
    const counting = {
      where: {
        open: () => {
          asked += 1
          return true
        },
      },
    }
    const empty = new Table<string, Row, typeof counting>(counting)
    expect(empty.where('open')).toEqual([])
    const row: Row = { id: 'r1', visit: 'v1', lines: [], amount: 1, on: undefined }
    const after = empty.next().set('r1', row)
    expect(asked).toBe(0)
    expect(after.where('open')).toEqual([row])
    expect(asked).toBe(1)
  })

  it('refuses a question that was not declared', () => {
    const table = new Table<string, Row, typeof questions>(questions)
    expect(() => table.where('closed' as 'open')).toThrow(RangeError)
  })
})
