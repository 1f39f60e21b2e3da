import { endOfDay, localTimes, toDay } from '@daybook/core/kernel'
import { EventStore, type EventStoreShape, type FoldedEvent } from '@daybook/core/ports'
import { usZones } from '@daybook/core/testing'
import { catchUp, type Progress, rebuild, resolveKnownAt, type View } from '@daybook/projections/runner'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Book, bothStores, openBook } from '../aging/book.ts'
import { charge, coverageAdded, patientPayment } from '../aging/facts.ts'

type Counted = { readonly type: string; readonly position: number }

/** Counts events by stream, and adds up one cell an event: a repeated event would show in both. */
const counting = (types?: readonly string[]): View<Counted, { readonly count: number }> => ({
  view: 'counting',
  version: 1,
  ...(types ? { types } : {}),
  decode: ({ type, position }: FoldedEvent) => ({ type, position }),
  needs: ({ events }) => ({ keys: events.map(({ stored }) => stored.stream) }),
  project: ({ events }, documents) => {
    const put = new Map<string, { readonly count: number }>()
    for (const { stored } of events) {
      const known = put.get(stored.stream) ?? documents.get(stored.stream)
      put.set(stored.stream, { count: (known?.count ?? 0) + 1 })
    }
    const add = events.map(({ stored }) => ({ series: 's', x: 0, y: 0, z: 0, kind: stored.type, amount: 1 }))
    return { put, add }
  },
})

const fill = async (book: Book, streams: readonly number[]): Promise<void> => {
  for (const [n, stream] of streams.entries()) {
    const event =
      n % 3 === 0
        ? coverageAdded('2026-01-01', `cov-${n}`, 'payer')
        : charge({ on: '2026-01-01', line: `l-${n}`, party: 'patient', amount: 1 })
    await book.post(`account-${stream}`, '2026-01-01', event)
  }
}

const content = (book: Book, view = counting()) =>
  book.run(
    Effect.all({
      position: Effect.map(book.views.checkpoint(view), ({ position }) => position),
      docs: book.views.docs(view, { limit: 1_000 }),
      sum: Effect.map(book.views.sum(view, { series: 's', x: 9, y: 9 }), (cells) =>
        [...cells].sort((a, b) => (a.kind < b.kind ? -1 : 1)),
      ),
    }),
  )

const arbPages = { pageSize: fc.integer({ min: 1, max: 7 }), pagesPerCommit: fc.integer({ min: 1, max: 4 }) }
const arbStreams = fc.array(fc.nat(4), { minLength: 1, maxLength: 30 })

