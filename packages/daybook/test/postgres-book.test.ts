import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Book, type OpenOptions, openDaybook, presets } from 'daybook'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase, testServer } from '../../../scripts/testing/postgres/server.ts'
import { answersOf, asOf, fixed, json, practice } from './support/desk-answers.ts'

const server = await testServer()
describe.skipIf('why' in server)('a book in PostgreSQL', () => {
  let place: TestDatabase
  let folder: string
  beforeAll(async () => {
    if ('why' in server) return
    folder = mkdtempSync(join(tmpdir(), 'daybook-pg-book-'))
    place = await freshDatabase(server)
  })
  afterAll(async () => {
    await place?.drop()
    if (folder) rmSync(folder, { recursive: true, force: true })
  })
  const open = (url: string, more: Partial<OpenOptions> = {}): Promise<Book> =>
    openDaybook(url, { practice: presets.physicianPracticeMN, actor: 'anna', ...more })

  it('gives every answer of a whole practice byte for byte as a SQLite file does', { timeout: 600_000 }, async () => {
    const answers = async (url: string) => {
      await using book = await open(url, fixed)
      return await answersOf(book)
    }
    const ofFile = await answers(`sqlite:${join(folder, 'book.db')}`)
    const ofServer = await answers(place.urlOf('practice'))
    expect(ofFile['check']).toBe('[]')
    expect(JSON.parse(ofFile['worklist'] ?? '').items.length).toBeGreaterThan(10)
    for (const [name, answer] of Object.entries(ofFile)) expect(ofServer[name], name).toBe(answer)
    // Opened again, by the machine's own views and log.
    await using again = await open(place.urlOf('practice'), fixed)
    expect(json(await again.aging({ asOf }))).toBe(ofFile['aging'])
  })

  it('keeps tenants of one database apart', async () => {
    await using one = await open(place.urlOf('one'), fixed)
    await using other = await open(place.urlOf('other'), fixed)
    await one.open({ guarantor: { name: 'Jo Roe', born: '1980-02-01' } })
    expect((await one.accounts()).items).toHaveLength(1)
    expect((await other.accounts()).items).toHaveLength(0)
  })

  it('keeps its secret in a file of its own, readable by its owner alone, and asks for it when it is not named', async () => {
    const url = place.urlOf('secret')
    const key = join(folder, 'secret.key')
    await expect(open(url)).rejects.toMatchObject({ _tag: 'KeyFault', message: expect.stringContaining('--key FILE') })
    await (await open(url, { key })).close()
    expect(statSync(key).mode & 0o777).toBe(0o600)
    const secret = /secret ([0-9a-f]{64})/.exec(readFileSync(key, 'utf8'))?.[1] ?? ''
    expect(secret).toHaveLength(64)
    await using withoutKey = await open(url)
    await expect(withoutKey.importPaths([practice], { openMissing: true })).rejects.toMatchObject({
      _tag: 'KeyFault',
      message: expect.stringContaining('--key FILE'),
    })
    const foreign = join(folder, 'foreign.key')
    await (await open(place.urlOf('foreign'), { key: foreign })).close()
    await expect(open(url, { key: foreign })).rejects.toMatchObject({ _tag: 'KeyFault' })
    await expect(open(url, { secret: new Uint8Array(32) })).rejects.toMatchObject({ _tag: 'KeyFault' })
    const missing = join(folder, 'no-such-folder', 'a.key')
    await expect(open(place.urlOf('nowhere'), { key: missing })).rejects.toMatchObject({ _tag: 'KeyFault' })
  })

  it('a new book without a policy, or without a place for its secret, leaves nothing behind in the database', async () => {
    const url = place.urlOf('none')
    await expect(openDaybook(url, fixed)).rejects.toMatchObject({ _tag: 'PracticeNeeded' })
    await expect(open(url)).rejects.toMatchObject({ _tag: 'KeyFault' })
    await expect(place.rows("SELECT count(*) FROM daybook.book WHERE tenant = 'none'")).resolves.toEqual([['0']])
  })

  it('shows no password: not by its URL, and in no message', async () => {
    const url = new URL(place.urlOf('words'))
    const told: string[] = []
    const tells = async (wrong: string): Promise<void> => {
      const error = await open(wrong, fixed).catch((cause: unknown) => cause)
      told.push(JSON.stringify(error), String(error), (error as Error).message)
    }
    await using book = await open(url.href, fixed)
    told.push(book.url)
    url.password = 'not-the-password'
    await tells(url.href)
    const address = `${url.hostname}:${url.port}`
    await tells(`postgres://daybook:not-the-pass/word@x@${address}/clinic`)
    await tells(`postgres://daybook:not-the-password@${address}/no_such_database`)
    await tells(`postgres://daybook:not-the-password@${address}/`)
    await tells(`postgres://daybook:not-the-password@127.0.0.1:1/clinic`)
    await tells(`mysql://daybook:not-the-password@${address}/clinic`)
    await tells(`postgres://${address}/clinic?password=not-the-password`)
    await tells(`postgres://daybook@${address}/clinic?tenant=not the`)
    for (const text of told) {
      expect(text).not.toContain('not-the')
      expect(text).not.toContain(new URL(place.url).password)
    }
    expect(told).toHaveLength(1 + 8 * 3)
  })
})
