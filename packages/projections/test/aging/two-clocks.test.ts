import { toDay } from '@daybook/core/kernel'
import { usZones } from '@daybook/core/testing'
import { type AgingReport, agingReport } from '@daybook/projections/aging'
import { resolveKnownAt } from '@daybook/projections/runner'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { type Book, bothStores, openBook } from './book.ts'
import * as facts from './facts.ts'

const ZONE = 'America/Chicago'
const A = 'account-a'
const item = (amount: number, layer = 'l-1') => ({ line: 'l', layer, amount })

/** What the report shows, in dollars, without what is zero: `cov 61-90 500`. */
const shown = (report: AgingReport): readonly string[] =>
  report.rows.flatMap((row) => {
    const party = row.party === 'insurance' ? 'cov' : 'pat'
    return [
      ...row.buckets.filter(({ amount }) => amount !== 0).map(({ name, amount }) => `${party} ${name} ${amount / 100}`),
      ...(row.notYetDue ? [`${party} notYetDue ${row.notYetDue / 100}`] : []),
      ...(row.credits ? [`${party} credit ${row.credits / 100}`] : []),
      ...(row.unapplied ? [`${party} unapplied ${row.unapplied / 100}`] : []),
    ]
  })

const aging = (book: Book, asOf: string, knownAt: string): Promise<AgingReport> =>
  book.run(
    Effect.gen(function* () {
      const knownAtPosition = yield* resolveKnownAt(knownAt, { zone: ZONE, localTime: usZones })
      return yield* agingReport({ asOf: toDay(asOf), knownAtPosition, basis: 'responsibility' })
    }),
  )

type Probe = readonly [asOf: string, knownAt: string, ...expected: readonly string[]]

const chargedAndRemitted = async (book: Book): Promise<void> => {
  await book.post(A, '2026-01-12', facts.charge({ on: '2026-01-10', line: 'l', party: 'cov', amount: 50_000 }))
  await book.post(
    A,
    '2026-03-05',
    facts.insurancePaid('2026-02-20', 'cov', 'l', 20_000),
    facts.contractual('2026-02-20', 'cov', 'l', 15_000),
    facts.transferred(
      '2026-02-20',
      'l',
      15_000,
      [
        { layer: 'l-1', party: 'cov', amount: -15_000 },
        { layer: 'l-2', party: 'patient', amount: 15_000 },
      ],
      [{ layer: 'l-2', party: 'patient', agingFrom: '2026-03-05' }],
    ),
  )
}

const layers = { coverage: 'l-1', patient: 'l-2' }
const undone = { paid: 20_000, contractual: 15_000, transferred: 15_000 }
const patientOwes = (amount: number, on: string, layer = 'l-2') =>
  facts.transferred(on, 'l', amount, [
    { layer: 'l-1', party: 'cov', amount: -amount },
    { layer, party: 'patient', amount },
  ])

