import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Book } from '../../src/index.ts'
import { commandLineIn } from '../support/command-line.ts'
import { openTestBook, testFolder, uuid, write } from '../support/folder.ts'
import { remittanceText } from '../support/remittance-text.ts'

const folder = testFolder()
const practice = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'practice')

const [roe, roberts, muller, nobody] = [uuid(2), uuid(1), uuid(3), uuid(4)]

/** A family, a namesake, and somebody with marks in the name. */
const withPeople = async (url = 'memory:'): Promise<Book> => {
  const book = await openTestBook(url)
  const on = '2026-11-01'
  await book.open({ account: roe, guarantor: { name: 'Jo Roe', born: '1980-02-01' }, on })
  await book.execute(roe, {
    type: 'RegisterPatient',
    on,
    patient: 'sam',
    first: 'Sam',
    last: "O'Brien-Roe",
    born: '2015-06-07',
  })
  await book.execute(roe, {
    type: 'AddCoverage',
    on,
    coverage: 'c1',
    patient: 'sam',
    payer: 'meadow',
    payerName: 'MEADOW HEALTH',
    memberId: 'MH-1234 56',
  })
  await book.execute(roe, { type: 'OpenVisit', on, visit: 'v1', patient: 'sam', patientControlNumber: 'PCN0042' })
  await book.execute(roe, { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 12_500 })
  await book.open({ account: roberts, guarantor: { name: 'Roberta Roe-Ortiz', born: '1990-02-01' }, on })
  await book.open({ account: muller, guarantor: { name: 'Ánna MÜLLER' }, on })
  await book.open({ account: nobody, guarantor: {}, on })
  return book
}

const found = async (book: Book, search: string, exact = false) =>
  (await book.accounts({ search, exact })).items.map(({ account }) => account)

