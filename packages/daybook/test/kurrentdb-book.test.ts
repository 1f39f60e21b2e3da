import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kurrentBookIsThere } from '@daybook/adapters/kurrentdb'
import { type Book, type OpenOptions, openDaybook, presets } from 'daybook'
import * as Effect from 'effect/Effect'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificate } from '../../../scripts/testing/kurrentdb/certificate.ts'
import { startWireServer, type WireServer } from '../../../scripts/testing/kurrentdb/control.ts'
import { freshDatabase, testServer } from '../../../scripts/testing/postgres/server.ts'
import { commandLineIn } from './support/command-line.ts'
import { answersOf, askedOf, asOf, fixed, json, practice } from './support/desk-answers.ts'

let server: WireServer
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-esdb-book-'))
  server = await startWireServer()
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const at = (name: string): string => join(folder, name)
const urlOf = (tenant: string): string => `${server.url}&tenant=${tenant}`
const viewsIn = (name: string): string => `sqlite:${at(name)}`
const open = (url: string, more: Partial<OpenOptions> = {}): Promise<Book> =>
  openDaybook(url, { practice: presets.physicianPracticeMN, actor: 'anna', ...more })
const failureOf = (opening: Promise<Book>): Promise<Error & { readonly _tag?: string }> =>
  opening.then(
    () => expect.fail('it was opened'),
    (error: Error) => error,
  )

describe('a book in KurrentDB', () => {
  it('gives every answer of a whole practice byte for byte as a SQLite file does', { timeout: 600_000 }, async () => {
    const ofFile = await (async () => {
      await using book = await open(`sqlite:${at('book.db')}`, fixed)
      return await answersOf(book)
    })()
    const views = viewsIn('practice-views.db')
    const ofServer = await (async () => {
      await using book = await open(urlOf('practice'), { ...fixed, views })
      return await answersOf(book)
    })()
    expect(ofFile['check']).toBe('[]')
    expect(JSON.parse(ofFile['worklist'] ?? '').items.length).toBeGreaterThan(10)
    for (const [name, answer] of Object.entries(ofFile)) expect(ofServer[name], name).toBe(answer)
    // Opened again, by the views that are there; and with views and index thrown away, made of the log.
    for (const again of [views, viewsIn('anew.db'), 'memory:']) {
      await using book = await open(urlOf('practice'), { ...fixed, views: again })
      expect(json(await book.aging({ asOf })), again).toBe(ofFile['aging'])
    }
  })

  it('keeps its views in PostgreSQL where that is said', async ({ skip }) => {
    const database = await testServer()
    if ('why' in database) return skip(database.why)
    const place = await freshDatabase(database)
    try {
      const opening = { ...fixed, views: place.urlOf('views') }
      const first = await (async () => {
        await using book = await open(urlOf('views-in-postgres'), opening)
        await book.importPaths([join(practice, '2026-04-02-claims.837')], { openMissing: true })
        return await askedOf(book)
      })()
      await using again = await open(urlOf('views-in-postgres'), opening)
      expect(await askedOf(again)).toEqual(first)
      expect(first['check']).toBe('[]')
      expect(await place.rows("SELECT count(*) > 0 FROM daybook.view_checkpoint WHERE tenant = 'views'")).toEqual([
        [true],
      ])
    } finally {
      await place.drop()
    }
  })

  it('keeps tenants of one server apart', async () => {
    await using one = await open(urlOf('one'), { ...fixed, views: viewsIn('one.db') })
    await using other = await open(urlOf('other'), { ...fixed, views: viewsIn('other.db') })
    await one.open({ guarantor: { name: 'Jo Roe', born: '1980-02-01' } })
    expect((await one.accounts()).items).toHaveLength(1)
    expect((await other.accounts()).items).toHaveLength(0)
    const foreign = await failureOf(open(urlOf('one'), { ...fixed, views: viewsIn('other.db') }))
    expect(foreign).toMatchObject({ _tag: 'Integrity', message: expect.stringContaining('views of another log') })
  })

  it('asks where its views shall live, and leaves nothing behind on the server until that and the rest is said', async () => {
    const url = urlOf('none')
    const [views, key] = [viewsIn('none.db'), at('none.key')]
    expect(await failureOf(open(url, { key }))).toMatchObject({
      _tag: 'ViewsNeeded',
      message: expect.stringContaining('--views URL, option views'),
    })
    expect(await failureOf(open(url, { views }))).toMatchObject({
      _tag: 'KeyFault',
      message: expect.stringContaining('--key FILE'),
    })
    expect(await failureOf(openDaybook(url, { actor: 'anna', key, views }))).toMatchObject({ _tag: 'PracticeNeeded' })
    expect(await failureOf(open(url, { key, views: urlOf('views') }))).toMatchObject({ _tag: 'UnknownUrl' })
    expect(await failureOf(open(url, { key, views: `${views}?mode=ro` }))).toMatchObject({ _tag: 'UnknownUrl' })
    expect([existsSync(at('none.db')), existsSync(key)]).toEqual([false, false])
    expect(await Effect.runPromise(kurrentBookIsThere(url))).toBe(false)
    await (await open(url, { key, views })).close()
    expect(await Effect.runPromise(kurrentBookIsThere(url))).toBe(true)
    expect(statSync(key).mode & 0o777).toBe(0o600)
    await using withoutKey = await open(url, { views })
    await expect(withoutKey.importPaths([practice], { openMissing: true })).rejects.toMatchObject({ _tag: 'KeyFault' })
    expect(await failureOf(open(url, { views, secret: new Uint8Array(32) }))).toMatchObject({ _tag: 'KeyFault' })
  })

  it('is used from the command line, with its views and its key named', async () => {
    const daybook = commandLineIn(folder)
    const where = ['--db', urlOf('line'), '--views', 'sqlite:line-views.db', '--key', 'line.key']
    const claims = join(practice, '2026-04-02-claims.837')
    expect(await daybook('import', '--open-missing', claims, ...where)).toMatchObject({ status: 0 })
    const aging = await daybook('aging', '--as-of', asOf, '--json', ...where)
    expect(aging.status).toBe(0)
    expect(JSON.parse(aging.stdout).net).toBeGreaterThan(0)
    expect(await daybook('check', ...where)).toMatchObject({ status: 0, stdout: '' })
    const without = await daybook('aging', '--db', urlOf('line'))
    expect(without).toMatchObject({ status: 2, stderr: expect.stringContaining('--views URL') })
  })
})

