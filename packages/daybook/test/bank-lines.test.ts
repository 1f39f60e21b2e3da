import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cashLines } from '../src/cli/text/cash.ts'
import type { Book, Cash } from '../src/index.ts'
import { openTestBook, testFolder, uuid } from './support/folder.ts'

const ACCOUNT = uuid(1)
const actor = { id: 'sue', roles: ['supervisor', 'manager'] as const }

type Deposit = Parameters<Book['deposit']>[0]
type Part = Extract<Deposit, { type: 'RecordDeposit' }>['parts'][number]

const give = async (book: Book, command: Parameters<Book['execute']>[1]) =>
  expect(await book.execute(ACCOUNT, command, { actor: { id: actor.id, roles: [...actor.roles] } })).toMatchObject({
    ok: true,
  })

const pay = (book: Book, on: string, payment: string, amount: number, depositBatch?: string) =>
  give(book, {
    type: 'PostPayment',
    tender: 'check',
    on,
    payment,
    amount,
    externalRef: payment,
    ...(depositBatch === undefined ? {} : { depositBatch }),
  })

const line = async (book: Book, on: string, reference: string, amount: number, parts: readonly Part[]) => {
  const answer = await book.deposit({ type: 'RecordDeposit', on, reference, amount, parts: [...parts] })
  expect(answer).toMatchObject({ ok: true })
  return answer.ok ? answer.deposit : ''
}

const batch = (name: string): Part => ({ kind: 'batch', batch: name })
const payment = (id: string): Part => ({ kind: 'payment', account: ACCOUNT, payment: id })

/** What of it is on the list of a day: the line, and what between the bank and the books nobody has explained. */
const listedOn = async (book: Book, asOf: string, knownAt?: string) => {
  const { items } = await book.worklist({
    queue: 'bankDifferences',
    asOf,
    ...(knownAt === undefined ? {} : { knownAt }),
  })
  return items.map(({ deposit, amount, since }) => [deposit, amount, since] as const).toSorted()
}

const unexplainedIn = ({ bank }: Cash) =>
  bank.lines
    .flatMap(({ deposit, unexplained, day }) => (unexplained === 0 ? [] : [[deposit, unexplained, day] as const]))
    .toSorted()

/** The cash account is what the bank has, less what differs, and what no line has. */
const isEven = ({ bank, closing }: Cash) => {
  expect(bank.total - bank.differences + bank.inTransit.amount).toBe(closing)
  const days = bank.inTransit.days.reduce((sum, { amount }) => sum + amount, 0)
  expect(bank.inTransit.before + days).toBe(bank.inTransit.amount)
  for (const { amount, books, difference, parts } of bank.lines) {
    expect(amount - books).toBe(difference)
    expect(parts.reduce((sum, part) => sum + part.amount, 0)).toBe(books)
  }
}

const short = ({ bank }: Cash) =>
  bank.lines.map(({ reference, amount, books, difference }) => [reference, amount, books, difference])

