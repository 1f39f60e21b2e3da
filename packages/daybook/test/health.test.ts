import { describe, expect, it } from 'vitest'
import { fixedClock, openTestBook } from './support/folder.ts'

const guarantor = { guarantor: { name: 'Jo Roe' }, on: '2026-11-02' }

describe('how a book stands', () => {
  it('names the true head of the log, and how far each view is behind, in events and in time', async () => {
    let now = fixedClock().getTime()
    await using book = await openTestBook('memory:', { clock: () => new Date(now) })
    await book.aging({ asOf: '2026-11-21', basis: 'responsibility' })
    await book.open(guarantor)
    now += 60_000
    const { well, store, views } = await book.health()
    expect([well, store.head?.position]).toEqual([true, 2])
    expect(views.map(({ view, behind, behindMs }) => [view, behind, behindMs])).toEqual([
      ['aging', 1, 60_000],
      ['lists', 2, 60_000],
      ['worklist', 2, 60_000],
    ])
  })

  it('asking catches nothing up; a question does', async () => {
    await using book = await openTestBook()
    await book.open(guarantor)
    await book.health()
    expect((await book.health()).views.map(({ behind }) => behind)).toEqual([2, 2, 2])
    await book.aging({ asOf: '2026-11-21', basis: 'responsibility' })
    expect((await book.health()).views.find(({ view }) => view === 'aging')).toMatchObject({ behind: 0, behindMs: 0 })
  })

  it('facade-33 of a closed book it is no error: it is not well, and says why', async () => {
    const book = await openTestBook()
    await book.close()
    expect(await book.health()).toEqual({
      well: false,
      store: { reachable: false, writable: false, latencyMs: 0, detail: 'the book memory: is closed: open it again' },
      views: [],
    })
  })

  it('counts a view of a product among them, once it is defined', async () => {
    await using book = await openTestBook()
    book.view({ name: 'opened', version: 1, types: ['AccountOpened'], key: () => 'all', apply: () => ({ n: 1 }) })
    expect((await book.health()).views.map(({ view }) => view)).toContain('own:opened')
  })
})

describe('a subscription', () => {
  it('is woken by what comes, long before it would look by itself', async () => {
    await using book = await openTestBook()
    const events = book.subscribe({ types: ['AccountOpened'], every: 60_000 })
    const first = events.next()
    const began = performance.now()
    await new Promise((resolve) => setTimeout(resolve, 20))
    await book.open(guarantor)
    expect((await first).value).toMatchObject({ type: 'AccountOpened' })
    expect(performance.now() - began).toBeLessThan(20_000)
  })

  it('of one account is woken by it, and gets each of its events once', async () => {
    await using book = await openTestBook()
    const { account } = await book.open(guarantor)
    const seen: string[] = []
    for await (const { type, version } of book.subscribe({ account, every: 60_000 })) {
      seen.push(`${version} ${type}`)
      if (seen.length === 1) {
        // Another account's events come between.
        await book.open(guarantor)
        const charge = {
          type: 'PostCharge',
          on: '2026-11-02',
          visit: 'v1',
          line: 'l1',
          code: '99213',
          amount: 100,
        } as const
        await book.execute(account, charge)
      }
      if (type === 'ChargePosted') break
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.at(0)).toBe('0 AccountOpened')
  })

  it('that waits ends at once when the book is closed', async () => {
    const book = await openTestBook()
    const events = book.subscribe({ after: 1_000, every: 60_000 })
    const next = events.next()
    await new Promise((resolve) => setTimeout(resolve, 20))
    const began = performance.now()
    await book.close()
    expect((await next).done).toBe(true)
    expect(performance.now() - began).toBeLessThan(20_000)
  })
})
