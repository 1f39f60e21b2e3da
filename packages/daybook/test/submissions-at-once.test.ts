import type { ClaimSubmission } from '@daybook/core/account'
import type { EventStoreShape } from '@daybook/core/ports'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookIn, opened, patient, submit, to } from './support/at-once.ts'
import { readLog } from './support/books.ts'
import { byStream } from './support/by-stream.ts'
import { deskOn } from './support/desk.ts'
import { type SubmittedOf, submission } from './support/documents.ts'
import { smallSubmission } from './support/small-submissions.ts'
import { turns, waiting } from './support/waiting-store.ts'

/** Each through a desk of its own, as two processes would take them in. */
const atOnce = (store: EventStoreShape, files: readonly ClaimSubmission[], waits: readonly (readonly number[])[]) =>
  Promise.all(files.map((file, at) => submit(waiting(store, waits[at] ?? [1]), file)))
/** The one is first now, the other then: what both take in, each posts some of. */
const byTurns = fc.constantFrom<[readonly number[], readonly number[]]>(
  [[0, 12], [5]],
  [
    [7, 0, 9],
    [3, 2],
  ],
  [
    [0, 20, 0],
    [4, 8],
  ],
  [[1, 20, 0], [8]],
  [
    [1, 8, 3, 3, 1],
    [0, 3, 5, 12, 0],
  ],
  [
    [3, 4, 0],
    [8, 0, 0],
  ],
  [
    [1, 30, 8, 4, 12],
    [0, 30, 8],
  ],
  [
    [20, 1, 8],
    [12, 4],
  ],
  [
    [5, 2, 30],
    [2, 20, 20, 2],
  ],
)

