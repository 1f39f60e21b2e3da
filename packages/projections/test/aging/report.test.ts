import { addDays, type Day, toDay } from '@daybook/core/kernel'
import { type AgingQuery, type AgingReport, agingReport } from '@daybook/projections/aging'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Book, openBook } from './book.ts'
import * as facts from './facts.ts'

const A = 'account-a'
const B = 'account-b'
const asOf = toDay('2026-11-21')

const report = (book: Book, query: Partial<AgingQuery> = {}): Promise<AgingReport> =>
  book.run(agingReport({ asOf, basis: 'responsibility', ...query }))

const filled = ({ buckets }: Pick<AgingReport, 'buckets'>): Record<string, number> =>
  Object.fromEntries(buckets.filter(({ amount }) => amount !== 0).map(({ name, amount }) => [name, amount]))

const patientOwes = async (book: Book, agingFrom: string, amount = 100, line = `l-${agingFrom}`): Promise<void> => {
  await book.post(A, '2026-11-20', facts.charge({ on: '2025-01-01', line, party: 'patient', amount, agingFrom }))
}

describe('K2 buckets (reference §2.1)', { tags: ['K2'] }, () => {
  it.each([
    ['2026-10-22', '0-30'],
    ['2026-10-21', '31-60'],
    ['2026-09-22', '31-60'],
    ['2026-09-21', '61-90'],
    ['2026-08-23', '61-90'],
    ['2026-08-22', '91-120'],
    ['2026-07-24', '91-120'],
    ['2026-07-23', '121+'],
  ])('F14 aged from %s, as of 2026-11-21, stands in %s alone', async (agingFrom, bucket) => {
    const book = await openBook()
    await patientOwes(book, agingFrom)
    expect(filled(await report(book))).toEqual({ [bucket]: 100 })
  })

  it('ages below zero stand in the first bucket, marked as not yet due', async () => {
    const book = await openBook()
    await patientOwes(book, '2026-11-22', 70)
    await patientOwes(book, '2026-11-21', 30)
    const found = await report(book)
    expect(filled(found)).toEqual({ '0-30': 100 })
    expect(found.notYetDue).toBe(70)
  })

  it('the practice may name its own edges; every item is in exactly one bucket', async () => {
    const edges = fc.uniqueArray(fc.nat(400), { minLength: 1, maxLength: 6 }).map((list) => list.sort((a, b) => a - b))
    await fc.assert(
      fc.asyncProperty(edges, fc.integer({ min: -10, max: 500 }), async (bucketEdges, age) => {
        const book = await openBook()
        await patientOwes(book, addDays(asOf, -age))
        const { buckets } = await report(book, { bucketEdges })
        const inside = buckets.filter(({ from, to }) => (from ?? 0) <= Math.max(age, 0) && age <= (to ?? Infinity))
        expect(inside.map(({ amount }) => amount)).toEqual([100])
        expect(buckets.reduce((sum, { amount }) => sum + amount, 0)).toBe(100)
      }),
      { numRuns: 60 },
    )
  })

  it('edges that do not rise are refused', async () => {
    const book = await openBook()
    await expect(report(book, { bucketEdges: [30, 30] })).rejects.toThrow(/must rise/)
  })
})