describe.each(bothStores)('the runner, %s', (stores) => {
  it('C5 C6 N22 any page sizes, stops and runners at once give what one build from zero gives', {
    tags: ['C5', 'C6', 'N22'],
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        arbStreams,
        fc.array(fc.record({ ...arbPages, upTo: fc.nat(30) }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        async (streams, stops, runners) => {
          const [one, other] = [await openBook(stores), await openBook(stores)]
          await fill(one, streams)
          await fill(other, streams)
          for (const { upTo, ...pages } of stops) {
            await one.run(catchUp(counting(), { ...pages, upTo: Math.min(upTo, streams.length) }))
          }
          const together = Array.from({ length: runners }, (_, n) =>
            catchUp(counting(), { pageSize: n + 1, pagesPerCommit: runners - n }),
          )
          const reached = await one.run(Effect.all(together, { concurrency: 'unbounded' }))
          expect(new Set(reached)).toEqual(new Set([streams.length]))
          await other.run(catchUp(counting()))
          expect(await content(one)).toEqual(await content(other))
          await one.close()
          await other.close()
        },
      ),
      { numRuns: 60 },
    )
  })

  it('reads only the types that the view names, and is built to the head all the same', async () => {
    const book = await openBook(stores)
    await fill(book, [1, 1, 1, 1, 1])
    const view = counting(['CoverageAdded'])
    expect(await book.run(catchUp(view, { pageSize: 1 }))).toBe(5)
    expect((await content(book, view)).sum).toEqual([{ z: 0, kind: 'CoverageAdded', amount: 2 }])
    await book.close()
  })

  it('builds to the head as seen at its start, and tells how far it is', async () => {
    const book = await openBook(stores)
    await fill(book, [1, 2, 3, 1, 2])
    const seen: Progress[] = []
    await book.run(catchUp(counting(), { pageSize: 2, pagesPerCommit: 1, progress: (progress) => seen.push(progress) }))
    expect(seen).toEqual([
      { position: 2, head: 5 },
      { position: 4, head: 5 },
      { position: 5, head: 5 },
    ])
    await book.close()
  })

  it('pages of one commit are one change: what a later page writes or drops prevails over an earlier one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('put', 'drop', 'item', 'dropItem'), fc.nat(2)), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.integer({ min: 2, max: 5 }),
        async (steps, pagesPerCommit) => {
          const doing: View<Counted, { readonly at: number }> = {
            view: 'doing',
            version: 1,
            decode: ({ type, position }) => ({ type, position }),
            needs: () => ({ keys: steps.map(([, n]) => `d${n}`), prefixes: ['d'] }),
            project: ({ to }, documents) => {
              const [what, n] = steps[to - 1] ?? ['put', 0]
              const seen = [...documents.under('d'), documents.get(`d${n}`)].map((doc) => doc?.at ?? 0)
              const item = { list: 'l', key: `i${n}`, rank: 'r', body: String(to) }
              if (what === 'put') return { put: new Map([[`d${n}`, { at: to + 100 * seen.length }]]) }
              if (what === 'drop') return { drop: [`d${n}`] }
              return what === 'item' ? { items: [item] } : { dropItems: [item] }
            },
          }
          const contents = []
          for (const pages of [1, pagesPerCommit]) {
            const book = await openBook(stores)
            await fill(
              book,
              steps.map(() => 1),
            )
            await book.run(catchUp(doing, { pageSize: 1, pagesPerCommit: pages }))
            const { docs, items } = book.views
            contents.push(
              await book.run(Effect.all([docs(doing, { limit: 100 }), items(doing, { list: 'l', limit: 100 })])),
            )
            await book.close()
          }
          expect(contents[1]).toEqual(contents[0])
        },
      ),
      { numRuns: 100 },
    )
  })

  it('a rebuild leaves the live view in place until it is whole, then stands in its stead', async () => {
    const book = await openBook(stores)
    await fill(book, [1, 2, 3, 1, 2])
    const view = counting()
    await book.run(catchUp(view))
    const right = await content(book)
    await book.run(
      book.views.commit({
        view: 'counting',
        version: 1,
        from: 5,
        to: 6,
        leaf: '-',
        put: new Map([['account-1', '{"count":99}']]),
      }),
    )
    const wrong = await content(book)
    expect(wrong).not.toEqual(right)
    const live: unknown[] = []
    const watched: View<Counted, { readonly count: number }> = {
      ...view,
      project: (page, documents) => {
        live.push(Effect.runSync(book.views.doc(view, 'account-1')))
        return view.project(page, documents)
      },
    }
    expect(await book.run(rebuild(watched, { pageSize: 2, pagesPerCommit: 1, fromZero: true }))).toBe(5)
    expect(live).toEqual(Array(3).fill('{"count":99}'))
    expect(await content(book)).toEqual(right)
    await book.close()
  })

  it('a view that was built from events the log has lost is built again, also where new ones were written since', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbStreams,
        arbStreams,
        fc.nat(30),
        fc.integer({ min: 1, max: 3 }),
        async (streams, others, kept, runners) => {
          const [lost, now] = [await openBook(stores), await openBook(stores)]
          await fill(lost, streams)
          await fill(now, others)
          const upTo = Math.min(kept, streams.length - 1)
          const cut: EventStoreShape = {
            ...lost.events,
            head: Effect.succeed({ position: upTo }),
            readAll: (page) => lost.events.readAll({ ...page, upTo: Math.min(upTo, page.upTo ?? upTo) }),
            readForFold: (page) => lost.events.readForFold({ ...page, upTo: Math.min(upTo, page.upTo ?? upTo) }),
          }
          for (const log of [cut, now.events]) {
            await lost.run(catchUp(counting()))
            const together = Array.from({ length: runners }, (_, n) => catchUp(counting(), { pageSize: n + 1 }))
            await lost.run(Effect.provideService(Effect.all(together, { concurrency: 'unbounded' }), EventStore, log))
            const fresh = await openBook(stores)
            await fresh.run(Effect.provideService(catchUp(counting()), EventStore, log))
            expect(await content(lost)).toEqual(await content(fresh))
            await fresh.close()
          }
          await lost.close()
          await now.close()
        },
      ),
      { numRuns: 60 },
    )
  })

  it('C6 goes on from where another runner came to, with what that one wrote', { tags: ['C6'] }, async () => {
    const book = await openBook(stores)
    await fill(book, [1, 1, 1, 1])
    const [third] = await book.run(book.events.readAll({ after: 2, limit: 1 }))
    const other = book.views.commit({
      view: 'counting',
      version: 1,
      from: 1,
      to: 3,
      leaf: third?.leaf ?? '',
      put: new Map([['account-1', '{"count":3}']]),
    })
    const seen: number[] = []
    const progress = ({ position }: Progress): void => {
      seen.push(position)
      if (position === 1) Effect.runSync(other)
    }
    await book.run(catchUp(counting(), { pageSize: 1, pagesPerCommit: 1, progress }))
    expect(seen).toEqual([1, 3, 4])
    expect((await content(book)).docs).toEqual([{ key: 'account-1', body: '{"count":4}' }])
    await book.close()
  })

  it('an event that the view can not read stops it there, with the place', async () => {
    const book = await openBook(stores)
    await fill(book, [1, 1, 1])
    const view: View<Counted, { readonly count: number }> = {
      ...counting(),
      decode: ({ type, position }) => (position === 3 ? { reason: 'unknownType' } : { type, position }),
    }
    const failure = await book.run(Effect.flip(catchUp(view, { pageSize: 2 })))
    expect(failure).toMatchObject({ _tag: 'UnreadableEvent', stream: 'account-1', version: 2 })
    expect((await book.run(book.views.checkpoint(view))).position).toBe(2)
    await book.close()
  })
})

