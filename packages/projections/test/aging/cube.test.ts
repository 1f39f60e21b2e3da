import { addDays, type Day } from '@daybook/core/kernel'
import { EventStore, ViewStore, type ViewStoreShape } from '@daybook/core/ports'
import {
  type AgingBasis,
  type AgingDimension,
  type AgingFigures,
  type AgingReport,
  agingBases,
  agingDimensions,
  agingReport,
} from '@daybook/projections/aging'
import { catchUp } from '@daybook/projections/runner'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JOURNAL } from '../../src/aging/journal.ts'
import { agingViewOf } from '../../src/aging/view.ts'
import { type Book, bothStores, openBook } from './book.ts'
import { bruteForce, type Figures, type Question } from './brute-force.ts'
import { patientPayment } from './facts.ts'
import { arbHappenings, firstDay, happenedAs, write } from './histories.ts'

/** So fine that a short history has whole spans, whole blocks and a cut one. */
const fine = agingViewOf({ block: 4, span: 3 })

const arbProbe = fc.record({
  day: fc.integer({ min: -140, max: 420 }),
  /** Thousandths of the log. */
  known: fc.nat(1_000),
  basis: fc.constantFrom<AgingBasis>(...agingBases),
  by: fc.option(fc.constantFrom<AgingDimension>(...agingDimensions), { nil: undefined, freq: 3 }),
  countAccounts: fc.boolean(),
})

const comparable = (figures: AgingFigures, counted: boolean): Figures => ({
  buckets: Object.fromEntries(
    figures.buckets.filter(({ amount }) => amount !== 0).map(({ name, amount }) => [name, amount]),
  ),
  accounts: counted
    ? Object.fromEntries(
        figures.buckets.filter(({ accounts }) => accounts).map(({ name, accounts = 0 }) => [name, accounts]),
      )
    : {},
  notYetDue: figures.notYetDue,
  placed: figures.placed,
  credits: figures.credits,
  unapplied: figures.unapplied,
  net: figures.net,
})

const isNothing = (figures: Figures): boolean =>
  Object.keys(figures.buckets).length === 0 && figures.credits === 0 && figures.unapplied === 0

const byRow = (report: AgingReport, counted: boolean): Record<string, Figures> =>
  Object.fromEntries(
    [
      ['all', comparable(report, counted)] as const,
      ...report.rows.map((row) => {
        const value = row.account === undefined ? row.value : `${row.account} ${row.value}`
        const name = value === undefined ? row.party : `${row.party}|${value}`
        return [name, comparable(row, counted)] as const
      }),
    ].filter(([, figures]) => !isNothing(figures)),
  )

const expected = (log: Parameters<typeof bruteForce>[0], question: Question, counted: boolean) =>
  Object.fromEntries(
    Object.entries(bruteForce(log, question))
      .filter(([, figures]) => !isNothing(figures))
      .map(([name, figures]) => [name, counted ? figures : { ...figures, accounts: {} }]),
  )

const ask = (book: Book, question: Question, countAccounts = false, view = fine): Promise<AgingReport> => {
  const { asOf, knownAt, basis, by } = question
  return book.run(agingReport({ asOf, knownAtPosition: knownAt, basis, by, countAccounts }, view))
}

