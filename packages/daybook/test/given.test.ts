import { expect, it } from 'vitest'
import { type AccountCommandInput, type Book, openDaybook, presets } from '../src/index.ts'
import { openTestBook, testFolder, write } from './support/folder.ts'
import { remittanceText } from './support/remittance-text.ts'

const folder = testFolder()
const charge = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', line: 'l1', code: '99213', amount: 100 } as const
const withAccount = async (book: Book) => (await book.open({ guarantor: { name: 'Jo Roe' }, on: '2026-11-01' })).account
/** As a caller without types may hand it in. */
const asGiven = <T>(value: unknown): T => value as T

it.each<readonly [what: string, path: string, options: unknown]>([
  ['an empty command id', 'commandId', { commandId: '' }],
  ['a blank command id', 'commandId', { commandId: '  ' }],
  ['a command id that is no text', 'commandId', { commandId: 7 }],
  ['a misspelt commandId', 'commandID', { commandID: 'c1' }],
  ['options that are none', '', null],
  ['an actor without an id', 'actor.id', { actor: {} }],
  ['a role that is none', 'actor.roles.0', { actor: { id: 'ben', roles: ['boss'] } }],
  ['__proto__ in the cause', 'cause.__proto__', { cause: JSON.parse('{"__proto__":"x"}') }],
  ['constructor in the cause', 'cause.constructor', { cause: { constructor: 'x' } }],
  ['a cause that is no text', 'cause.a', { cause: { a: 1 } }],
  ['half a character in the cause', 'cause.a', { cause: { a: 'x\ud800' } }],
])(
  'a command given with %s is an InvalidCommand that names the place, and writes nothing',
  async (_, path, options) => {
    await using book = await openTestBook()
    const account = await withAccount(book)
    const before = await book.history(account)
    await expect(book.execute(account, charge, asGiven(options))).rejects.toMatchObject({
      _tag: 'InvalidCommand',
      issues: [{ path }],
    })
    expect((await book.history(account)).events).toHaveLength(before.events.length)
  },
)

it.each([[null], [undefined], [5], [[charge]]])('%j is no command, and that is a typed error', async (command) => {
  await using book = await openTestBook()
  const account = await withAccount(book)
  await expect(book.execute(account, asGiven<AccountCommandInput>(command))).rejects.toMatchObject({
    _tag: 'InvalidCommand',
    issues: [{ path: '' }],
  })
})

it.each<readonly [path: string, ask: (book: Book) => Promise<unknown>]>([
  ['', (book) => book.aging(asGiven(null))],
  ['asof', (book) => book.aging(asGiven({ asof: '2026-11-21' }))],
  ['asOf', (book) => book.aging(asGiven({ asOf: 5 }))],
  ['knownAt', (book) => book.aging(asGiven({ knownAt: 5 }))],
  ['accounts', (book) => book.aging(asGiven({ accounts: 'yes' }))],
  ['limit', (book) => book.worklist({ limit: -1 })],
  ['limit', (book) => book.worklist({ limit: 1.5 })],
  ['queues', (book) => book.worklist(asGiven({ queues: 'denials' }))],
  ['', (book) => book.account('a', asGiven(null))],
  ['knownat', (book) => book.history('a', asGiven({ knownat: '@1' }))],
  ['lines', (book) => book.explain('a', asGiven({ lines: 'l1' }))],
])('a question that can not be read says so at its place: %j', async (path, ask) => {
  await using book = await openTestBook()
  await expect(ask(book)).rejects.toMatchObject({ _tag: 'InvalidQuery', issues: [{ path }] })
})

it.each<readonly [path: string, give: (book: Book, remittance: string) => Promise<unknown>]>([
  ['', (book, id) => book.release(id, asGiven(null))],
  ['reason', (book, id) => book.release(id, { reason: '   ' })],
  ['reason', (book, id) => book.release(id, { reason: ' ', claim: 1 })],
  ['reason', (book, id) => book.reject(id, { reason: 'so\u001b[2J' })],
  ['reason', (book) => book.publishPolicy(presets.physicianPracticeMN, { reason: 'so\u202e' })],
  ['claim', (book, id) => book.reject(id, { reason: 'so', claim: -1, account: 'refundsPayable' })],
  ['acount', (book, id) => book.reject(id, asGiven({ reason: 'so', claim: 1, acount: 'refundsPayable' }))],
  ['reason', (book) => book.publishPolicy(presets.physicianPracticeMN, { reason: '\t' })],
  ['', (book) => book.open(asGiven(null))],
  ['commandId', (book) => book.open({ guarantor: {}, commandId: '' })],
  ['paths', (book) => book.importPaths(asGiven(null))],
  ['paths.0', (book) => book.importPaths([''])],
  ['openmissing', (book) => book.importPaths(['x'], asGiven({ openmissing: true }))],
  ['path', (book) => book.importFile(asGiven(undefined))],
])('a desk’s decision that can not be read says so at its place: %j', async (path, give) => {
  await using book = await openTestBook()
  const report = await book.importPaths([write(folder, 'held.835', remittanceText())])
  const id = report.files[0]?.transactions[0]?.remittance ?? ''
  const events = (await book.history(id)).events.length
  await expect(give(book, id)).rejects.toMatchObject({ _tag: 'InvalidCommand', issues: [{ path }] })
  expect((await book.history(id)).events).toHaveLength(events)
})

it('a blank reason is none, on any command that needs one (law B12)', { tags: ['B12'] }, async () => {
  await using book = await openTestBook()
  const account = await withAccount(book)
  expect(await book.execute(account, charge)).toMatchObject({ ok: true })
  for (const reason of ['', ' ', ' \n\u00a0']) {
    await expect(
      book.execute(account, { type: 'VoidCharge', on: '2026-11-03', line: 'l1', reason }),
    ).rejects.toMatchObject({
      issues: [{ path: 'reason' }],
    })
  }
})

it('a book is not opened under roles that are none', async () => {
  const options = { practice: presets.physicianPracticeMN, actor: 'anna', roles: asGiven<[]>(['boss']) }
  await expect(openDaybook('memory:', options)).rejects.toMatchObject({ issues: [{ path: 'roles.0' }] })
  await expect(openDaybook('memory:', asGiven(null))).rejects.toMatchObject({ _tag: 'InvalidOptions' })
})