describe('a server that can not be used', () => {
  const told = (url: string) => failureOf(open(url, { ...fixed, views: 'memory:' }))

  it('is told with what to do: a URL that is none, nobody who listens, no such host, another protocol', async () => {
    const port = server.ports[0]
    const cases: readonly (readonly [url: string, tag: string, says: string])[] = [
      ['esdb:/host', 'UnknownUrl', 'give esdb://host:2113'],
      ['esdb://host?tenant=a.b', 'UnknownUrl', 'a tenant takes'],
      ['esdb://host?colour=blue', 'UnknownUrl', 'no meaning'],
      ['esdb://anna@host', 'UnknownUrl', 'a user and a password'],
      ['esdb://127.0.0.1:1?tls=false', 'Unavailable', 'is the server running'],
      ['kurrentdb://no-such-host.invalid:2113?tls=false', 'Unavailable', 'no host of this name'],
      [`esdb://localhost:${port}`, 'Unavailable', 'tls=false'],
      ['esdb+discover://127.0.0.1:1?tls=false&maxDiscoverAttempts=2', 'Unavailable', 'names a leader'],
      [`esdb://localhost:${port}?tlsCAFile=/no/such/file`, 'Unavailable', 'tlsCAFile'],
    ]
    for (const [url, tag, says] of cases) {
      expect(await told(url), url).toMatchObject({ _tag: tag, message: expect.stringContaining(says) })
    }
  })

  it('shows no password: not by its URL, and in no message', async () => {
    const secret = 'not-to-be-seen'
    const texts: string[] = []
    const tells = async (wrong: string): Promise<void> => {
      const error = await told(wrong)
      texts.push(JSON.stringify(error), String(error), error.stack ?? '')
    }
    const host = new URL(server.url).host
    await using book = await open(`esdb://anna:${secret}@${host}?tls=false&tenant=words`, {
      ...fixed,
      views: 'memory:',
    })
    texts.push(book.url, JSON.stringify(book.notices))
    await tells(`esdb://anna:${secret}@127.0.0.1:1?tls=false`)
    await tells(`esdb://anna:${secret}@host:port`)
    await tells(`esdb://anna:${secret}/x@host`)
    await tells(`esdb://anna:${secret}@x@host`)
    await tells(`esdb://anna:${secret}@${host}?tls=false&password=${secret}`)
    await tells(`kurrentdb+discover://anna:${secret}@127.0.0.1:1?tls=false&maxDiscoverAttempts=1`)
    expect(texts).toHaveLength(2 + 6 * 3)
    for (const text of texts) expect(text).not.toContain(secret)
    expect(book.url).toContain('anna:***@')
  })

  it('with TLS: a certificate that is not trusted and a wrong password are told, and the right ones let in', async () => {
    const { certificate, key } = makeCertificate('localhost')
    const [file, keyFile] = [at('ca.pem'), at('tls.key')]
    writeFileSync(file, certificate)
    writeFileSync(keyFile, key, { mode: 0o600 })
    const secured = await startWireServer('--tls', file, '--tls-key', keyFile, '--user', 'anna:s3cret-word')
    try {
      const url = (user: string, more = '') => `esdb://${user}localhost:${secured.ports[0]}?tenant=tls${more}`
      const trusted = `&tlsCAFile=${file}`
      expect(await told(url('anna:s3cret-word@'))).toMatchObject({
        _tag: 'Unavailable',
        message: expect.stringContaining('certificate is not trusted'),
      })
      const wrong = await told(url('anna:wrong-word@', trusted))
      expect(wrong).toMatchObject({
        _tag: 'Unavailable',
        message: expect.stringContaining('correct user and password'),
      })
      expect(JSON.stringify(wrong) + String(wrong)).not.toContain('wrong-word')
      expect(await told(url('', trusted))).toMatchObject({ message: expect.stringContaining('lets this user not in') })
      expect(await told(url('', '&tls=false'))).toMatchObject({
        message: expect.stringContaining('leave out tls=false'),
      })
      await using book = await open(url('anna:s3cret-word@', trusted), { ...fixed, views: 'memory:' })
      expect(await book.health()).toMatchObject({ well: true })
    } finally {
      await secured.stop()
    }
  })
})
