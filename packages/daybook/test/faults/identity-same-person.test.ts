import { readFileSync } from 'node:fs'
import { memoryEventStore } from '@daybook/adapters/memory'
import { type Desk, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import type { Book } from '../../src/index.ts'
import { entries, readLog } from '../support/books.ts'
import { deskOn, memoryDesk } from '../support/desk.ts'
import { advice, submission } from '../support/documents.ts'
import { dyingAfter } from '../support/dying-store.ts'
import { openTestBook, testFolder, uuid, write } from '../support/folder.ts'
import { atDesk, bookOf, decided, exam, registered, remit, send } from '../support/two-papers.ts'

// Fault identity-13: one person with two accounts is hinted at, with the reason, and never merged.

const folder = testFolder()
const claim = readFileSync(new URL('edi/j-member-id-suffix-1.edi', import.meta.url), 'utf8')
/** The subscriber, the payer and the claim of the file once more, under other names. */
const twice = (second: (text: string) => string): string => {
  const from = claim.indexOf('HL*2*1*22*0~')
  const to = claim.indexOf('SE*')
  const one = claim.slice(from, to)
  const two = second(one.replace('HL*2*', 'HL*3*').replace('CLM*J1*', 'CLM*J2*'))
  const all = claim.slice(0, to) + two + claim.slice(to)
  return all.replace(/SE\*\d+/, () => {
    const segments = all.slice(all.indexOf('ST*'), all.indexOf('GE*')).split('~').length - 1
    return `SE*${segments}`
  })
}
const atOtherPayer = (text: string) =>
  text.replace('MI*MBR0001~', 'MI*ZZ77~').replace('BLUE HERON HEALTH*****PI*990011223', 'RED FOX PLAN*****PI*887766')

let made = 0
const take = async (book: Book, text: string) => {
  made += 1
  const { files } = await book.importPaths([write(folder, `s${made}.edi`, text)], {})
  return files.flatMap(({ transactions }) => transactions).map(({ outcome }) => outcome)
}
const hints = async (book: Book, asOf?: string) => {
  const { items } = await book.worklist({ queue: 'samePerson', ...(asOf ? { asOf } : {}) })
  return items.map(({ account, subject, reasons }) => ({ account, subject, reason: reasons[0] ?? '' }))
}
const accountsIn = async (book: Book) => {
  const accounts: string[] = []
  for await (const { stream } of book.events({ types: ['AccountOpened'] })) accounts.push(stream.slice(8))
  return accounts
}
const judge = async (book: Book, same: boolean) => {
  const [hint] = await hints(book)
  const [, patientId = '', accountId = ''] = /patient (\S+) of account (\S+):/.exec(hint?.reason ?? '') ?? []
  const other = { accountId, patientId }
  const command = { type: 'JudgeSamePerson', on: '2026-11-21', patient: hint?.subject ?? '', other, same } as const
  expect(await book.execute(hint?.account ?? '', { ...command, reason: 'asked' })).toMatchObject({ ok: true })
}

describe('identity-13 the same person at two payers in one file', () => {
  it('identity-13 is a hint with its reason on the second account, and stays two accounts', async () => {
    await using book = await openTestBook()
    expect(await take(book, twice(atOtherPayer))).toEqual(['posted'])
    const accounts = await accountsIn(book)
    expect(accounts).toHaveLength(2)
    const found = await hints(book)
    expect(found).toHaveLength(1)
    expect(found[0]?.account).toBe(accounts[1])
    expect(found[0]?.reason).toContain(`of account ${accounts[0]}: same name and birth day`)
    expect((await book.check()).findings).toEqual([])
    await take(book, twice(atOtherPayer))
    expect(await hints(book)).toEqual(found)
  })

  it('identity-13 nothing is hinted at of another birth day, or another name', async () => {
    for (const other of [
      (text: string) => atOtherPayer(text).replace('19800101', '19800102'),
      (text: string) => atOtherPayer(text).replace('TESTERLY*QUINN', 'TESTERLY*QUINTUS'),
      (text: string) => text.replace('TESTERLY*QUINN', 'TESTERLY*ANN').replace('19800101', '20120101'),
    ]) {
      await using book = await openTestBook()
      await take(book, twice(other))
      expect(await hints(book)).toEqual([])
    }
  })

  it.each([true, false])('identity-13 ends when a person says “same: %s”, and is not told again', async (same) => {
    await using book = await openTestBook()
    await take(book, twice(atOtherPayer))
    await judge(book, same)
    expect(await hints(book)).toEqual([])
    expect(await accountsIn(book)).toHaveLength(2)
    const next = twice(atOtherPayer).replaceAll('CLM*J', 'CLM*K').replaceAll('20250203', '20250303')
    await take(book, next)
    expect(await hints(book)).toEqual([])
    const [, second] = await accountsIn(book)
    const page = await book.account(second ?? '')
    if (page.beforeTheBooks) throw new RangeError('no figures')
    expect(page.patients.map(({ sameAs = [] }) => sameAs.length)).toEqual([same ? 1 : 0])
  })

  it('identity-13 a hint is on the list from its day', async () => {
    await using book = await openTestBook()
    await take(book, twice(atOtherPayer))
    expect(await hints(book, '2025-01-01')).toEqual([])
  })
})

describe('identity-13 a person with two accounts', () => {
  const on = '2026-11-01'
  const guarantor = { name: 'Quinn Testerly', born: '1980-01-01' }
  const patient = { patient: 'p1', last: 'Testerly', first: 'Quinn', born: '1980-01-01' } as const

  it('identity-13 of the desk: by name and birth day, also of the guarantor who is the patient', async () => {
    await using book = await openTestBook()
    await book.open({ account: uuid(1), guarantor, on })
    await book.execute(uuid(1), { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 100 })
    await book.open({ account: uuid(2), guarantor: { name: 'Somebody Else' }, on })
    await book.execute(uuid(2), { type: 'RegisterPatient', on, ...patient })
    expect(await hints(book)).toMatchObject([{ account: uuid(2), subject: 'p1' }])
    await book.open({ account: uuid(3), guarantor: { ...guarantor, name: 'TESTERLY, QUINN' }, on })
    await book.execute(uuid(3), { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 100 })
    expect((await hints(book)).map(({ account }) => account).sort()).toEqual([uuid(2), uuid(3), uuid(3)])
  })

  it('identity-13 of desk and import', async () => {
    await using book = await openTestBook()
    await book.open({ account: uuid(1), guarantor, on })
    await book.execute(uuid(1), { type: 'RegisterPatient', on, ...patient })
    await take(book, claim)
    const found = await hints(book)
    expect(found.map(({ reason }) => reason)).toEqual([
      `may be the same person as patient p1 of account ${uuid(1)}: same name and birth day`,
    ])
  })

  it('identity-13 by the member id of one payer, unless the names contradict', async () => {
    await using book = await openTestBook()
    const card = { type: 'AddCoverage', on, payer: 'acme', payerName: 'Acme', memberId: 'M-77' } as const
    const people = [
      { patient: 'p1', last: 'Roe', first: 'Jo' },
      { patient: 'p2', last: 'Roe', first: 'Jo' },
      { patient: 'p3', last: 'Roe', first: 'Kim' },
    ]
    for (const [at, person] of people.entries()) {
      await book.open({ account: uuid(at), guarantor: { name: `Payer ${at}` }, on })
      await book.execute(uuid(at), { type: 'RegisterPatient', on, ...person })
      await book.execute(uuid(at), { ...card, patient: person.patient, coverage: 'c1' })
    }
    expect(await hints(book)).toEqual([
      {
        account: uuid(1),
        subject: 'p2',
        reason: `may be the same person as patient p1 of account ${uuid(0)}: same member id`,
      },
    ])
  })

  it('identity-13 a newcomer costs no more where many have the name: five accounts are named at most', async () => {
    await using book = await openTestBook()
    for (let n = 1; n <= 12; n += 1) {
      await book.open({ account: uuid(n), guarantor: { name: `Payer ${n}` }, on })
      await book.execute(uuid(n), { type: 'RegisterPatient', on, ...patient })
    }
    const found = await hints(book)
    expect(found.filter(({ account }) => account === uuid(12))).toHaveLength(5)
  })
})

describe('identity-13 an import that is killed', () => {
  const patient = { last: 'DOE', first: 'JANE', born: '1980-02-01' }
  const claims = submission([
    { pcn: 'V1', patient: { ...patient, id: 'M1' }, to: { payer: 'ACME', member: 'M1' }, lines: [{ charge: 100 }] },
    { pcn: 'V2', patient: { ...patient, id: 'Q9' }, to: { payer: 'BETA', member: 'Q9' }, lines: [{ charge: 200 }] },
  ])

  it('identity-13 ends with the same hint, once, wherever the kill came', async () => {
    let deaths = 0
    for (let commits = 0; commits < 12; commits += 1) {
      const store = await Effect.runPromise(memoryEventStore())
      const dying = submitClaims(deskOn(dyingAfter(store, commits)), claims)
      if ((await Effect.runPromise(dying).catch(() => 'killed')) === 'killed') deaths += 1
      await Effect.runPromise(submitClaims(deskOn(store), claims))
      const log = await readLog(deskOn(store))
      const told = log.filter(({ type }) => type === 'SamePersonHinted')
      expect(told, `killed after ${commits}`).toHaveLength(1)
    }
    expect(deaths).toBeGreaterThan(3)
  })
})

describe('identity-13 an account that an advice opens', () => {
  const other = { payer: 'BETA' }
  // Of another day: the same service is held, since nothing says whose it is (identity-26).
  const lines = [decided({ ...exam, on: '2026-01-15' })]
  const atBeta = { pcn: 'THEIRS', patient: { id: 'B1', last: 'DOE', first: 'JANE' }, lines }
  const hinted = async (desk: Desk) =>
    (await entries(desk)).flatMap(({ event }) => (event.type === 'SamePersonHinted' ? [event.by] : []))

  it.each<[string, (desk: Desk) => Promise<unknown>]>([
    ['a claim', (desk) => send(desk)],
    ['another advice', (desk) => remit(desk)],
    ['the desk', (desk) => atDesk(desk, registered())],
  ])('identity-13 is told of who is called so on the account of %s: an advice names no birth day', async (_, come) => {
    const desk = await memoryDesk()
    await come(desk)
    await remit(desk, atBeta, other)
    expect(await bookOf(desk)).toMatchObject({ accounts: 2 })
    expect(await hinted(desk)).toEqual([['name']])
  })

  it('identity-13 is told of by the account of a claim, or of the desk, that comes after it', async () => {
    for (const come of [(desk: Desk) => send(desk), (desk: Desk) => atDesk(desk, registered())]) {
      const desk = await memoryDesk()
      await remit(desk, atBeta, other)
      await come(desk)
      expect(await hinted(desk)).toEqual([['name']])
    }
  })

  it('identity-13 is not told of another name, nor of one of whom only an initial is known', async () => {
    const desk = await memoryDesk()
    await send(desk)
    for (const first of ['JOAN', 'J']) {
      await remit(desk, { ...atBeta, pcn: first, patient: { id: first, last: 'DOE', first } }, other)
    }
    expect(await hinted(desk)).toEqual([])
  })

  it('identity-13 two people of one name whom claims brought are told apart by their birth days', async () => {
    const desk = await memoryDesk()
    await send(desk)
    const born = { last: 'DOE', first: 'JANE', born: '2001-09-09' }
    await send(desk, { pcn: 'OTHER', patient: born, to: { payer: 'BETA', member: 'B1' } })
    expect(await hinted(desk)).toEqual([])
  })

  it('identity-13 is told once, wherever a kill came', async () => {
    let deaths = 0
    for (let commits = 0; commits < 14; commits += 1) {
      const store = await Effect.runPromise(memoryEventStore())
      await send(deskOn(store))
      const document = advice({ claims: [atBeta], ...other, method: 'ACH' })
      const take = (desk: Desk) => Effect.runPromise(receiveRemittance(desk, document, { openMissing: true }))
      if ((await take(deskOn(dyingAfter(store, commits))).catch(() => 'killed')) === 'killed') deaths += 1
      await take(deskOn(store))
      expect(await hinted(deskOn(store)), `killed after ${commits}`).toEqual([['name']])
    }
    expect(deaths).toBeGreaterThan(5)
  })
})