describe("cash, held against the bank's statement line by line", () => {
  let book: Book
  beforeAll(async () => {
    book = await openTestBook()
    await book.open({ account: ACCOUNT, guarantor: { name: 'Jo Roe', born: '1980-02-01' }, on: '2026-09-01' })
    await give(book, { type: 'PostCharge', visit: 'v1', code: '99213', on: '2026-09-01', line: 'l1', amount: 90_000 })
    await pay(book, '2026-09-01', 'p0', 700)
    await pay(book, '2026-09-03', 'p1', 2_000, 'B-7')
    await pay(book, '2026-09-04', 'p2', 1_000, 'B-7')
    await pay(book, '2026-09-05', 'p3', 4_000, 'B-7')
    await pay(book, '2026-09-08', 'p4', 3_000)
    await pay(book, '2026-09-20', 'p5', 1_500, 'B-7')
  })
  afterAll(() => book.close())

  it('before a line is on record nothing is said of the bank', async () => {
    const report = await book.cash({ from: '2026-09-01', to: '2026-09-30' })
    expect(report.bank).toEqual({
      lines: [],
      total: 0,
      differences: 0,
      inTransit: { amount: 12_200, before: 12_200, days: [] },
    })
    expect(cashLines(report, 'America/Chicago').at(-1)).toContain('no line of the bank')
  })

  it('a batch is what came in it until the day of the bank; a check that is named alone is in its own line', async () => {
    await line(book, '2026-09-07', 'SLIP 1', 3_000, [batch('B-7')])
    await line(book, '2026-09-06', 'MOBILE 9', 4_000, [payment('p3')])
    await line(book, '2026-09-21', 'SLIP 2', 1_450, [batch('B-7')])
    const report = await book.cash({ from: '2026-09-01', to: '2026-09-30' })
    isEven(report)
    expect(short(report)).toEqual([
      ['MOBILE 9', 4_000, 4_000, 0],
      ['SLIP 1', 3_000, 3_000, 0],
      ['SLIP 2', 1_450, 1_500, -50],
    ])
    expect(report.bank).toMatchObject({ since: '2026-09-06', total: 8_450, differences: -50 })
    // p0 is from before the first line; p4 is on none.
    expect(report.bank.inTransit).toEqual({
      amount: 3_700,
      before: 700,
      days: [
        {
          day: '2026-09-08',
          amount: 3_000,
          entries: [{ kind: 'patients', tender: 'check', payments: 1, amount: 3_000 }],
        },
      ],
    })
  })

  it('as of the middle of the month the later line is not there, and its money is on none', async () => {
    const report = await book.cash({ from: '2026-09-01', to: '2026-09-10' })
    isEven(report)
    expect(report.bank).toMatchObject({ total: 7_000, differences: 0, inTransit: { amount: 3_700 } })
  })

  it('a difference is explained for so much as was said; until then it is shown in every later month', async () => {
    const before = await book.cash({ from: '2026-10-01', to: '2026-10-31' })
    expect(before.bank.lines.map(({ reference, unexplained }) => [reference, unexplained])).toEqual([['SLIP 2', -50]])
    const slip = before.bank.lines[0]?.deposit ?? ''
    const explain = { type: 'ExplainDeposit', on: '2026-10-02', deposit: slip, reason: 'coin fee of the bank' } as const
    expect(await book.deposit({ ...explain, difference: -30 })).toMatchObject({ ok: true })
    expect((await book.cash({ from: '2026-10-01', to: '2026-10-31' })).bank.lines[0]?.unexplained).toBe(-20)
    expect(await book.deposit({ ...explain, difference: -50 })).toMatchObject({ ok: true })
    expect((await book.cash({ from: '2026-10-01', to: '2026-10-31' })).bank.lines).toEqual([])
    const { bank } = await book.cash({ from: '2026-09-01', to: '2026-09-30' })
    expect(bank.lines.at(-1)).toMatchObject({ difference: -50, unexplained: 0, explained: { difference: -50 } })
  })

  it('a line is recorded once: said again nothing is written, with other parts it is refused', async () => {
    const command = { type: 'RecordDeposit', on: '2026-09-07', reference: 'SLIP 1', amount: 3_000 } as const
    expect(await book.deposit({ ...command, parts: [batch('B-7')] })).toMatchObject({ ok: true, nothingToDo: true })
    expect(await book.deposit({ ...command, parts: [] })).toMatchObject({
      ok: false,
      hits: [{ rule: 'deposit.known' }],
    })
  })

  it('what the books do not have is refused, every part of it, and nothing is written', async () => {
    const { knownAtPosition } = await book.cash()
    const refused = await book.deposit({
      type: 'RecordDeposit',
      on: '2026-09-09',
      reference: 'X',
      amount: 100,
      parts: [
        payment('p9'),
        { kind: 'reversal', account: ACCOUNT, payment: 'p1' },
        { kind: 'refund', account: ACCOUNT, refund: 'r1' },
        { kind: 'remittance', remittance: uuid(8) },
        { kind: 'payerRefund', remittance: uuid(8), refund: 1 },
      ],
    })
    expect(refused).toMatchObject({ ok: false })
    expect(refused.ok ? [] : refused.hits.map(({ rule }) => rule)).toEqual(Array(5).fill('deposit.partUnknown'))
    expect((await book.cash()).knownAtPosition).toBe(knownAtPosition)
  })

  it('a payment on two lines counts in the earlier one, and the later one says so', async () => {
    await line(book, '2026-09-09', 'WIRE', 3_000, [payment('p4')])
    const second = await line(book, '2026-09-10', 'WIRE AGAIN', 3_000, [payment('p4')])
    const report = await book.cash({ from: '2026-09-01', to: '2026-09-30' })
    isEven(report)
    const again = report.bank.lines.find(({ deposit }) => deposit === second)
    expect(again).toMatchObject({ books: 0, difference: 3_000, parts: [{ problem: 'onAnotherLine', amount: 0 }] })
    await book.deposit({ type: 'WithdrawDeposit', on: '2026-09-11', deposit: second, reason: 'read twice' })
    const after = await book.cash({ from: '2026-09-01', to: '2026-09-30' })
    isEven(after)
    expect(after.bank).toMatchObject({ differences: -50, inTransit: { amount: 700 } })
  })

  it('what the bank took back is a line below zero; a payment that never was is so much less in its own line', async () => {
    const back = { type: 'ReversePayment', reason: 'returned' } as const
    await give(book, { ...back, on: '2026-09-12', payment: 'p2', kind: 'nsf' })
    await line(book, '2026-09-12', 'RETURN', -1_000, [{ kind: 'reversal', account: ACCOUNT, payment: 'p2' }])
    await give(book, { ...back, on: '2026-09-25', payment: 'p1', kind: 'duplicate' })
    const report = await book.cash({ from: '2026-09-01', to: '2026-09-30' })
    isEven(report)
    expect(short(report)).toContainEqual(['RETURN', -1_000, -1_000, 0])
    expect(short(report)).toContainEqual(['SLIP 1', 3_000, 1_000, 2_000])
  })

  it('the screen has each line, its difference and what is on none', async () => {
    const lines = cashLines(await book.cash({ from: '2026-09-01', to: '2026-09-30' }), 'America/Chicago').join('\n')
    expect(lines).toContain('SLIP 2')
    expect(lines).toContain('coin fee of the bank')
    expect(lines).toMatch(/on no line of the bank: 7\.00/)
  })
})

