import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { memoryEventStore } from '@daybook/adapters/memory'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import { adoptionOf, type EventStoreShape } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { Scope } from 'effect/Scope'
import { beforeAll, describe, expect, it } from 'vitest'
import { addressFor, isNothingYet } from '../src/book/addresses.ts'
import { openLog } from '../src/book/stores.ts'
import { type Book, importLog } from '../src/index.ts'
import { logOfStore } from '../src/move/log-source.ts'
import { takeOver } from '../src/move/take-over.ts'
import { commandLineIn } from './support/command-line.ts'
import { openTestBook, testFolder, uuid } from './support/folder.ts'
import { testServers } from './support/server-shelves.ts'

const folder = testFolder()
const servers = testServers()
const daybook = commandLineIn(folder)
const at = (name: string): string => join(folder, name)
const practice = join(import.meta.dirname, '..', '..', '..', 'examples', 'practice')
const documents = readdirSync(practice)
  .filter((name) => /\.8\d\d$/.test(name))
  .sort()
  .slice(0, 4)
  .map((name) => join(practice, name))

beforeAll(async () => {
  await using book = await openTestBook(`sqlite:${at('clinic.db')}`)
  await book.importPaths(documents, { openMissing: true })
  await book.open({ account: uuid(1), guarantor: { name: 'Zoë “Żółw” Roe' } })
  const report = await book.export(at('clinic.log'))
  expect(report).toMatchObject({ before: 0, head: (await book.check()).head })
})

const bytes = (name: string): string => readFileSync(at(name), 'utf8')

/** What a book says of everything, times of commits among it. */
const answersOf = async (book: Book): Promise<unknown> => {
  const events = []
  for await (const event of book.events()) events.push(event)
  const { head, findings } = await book.check()
  const [aging, work, accounts] = [await book.aging(), await book.worklist(), await book.accounts()]
  return { events, head, findings, aging, work, accounts, cash: await book.cash({ from: '2026-01-01' }) }
}

describe('a log that moves', () => {
  it('L4 N13 is the same to the byte when it is exported, taken over and exported again', {
    tags: ['L4', 'N13'],
  }, async () => {
    const taken = await importLog(at('clinic.log'), `sqlite:${at('again.db')}`)
    await using book = await openTestBook(`sqlite:${at('again.db')}`)
    expect(await book.export(at('again.log'))).toMatchObject({ head: taken.head, events: taken.events })
    expect(bytes('again.log')).toBe(bytes('clinic.log'))
  })

  it('N10 N13 gives the same answers in another store, and goes on there under its own key', {
    tags: ['N10', 'N13'],
  }, async () => {
    await importLog(`sqlite:${at('clinic.db')}`, `sqlite:${at('moved.db')}`)
    copyFileSync(at('clinic.db.key'), at('moved.db.key'))
    await using before = await openTestBook(`sqlite:${at('clinic.db')}`)
    await using after = await openTestBook(`sqlite:${at('moved.db')}`)
    expect(await answersOf(after)).toEqual(await answersOf(before))
    const { files } = await after.importPaths(documents, { openMissing: true })
    expect(new Set(files.flatMap(({ transactions }) => transactions.map(({ outcome }) => outcome)))).toEqual(
      new Set(['duplicate']),
    )
    expect(await after.open({ account: uuid(2), guarantor: { name: 'Al Poe' } })).toMatchObject({ ok: true })
    expect((await after.check()).findings).toEqual([])
  })

  it('keeps the check value of its secret: another key is refused where it has come to', async () => {
    await importLog(at('clinic.log'), `sqlite:${at('keyless.db')}`)
    const opening = openTestBook(`sqlite:${at('keyless.db')}`, { secret: new Uint8Array(32).fill(1) })
    await expect(opening).rejects.toMatchObject({ _tag: 'KeyFault' })
  })

  it('is taken over by an empty book and by no other, and that stays as it was', async () => {
    await (await openTestBook(`sqlite:${at('other.db')}`)).close()
    const before = readFileSync(at('other.db'))
    await expect(importLog(at('clinic.log'), `sqlite:${at('other.db')}`)).rejects.toMatchObject({
      _tag: 'ReadOnly',
      message: expect.stringMatching(/has \d+ events of its own/),
    })
    expect(readFileSync(at('other.db')).equals(before)).toBe(true)
  })

  it('is exported into no file that is there, and a file is read by its owner alone', async () => {
    expect(statSync(at('clinic.log')).mode & 0o777).toBe(0o600)
    await using book = await openTestBook(`sqlite:${at('clinic.db')}`)
    await expect(book.export(at('clinic.log'))).rejects.toMatchObject({ _tag: 'Unavailable' })
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([])
  })
})

