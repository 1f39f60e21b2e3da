import { describe, expect, it } from 'vitest'
import { openTestBook, uuid } from './support/folder.ts'
import { testServers } from './support/server-shelves.ts'

// The access log of a book on a server: another tenant beside it, which others write to at once.

const account = uuid(1)

describe.each(testServers())('%s: who looked', (_, newUrl) => {
  it('is written down beside the book, by two processes, and the book does not move', async () => {
    const url = await newUrl()
    const options = { secret: new Uint8Array(32).fill(5), views: 'memory:' }
    await using one = await openTestBook(url, options)
    await one.open({ account, guarantor: { name: 'Jo Roe' }, on: '2026-11-01' })
    const before = (await one.aging()).knownAtPosition
    expect((await one.accesses()).items).toEqual([])
    await using two = await openTestBook(url, { ...options, actor: 'ben' })
    await Promise.all(Array.from({ length: 12 }, (__, n) => (n % 2 === 0 ? one : two).account(account)))
    const { items } = await two.accesses({ account })
    expect(items.filter(({ by }) => by === 'anna')).toHaveLength(6)
    expect(items.filter(({ by }) => by === 'ben')).toHaveLength(6)
    expect((await one.aging()).knownAtPosition).toBe(before)
    expect(await one.check()).toMatchObject({ findings: [], accesses: { events: 12 } })
  })
})
