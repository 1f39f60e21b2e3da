import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Book, presets } from '../../src/index.ts'
import { openTestBook, uuid } from '../support/folder.ts'

// What was known at a moment, by the practice's own clock: where the day is another one than at Greenwich, in the hour that a
// spring night lacks, in the one that an autumn night has twice, and when a clock goes back.

const roe = uuid(1)

const at = () => {
  let now = '2026-01-05T15:14:00.000Z'
  const clock = () => new Date(now)
  return {
    clock,
    set: (instant: string) => {
      now = instant
    },
  }
}

const opened = async (book: Book, on: string) => {
  await book.open({ account: roe, guarantor: { name: 'Jo Roe' }, on })
  const charge = { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 30_000 } as const
  expect(await book.execute(roe, { ...charge, party: 'patient' })).toMatchObject({ ok: true })
}

const pay = async (book: Book, on: string, payment: string) =>
  expect(await book.execute(roe, { type: 'PostPayment', on, payment, amount: 1_000, tender: 'cash' })).toMatchObject({
    ok: true,
  })

/** Cents that are owed net; nothing where the account was not known. */
const netAt = async (book: Book, knownAt: string) =>
  await book.account(roe, { knownAt, asOf: '2026-12-31' }).then(
    (page) => (page.beforeTheBooks ? undefined : page.totals.net),
    (error: unknown) => {
      expect(error).toMatchObject({ _tag: 'NotFound', message: expect.stringContaining('as known') })
      return undefined
    },
  )

describe('standing-1 known at a moment, where the practice is fourteen hours ahead', () => {
  const { clock, set } = at()
  let book: Book
  beforeAll(async () => {
    const { physicianPracticeMN: preset } = presets
    const practice = { ...preset, name: 'ahead', practice: { ...preset.practice, timeZone: 'Pacific/Kiritimati' } }
    book = await openTestBook('memory:', { practice, clock })
    set('2026-03-07T23:30:00.000Z')
    await opened(book, '2026-03-08')
  })
  afterAll(() => book.close())

  it.each([
    ['2026-03-07', undefined],
    ['2026-03-08', 30_000],
    ['2026-03-08T13:29', undefined],
    ['2026-03-08T13:31', 30_000],
    ['2026-03-07T23:29:00Z', undefined],
    ['2026-03-07T23:31:00Z', 30_000],
  ])('standing-1 as known at %s', async (knownAt, net) => {
    expect(await book.today()).toBe('2026-03-08')
    expect(await netAt(book, knownAt)).toBe(net)
  })
})

describe('standing-1 known at a moment, in nights that are longer or shorter', () => {
  const { clock, set } = at()
  let book: Book
  beforeAll(async () => {
    book = await openTestBook('memory:', { clock })
    // 03:30 in Minnesota, whose clocks have gone from 02:00 to 03:00.
    set('2026-03-08T08:30:00.000Z')
    await opened(book, '2026-03-08')
    // 01:30 before the clocks go back, and 01:30 after.
    set('2026-11-01T06:30:00.000Z')
    await pay(book, '2026-11-01', 'p1')
    set('2026-11-01T07:30:00.000Z')
    await pay(book, '2026-11-01', 'p2')
    // The clock goes back by two days: what is recorded then is committed after what was there.
    set('2026-10-30T15:14:00.000Z')
    await pay(book, '2026-10-30', 'p3')
  })
  afterAll(() => book.close())

  it.each([
    ['2026-03-07', undefined],
    ['2026-03-08T01:59', undefined],
    ['2026-03-08T02:15', undefined],
    ['2026-03-08T03:29', undefined],
    ['2026-03-08T03:30', 30_000],
    ['2026-03-08', 30_000],
    ['2026-10-30', 30_000],
    ['2026-11-01T01:29-05:00', 30_000],
    ['2026-11-01T01:45-05:00', 29_000],
    ['2026-11-01T01:29-06:00', 29_000],
    // Two payments of one instant: the one of the clock that went back is known no earlier than what stood there.
    ['2026-11-01T01:30-06:00', 27_000],
    ['2026-11-01T02:00', 27_000],
    ['2026-11-01', 27_000],
  ])('standing-1 as known at %s', async (knownAt, net) => {
    expect(await netAt(book, knownAt)).toBe(net)
  })

  it('standing-1 a payment of a clock that went back counts from the day that was given, and is in order in the log', async () => {
    const net = async (asOf: string) => {
      const page = await book.account(roe, { asOf })
      return page.beforeTheBooks ? undefined : page.totals.net
    }
    expect([await net('2026-10-29'), await net('2026-10-30'), await net('2026-11-01')]).toEqual([
      30_000, 29_000, 27_000,
    ])
    expect((await book.check()).findings).toEqual([])
  })
})