type Opening = Effect.Effect<EventStoreShape, unknown, Scope>

/** A store that stops for good after so many parts. */
const stoppingAfter = (parts: number, right: EventStoreShape): EventStoreShape => {
  let taken = 0
  return {
    ...right,
    adoption: {
      ...adoptionOf(right),
      take: (part) =>
        taken++ < parts ? adoptionOf(right).take(part) : Effect.die(new Error('the process was killed here')),
    },
  }
}

describe('what is no log to be moved', () => {
  it('trust-12 a pipe, a device, a directory or nothing at all is told, and nobody is kept waiting', async () => {
    spawnSync('mkfifo', [at('pipe')])
    for (const [from, says] of [
      ['pipe', 'pipe is no regular file'],
      ['/dev/zero', '/dev/zero is no regular file'],
      ['.', '. is a directory'],
      ['nothing.log', 'there is no such file'],
      ['', 'name an exported file, or the URL of a book'],
    ] as const) {
      const { status, stderr } = await daybook('import-log', from, '--db', 'sqlite:none.db')
      expect({ failed: status !== 0, stderr }).toEqual({ failed: true, stderr: expect.stringContaining(says) })
    }
    expect(existsSync(at('none.db'))).toBe(false)
  })

  it('a book does not move into itself', async () => {
    const moved = await daybook('export', '--to', 'sqlite:./clinic.db', '--db', 'sqlite:clinic.db')
    expect(moved).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('this is the book itself') })
  })
})

describe('a log whose move was stopped', () => {
  it.each<readonly [string, () => Opening]>([
    ['memory', () => memoryEventStore()],
    ['SQLite', () => sqliteEventStore({ path: at('stopped.db') })],
    ...servers.map(
      ([name, newUrl]) =>
        [
          name,
          () => Effect.flatMap(Effect.promise(newUrl), (url) => Effect.flatMap(addressFor(url), openLog)),
        ] as const,
    ),
  ])('goes on where it was and ends as one move does: %s', async (_, open) => {
    await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const source = yield* sqliteEventStore({ path: at('clinic.db'), readOnly: true })
          const log = yield* logOfStore(source, 'clinic')
          const target = yield* open()
          const killed = yield* Effect.exit(takeOver(log, stoppingAfter(1, target)))
          expect(killed._tag).toBe('Failure')
          const { position } = yield* target.head
          expect(position).toBeGreaterThan(0)
          expect(position).toBeLessThan(log.header.upTo)
          expect(yield* adoptionOf(target).begun).toBe(true)
          const moved = yield* takeOver(log, target)
          expect(moved).toMatchObject({ before: position, events: log.header.upTo })
          expect(yield* adoptionOf(target).begun).toBe(false)
          expect(yield* target.secretCheck).toBe(log.header.secretCheck)
        }),
      ),
    )
  })

  it('is no book until it has come to its end, and says what to do', async () => {
    await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const source = yield* sqliteEventStore({ path: at('clinic.db'), readOnly: true })
          const target = yield* sqliteEventStore({ path: at('half.db') })
          yield* Effect.exit(takeOver(yield* logOfStore(source, 'clinic'), stoppingAfter(1, target)))
        }),
      ),
    )
    expect(await daybook('aging', '--db', 'sqlite:half.db')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('give the same import-log again'),
    })
    expect((await daybook('import-log', 'clinic.log', '--db', 'sqlite:half.db')).status).toBe(0)
    expect(await daybook('check', '--db', 'sqlite:half.db')).toMatchObject({ status: 0, stdout: '' })
  })
})