describe('bases', () => {
  it('2.1-b the same item by date of service and by responsibility', async () => {
    const book = await openBook()
    await book.post(
      A,
      '2026-10-15',
      facts.charge({ on: '2026-05-01', line: 'l', party: 'cov', amount: 40_000 }),
      facts.insurancePaid('2026-10-15', 'cov', 'l', 25_000),
      facts.transferred(
        '2026-10-15',
        'l',
        15_000,
        [
          { layer: 'l-1', party: 'cov', amount: -15_000 },
          { layer: 'l-2', party: 'patient', amount: 15_000 },
        ],
        [{ layer: 'l-2', party: 'patient', agingFrom: '2026-10-15' }],
      ),
    )
    expect(filled(await report(book, { basis: 'dos' }))).toEqual({ '121+': 15_000 })
    expect(filled(await report(book, { basis: 'responsibility' }))).toEqual({ '31-60': 15_000 })
  })

  it('by bill date: undated until the first claim, which then counts from its own day and not before', async () => {
    const book = await openBook()
    await book.post(A, '2026-09-01', facts.charge({ on: '2026-08-01', line: 'l', party: 'cov', amount: 100 }))
    const unbilled = await book.post(A, '2026-09-01', facts.coverageAdded('2026-09-01', 'other', 'payer'))
    await book.post(A, '2026-11-20', facts.claimSubmitted('2026-10-01', 'cov', '8', 'l'))
    const late = await book.post(A, '2026-11-20', facts.claimSubmitted('2026-10-21', 'cov', '1', 'l'))
    const early = await book.post(A, '2026-11-21', facts.claimSubmitted('2026-09-15', 'cov', '7', 'l'))
    const at = async (knownAtPosition: number, day: string = asOf) =>
      filled(await report(book, { basis: 'billDate', knownAtPosition, asOf: toDay(day) }))
    expect(await at(unbilled)).toEqual({ undated: 100 })
    expect(await at(late), 'the first claim known').toEqual({ '31-60': 100 })
    expect(await at(late, '2026-10-20'), 'before its day').toEqual({ undated: 100 })
    expect(await at(early), 'an earlier claim became known').toEqual({ '61-90': 100 })
    expect(await at(early, '2026-10-20')).toEqual({ '31-60': 100 })
    expect(await at(unbilled), 'what was known then does not move').toEqual({ undated: 100 })
  })

  it('by first statement nothing has a date yet, and the net is the same on every basis', async () => {
    const book = await openBook()
    await patientOwes(book, '2026-10-22')
    await book.post(A, '2026-11-20', facts.patientPayment('2026-11-01', 'p', 30))
    const found = await report(book, { basis: 'firstStatement' })
    expect(filled(found)).toEqual({ undated: 100 })
    expect([found.unapplied, found.net]).toEqual([-30, 70])
    expect((await report(book)).net).toBe(70)
    expect((await report(book)).buckets.map(({ name }) => name)).toEqual(['0-30', '31-60', '61-90', '91-120', '121+'])
  })
})

describe('columns', () => {
  it('credits and unapplied stand apart, never netted into a bucket or with each other (E10)', {
    tags: ['E10'],
  }, async () => {
    const book = await openBook()
    await patientOwes(book, '2026-11-01', 500, 'open')
    await book.post(A, '2026-11-20', facts.charge({ on: '2026-11-01', line: 'paid', party: 'cov', amount: 200 }))
    await book.post(A, '2026-11-20', facts.insurancePaid('2026-11-10', 'cov', 'paid', 260))
    await book.post(A, '2026-11-20', facts.patientPayment('2026-11-10', 'p', 40))
    const found = await report(book)
    expect(found).toMatchObject({ credits: -60, unapplied: -40, net: 400 })
    expect(found.rows).toMatchObject([
      { party: 'insurance', credits: -60, unapplied: 0, net: -60 },
      { party: 'patient', credits: 0, unapplied: -40, net: 460 },
    ])
  })

  it('what is placed stays in its bucket and is shown apart', async () => {
    const book = await openBook()
    await patientOwes(book, '2026-07-01', 500, 'l')
    await book.post(A, '2026-11-20', facts.placed('2026-11-15', 'l', 300))
    const found = await report(book)
    expect(filled(found)).toEqual({ '121+': 500 })
    expect(found.placed).toBe(300)
    expect((await report(book, { asOf: toDay('2026-11-14') })).placed).toBe(0)
  })

  it('accounts are counted once in a bucket, whatever they have there, and only while they have', async () => {
    const book = await openBook()
    await patientOwes(book, '2026-11-01', 500, 'l1')
    await patientOwes(book, '2026-11-02', 500, 'l2')
    await book.post(B, '2026-11-20', facts.charge({ on: '2026-11-03', line: 'l3', party: 'cov', amount: 9 }))
    const counts = async (query: Partial<AgingQuery> = {}) =>
      (await report(book, { ...query, countAccounts: true })).buckets[0]?.accounts
    expect(await counts()).toBe(2)
    await book.post(B, '2026-11-20', facts.insurancePaid('2026-11-04', 'cov', 'l3', 9))
    expect(await counts()).toBe(1)
    expect(await counts({ asOf: toDay('2026-11-03') }), 'before it was paid').toBe(2)
    expect((await report(book)).buckets[0]).not.toHaveProperty('accounts')
  })

  it('a report is cut by payer, financial class, location or provider; values not known stand under an empty one', async () => {
    const book = await openBook()
    await book.post(A, '2026-11-01', facts.coverageAdded('2026-11-01', 'cov', 'acme', 'MB'))
    const where = { location: 'north', provider: 'dr-a' }
    await book.post(A, '2026-11-02', facts.charge({ on: '2026-11-02', line: 'l1', party: 'cov', amount: 10, ...where }))
    await book.post(A, '2026-11-02', facts.charge({ on: '2026-11-02', line: 'l2', party: 'patient', amount: 20 }))
    const rows = async (by: AgingQuery['by']) =>
      (await report(book, { by })).rows.map(({ party, value, net }) => [party, value, net])
    expect(await rows('payer')).toEqual([
      ['insurance', 'acme', 10],
      ['patient', '', 20],
    ])
    expect(await rows('financialClass')).toContainEqual(['insurance', 'MB', 10])
    expect(await rows('location')).toContainEqual(['insurance', 'north', 10])
    expect(await rows('provider')).toContainEqual(['insurance', 'dr-a', 10])
    expect(await rows('coverage')).toContainEqual(['insurance', 'cov', 10])
  })
})