describe.each([
  { name: 'memory', runs: 1_000, probesEach: 10 },
  { name: 'SQLite', runs: 60, probesEach: 60 },
] as const)('the aging cube, $name', ({ name, runs, probesEach }) => {
  const stores = name === 'memory' ? 'memory' : 'sqlite'

  it('K1 K2 C4 gives what adding up all effects gives, for any as-of, known-at, basis and cut', {
    tags: ['K1', 'K2', 'C4'],
    meta: { over: name },
  }, async () => {
    let probes = 0
    let figures = 0
    await fc.assert(
      fc.asyncProperty(
        arbHappenings(probesEach > 10 ? 70 : 40),
        fc.array(arbProbe, { minLength: probesEach, maxLength: probesEach }),
        async (happenings, questions) => {
          const book = await openBook(stores)
          const log = await write(book, happenings)
          for (const { day, known, basis, by, countAccounts } of questions) {
            const question: Question = {
              asOf: addDays(firstDay, day),
              knownAt: Math.round((known * log.length) / 1_000),
              basis,
              ...(by ? { by } : {}),
            }
            const found = byRow(await ask(book, question, countAccounts), countAccounts)
            expect(found).toEqual(expected(log, question, countAccounts))
            probes += 1
            if (found['all']) figures += 1
          }
          await book.close()
        },
      ),
      { numRuns: runs },
    )
    expect(probes).toBeGreaterThan(0)
    expect(figures, 'probes that had something to show').toBeGreaterThan(probes / 3)
  })

  it('C5 N10 catching up in pages of any size, with stops, at any grain = one build from zero', {
    tags: ['C5', 'N10'],
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        arbHappenings(60),
        fc.array(
          fc.record({
            to: fc.nat(70),
            pageSize: fc.integer({ min: 1, max: 9 }),
            pagesPerCommit: fc.integer({ min: 1, max: 5 }),
          }),
          { maxLength: 6 },
        ),
        fc.record({ block: fc.integer({ min: 1, max: 12 }), span: fc.integer({ min: 1, max: 4 }) }),
        arbProbe,
        async (happenings, stops, grain, { day, known, basis }) => {
          const [one, other] = [await openBook(stores), await openBook(stores)]
          const log = await write(one, happenings)
          await write(other, happenings)
          const view = agingViewOf(grain)
          for (const { to, ...pages } of stops) {
            await one.run(catchUp(view, { ...pages, upTo: Math.min(to, log.length) }))
          }
          const question = { asOf: addDays(firstDay, day), knownAt: Math.round((known * log.length) / 1_000), basis }
          expect(await ask(one, question, false, view)).toEqual(await ask(other, question))
          expect(await ask(one, question, true, view)).toEqual(await ask(other, question, true))
          await one.close()
          await other.close()
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe.each([
  { name: 'memory', runs: 1_000, probesEach: 6 },
  { name: 'SQLite', runs: 60, probesEach: 12 },
] as const)('accounts counted by the cube, $name', ({ name, runs, probesEach }) => {
  /** The same book, where nobody can go through the whole journal. */
  const withoutJournal = ({ views, ...book }: Book): Book => ({
    ...book,
    views,
    run: (effect) => {
      const guarded: ViewStoreShape = {
        ...views,
        docs: (view, page) =>
          page.prefix === JOURNAL ? expect.fail('reads the whole journal') : views.docs(view, page),
      }
      return book.run(Effect.provideService(effect, ViewStore, guarded))
    },
  })

  it('K1 K2 C5 of the head, from the latest effective day on: as by adding up all effects, without the journal', {
    tags: ['K1', 'K2', 'C5'],
    meta: { over: name },
  }, async () => {
    let counted = 0
    await fc.assert(
      fc.asyncProperty(
        arbHappenings(60),
        fc.array(fc.record({ to: fc.nat(70), pageSize: fc.integer({ min: 1, max: 9 }) }), { maxLength: 4 }),
        fc.array(fc.record({ later: fc.nat(400), basis: fc.constantFrom<AgingBasis>(...agingBases) }), {
          minLength: probesEach,
          maxLength: probesEach,
        }),
        async (happenings, stops, questions) => {
          const book = await openBook(name === 'memory' ? 'memory' : 'sqlite')
          const log = await write(book, happenings)
          for (const { to, pageSize } of stops) {
            await book.run(catchUp(fine, { pageSize, upTo: Math.min(to, log.length) }))
          }
          const latest = log.reduce(
            (day, { event }) => (event.effectiveDate > day ? event.effectiveDate : day),
            firstDay,
          )
          for (const { later, basis } of questions) {
            const question: Question = { asOf: addDays(latest, later), knownAt: log.length, basis }
            const found = byRow(await ask(withoutJournal(book), question, true), true)
            expect(found).toEqual(expected(log, question, true))
            counted += Object.keys(found['all']?.accounts ?? {}).length
          }
          await book.close()
        },
      ),
      { numRuns: runs },
    )
    expect(counted).toBeGreaterThan(probesEach)
  })

  it('N10 of a log that somebody goes on building while it is asked: the answer of one moment', {
    tags: ['N10'],
    meta: { over: name },
  }, async () => {
    const book = await openBook(name === 'memory' ? 'memory' : 'sqlite')
    const { charge } = await import('./facts.ts')
    const add = (line: string) =>
      book.post(`account-${line}`, '2026-01-05', charge({ on: '2026-01-05', line, party: 'patient', amount: 100 }))
    await add('a')
    const question: Question = { asOf: '2026-01-06' as Day, knownAt: 1, basis: 'responsibility' }
    const before = await ask(book, question, true)
    await add('b')
    let meanwhile = 0
    const moving: ViewStoreShape = {
      ...book.views,
      sum: (view, query) =>
        Effect.flatMap(
          Effect.promise(() => (meanwhile++ === 0 ? add('c') : Promise.resolve(0))),
          () =>
            Effect.andThen(
              Effect.orDie(
                Effect.provideService(
                  Effect.provideService(catchUp(fine), EventStore, book.events),
                  ViewStore,
                  book.views,
                ),
              ),
              book.views.sum(view, query),
            ),
        ),
    }
    const asked = agingReport({ asOf: question.asOf, basis: question.basis, countAccounts: true }, fine)
    const found = await book.run(Effect.provideService(asked, ViewStore, moving))
    expect(meanwhile).toBeGreaterThan(0)
    expect([found.knownAtPosition, found.net, found.buckets[0]?.accounts]).toEqual([2, 200, 2])
    expect(await ask(book, question, true)).toEqual(before)
    await book.close()
  })
})

const inYoungestFirst = ({ buckets }: AgingReport): readonly number[] => {
  let sum = 0
  return buckets.map(({ amount }) => (sum += amount))
}

const inOldestFirst = ({ buckets }: AgingReport): readonly number[] => {
  let sum = 0
  return buckets.toReversed().map(({ amount }) => (sum += amount))
}

describe('laws of aging', () => {
  it('C3 C4 later events move no past answer: all are equal before and after', { tags: ['C3', 'C4'] }, async () => {
    await fc.assert(
      fc.asyncProperty(arbHappenings(40), arbHappenings(20), arbProbe, async (early, late, { day, basis }) => {
        const book = await openBook()
        const log = await write(book, early)
        const question = { asOf: addDays(firstDay, day), knownAt: log.length, basis }
        const before = await ask(book, question, true)
        for (const { recorded, event } of happenedAs(late, 'late-')) await book.post('account-late', recorded, event)
        expect(await ask(book, question, true)).toEqual(before)
      }),
      { numRuns: 200 },
    )
  })

  it('K3 with nothing new, a later as-of never puts an amount into a younger bucket', { tags: ['K3'] }, async () => {
    await fc.assert(
      fc.asyncProperty(arbHappenings(40), fc.nat(200), async (happenings, days) => {
        const book = await openBook()
        const log = await write(book, happenings)
        const latest = log.reduce((day, { event }) => (event.effectiveDate > day ? event.effectiveDate : day), firstDay)
        const at = (asOf: Day) => ask(book, { asOf, knownAt: log.length, basis: 'responsibility' })
        const now = inYoungestFirst(await at(latest))
        const then = inYoungestFirst(await at(addDays(latest, days)))
        then.forEach((sum, bucket) => {
          expect(sum, `what is at most as old as bucket ${bucket}`).toBeLessThanOrEqual(now[bucket] ?? 0)
        })
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('K4 payments and ages', { tags: ['K4'] }, () => {
  it('K4 a payment never makes an item older: no bucket and nothing behind it holds more than before', async () => {
    let tried = 0
    let paid = 0
    await fc.assert(
      fc.asyncProperty(arbHappenings(30), fc.nat(), fc.integer({ min: 1, max: 20_000 }), arbProbe, async (...drawn) => {
        tried += 1
        const [happenings, which, amount, { day, basis }] = drawn
        const book = await openBook()
        const log = await write(book, happenings)
        const open = log.flatMap(({ account, event }) =>
          event.type === 'ChargePosted' && event.opens?.[0]?.party === 'patient'
            ? [{ account, line: event.lineId, layer: event.opens[0].layerId, opened: event.effectiveDate }]
            : [],
        )
        const item = open[which % Math.max(open.length, 1)]
        if (!item) return book.close()
        const at = (known: number) => ask(book, { asOf: addDays(firstDay, day), knownAt: known, basis })
        const before = await at(log.length)
        const { account, line, layer, opened } = item
        await book.post(account, '2027-12-31', patientPayment(opened, 'p-last', amount, { line, layer, amount }))
        const after = await at(log.length + 1)
        const [older, younger] = [inOldestFirst(after), inOldestFirst(before)]
        older.forEach((sum, bucket) => {
          expect(sum, `what is at least as old as bucket ${bucket} from the oldest`).toBeLessThanOrEqual(
            younger[bucket] ?? 0,
          )
        })
        paid += 1
        return book.close()
      }),
      { numRuns: 1_000 },
    )
    expect(paid).toBeGreaterThan(tried / 2)
  })
})

describe.each(bothStores)('reports at the seams, %s', (stores) => {
  it('N16 future-dated items leave the as-of of today as it was, and show from their day on', {
    tags: ['N16'],
  }, async () => {
    const { charge } = await import('./facts.ts')
    const book = await openBook(stores)
    await book.post('account-a', '2026-01-05', charge({ on: '2026-01-05', line: 'l', party: 'patient', amount: 100 }))
    const today = { asOf: '2026-01-06' as Day, knownAt: 99, basis: 'responsibility' } as const
    const before = await ask(book, today)
    await book.post('account-a', '2026-01-06', charge({ on: '2026-02-01', line: 'm', party: 'patient', amount: 7 }))
    expect({ ...(await ask(book, today)), knownAtPosition: 1 }).toEqual(before)
    expect((await ask(book, { ...today, asOf: '2026-01-31' as Day })).net).toBe(100)
    expect((await ask(book, { ...today, asOf: '2026-02-01' as Day })).net).toBe(107)
    await book.close()
  })
})