describe('known-at', () => {
  const zone = 'America/Chicago'
  const HOUR = 3_600_000
  /** Zone data of 2026, in hours from UTC; Lebanon moves its clocks at the beginning of 29 March. */
  const hoursFrom: Readonly<Record<string, (milliseconds: number) => number>> = {
    'Asia/Beirut': (milliseconds) => (milliseconds < Date.UTC(2026, 2, 28, 22) ? 2 : 3),
    'Pacific/Kiritimati': () => 14,
    'Pacific/Pago_Pago': () => -11,
  }
  const localTime = localTimes((milliseconds, name) => {
    const hours = hoursFrom[name]?.(milliseconds)
    return hours === undefined ? usZones.offset(milliseconds, name) : hours * HOUR
  })
  const at = async (text: string, zoneName = zone): Promise<number> => {
    const book = await openBook()
    // Committed at 17:00 UTC, which is 11:00 in Chicago in winter.
    for (const recorded of ['2026-01-30', '2026-01-31', '2026-02-01', '2026-02-01']) {
      await book.post('account-a', recorded, patientPayment(recorded, `p-${recorded}`, 1))
    }
    return book.run(resolveKnownAt(text, { zone: zoneName, localTime }))
  }

  it.each([
    ['@2', 2],
    ['@4', 4],
    ['@0', 0],
    ['2026-01-29', 0],
    ['2026-01-31', 2],
    ['2026-02-01', 4],
    ['2026-01-31T11:00', 2],
    ['2026-01-31 10:59:59', 1],
    ['2026-01-31T17:00Z', 2],
    ['2026-01-31T16:59:59.999Z', 1],
    ['2026-01-31T18:00+01:00', 2],
    ['2026-01-31T11:59-05:00', 1],
  ])('C3 %s names position %i', { tags: ['C3'] }, async (text, position) => {
    expect(await at(text)).toBe(position)
  })

  it('C3 a position that the book has not reached is no moment: tomorrow its answer would be another', {
    tags: ['C3'],
  }, async () => {
    await expect(at('@5')).rejects.toMatchObject({ _tag: 'NotAMoment', message: expect.stringContaining('ends at @4') })
  })

  it('C10 the end of a day is that of the zone given, whatever the zone of the process', {
    tags: ['C10'],
  }, async () => {
    expect(await at('2026-01-31', 'Pacific/Kiritimati')).toBe(1)
    expect(await at('2026-01-31', 'Pacific/Pago_Pago')).toBe(2)
  })

  it.each(['', 'yesterday', '2026-02-30', '2026-01-31T24:00', '@-1', '2026-01-31T10'])(
    '"%s" names no moment',
    async (text) => {
      const book = await openBook()
      expect(await book.run(Effect.flip(resolveKnownAt(text, { zone, localTime })))).toMatchObject({
        _tag: 'NotAMoment',
        text,
      })
    },
  )

  it('an hour that clocks show twice ends the second time; one that they skip ends where they jump', () => {
    expect(endOfDay(toDay('2026-11-01'), zone, localTime)).toBe('2026-11-02T05:59:59.999Z')
    expect(endOfDay(toDay('2026-03-08'), zone, localTime)).toBe('2026-03-09T04:59:59.999Z')
    // Lebanon skips midnight: the day before ends when clocks jump from 00:00 to 01:00.
    expect(endOfDay(toDay('2026-03-28'), 'Asia/Beirut', localTime)).toBe('2026-03-28T21:59:59.999Z')
  })
})
