import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { ClockAhead } from '../../src/index.ts'
import { commandLineIn } from '../support/command-line.ts'
import { openTestBook, testFolder, uuid, write } from '../support/folder.ts'

// Faults of kind “the book's own trust”: a clock that stands years ahead.

const folder = testFolder()
const charge = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', line: 'l1', code: '99213', amount: 12_500 } as const
const clock = (text: string) => () => new Date(text)
const in2099 = clock('2099-01-01T00:00:00.000Z')

describe.each(['memory', 'sqlite'] as const)('a command under a clock set to 2099 (%s)', (kind) => {
  it('trust-10 is refused with a typed error, and nothing is written', async () => {
    let now = clock('2026-11-21T15:14:00.000Z')
    const url = kind === 'memory' ? 'memory:' : `sqlite:${join(folder, 'ahead.db')}`
    await using book = await openTestBook(url, { clock: () => now() })
    const opening = { guarantor: {}, account: uuid(1), on: '2026-11-20', commandId: 'opening' }
    const { account } = await book.open(opening)
    const { head } = await book.check()
    now = in2099
    const refused = await book.execute(account, charge).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ClockAhead)
    expect(refused).toMatchObject({
      last: '2026-11-21T15:14:00.000Z',
      now: '2099-01-01T00:00:00.000Z',
      retry: 'never',
      message: expect.stringMatching(/72 years after the last event.*set the clock.*clockIsRight, --clock-is-right/),
    })
    // A command of before is known again, whatever the clock says.
    expect(await book.open(opening)).toMatchObject({ account, ok: true, repeated: true })
    now = clock('2026-11-21T16:00:00.000Z')
    expect((await book.check()).head).toBe(head)
    expect(await book.execute(account, charge)).toMatchObject({ ok: true })
  })
})

describe('a clock that somebody vouches for', () => {
  it('trust-10 dates the command, and known-at of the years between stays right', async () => {
    const url = `sqlite:${join(folder, 'vouched.db')}`
    {
      await using book = await openTestBook(url)
      const { account } = await book.open({ guarantor: {}, account: uuid(1) })
      await book.execute(account, charge)
    }
    const known = async () => {
      await using book = await openTestBook(url)
      const moments = ['2026-11-22', '2027-01-01', '2060-06-30', '2098-12-30']
      return await Promise.all(
        moments.map(async (knownAt) => (await book.aging({ asOf: '2026-11-30', knownAt })).knownAtPosition),
      )
    }
    const before = await known()
    {
      await using book = await openTestBook(url, { clock: in2099, clockIsRight: true })
      expect(await book.execute(uuid(1), { ...charge, line: 'l2' })).toMatchObject({ ok: true })
    }
    expect(await known()).toEqual(before)
    await using book = await openTestBook(url)
    expect(await book.aging({ asOf: '2026-11-30', knownAt: '2099-01-02' })).toMatchObject({ net: 25_000 })
    expect((await book.check()).findings).toEqual([])
  })

  it('trust-10 a book that lay still for some years is written without a word', async () => {
    const url = `sqlite:${join(folder, 'still.db')}`
    await (await openTestBook(url)).close()
    await using book = await openTestBook(url, { clock: clock('2031-05-04T12:00:00.000Z') })
    expect(await book.open({ guarantor: {} })).toHaveProperty('account')
  })

  it('trust-10 says so on the command line with --clock-is-right', async () => {
    const daybook = commandLineIn(folder)
    const opening = { type: 'OpenAccount', on: '2026-11-01', guarantor: {} }
    const one = write(folder, 'one.json', JSON.stringify({ ...opening, account: uuid(1) }))
    const other = write(folder, 'other.json', JSON.stringify({ ...opening, account: uuid(2) }))
    const db = ['--db', 'sqlite:line.db', '--practice', 'physicianPracticeMN'] as const
    expect((await daybook('command', one, ...db)).status).toBe(0)
    vi.useFakeTimers({ toFake: ['Date'], now: in2099() })
    try {
      const refused = await daybook('command', other, ...db)
      expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('the clock says 2099-01-01') })
      expect((await daybook('command', other, ...db, '--clock-is-right')).status).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})
