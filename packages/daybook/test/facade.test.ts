import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Book, InvalidCommand, KeyFault, openDaybook, PracticeNeeded, presets } from '../src/index.ts'
import { fixedClock, openTestBook, testFolder, uuid } from './support/folder.ts'

const folder = testFolder()

const charge = (line: string, amount: number) =>
  ({ type: 'PostCharge', on: '2026-11-02', visit: 'v1', line, code: '99213', amount }) as const

const withAccount = async (book: Book): Promise<string> =>
  (await book.open({ guarantor: { name: 'Jo Roe', born: '1980-02-01' }, on: '2026-11-01' })).account

describe('opening a book', () => {
  it('needs a practice for a new one, says which there are, and leaves no file behind', async () => {
    const path = join(folder, 'never.db')
    const refused = await openDaybook(`sqlite:${path}`, { actor: 'anna' }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(PracticeNeeded)
    expect(refused).toMatchObject({ presets: ['physicianPracticeMN'] })
    expect(existsSync(path)).toBe(false)
  })

  it('keeps the policy it began with, as version 1, and needs none to be opened again', async () => {
    const url = `sqlite:${join(folder, 'kept.db')}`
    await (await openTestBook(url)).close()
    const other = { ...presets.physicianPracticeMN, name: 'another' }
    await using book = await openDaybook(url, { actor: 'anna', practice: other })
    expect(await book.policy()).toMatchObject({ version: 1, policy: { name: 'physicianPracticeMN' } })
  })

  it('F18 publishes a policy as the next version, by those who may, and what is in force already by nobody', async () => {
    await using book = await openTestBook()
    const stricter = { ...presets.physicianPracticeMN, name: 'stricter' }
    const refused = await book.publishPolicy(stricter, { reason: 'review', actor: { id: 'rita', roles: ['rep'] } })
    expect(refused).toMatchObject({ ok: false, hits: [{ rule: 'policy.publisher' }] })
    const by = { reason: 'review', actor: { id: 'mia', roles: ['manager'] } } as const
    expect(await book.publishPolicy(stricter, by)).toMatchObject({ version: 2, policy: { name: 'stricter' } })
    expect(await book.publishPolicy(stricter, by)).toMatchObject({ version: 2 })
    expect(await book.policy()).toMatchObject({ version: 2 })
  })

  it('says of a URL that is none, or of a log that needs views elsewhere, what to give', async () => {
    for (const [url, tag] of [
      ['esdb://localhost:2113', 'ViewsNeeded'],
      ['redis://localhost', 'UnknownUrl'],
      ['clinic.db', 'UnknownUrl'],
      ['sqlite:', 'UnknownUrl'],
      // Types do not reach every caller.
      [{ path: 'clinic.db' }, 'UnknownUrl'],
      [undefined, 'UnknownUrl'],
    ] as const) {
      await expect(openDaybook(url as string, { actor: 'anna' })).rejects.toMatchObject({
        _tag: tag,
        message: expect.stringContaining('sqlite:'),
      })
    }
  })

  it('keeps its secret in a file that only its owner reads, and recognises nothing with another one', async () => {
    const path = join(folder, 'secret.db')
    await (await openTestBook(`sqlite:${path}`)).close()
    expect(statSync(`${path}.key`).mode & 0o777).toBe(0o600)
    const key = readFileSync(`${path}.key`, 'utf8')
    writeFileSync(`${path}.key`, key.replace(/origin .*/, 'origin log-of-another'))
    await expect(openTestBook(`sqlite:${path}`)).rejects.toBeInstanceOf(KeyFault)
  })

  it('is closed by await using, and closing again does nothing', async () => {
    const book = await openTestBook()
    await book.close()
    await book.close()
  })
})

describe('commands', () => {
  it('B3: a command sent again with its id gets its first receipt and writes nothing', { tags: ['B3'] }, async () => {
    await using book = await openTestBook()
    const account = await withAccount(book)
    const first = await book.execute(account, charge('l1', 12_500), { commandId: 'c1' })
    const again = await book.execute(account, charge('l1', 12_500), { commandId: 'c1' })
    if (!first.ok || 'nothingToDo' in first || !again.ok || 'nothingToDo' in again) throw new Error('not accepted')
    expect(first.repeated).toBe(false)
    expect(again).toMatchObject({ repeated: true, headHash: first.headHash, lastPosition: first.lastPosition })
    await expect(book.execute(account, charge('l1', 99), { commandId: 'c1' })).rejects.toMatchObject({
      _tag: 'CommandMismatch',
    })
  })

  it('answers a rejection by rules as a value with every hit', async () => {
    await using book = await openTestBook()
    const account = await withAccount(book)
    await book.execute(account, charge('l1', 12_500))
    const refused = await book.execute(account, {
      type: 'WriteOff',
      on: '2026-11-20',
      visit: 'v1',
      party: 'patient',
      category: 'courtesy',
      reason: 'a friend',
    })
    expect(refused).toMatchObject({ ok: false, hits: [{ rule: 'WO-01' }] })
    expect(await book.open({ account, guarantor: {} })).toMatchObject({
      ok: false,
      hits: [{ rule: 'registration.open' }],
    })
  })

  it.each([
    ['an unknown key', { ...charge('l1', 100), colour: 'red' }, 'colour'],
    ['a fraction of a cent', charge('l1', 100.5), 'amount'],
    ['an impossible day', { ...charge('l1', 100), on: '2026-02-30' }, 'on'],
    ['a polluting key', JSON.parse('{"type":"PostCharge","__proto__":{"x":1}}'), '__proto__'],
    ['a polluting key below', { ...charge('l1', 100), party: JSON.parse('{"constructor":{}}') }, 'party.constructor'],
    ['half of a surrogate pair', { type: 'ConfirmGuarantor', on: '2026-11-02', reason: '\ud800' }, 'reason'],
  ])('refuses %s and names its place', async (_name, command, path) => {
    await using book = await openTestBook()
    const account = await withAccount(book)
    const refused = await book.execute(account, command).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(InvalidCommand)
    expect((refused as InvalidCommand).issues.map((issue) => issue.path)).toContain(path)
    expect((await book.history(account)).events.length).toBe(1)
  })

  it('refuses an account id that can name no stream, and an opening given to another account', async () => {
    await using book = await openTestBook()
    await expect(book.execute('../x', charge('l1', 1))).rejects.toMatchObject({ issues: [{ path: 'account' }] })
    const opening = { type: 'OpenAccount', accountId: uuid(2), on: '2026-11-01', guarantor: {} } as const
    await expect(book.execute(uuid(1), opening)).rejects.toMatchObject({ issues: [{ path: 'accountId' }] })
  })

  it('records who gave it, also where that is another than who opened the book', async () => {
    await using book = await openTestBook()
    const account = await withAccount(book)
    await book.execute(account, charge('l1', 100), { actor: { id: 'bert' }, cause: { ticket: '7' } })
    const { events } = await book.history(account)
    expect(events.map(({ actor }) => actor)).toEqual(['anna', 'bert', 'bert', 'bert'])
    expect(events.at(-1)?.why.cause).toMatchObject({ ticket: '7' })
  })
})

describe('questions', () => {
  it('see the writes before them, and answer as known at a position', async () => {
    await using book = await openTestBook()
    const account = await withAccount(book)
    await book.execute(account, charge('l1', 12_500))
    const before = await book.aging({ asOf: '2026-11-21' })
    await book.execute(account, { type: 'PostPayment', on: '2026-11-10', amount: 4_000, tender: 'card' })
    const now = await book.aging({ asOf: '2026-11-21' })
    expect([before, now].map((aging) => 'net' in aging && aging.net)).toEqual([12_500, 8_500])
    const then = await book.aging({ asOf: '2026-11-21', knownAt: `@${before.knownAtPosition}` })
    expect(then).toEqual(before)
  })

  it('the explanation adds up to the net of the summary', async () => {
    await using book = await openTestBook()
    const account = await withAccount(book)
    await book.execute(account, charge('l1', 12_500))
    await book.execute(account, charge('l2', 3_000))
    await book.execute(account, { type: 'PostPayment', on: '2026-11-10', amount: 4_000, tender: 'card' })
    const explanation = await book.explain(account)
    if (explanation.beforeTheBooks) throw new Error('an account of this book has no books')
    const { net, lines, unapplied } = explanation
    const sum = [...lines.map(({ balance }) => balance), ...unapplied.map(({ amount }) => amount)]
    expect(sum.reduce((a, b) => a + b, 0)).toBe(net)
    expect(await book.account(account)).toMatchObject({ totals: { net } })
    expect(net).toBe(11_500)
  })

  it.each([[''], [' '], ['anna\nben'], ['a'.repeat(201)]])('nobody acts under the name %j', async (id) => {
    const refused = (path: string, _tag = 'InvalidCommand') => ({ _tag, issues: [{ path }] })
    await expect(openDaybook('memory:', { practice: presets.physicianPracticeMN, actor: id })).rejects.toMatchObject(
      refused('actor', 'InvalidOptions'),
    )
    await using book = await openTestBook()
    const account = await withAccount(book)
    await expect(book.execute(account, charge('l1', 100), { actor: { id } })).rejects.toMatchObject(refused('actor.id'))
    expect(await book.aging()).toMatchObject({ net: 0 })
  })

  it('refuse what can not be asked, by its place', async () => {
    await using book = await openTestBook()
    const account = await withAccount(book)
    await expect(book.aging({ asOf: '2026-02-30' })).rejects.toMatchObject({ issues: [{ path: 'asOf' }] })
    await expect(book.aging({ knownAt: 'yesterday' })).rejects.toMatchObject({ _tag: 'NotAMoment' })
    await expect(book.account('nobody')).rejects.toMatchObject({ _tag: 'NotFound', kind: 'account' })
    await expect(book.explain(account, { line: 'l9' })).rejects.toMatchObject({ _tag: 'NotFound', kind: 'line' })
    await expect(book.account(account, { knownAt: '@1' })).rejects.toMatchObject({ _tag: 'NotFound' })
  })

  it('the worklist goes through the placement checklist, and says what blocks each candidate', async () => {
    await using book = await openTestBook()
    const { account } = await book.open({ guarantor: { name: 'Jo Roe', state: 'MN' }, on: '2026-08-01' })
    await book.execute(account, { ...charge('l1', 12_500), on: '2026-08-03' })
    const { items } = await book.worklist({ queue: 'placementCandidates', asOf: '2026-11-21' })
    expect(items).toMatchObject([{ account, amount: 12_500, allowed: false }])
    expect(items[0]?.blockedBy.some((rule) => rule.startsWith('PC-01'))).toBe(true)
  })

  it('are given up when their signal fires', async () => {
    await using book = await openTestBook()
    await expect(book.until(AbortSignal.abort()).aging()).rejects.toThrow()
    expect(await book.aging()).toMatchObject({ net: 0 })
  })

  it('name an account by the beginning of its id', async () => {
    await using book = await openTestBook()
    for (const account of [uuid(1), uuid(22)]) await book.open({ account, guarantor: {} })
    expect((await book.find('0197ab12')).map(({ id }) => id)).toEqual([uuid(1), uuid(22)])
    expect(await book.find(uuid(22).slice(0, -1))).toEqual([{ kind: 'account', id: uuid(22) }])
  })

  it('read the day in the practice’s zone', async () => {
    await using book = await openTestBook('memory:', { clock: () => new Date('2026-11-21T05:59:00.000Z') })
    expect(await book.today()).toBe('2026-11-20')
    await using later = await openTestBook('memory:', { clock: fixedClock })
    expect(await later.today()).toBe('2026-11-21')
  })
})