describe('facade-6 accounts are listed and found', () => {
  it('facade-6 by words of a name, whole or by their beginning, without case and marks', async () => {
    await using book = await withPeople()
    expect(await found(book, 'roe')).toEqual([roberts, roe])
    expect(await found(book, 'ro')).toEqual([roberts, roe])
    expect(await found(book, 'JO roe')).toEqual([roe])
    expect(await found(book, 'muller')).toEqual([muller])
    expect(await found(book, 'Müll')).toEqual([muller])
    expect(await found(book, "o'brien")).toEqual([roe])
    expect(await found(book, 'brien-roe')).toEqual([])
    expect(await found(book, 'brien')).toEqual([roe])
    expect(await found(book, 'rob', true)).toEqual([])
    expect(await found(book, 'roberta', true)).toEqual([roberts])
    expect(await found(book, 'smith')).toEqual([])
    expect(await found(book, '?!')).toEqual([])
  })

  it('facade-6 by birth day, member id, claim number and id, and together with a name', async () => {
    await using book = await withPeople()
    expect(await found(book, '1980-02-01')).toEqual([roe])
    expect(await found(book, '2/1/1980')).toEqual([roe])
    expect(await found(book, '2015-06')).toEqual([roe])
    expect(await found(book, 'mh123456')).toEqual([roe])
    expect(await found(book, 'MH-1234')).toEqual([roe])
    expect(await found(book, 'pcn0042')).toEqual([roe])
    expect(await found(book, 'roe 1990-02-01')).toEqual([roberts])
    expect(await found(book, 'roe 1991-02-01')).toEqual([])
    expect(await found(book, nobody)).toEqual([nobody])
    const { items } = await book.accounts({ search: 'pcn00 sam' })
    expect(items).toMatchObject([
      {
        account: roe,
        guarantor: { name: 'Jo Roe', born: '1980-02-01' },
        patients: [{ id: 'sam', name: "Sam O'Brien-Roe" }],
        memberIds: ['MH-1234 56'],
        claims: ['PCN0042'],
        totals: { net: 12_500 },
        standing: { phase: 'insurancePending' },
        foundBy: expect.arrayContaining(['claim', 'name']),
      },
    ])
  })

  it('facade-6 all of them by name, part by part', async () => {
    await using book = await withPeople()
    const all = (await book.accounts()).items.map(({ account }) => account)
    expect(all).toEqual([nobody, muller, roe, roberts])
    const parts: string[] = []
    for (let after: string | undefined; ; ) {
      const { items, next } = await book.accounts({ limit: 1, ...(after === undefined ? {} : { after }) })
      parts.push(...items.map(({ account }) => account))
      if (next === undefined) break
      after = next
    }
    expect(parts).toEqual(all)
    await expect(book.accounts({ limit: 0 })).rejects.toMatchObject({ issues: [{ path: 'limit' }] })
  })

  it('facade-6 a name that is corrected is found by the new one, and not by the old one', async () => {
    await using book = await withPeople()
    expect(await found(book, 'jo')).toEqual([roe])
    const correction = {
      type: 'ConfirmGuarantor',
      on: '2026-11-02',
      name: 'Josephine Rowe',
      reason: 'licence seen',
    } as const
    await book.execute(roe, correction)
    expect(await found(book, 'josephine')).toEqual([roe])
    expect(await found(book, 'jo', true)).toEqual([])
    await book.execute(roe, { ...correction, name: 'Jo Roe' })
    expect(await found(book, 'jo', true)).toEqual([roe])
    expect(await found(book, 'rowe')).toEqual([])
  })

  it('facade-6 what is found is what going through all accounts finds, in a book and in one opened again', async () => {
    const names = ['ann', 'anna', 'annabel', 'roe', 'ro', 'müller']
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { minLength: 1, maxLength: 8 }),
        fc.array(fc.constantFrom('a', 'an', 'anna', 'r', 'roe', 'muller', 'x'), { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 1, max: 3 }),
        async (people, words, limit) => {
          await using book = await openTestBook()
          for (const [at, [first, last]] of people.entries()) {
            await book.open({ account: uuid(at + 1), guarantor: { name: `${first} ${last}` }, on: '2026-11-01' })
          }
          const plain = (name: string) => name.replace('ü', 'u')
          const wanted = people.flatMap((name, at) =>
            words.every((word) => name.some((own) => plain(own).startsWith(word))) ? [uuid(at + 1)] : [],
          )
          const parts: string[] = []
          for (let after: string | undefined; ; ) {
            const page = { search: words.join(' '), limit, ...(after === undefined ? {} : { after }) }
            const { items, next } = await book.accounts(page)
            parts.push(...items.map(({ account }) => account))
            if (next === undefined) break
            after = next
          }
          expect(parts.toSorted()).toEqual(wanted)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('facade-6 payments, plans and remittances are listed', () => {
  it('facade-6 payments by day, with where their money stands', async () => {
    await using book = await withPeople()
    await book.execute(roberts, { type: 'PostPayment', on: '2026-11-10', payment: 'p2', amount: 700, tender: 'cash' })
    await book.execute(roe, {
      type: 'PostPayment',
      on: '2026-11-09',
      payment: 'p1',
      amount: 5_000,
      tender: 'check',
      externalRef: '88',
    })
    expect(await book.payments()).toMatchObject({
      items: [
        { payment: 'p1', account: roe, guarantor: 'Jo Roe', amount: 5_000, externalRef: '88', status: 'posted' },
        { payment: 'p2', account: roberts, amount: 700, unapplied: 700 },
      ],
    })
    const on = async (request: Parameters<Book['payments']>[0]) =>
      (await book.payments(request)).items.map(({ payment }) => payment)
    expect(await on({ from: '2026-11-10' })).toEqual(['p2'])
    expect(await on({ to: '2026-11-09' })).toEqual(['p1'])
    expect(await on({ from: '2026-11-09', to: '2026-11-10' })).toEqual(['p1', 'p2'])
    expect(await on({ account: roe })).toEqual(['p1'])
    await expect(book.payments({ from: '2026-02-30' })).rejects.toMatchObject({ issues: [{ path: 'from' }] })
  })

  it('facade-6 plans with their schedule, by their standing', async () => {
    await using book = await openTestBook()
    await book.open({ account: roe, guarantor: { name: 'Jo Roe', born: '1980-02-01' }, on: '2026-11-01' })
    await book.execute(roe, {
      type: 'PostCharge',
      on: '2026-11-01',
      visit: 'v1',
      line: 'l1',
      code: '99213',
      amount: 30_000,
    })
    const terms = { divide: { instalments: 3 }, firstDue: '2026-12-01', writtenAgreement: false }
    await book.execute(roe, { type: 'ProposePlan', on: '2026-11-03', plan: 'n1', ...terms })
    expect(await book.plans({ status: 'active' })).toMatchObject({ items: [] })
    await book.execute(roe, { type: 'AcceptPlan', on: '2026-11-04', plan: 'n1' })
    expect((await book.plans({ status: 'active' })).items).toMatchObject([
      {
        plan: 'n1',
        account: roe,
        guarantor: 'Jo Roe',
        remaining: 30_000,
        schedule: [
          { number: 1, due: '2026-12-01', amount: 10_000, paid: 0 },
          { number: 2, due: '2027-01-01', amount: 10_000 },
          { number: 3, due: '2027-02-01', amount: 10_000 },
        ],
      },
    ])
  })

  it('facade-6 held remittances, as a whole and claim by claim, until somebody decides', async () => {
    await using book = await openTestBook()
    await book.importPaths([
      write(folder, 'claims-held.835', remittanceText()),
      write(folder, 'whole.835', remittanceText({ paid: '999.00' }).replaceAll('TRACE0001', 'TRACE0002')),
    ])
    const held = (await book.remittances({ standing: 'held' })).items
    expect(held.map(({ trace, standing, held: { length } }) => [trace, standing, length]).toSorted()).toEqual([
      ['TRACE0001', 'open', 2],
      ['TRACE0002', 'held', 0],
    ])
    const whole = held.find(({ trace }) => trace === 'TRACE0002')
    expect(whole).toMatchObject({ payer: 'SAMPLE HEALTH PLAN', amount: 99_900, reasons: ['outOfBalance'] })
    const claims = held.find(({ trace }) => trace === 'TRACE0001')
    expect(claims?.held[0]).toMatchObject({ claims: [1], amount: 10_000 })
    await book.reject(whole?.remittance ?? '', { reason: 'the payer sends another' })
    await book.release(claims?.remittance ?? '', { claim: 1, reason: 'opened', openMissing: true })
    expect((await book.remittances({ standing: 'held' })).items).toEqual([])
    expect((await book.remittances()).items.map(({ standing }) => standing).toSorted()).toEqual(['closed', 'rejected'])
  })
})

describe('facade-17 the page about an account', () => {
  it('facade-17 names patients, claims, payments, refunds, the schedule, and the ids that commands need', async () => {
    const url = `sqlite:${join(folder, 'page.db')}`
    {
      await using book = await withPeople(url)
      const on = '2026-11-02'
      await book.execute(roberts, { type: 'PostCharge', on, visit: 'v2', line: 'l2', code: '99212', amount: 9_000 })
      await book.execute(roberts, {
        type: 'PostPayment',
        on: '2026-11-09',
        payment: 'p1',
        amount: 3_000,
        tender: 'check',
      })
      await book.execute(
        roberts,
        {
          type: 'WriteOff',
          on: '2026-11-10',
          visit: 'v2',
          party: 'patient',
          category: 'courtesy',
          adjustment: 'w1',
          approval: { by: 'mia', roles: ['manager', 'compliance'] },
          lines: [{ line: 'l2', amount: 500 }],
          reason: 'waited long',
        },
        { actor: { id: 'carl', roles: ['supervisor'] } },
      )
      await book.execute(roberts, {
        type: 'ProposePlan',
        on: '2026-11-11',
        plan: 'n1',
        divide: { instalments: 2 },
        firstDue: '2026-12-01',
        writtenAgreement: false,
      })
      expect(await book.account(roe)).toMatchObject({
        patients: [
          { patient: expect.any(String) },
          { patient: 'sam', name: "Sam O'Brien-Roe", born: '2015-06-07' },
        ].slice(-1),
        coverages: [{ coverage: 'c1', patient: 'sam', payerName: 'MEADOW HEALTH', memberId: 'MH-1234 56' }],
        visits: [{ visit: 'v1', patient: "Sam O'Brien-Roe", patientId: 'sam', patientControlNumber: 'PCN0042' }],
      })
      expect(await book.account(roberts)).toMatchObject({
        payments: [{ payment: 'p1', amount: 3_000, applied: [{ line: 'l2', amount: 3_000 }], unapplied: 0 }],
        plans: [
          {
            plan: 'n1',
            schedule: [
              { number: 1, due: '2026-12-01' },
              { number: 2, due: '2027-01-01' },
            ],
          },
        ],
      })
    }
    const { stdout } = await commandLineIn(folder)('account', roberts, '--db', url)
    expect(stdout).toMatch(/Roberta Roe-Ortiz/)
    expect(stdout).toMatch(/2026-11-09 30\.00 by check \(p1\)/)
    expect(stdout).toMatch(/2 {2}2027-01-01/)
    const page = await commandLineIn(folder)('account', roe, '--db', url)
    expect(page.stdout).toMatch(/Sam O'Brien-Roe, claim PCN0042 \(v1\)/)
    const listed = await commandLineIn(folder)('accounts', 'pcn', '--db', url)
    expect(listed.stdout).toMatch(/1 account with pcn\n.*\n +0197ab12-0000 +Jo Roe +1980-02-01/)
    const asJson = await commandLineIn(folder)('accounts', 'jo', 'roe', '--db', url, '--json')
    expect(JSON.parse(asJson.stdout)).toMatchObject({ items: [{ account: roe, totals: { net: 12_500 } }] })
  })
})

describe('a book with many claims', () => {
  let book: Book
  beforeAll(async () => {
    book = await openTestBook()
    await book.importPaths(
      readdirSync(practice)
        .filter((name) => /\d$/.test(name))
        .sort()
        .map((name) => join(practice, name)),
      { openMissing: true },
    )
    return () => book.close()
  })

  it('facade-6 every account of the practice is found by each of its numbers and names', async () => {
    const { items } = await book.accounts({ limit: 1_000 })
    expect(items.length).toBeGreaterThan(20)
    for (const { account, claims, memberIds, guarantor } of items.slice(0, 40)) {
      for (const text of [...claims, ...memberIds, guarantor.name ?? account]) {
        const ids = (await book.accounts({ search: text, limit: 1_000 })).items.map((one) => one.account)
        expect([text, ids.includes(account)]).toEqual([text, true])
      }
    }
  })

  it('facade-6 what lists say of an account is what its page says', async () => {
    for (const { account, totals, standing } of (await book.accounts({ limit: 30 })).items) {
      expect(await book.account(account)).toMatchObject({ totals, standing })
    }
  })
})