/** The hash on the last line made anew, by somebody who knows how it is made. */
const hashedAgain = (lines: readonly string[]): readonly string[] => {
  const above = lines.slice(0, -1)
  const sha256 = hash('sha256', above.map((line) => `${line}\n`).join(''))
  return [...above, lines.at(-1)?.replace(/"sha256":"[^"]*"/, `"sha256":"${sha256}"`) ?? '']
}

describe('a book that moves from store to store', () => {
  it('N10 N13 L4 from SQLite to every server, from one to the next, and back, is the same book', {
    tags: ['L4', 'N10', 'N13'],
    timeout: 300_000,
  }, async () => {
    const secret = { key: at('clinic.db.key') }
    const opening = (url: string) => ({
      ...secret,
      ...(url.startsWith('esdb:') ? { views: `sqlite:${at('moved-views.db')}` } : {}),
    })
    const urls = [`sqlite:${at('clinic.db')}`]
    for (const [, newUrl] of servers) urls.push(await newUrl())
    urls.push(`sqlite:${at('back.db')}`)
    const first = await (async () => {
      await using book = await openTestBook(urls[0] ?? '', secret)
      return await answersOf(book)
    })()
    for (const [n, url] of urls.entries()) {
      if (n > 0) {
        // Through the log at once, and through a file: every other one.
        await using before = await openTestBook(urls[n - 1], opening(urls[n - 1] ?? ''))
        if (n % 2 === 1) await before.export(url)
        else {
          await before.export(at(`step-${n}.log`))
          await importLog(at(`step-${n}.log`), url)
        }
      }
      await using book = await openTestBook(url, opening(url))
      expect(await answersOf(book)).toEqual(first)
      await book.export(at(`by-${n}.log`))
      expect(bytes(`by-${n}.log`)).toBe(bytes('by-0.log'))
    }
  })

  it.each(servers)('a book on %s that has events of its own takes none over, and goes on', async (name, newUrl) => {
    const url = await newUrl()
    const opening = { key: at(`own-${name}.key`), ...(name === 'KurrentDB' ? { views: 'memory:' } : {}) }
    await (await openTestBook(url, opening)).close()
    await expect(importLog(at('clinic.log'), url)).rejects.toMatchObject({ _tag: 'ReadOnly' })
    await using book = await openTestBook(url, opening)
    expect(await book.open({ guarantor: { name: 'Al Poe' } })).toMatchObject({ ok: true })
    expect((await book.check()).findings).toEqual([])
  })

  it.each(servers)(
    'what is read is not made: a log at %s that is not there is none to take over',
    async (_, newUrl) => {
      const url = await newUrl()
      await expect(importLog(url, `sqlite:${at('of-nothing.db')}`)).rejects.toMatchObject({ _tag: 'Unavailable' })
      expect(await Effect.runPromise(Effect.flatMap(addressFor(url), isNothingYet))).toBe(true)
    },
  )
})

describe('a file that is not what was exported', () => {
  const lines = (): string[] => bytes('clinic.log').split('\n').slice(0, -1)

  it.each<readonly [string, (lines: string[]) => readonly string[], RegExp]>([
    ['a byte of an event changed', (all) => all.with(3, all[3]?.replace('2026', '2027') ?? ''), /do not give the hash/],
    [
      'an event changed, the hash made anew',
      (all) => hashedAgain(all.with(3, all[3]?.replace('2026', '2027') ?? '')),
      /leaf/,
    ],
    ['an event left out', (all) => hashedAgain(all.toSpliced(4, 1)), /holds \d+ events/],
    [
      'two events swapped',
      (all) => hashedAgain(all.with(3, all[4] ?? '').with(4, all[3] ?? '')),
      /follows|in the midst/,
    ],
    ['its end cut off', (all) => all.slice(0, -1), /cut off/],
    ['a line behind its end', (all) => [...all, all[3] ?? ''], /follows the last one/],
    ['spaces between its fields', (all) => all.with(3, all[3]?.replace(':', ': ') ?? ''), /not as an export writes it/],
    ['a field more', (all) => all.with(3, all[3]?.replace('{', '{"more":1,') ?? ''), /no line of an exported log/],
    ['another origin', (all) => hashedAgain(all.with(0, all[0]?.replace('log-', 'log-0') ?? '')), /leaf/],
    ['a newer format', (all) => all.with(0, all[0]?.replace('"format":1', '"format":2') ?? ''), /newer Daybook/],
    ['no export at all', () => ['hello'], /no JSON/],
    ['nothing', () => [], /no last line|cut off|empty/],
  ])('is refused before anything is taken: %s', async (what, change, words) => {
    const name = `${what.replaceAll(' ', '-')}.log`
    writeFileSync(
      at(name),
      change(lines())
        .map((line) => `${line}\n`)
        .join(''),
    )
    await expect(importLog(at(name), `sqlite:${at(`${name}.db`)}`)).rejects.toMatchObject({
      _tag: 'Integrity',
      message: expect.stringMatching(words),
    })
    expect(existsSync(at(`${name}.db`))).toBe(false)
  })
})

describe('one log in two places', () => {
  it('is warned about where both are open to be written, and not where one is only read', async () => {
    copyFileSync(at('clinic.db'), at('copy.db'))
    await using first = await openTestBook(`sqlite:${at('clinic.db')}`)
    await using again = await openTestBook(`sqlite:${at('clinic.db')}`)
    await using reader = await openTestBook(`sqlite:${at('copy.db')}?mode=ro`)
    expect([first.notices, again.notices, reader.notices]).toEqual([[], [], []])
    const second = await openTestBook(`sqlite:${at('copy.db')}`)
    expect(second.notices).toEqual([expect.stringMatching(/copy\.db and .*clinic\.db are one log in two places/)])
    await Promise.all([second, first, again].map((book) => book.close()))
    await using alone = await openTestBook(`sqlite:${at('copy.db')}`)
    expect(alone.notices).toEqual([])
  })
})

describe('one account', () => {
  it('is a file to read and to verify, and no book takes it over', async () => {
    const exported = await daybook(
      'export',
      '--to',
      'one.log',
      '--account',
      uuid(1),
      '--db',
      'sqlite:clinic.db',
      '--json',
    )
    expect(exported.status).toBe(0)
    const all = bytes('one.log').split('\n').slice(0, -1)
    expect(JSON.parse(all[0] ?? '')).toMatchObject({ daybook: 'account', stream: `account-${uuid(1)}` })
    expect(all.slice(1, -1).map((line) => JSON.parse(line).stream)).toEqual([`account-${uuid(1)}`])
    expect(await daybook('import-log', 'one.log', '--dry-run', '--json')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(JSON.parse(exported.stdout).head),
    })
    const taken = await daybook('import-log', 'one.log', '--db', 'sqlite:merged.db')
    expect(taken).toMatchObject({ status: 2, stderr: expect.stringContaining('no book takes it over') })
    expect(existsSync(at('merged.db'))).toBe(false)
  })
})

describe('the command line', () => {
  it('exports into an empty book, and says that one of the two goes on', async () => {
    const { status, stdout, stderr } = await daybook('export', '--to', 'sqlite:direct.db', '--db', 'sqlite:clinic.db')
    expect(status).toBe(0)
    expect(stdout).toContain('events')
    expect(stderr).toContain('write in one of them only')
    const head = (await daybook('check', '--head', '--db', 'sqlite:clinic.db')).stdout
    expect((await daybook('check', '--head', '--db', 'sqlite:direct.db')).stdout).toBe(head)
  })
})
