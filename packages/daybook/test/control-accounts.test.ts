import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Book, ControlAccounts } from '../src/index.ts'
import { openTestBook, uuid } from './support/folder.ts'

const practice = join(import.meta.dirname, '..', '..', '..', 'examples', 'practice')
const ACCOUNT = uuid(1)
const BEGIN = Date.UTC(2026, 0, 1)
const dayAt = (days: number): string => new Date(BEGIN + days * 86_400_000).toISOString().slice(0, 10)
/** Days of the practice's books, and some around them. */
const day = fc.nat({ max: 345 }).map(dayAt)

const balanceOf = ({ accounts }: ControlAccounts, name: string): number =>
  accounts.reduce((sum, { account, balance }) => (account.split(':', 1)[0] === name ? sum + balance : sum), 0)

const total = (amounts: readonly { readonly amount: number }[]): number =>
  amounts.reduce((sum, { amount }) => sum + amount, 0)

describe('the books of a practice, account by account', () => {
  let book: Book
  let head: number
  /** A remittance of which a held claim was given up, and a part of its money sent back. */
  let returned: string
  beforeAll(async () => {
    book = await openTestBook()
    await book.importPaths(
      readdirSync(practice)
        .filter((name) => /\.8\d\d$/.test(name))
        .sort()
        .map((name) => join(practice, name)),
      { openMissing: true },
    )
    await book.open({ account: ACCOUNT, guarantor: { name: 'Jo Roe', born: '1980-02-01' }, on: '2026-09-01' })
    const give = async (command: Parameters<Book['execute']>[1]) => {
      const receipt = await book.execute(ACCOUNT, command, { actor: { id: 'sue', roles: ['supervisor', 'manager'] } })
      expect(receipt).toMatchObject({ ok: true })
      return receipt
    }
    const charge = { type: 'PostCharge', visit: 'v1', code: '99213' } as const
    await give({ ...charge, on: '2026-09-01', line: 'l1', amount: 5_000 })
    const pay = { type: 'PostPayment', tender: 'check' } as const
    await give({ ...pay, on: '2026-09-03', payment: 'p1', amount: 2_000, externalRef: '1', depositBatch: 'B-7' })
    await give({ ...pay, on: '2026-09-04', payment: 'p2', amount: 1_000, externalRef: '2', depositBatch: 'B-7' })
    await give({ ...pay, on: '2026-09-20', payment: 'p3', amount: 3_000, externalRef: '3' })
    await give({ type: 'ReversePayment', on: '2026-09-10', payment: 'p2', kind: 'nsf', reason: 'returned by the bank' })
    const held = (await book.remittances({ standing: 'held' })).items.find(({ standing }) => standing !== 'held')
    returned = held?.remittance ?? ''
    const [claim = 0] = held?.held[0]?.claims ?? []
    const decided = { reason: 'not ours' }
    expect(await book.reject(returned, { ...decided, claim, account: 'refundsPayable' })).toMatchObject({ ok: true })
    expect(await book.refund(returned, { ...decided, method: 'check', amount: 1_500 })).toMatchObject({ ok: true })
    expect(await book.refund(returned, { ...decided, method: 'check', amount: 500 })).toMatchObject({ ok: true })
    expect(await book.refund(returned, { ...decided, void: 2 })).toMatchObject({ ok: true })
    head = (await book.controlAccounts()).knownAtPosition
  })
  afterAll(() => book.close())

  it('P6 A5 every balance is explained, all are 0 together, and receivables and unapplied are those of the aging', {
    tags: ['P6', 'A5'],
  }, async () => {
    await fc.assert(
      fc.asyncProperty(day, fc.nat(), async (asOf, at) => {
        const moments = { asOf, knownAt: `@${at % (head + 1)}` }
        const report = await book.controlAccounts(moments)
        for (const { balance, explanation } of report.accounts) expect(total(explanation)).toBe(balance)
        expect(report.outOfBalance).toBe(0)
        const aging = await book.aging(moments)
        expect(balanceOf(report, 'receivable') + balanceOf(report, 'unapplied')).toBe(aging.net)
        expect(balanceOf(report, 'unapplied')).toBe(aging.unapplied)
        const receivables = report.accounts.filter(({ account }) => account.startsWith('receivable'))
        for (const party of ['insurance', 'patient'] as const) {
          const row = aging.rows.find((one) => one.party === party)
          const owed = receivables.flatMap(({ explanation }) =>
            explanation.filter((part) => part.kind === 'party' && part.party === party),
          )
          expect(total(owed)).toBe(row === undefined ? 0 : row.net - row.unapplied)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('P6 cash between two days: what stood before and the days add up to the control account', {
    tags: ['P6'],
  }, async () => {
    await fc.assert(
      fc.asyncProperty(day, day, fc.nat(), async (one, other, at) => {
        const [from, to] = one < other ? [one, other] : [other, one]
        const knownAt = `@${at % (head + 1)}`
        const report = await book.cash({ from, to, knownAt })
        const cash = async (asOf: string) => balanceOf(await book.controlAccounts({ asOf, knownAt }), 'cash')
        const before = new Date(Date.parse(from) - 86_400_000).toISOString().slice(0, 10)
        expect(report.opening).toBe(await cash(before))
        expect(report.closing).toBe(await cash(to))
        expect(report.opening + report.received + report.out).toBe(report.closing)
        expect(report.opening + total(report.days)).toBe(report.closing)
        for (const { amount, entries } of report.days) expect(total(entries)).toBe(amount)
        expect(report.days.map((of) => of.day)).toEqual(report.days.map((of) => of.day).toSorted())
        const patients = report.days.flatMap(({ entries }) => entries.filter(({ kind }) => kind === 'patients'))
        expect(total(report.batches)).toBe(total(patients))
      }),
      { numRuns: 60 },
    )
  })

  it('a batch is told as a whole over its days, and what the bank took back stands on its own day', async () => {
    const report = await book.cash({ from: '2026-09-01', to: '2026-09-30' })
    const own = report.days.map(({ day: on, entries }) => ({
      on,
      entries: entries.filter(({ kind }) => kind !== 'payer'),
    }))
    expect(own.filter(({ entries }) => entries.length > 0)).toEqual([
      { on: '2026-09-03', entries: [{ kind: 'patients', batch: 'B-7', tender: 'check', payments: 1, amount: 2_000 }] },
      { on: '2026-09-04', entries: [{ kind: 'patients', batch: 'B-7', tender: 'check', payments: 1, amount: 1_000 }] },
      { on: '2026-09-10', entries: [{ kind: 'out', how: 'nsf', count: 1, amount: -1_000 }] },
      { on: '2026-09-20', entries: [{ kind: 'patients', tender: 'check', payments: 1, amount: 3_000 }] },
    ])
    expect(report.batches).toEqual([
      { batch: 'B-7', first: '2026-09-03', last: '2026-09-04', payments: 2, amount: 3_000 },
      { first: '2026-09-20', last: '2026-09-20', payments: 1, amount: 3_000 },
    ])
  })

  it('what is still to be sent back to a payer is explained by its remittance, and cash tells what was sent', async () => {
    const { accounts } = await book.controlAccounts({ account: 'refundsPayable' })
    expect(accounts).toMatchObject([
      { balance: 1_500 - 6_943, explanation: [{ kind: 'remittance', remittance: returned, amount: 1_500 - 6_943 }] },
    ])
    const { days, out } = await book.cash({ from: '2026-11-21' })
    expect(days.flatMap(({ entries }) => entries)).toEqual([
      { kind: 'out', how: 'refund', count: 2, amount: -2_000 },
      { kind: 'out', how: 'refundVoided', count: 1, amount: 500 },
    ])
    expect(out).toBe(-1_500)
  })

  it('one account, or all of a name, with every part; what is none is told', async () => {
    const one = await book.controlAccounts({ account: 'payerClearing' })
    expect(one.accounts).toMatchObject([{ account: 'payerClearing', side: 'credit' }])
    const all = await book.controlAccounts({ account: 'payerRecoupment' })
    expect(all.accounts.length).toBeGreaterThan(1)
    expect(all.accounts.every(({ account, label }) => account.startsWith('payerRecoupment:') && label)).toBe(true)
    await expect(book.controlAccounts({ account: 'petty' })).rejects.toMatchObject({ _tag: 'InvalidQuery' })
    await expect(book.cash({ from: '2026-02-02', to: '2026-02-01' })).rejects.toMatchObject({ _tag: 'InvalidQuery' })
    await expect(book.cash({ from: '2026-02-30' })).rejects.toMatchObject({ _tag: 'InvalidQuery' })
  })

  it('cash asked without days is of this month, up to today', async () => {
    expect(await book.cash()).toMatchObject({ from: '2026-11-01', to: '2026-11-21' })
    expect(await book.cash({ to: '2026-02-14' })).toMatchObject({ from: '2026-02-01', to: '2026-02-14' })
  })
})