const jane = { patient, to: { payer: 'ACME', member: 'M1' } }
const john = { patient: { ...patient, first: 'JOHN' }, to: { payer: 'BETA', member: 'M1' } }
/** What two imports at once once ended otherwise than one. */
const onceApart: [ClaimSubmission, [readonly number[], readonly number[]]][] = [
  // A claim that was overtaken left a name noted for the account that it did not open.
  [
    submission(
      [
        { pcn: 'V1', patient: { last: 'ROE', first: 'RICHARD' }, to: { payer: 'ACME' }, lines: [{ charge: 10_000 }] },
        { ...jane, pcn: 'V3', to: { payer: 'BETA', member: 'M1' }, lines: [{ charge: 12_000 }] },
        { ...jane, pcn: 'V3', lines: [{ charge: 12_000 }] },
        { ...jane, pcn: 'V2', frequency: '5', lines: [{ code: '81002', charge: 10_000 }] },
      ],
      { created: '2026-03-01' },
    ),
    [
      [0, 20, 0],
      [4, 8],
    ],
  ],
  // A void that the other had taken in meanwhile voided the next claim too.
  [
    submission(
      [
        { ...john, pcn: 'V1', lines: [{ charge: 10_000 }] },
        { ...john, pcn: 'V3', frequency: '8', lines: [{ charge: 10_000 }] },
        { ...john, pcn: 'V1', lines: [{ charge: 12_000 }] },
      ],
      { created: '2026-03-01' },
    ),
    [
      [7, 0, 9],
      [3, 2],
    ],
  ],
]
describe('two processes that take in 837s at once', () => {
  it('L1 of one file: every claim is posted by one of them, and the book is that of one import', {
    tags: ['L1'],
  }, async () => {
    let [shared, tried] = [0, 0]
    await fc.assert(
      fc.asyncProperty(smallSubmission(9), fc.oneof(fc.tuple(turns, turns), byTurns), async (claims, waits) => {
        const [calm, store] = [await opened(), await opened()]
        const one = await submit(calm, claims)
        // Claims that a second import takes otherwise than the first are another matter (see the kills).
        const expected = byStream(await readLog(deskOn(calm)))
        const again = await submit(calm, claims)
        fc.pre(again.claims.every(({ outcome }) => outcome === 'duplicate'))
        const reports = await atOnce(store, [claims, claims], waits)
        tried += 1
        expect(byStream(await readLog(deskOn(store)))).toEqual(expected)
        for (const [at, { outcome }] of one.claims.entries()) {
          const told = reports.map((report) => report.claims[at]?.outcome).filter((each) => each !== 'duplicate')
          // What writes nothing is not remembered (law B3): each that meets the claim tells of it.
          const said = outcome === 'rejected' || outcome === 'held' ? [...new Set(told)] : told
          expect(said).toEqual(outcome === 'duplicate' ? [] : [outcome])
        }
        if (reports.every((report) => report.claims.some(({ outcome }) => outcome !== 'duplicate'))) shared += 1
      }),
      { numRuns: 80, maxSkipsPerRun: 1_000, examples: onceApart },
    )
    expect(shared, 'runs in which both posted some').toBeGreaterThan(tried / 16)
  })

  it('D2 of the claims to two payers of one visit: it is charged once, on one account', { tags: ['D2'] }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(turns, turns), async (waits) => {
        const store = await opened()
        await atOnce(store, [to('ACME'), to('BETA')], waits)
        expect(await bookIn(store)).toEqual({ revenue: -10_000, accounts: 1, visits: 1, submissions: 2 })
      }),
      { numRuns: 80 },
    )
  })

  it('of one number used for two days: both are charged, also when the files come again', async () => {
    const other = to('ACME', { lines: [{ charge: 10_000, on: '2026-02-10' }] }, '2026-02-12')
    await fc.assert(
      fc.asyncProperty(fc.tuple(turns, turns), async (waits) => {
        const store = await opened()
        await atOnce(store, [to('ACME'), other], waits)
        const expected = { revenue: -20_000, accounts: 1, visits: 2, submissions: 2 }
        expect(await bookIn(store)).toEqual(expected)
        for (const file of [to('ACME'), other]) await submit(store, file)
        expect(await bookIn(store)).toEqual(expected)
      }),
      { numRuns: 80 },
    )
  })

  const member = (id: string) => ({ to: { payer: 'ACME', member: id }, patient: { last: 'DOE', first: 'JANE' } })
  it.each<[string, Partial<SubmittedOf>, Partial<SubmittedOf>]>([
    ['one of which has no number', {}, { pcn: 'NONE' }],
    [
      'identity-29 under two member ids, one without a number, joined by name and birth day alone',
      { ...member('M1'), patient: { last: 'DOE', first: 'JANE', born: '1980-01-01' } },
      { ...member('M2'), pcn: 'NONE', patient: { last: 'DOE', first: 'JANE', born: '1980-01-01' } },
    ],
    [
      'identity-29 to two payers, one without a number, joined by name and birth day alone',
      { ...member('M1'), patient: { last: 'DOE', first: 'JANE', born: '1980-01-01' } },
      {
        to: { payer: 'BETA', member: 'B1', sequence: 'S' },
        pcn: 'NONE',
        patient: { last: 'DOE', first: 'JANE', born: '1980-01-01' },
      },
    ],
    ['under two family names', {}, { patient: { ...patient, last: 'ROE' } }],
    ['at two charges and under two member ids', member('M1'), { ...member('M2'), lines: [{ charge: 12_000 }] }],
  ])('D2 of one service, %s: it is charged once', { tags: ['D2'] }, async (_, one, other) => {
    const files = [to('ACME', one), to('ACME', other, '2026-01-13')]
    await fc.assert(
      fc.asyncProperty(fc.tuple(turns, turns), async (waits) => {
        const store = await opened()
        await atOnce(store, files, waits)
        expect(await bookIn(store)).toMatchObject({ accounts: 1, visits: 1 })
        for (const file of files) await submit(store, file)
        expect(await bookIn(store)).toMatchObject({ accounts: 1, visits: 1 })
      }),
      { numRuns: 80 },
    )
  })

  it('end as one after the other would: what is charged, how many visits, what was submitted', async () => {
    await fc.assert(
      fc.asyncProperty(smallSubmission(1), smallSubmission(1), fc.tuple(turns, turns), async (a, b, waits) => {
        const serial = await Promise.all(
          [
            [a, b],
            [b, a],
          ].map(async (files) => {
            const store = await opened()
            for (const file of files) await submit(store, file)
            return await bookIn(store)
          }),
        )
        const store = await opened()
        await atOnce(store, [a, b], waits)
        expect(serial).toContainEqual(await bookIn(store))
      }),
      { numRuns: 200 },
    )
  })
})