describe('watch-1 a line of the bank that differs from the books', { tags: ['Q6'] }, () => {
  let book: Book
  let slip: string
  beforeAll(async () => {
    book = await openTestBook()
    await book.open({ account: ACCOUNT, guarantor: { name: 'Jo Roe', born: '1980-02-01' }, on: '2026-09-01' })
    await give(book, { type: 'PostCharge', visit: 'v1', code: '99213', on: '2026-09-01', line: 'l1', amount: 90_000 })
    await pay(book, '2026-09-03', 'p1', 2_000, 'B-7')
    await pay(book, '2026-09-04', 'p2', 1_000)
    slip = await line(book, '2026-09-07', 'SLIP 1', 1_950, [batch('B-7')])
  })
  afterAll(() => book.close())

  it('watch-1 Q6 is work since its day, with both amounts and what to do; check finds nothing', async () => {
    const [item, ...others] = (await book.worklist({ queue: 'bankDifferences' })).items
    expect(others).toEqual([])
    expect(item).toMatchObject({
      queue: 'bankDifferences',
      deposit: slip,
      whose: 'bank SLIP 1 of 2026-09-07',
      amount: -50,
      since: '2026-09-07',
      allowed: true,
      reasons: ['SLIP 1 of 2026-09-07: the bank has 19.50, 0.50 less than the books have (20.00)'],
    })
    expect(item?.nextAction).toContain(
      "daybook deposit 'SLIP 1' --on 2026-09-07 --amount 19.50 --explain -0.50 --reason",
    )
    expect((await book.check()).findings).toEqual([])
    expect(await listedOn(book, '2026-09-06')).toEqual([])
  })

  it('watch-1 Q6 whose amount is off the list is found by check, from the log', async () => {
    const path = join(testFolder(), 'bank.sqlite')
    {
      await using own = await openTestBook(`sqlite:${path}`)
      await line(own, '2026-09-07', 'SLIP 1', 1_950, [batch('B-7')])
      expect((await own.check()).findings).toEqual([])
    }
    const edit = new DatabaseSync(path)
    const changed = edit.prepare(
      "UPDATE view_doc SET body = json_set(body, '$.matters.recorded.amount', 7) WHERE key LIKE 'deposit-%'",
    )
    expect(changed.run().changes).toBe(1)
    edit.close()
    await using own = await openTestBook(`sqlite:${path}`)
    const watched = (await own.check()).findings.filter(({ check }) => check === 'watched')
    expect(watched).toMatchObject([
      { amount: 1_950, message: expect.stringContaining('19.50 between the bank and the books') },
    ])
  })

  it('watch-1 Q6 is over once it is explained, on the days from then on', async () => {
    const reason = 'coin fee'
    await book.deposit({ type: 'ExplainDeposit', on: '2026-09-10', deposit: slip, difference: -30, reason })
    expect(await listedOn(book, '2026-09-10')).toEqual([[slip, -20, '2026-09-07']])
    expect(await listedOn(book, '2026-09-09')).toEqual([[slip, -50, '2026-09-07']])
    const [item] = (await book.worklist({ queue: 'bankDifferences' })).items
    expect(item?.reasons.at(1)).toBe('−0.30 of it is explained')
    expect(item?.nextAction).toContain('--explain -0.50 ')
    await book.deposit({ type: 'ExplainDeposit', on: '2026-09-12', deposit: slip, difference: -50, reason })
    expect(await listedOn(book, '2026-09-12')).toEqual([])
    expect((await book.check()).findings).toEqual([])
  })

  it('watch-1 Q6 comes back when a payment in it turns out to be none, and ends when the line is withdrawn', async () => {
    const back = { type: 'ReversePayment', reason: 'entered twice', kind: 'duplicate' } as const
    await give(book, { ...back, on: '2026-09-15', payment: 'p1' })
    expect(await listedOn(book, '2026-09-20')).toEqual([[slip, 1_950, '2026-09-07']])
    await book.deposit({ type: 'WithdrawDeposit', on: '2026-09-22', deposit: slip, reason: 'of another practice' })
    expect(await listedOn(book, '2026-09-22')).toEqual([])
    expect(await listedOn(book, '2026-09-21')).toEqual([[slip, 1_950, '2026-09-07']])
  })

  it('watch-1 P6 of two lines of one day the first keeps its payment when its difference is explained', {
    tags: ['P6'],
  }, async () => {
    const first = await line(book, '2026-09-16', 'WIRE', 1_100, [payment('p2')])
    const second = await line(book, '2026-09-16', 'WIRE AGAIN', 1_000, [payment('p2')])
    const amounts = async (asOf: string) => {
      const listed = new Map((await listedOn(book, asOf)).map(([deposit, amount]) => [deposit, amount]))
      return [listed.get(first), listed.get(second)]
    }
    expect(await amounts('2026-09-17')).toEqual([100, 1_000])
    const reason = 'interest'
    await book.deposit({ type: 'ExplainDeposit', on: '2026-09-18', deposit: first, difference: 100, reason })
    expect(await amounts('2026-09-18')).toEqual([undefined, 1_000])
    const { bank } = await book.cash({ from: '2026-09-16', to: '2026-09-18' })
    expect(bank.lines.map(({ reference, books }) => [reference, books])).toEqual([
      ['WIRE', 1_000],
      ['WIRE AGAIN', 0],
    ])
  })

  it('history tells of a line, what is in it and what was explained', async () => {
    const history = await book.history(slip)
    expect(history.kind).toBe('deposit')
    expect(history.events.map(({ what }) => what)).toEqual([
      "The bank's statement has SLIP 1 of 2026-09-07: 19.50; in it batch B-7",
      'Explained −0.30 of the difference, bank less books: coin fee',
      'Explained −0.50 of the difference, bank less books: coin fee',
      'Withdrawn: the line was recorded wrongly',
    ])
    expect(await book.find(slip.slice(0, 13))).toEqual([{ kind: 'deposit', id: slip }])
  })
})