const vectors: Readonly<Record<string, { post: (book: Book) => Promise<unknown>; probes: readonly Probe[] }>> = {
  'W1 a check recorded late': {
    post: async (book) => {
      await book.post(A, '2026-01-06', facts.charge({ on: '2026-01-05', line: 'l', party: 'patient', amount: 30_000 }))
      await book.post(A, '2026-02-03', facts.patientPayment('2026-01-30', 'p', 10_000, item(10_000)))
    },
    probes: [
      ['2026-01-31', '2026-01-31', 'pat 0-30 300'],
      ['2026-01-31', '2026-02-28', 'pat 0-30 200'],
      ['2026-02-10', '2026-02-01', 'pat 31-60 300'],
      ['2026-02-10', '2026-02-28', 'pat 31-60 200'],
    ],
  },
  'W2 a remittance posted late': {
    post: chargedAndRemitted,
    probes: [
      ['2026-02-28', '2026-02-28', 'cov 31-60 500'],
      ['2026-02-28', '2026-03-31', 'pat 0-30 150', 'pat notYetDue 150'],
      ['2026-04-10', '2026-04-10', 'pat 31-60 150'],
    ],
  },
  'W3 a returned check, economic': {
    post: async (book) => {
      await book.post(A, '2026-01-02', facts.charge({ on: '2026-01-01', line: 'l', party: 'patient', amount: 10_000 }))
      await book.post(A, '2026-01-20', facts.patientPayment('2026-01-20', 'p', 10_000, item(10_000)))
      await book.post(A, '2026-02-09', facts.paymentReversed('2026-02-05', 'p', 'economic', item(10_000)))
    },
    probes: [
      ['2026-01-31', '2026-01-31'],
      ['2026-01-31', '2026-02-28'],
      ['2026-02-06', '2026-02-06'],
      ['2026-02-06', '2026-02-28', 'pat 31-60 100'],
    ],
  },
  'W4 a misposted payment, correction': {
    post: async (book) => {
      await book.post(A, '2026-01-05', facts.charge({ on: '2026-01-05', line: 'l', party: 'patient', amount: 10_000 }))
      await book.post(A, '2026-01-15', facts.patientPayment('2026-01-15', 'p', 8_000, item(8_000)))
      await book.post(A, '2026-02-10', facts.paymentReversed('2026-01-15', 'p', 'correction', item(8_000)))
    },
    probes: [
      ['2026-01-31', '2026-01-31', 'pat 0-30 20'],
      ['2026-01-31', '2026-02-28', 'pat 0-30 100'],
      ['2026-02-28', '2026-02-28', 'pat 31-60 100'],
    ],
  },
  'W5 a copay before adjudication': {
    post: async (book) => {
      await book.post(A, '2026-03-02', facts.charge({ on: '2026-03-02', line: 'l', party: 'cov', amount: 20_000 }))
      await book.post(A, '2026-03-02', facts.patientPayment('2026-03-02', 'p', 3_000))
      await book.post(
        A,
        '2026-03-27',
        facts.insurancePaid('2026-03-25', 'cov', 'l', 11_000),
        facts.contractual('2026-03-25', 'cov', 'l', 4_000),
        facts.transferred(
          '2026-03-25',
          'l',
          5_000,
          [
            { layer: 'l-1', party: 'cov', amount: -5_000 },
            { layer: 'l-2', party: 'patient', amount: 5_000 },
          ],
          [{ layer: 'l-2', party: 'patient', agingFrom: '2026-03-27' }],
        ),
        facts.applied('2026-03-25', 'p', item(3_000, 'l-2')),
      )
    },
    probes: [
      ['2026-03-10', '2026-03-10', 'cov 0-30 200', 'pat unapplied -30'],
      ['2026-03-26', '2026-03-26', 'cov 0-30 200', 'pat unapplied -30'],
      ['2026-03-26', '2026-03-31', 'pat 0-30 20', 'pat notYetDue 20'],
      ['2026-05-01', '2026-05-01', 'pat 31-60 20'],
    ],
  },
  'W6 adjudicated again in one unit': {
    post: async (book) => {
      await chargedAndRemitted(book)
      await book.post(
        A,
        '2026-05-04',
        facts.adjudicationReversed('2026-05-01', 'cov', 'l', undone, layers, false),
        facts.insurancePaid('2026-05-01', 'cov', 'l', 14_000),
        facts.contractual('2026-05-01', 'cov', 'l', 15_000),
        facts.transferred(
          '2026-05-01',
          'l',
          21_000,
          [
            { layer: 'l-1', party: 'cov', amount: -21_000 },
            { layer: 'l-2', party: 'patient', amount: 15_000 },
            { layer: 'l-3', party: 'patient', amount: 6_000 },
          ],
          [{ layer: 'l-3', party: 'patient', agingFrom: '2026-05-04' }],
        ),
      )
    },
    probes: [
      ['2026-04-30', '2026-05-31', 'pat 31-60 150'],
      ['2026-05-31', '2026-05-02', 'pat 61-90 150'],
      ['2026-05-31', '2026-05-31', 'pat 0-30 60', 'pat 61-90 150'],
    ],
  },
  'W7 taken back, corrected a month later, the patient had paid': {
    post: async (book) => {
      await chargedAndRemitted(book)
      await book.post(A, '2026-03-20', facts.patientPayment('2026-03-20', 'p', 15_000, item(15_000, 'l-2')))
      await book.post(A, '2026-06-03', facts.adjudicationReversed('2026-06-01', 'cov', 'l', undone, layers, true))
      await book.post(
        A,
        '2026-07-02',
        facts.insurancePaid('2026-07-01', 'cov', 'l', 25_000),
        facts.contractual('2026-07-01', 'cov', 'l', 15_000),
        patientOwes(10_000, '2026-07-01'),
      )
    },
    probes: [
      ['2026-04-30', '2026-04-30'],
      ['2026-06-02', '2026-06-02'],
      ['2026-06-10', '2026-06-10', 'cov 121+ 500', 'pat credit -150'],
      ['2026-06-10', '2026-07-31', 'cov 121+ 500', 'pat credit -150'],
      ['2026-07-10', '2026-07-10', 'pat credit -50'],
    ],
  },
  'W8 coverage found retroactively': {
    post: async (book) => {
      await book.post(A, '2026-01-16', facts.charge({ on: '2026-01-15', line: 'l', party: 'patient', amount: 40_000 }))
      await book.post(
        A,
        '2026-04-20',
        facts.transferred(
          '2026-01-15',
          'l',
          40_000,
          [
            { layer: 'l-1', party: 'patient', amount: -40_000 },
            { layer: 'l-2', party: 'cov', amount: 40_000 },
          ],
          [{ layer: 'l-2', party: 'cov', agingFrom: '2026-01-15' }],
        ),
      )
    },
    probes: [
      ['2026-03-31', '2026-03-31', 'pat 61-90 400'],
      ['2026-03-31', '2026-04-30', 'cov 61-90 400'],
      ['2026-04-30', '2026-04-30', 'cov 91-120 400'],
    ],
  },
  'W9 month end: March as closed, and as known later': {
    post: async (book) => {
      await book.post(A, '2026-03-02', facts.charge({ on: '2026-03-01', line: 'l', party: 'cov', amount: 50_000 }))
      await book.post(
        A,
        '2026-04-03',
        facts.insurancePaid('2026-03-31', 'cov', 'l', 30_000),
        facts.contractual('2026-03-31', 'cov', 'l', 20_000),
      )
    },
    probes: [
      ['2026-03-31', '2026-04-02', 'cov 0-30 500'],
      ['2026-03-31', '2026-04-30'],
      ['2026-04-30', '2026-04-30'],
    ],
  },
}

describe.each(bothStores)('two clocks, %s', (stores) => {
  it.each(Object.entries(vectors))('%s', async (_, { post, probes }) => {
    const book = await openBook(stores)
    await post(book)
    for (const [asOf, knownAt, ...expected] of probes) {
      const report = await aging(book, asOf, knownAt)
      expect(shown(report), `as of ${asOf}, known at ${knownAt}`).toEqual(expected)
      expect(report.net, 'K1').toBe(
        report.buckets.reduce((sum, { amount }) => sum + amount, 0) + report.credits + report.unapplied,
      )
    }
    await book.close()
  })
})

it('W5 the net counts unapplied money, and raises no credit', async () => {
  const book = await openBook()
  await vectors['W5 a copay before adjudication']?.post(book)
  expect(await aging(book, '2026-03-10', '2026-03-10')).toMatchObject({ net: 17_000, credits: 0, unapplied: -3_000 })
})
