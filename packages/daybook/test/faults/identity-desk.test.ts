import { readFileSync } from 'node:fs'
import { memoryEventStore } from '@daybook/adapters/memory'
import type { EventStoreShape } from '@daybook/core/ports'
import { executeOnAccount, migrate, migrations, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { expect, it } from 'vitest'
import type { Book } from '../../src/index.ts'
import { deskOn } from '../support/desk.ts'
import { submission } from '../support/documents.ts'
import { dyingAfter } from '../support/dying-store.ts'
import { openTestBook, testFolder, write } from '../support/folder.ts'

// Faults of kind “whose visit, whose claim”: the desk and the importer live in one book (clarifications 28, 33).

const folder = testFolder()

/** What a store says of an append that it has lost. */
const unwritten = {
  firstVersion: 0,
  lastVersion: 0,
  firstPosition: 1,
  lastPosition: 1,
  headHash: '-',
  committedAt: '2026-11-21T15:14:00.000Z' as never,
  repeated: false,
}
const textOf = (name: string): string => readFileSync(new URL(`edi/${name}.edi`, import.meta.url), 'utf8')
const claim = textOf('j-member-id-suffix-1').replaceAll('*100*', '*500*').replace('CLM*J1*100', 'CLM*J1*500')
const paid = textOf('j-member-id-suffix-2')
  .replace('MBR000101', 'MBR0001')
  .replace('BPR*I*60*', 'BPR*I*400*')
  .replace('CLP*J1*1*100*60*40*', 'CLP*J1*1*500*400*40*')
  .replace('SVC*HC:99213*100*60**1', 'SVC*HC:99213*500*400**1')
  .replace('CAS*PR*1*40', 'CAS*CO*45*60**PR*1*40'.replace('**PR', '~\nCAS*PR'))
  .replace('SE*16', 'SE*17')

let made = 0
const take = async (book: Book, text: string, openMissing = false) => {
  made += 1
  const path = write(folder, `d${made}.edi`, text)
  const { files } = await book.importPaths([path], { openMissing })
  return files.flatMap(({ transactions }) => transactions)[0]
}

const standing = async (book: Book) => {
  const { rows } = await book.aging()
  const of = (who: string) => rows.find(({ party }) => party === who)?.net ?? 0
  const accounts = new Set<string>()
  for await (const { event, stream } of book.events({ types: ['AccountOpened'] })) if (event) accounts.add(stream)
  return { insurance: of('insurance'), patient: of('patient'), accounts: accounts.size }
}

const day = '2025-02-03'

/** A visit as the desk opens it: with the coverage or without, and the charge. */
const openedByDesk = async (book: Book, { covered, named = true }: { covered: boolean; named?: boolean }) => {
  const guarantor = { name: 'Quinn Testerly', born: '1980-01-01' }
  const { account } = await book.open({ guarantor, on: day })
  if (named) {
    const patient = { patient: 'p1', last: 'Testerly', first: 'Quinn', born: '1980-01-01' } as const
    await book.execute(account, { type: 'RegisterPatient', on: day, relationshipToGuarantor: 'self', ...patient })
  }
  if (covered) {
    const payer = { payer: '990011223', payerName: 'BLUE HERON HEALTH', memberId: 'MBR0001' }
    await book.execute(account, { type: 'AddCoverage', on: day, coverage: 'c1', ...payer })
  }
  const number = { patientControlNumber: 'j1' }
  if (named) await book.execute(account, { type: 'OpenVisit', on: day, visit: 'v1', patient: 'p1', ...number })
  const charge = { visit: 'v1', line: 'l1', code: '99213', amount: 50_000 } as const
  const opens = named ? {} : number
  expect(await book.execute(account, { type: 'PostCharge', on: day, ...charge, ...opens })).toMatchObject({ ok: true })
  return account
}

it.each([
  ['with the coverage on file', { covered: true }],
  ['without a coverage', { covered: false }],
  ['for the guarantor, who is the patient', { covered: false, named: false }],
])(
  'identity-12 a visit that the desk opened and charged, then its 837, then its 835: one visit, %s',
  async (_, how) => {
    await using book = await openTestBook()
    await openedByDesk(book, how)
    expect(await take(book, claim)).toMatchObject({ outcome: 'posted' })
    expect(await standing(book)).toEqual({ insurance: 50_000, patient: 0, accounts: 1 })
    expect(await take(book, paid)).toMatchObject({ outcome: 'posted', heldClaims: 0 })
    expect(await standing(book)).toEqual({ insurance: 0, patient: 4_000, accounts: 1 })
    for (const text of [claim, paid]) expect((await take(book, text))?.outcome).toBe('duplicate')
    expect((await book.check()).findings).toEqual([])
  },
)

it.each([true, false])('identity-12 its 835 without an 837 posts too, open-missing %s', async (openMissing) => {
  for (const covered of [true, false]) {
    await using book = await openTestBook()
    await openedByDesk(book, { covered })
    expect(await take(book, paid, openMissing)).toMatchObject({ outcome: 'posted', heldClaims: 0 })
    expect(await standing(book)).toEqual({ insurance: 0, patient: 4_000, accounts: 1 })
    expect((await book.check()).findings).toEqual([])
  }
})

it('identity-12 an 835 that came before the desk opened its visit is posted when it has', async () => {
  await using book = await openTestBook()
  expect(await take(book, paid)).toMatchObject({ outcome: 'partial', heldClaims: 1 })
  await openedByDesk(book, { covered: true })
  expect(await standing(book)).toEqual({ insurance: 0, patient: 4_000, accounts: 1 })
})

const brought = async (book: Book, balance: number, party: 'payer' | 'patient' = 'payer') => {
  const { account } = await book.open({ guarantor: { name: 'Quinn Testerly', born: '1980-01-01' }, on: '2025-03-01' })
  const patient = { patient: 'p1', last: 'Testerly', first: 'Quinn', born: '1980-01-01' } as const
  const on = '2025-03-01'
  await book.execute(account, { type: 'RegisterPatient', on, relationshipToGuarantor: 'self', ...patient })
  const payer = { payer: '990011223', payerName: 'BLUE HERON HEALTH', memberId: 'MBR0001' }
  await book.execute(account, { type: 'AddCoverage', on, coverage: 'c1', ...payer })
  const at = party === 'payer' ? { coverageId: 'c1' } : 'patient'
  const receipt = await book.execute(account, {
    type: 'BringForward',
    booksBegin: on,
    visit: 'v1',
    patientControlNumber: 'J1',
    source: 'older book',
    lines: [{ line: 'l1', code: 'OLD', dos: day, party: at, amount: balance }],
  })
  expect(receipt).toMatchObject({ ok: true })
}

it('identity-12 the money of a payer posts on a balance brought forward; its claim charges nothing', async () => {
  for (const files of [[paid], [claim, paid]]) {
    await using book = await openTestBook()
    await brought(book, 50_000)
    for (const text of files) expect(await take(book, text, true)).toMatchObject({ outcome: 'posted', heldClaims: 0 })
    expect(await standing(book)).toEqual({ insurance: 0, patient: 4_000, accounts: 1 })
    expect((await book.check()).findings).toEqual([])
  }
})

it('identity-12 of a balance that is a part of the charge only what is open moves', async () => {
  await using book = await openTestBook()
  await brought(book, 46_000)
  expect(await take(book, paid)).toMatchObject({ outcome: 'posted', heldClaims: 0 })
  expect(await standing(book)).toEqual({ insurance: 0, patient: 4_000, accounts: 1 })
  await using small = await openTestBook()
  await brought(small, 30_000)
  expect(await take(small, paid)).toMatchObject({ outcome: 'partial', heldClaims: 1 })
  expect(await standing(small)).toEqual({ insurance: 30_000, patient: 0, accounts: 1 })
})

it('identity-12 a second visit of the desk under one number and day is told, not refused', async () => {
  await using book = await openTestBook()
  await openedByDesk(book, { covered: true })
  const { account } = await book.open({ guarantor: { name: 'Quinn Testerly', born: '1980-01-01' }, on: day })
  const charge = { visit: 'v9', line: 'l9', code: '99213', amount: 50_000, patientControlNumber: 'J1' } as const
  const receipt = await book.execute(account, { type: 'PostCharge', on: day, ...charge })
  expect(receipt).toMatchObject({ ok: true, warnings: [{ rule: 'mayBeSameVisit' }] })
})

it('identity-12 a book of an older Daybook, which noted nothing of its desk: its references are made from its log, once', async () => {
  const store = await Effect.runPromise(memoryEventStore())
  const older: EventStoreShape = {
    ...store,
    append: (request) =>
      request.stream.startsWith('ref-') ? Effect.succeed({ ...request, ...unwritten }) : store.append(request),
  }
  const run = <A, E>(effect: Effect.Effect<A, E>) => Effect.runPromise(effect)
  const account = '01a00000-0000-7000-8000-000000000001'
  const on = '2026-01-10'
  const commands = [
    { type: 'OpenAccount', accountId: account, on, guarantor: { name: 'Jane Doe', born: '1980-01-01' } },
    { type: 'RegisterPatient', on, patient: 'p1', last: 'Doe', first: 'Jane', born: '1980-01-01' },
    { type: 'OpenVisit', on, visit: 'v1', patient: 'p1', patientControlNumber: 'v1' },
    { type: 'PostCharge', on, visit: 'v1', line: 'l1', code: '99213', amount: 10_000 },
  ]
  for (const [at, command] of commands.entries()) {
    expect(await run(executeOnAccount(deskOn(older), account, command, `c${at}`))).toMatchObject({ ok: true })
  }
  const patient = { id: 'M1', last: 'DOE', first: 'JANE', born: '1980-01-01' }
  const file = submission([{ pcn: 'V1', patient, lines: [{ charge: 10_000 }] }])
  for (let commits = 0; commits < 4; commits += 1) {
    await run(migrate(deskOn(dyingAfter(store, commits)), migrations)).catch(() => undefined)
  }
  await run(migrate(deskOn(store), migrations))
  const { position } = await run(store.head)
  await run(migrate(deskOn(store), migrations))
  expect((await run(store.head)).position).toBe(position)
  expect((await run(submitClaims(deskOn(store), file))).claims).toMatchObject([
    { outcome: 'submitted', accountId: account },
  ])
})