describe('K4 payments and ages', { tags: ['K4'] }, () => {
  it('a payment never makes an item older, and never moves it', async () => {
    const book = await openBook()
    await patientOwes(book, '2026-09-22', 100, 'l')
    await book.post(
      A,
      '2026-11-20',
      facts.patientPayment('2026-11-20', 'p', 99, { line: 'l', layer: 'l-1', amount: 99 }),
    )
    expect(filled(await report(book))).toEqual({ '31-60': 1 })
  })
})

describe('a converted book', () => {
  const begin = toDay('2026-06-01')
  const convert = async (): Promise<Book> => {
    const book = await openBook()
    await patientOwes(book, '2026-05-15', 5, 'native')
    await book.post(B, '2026-11-20', facts.broughtForward(begin, 'l', 'patient', 900, '2026-02-01'))
    return book
  }

  it('answers "before the books" for the account that has none yet, and gives the figures of the others', async () => {
    const book = await convert()
    const early = await report(book, { asOf: addDays(begin, -1) })
    expect(early.beforeTheBooks).toEqual({
      accounts: 1,
      last: begin,
      named: [{ account: 'b', booksBegin: begin }],
    })
    expect(filled(early)).toEqual({ '0-30': 5 })
    expect(early.net).toBe(5)
  })

  it('counts every account without an answer, names the ten whose books begin first, and says when all have one', async () => {
    const book = await openBook()
    const accounts = Array.from({ length: 12 }, (_, n) => String.fromCharCode(122 - n))
    for (const [n, account] of accounts.entries()) {
      const on = addDays(begin, n)
      await book.post(
        `account-${account}`,
        '2026-11-20',
        facts.broughtForward(on, `l${n}`, 'patient', 100, '2026-02-01'),
      )
    }
    const early = (await report(book, { asOf: addDays(begin, -1) })).beforeTheBooks
    expect(early?.accounts).toBe(12)
    expect(early?.last).toBe(addDays(begin, 11))
    expect(early?.named.map(({ account }) => account)).toEqual(accounts.slice(0, 10))
    const between = await report(book, { asOf: addDays(begin, 4) })
    expect(between.beforeTheBooks?.accounts).toBe(7)
    expect(between.net).toBe(500)
    const late = await report(book, { asOf: addDays(begin, 11) })
    expect(late).not.toHaveProperty('beforeTheBooks')
    expect(late.net).toBe(1_200)
  })

  it('counts an account once, however many balances are brought forward to it', async () => {
    const book = await convert()
    await book.post(B, '2026-11-21', facts.broughtForward(begin, 'l2', 'patient', 50, '2026-02-01'))
    const asOf = addDays(begin, -1)
    expect((await report(book, { asOf })).beforeTheBooks?.accounts).toBe(1)
    expect((await report(book, { asOf, knownAtPosition: 2 })).beforeTheBooks?.accounts).toBe(1)
  })

  it('has figures from its first day on, aged as in the old book', async () => {
    const book = await convert()
    expect(filled(await report(book, { asOf: begin as Day }))).toEqual({ '0-30': 5, '91-120': 900 })
  })

  it('knew nothing of it before the balances were brought forward', async () => {
    const book = await convert()
    const asOf = addDays(begin, -1)
    expect(await report(book, { asOf, knownAtPosition: 1 })).not.toHaveProperty('beforeTheBooks')
  })
})