describe('P6 the cash account is the bank, what differs, and what is on its way', { tags: ['P6'] }, () => {
  it('P6 for any lines over any payments, on any day and known at any position', { tags: ['P6'] }, async () => {
    const days = fc.integer({ min: 1, max: 28 }).map((day) => `2026-09-${String(day).padStart(2, '0')}`)
    const paid = fc.record({ on: days, amount: fc.integer({ min: 1, max: 900 }), batch: fc.constantFrom('A', 'B', '') })
    const banked = fc.record({
      on: days,
      amount: fc.integer({ min: -900, max: 2_000 }).filter((amount) => amount !== 0),
      named: fc.uniqueArray(fc.nat({ max: 7 }), { maxLength: 4 }),
      batches: fc.uniqueArray(fc.constantFrom('A', 'B', 'C'), { maxLength: 3 }),
    })
    const book = await openTestBook()
    let accounts = 100
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.array(paid, { minLength: 1, maxLength: 8 }),
          fc.array(banked, { maxLength: 4 }),
          days,
          fc.nat(),
          async (payments, lines, to, at) => {
            accounts += 1
            const account = uuid(accounts)
            await book.open({ account, guarantor: { name: 'Jo Roe', born: '1980-02-01' }, on: '2026-09-01' })
            for (const [n, { on, amount, batch: name }] of payments.entries()) {
              const inBatch = name === '' ? {} : { depositBatch: `${name}${accounts}` }
              const posted = { type: 'PostPayment', on, payment: `p${n}`, amount, tender: 'cash', ...inBatch } as const
              expect(await book.execute(account, posted)).toMatchObject({ ok: true })
            }
            for (const [n, { on, amount, named, batches }] of lines.entries()) {
              const parts: Part[] = [
                ...named
                  .filter((of) => of < payments.length)
                  .map((of): Part => ({ kind: 'payment', account, payment: `p${of}` })),
                ...batches.map((name) => batch(`${name}${accounts}`)),
              ]
              await line(book, on, `${accounts}-${n}`, amount, parts)
            }
            const report = await book.cash({ from: '2026-09-01', to })
            isEven(report)
            const knownAt = `@${at % (report.knownAtPosition + 1)}`
            const then = await book.cash({ from: to, to, knownAt })
            isEven(then)
            // Law Q6: what differs is on the list of that day, as known then.
            expect(await listedOn(book, to)).toEqual(unexplainedIn(report))
            expect(await listedOn(book, to, knownAt)).toEqual(unexplainedIn(then))
            const all = await book.cash({ from: '2026-09-01', to: '2026-09-30' })
            const own = all.bank.lines.filter(({ reference }) => reference.startsWith(`${accounts}-`))
            const once = own.flatMap(({ parts }) =>
              parts.flatMap((part) => (part.kind === 'payment' && !part.problem ? [part.payment] : [])),
            )
            expect(new Set(once).size).toBe(once.length)
          },
        ),
        { numRuns: 100 },
      )
    } finally {
      await book.close()
    }
  })
})
