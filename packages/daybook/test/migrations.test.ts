import { chmodSync, copyFileSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import type { EventStoreShape, MigrationProgress } from '@daybook/core/ports'
import { type Migration, migrate, migrations } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { type Book, KeyFault, type OpenOptions, openDaybook } from '../src/index.ts'
import { commandLineIn } from './support/command-line.ts'
import { deskOn, memoryDesk } from './support/desk.ts'
import { dyingAfter } from './support/dying-store.ts'
import { openTestBook, testFolder } from './support/folder.ts'

// What an older book lacks is made from its log once, before the first that is written to it (decision 0023).

const fixture = join(import.meta.dirname, 'older-book')
const documents = readdirSync(join(fixture, 'documents')).map((name) => join(fixture, 'documents', name))
const folder = testFolder()
const clock = (): Date => new Date('2026-11-21T15:14:00.000Z')
const payment = { type: 'PostPayment', on: '2026-11-21', amount: 1_000, tender: 'cash' } as const

const copied = (name: string): string => {
  const path = join(folder, name)
  for (const end of ['', '.key']) {
    copyFileSync(join(fixture, `book.sqlite${end}`), `${path}${end}`)
    chmodSync(`${path}${end}`, 0o600)
  }
  return path
}
const opened = (path: string, options: Partial<OpenOptions> = {}): Promise<Book> =>
  openDaybook(`sqlite:${path}`, { actor: 'anna', clock, ...options })
const headOf = async (book: Book): Promise<string> => (await book.check()).head

/** What the migrations leave in a book: each reference with what it names, and the records. */
const leftBy = async (store: EventStoreShape) => {
  const all = await Effect.runPromise(store.readAll({ after: 0, limit: 10_000 }))
  const left = all.filter(({ stream }) => /^(ref|migration)-/.test(stream))
  return left.map(({ stream, data }) => JSON.stringify([stream, { ...JSON.parse(data), salt: '', made: 0, upTo: 0 }]))
}
const onStore = <A>(path: string, work: (store: EventStoreShape) => Promise<A>): Promise<A> =>
  Effect.runPromise(
    Effect.scoped(Effect.flatMap(sqliteEventStore({ path }), (store) => Effect.promise(() => work(store)))),
  )
const references = (store: EventStoreShape) => Effect.runPromise(migrate(deskOn(store), migrations))

describe('what an older book lacks', () => {
  it('killed after every append, and opened again each time: as without the kill, and nothing twice', async () => {
    const whole = await onStore(copied('whole.sqlite'), async (store) => {
      await references(store)
      return await leftBy(store)
    })
    const path = copied('killed.sqlite')
    let kills = 0
    for (let isDone = false; !isDone; ) {
      isDone = await onStore(path, (store) =>
        references(dyingAfter(store, 1)).then(
          () => true,
          () => false,
        ),
      )
      kills += 1
    }
    expect(kills).toBeGreaterThan(30)
    const left = await onStore(path, leftBy)
    expect(new Set(left).size).toBe(left.length)
    expect(left.toSorted()).toEqual(whole.toSorted())
  })

  it.each([
    ['an import', (book: Book) => book.importPaths(documents, { openMissing: true })],
    ['a command', (book: Book) => book.execute('older-payments', payment)],
    ['an opening', (book: Book) => book.open({ guarantor: { name: 'Jane Doe' } })],
    ['the day', (book: Book) => book.day()],
  ])('is made before %s, once, and tells how far it is', async (name, write) => {
    const path = copied(`${name}.sqlite`)
    const told: MigrationProgress[] = []
    const options = { onMigration: (progress: MigrationProgress) => told.push(progress) }
    {
      await using book = await opened(path, options)
      const head = await headOf(book)
      await book.aging()
      await book.worklist()
      await book.day({ dryRun: true })
      // Its rows are another matter: they were made anew when it was opened, and nothing that is in them.
      expect([told.splice(0).at(-1)?.name, await headOf(book)]).toEqual(['rows-3', head])
      await write(book)
      expect(await book.check()).toMatchObject({ findings: [] })
    }
    const runs = Map.groupBy(told, ({ name }) => name)
    expect([...runs.keys()]).toEqual(['references', 'payer-numbers', 'members'])
    for (const [name, run] of runs) {
      const last = run.at(-1)
      // Members were noted under their own payers' ids before: what is made of them is the payers' names.
      expect(last?.made).toBeGreaterThanOrEqual(name === 'members' ? 2 : 30)
      expect(run.every(({ done, of }, at) => done <= of && done >= (run[at - 1]?.done ?? 0))).toBe(true)
      expect(last?.done).toBe(last?.of)
    }
    told.length = 0
    await using again = await opened(path, options)
    await again.execute('older-plan', payment)
    expect(told).toEqual([])
  })

  it('waits for the key: without it a payment is taken, an import says that the key is missing, nothing is made', async () => {
    const path = copied('unkeyed.sqlite')
    renameSync(`${path}.key`, `${path}.away`)
    const made = () => onStore(path, async (store) => (await leftBy(store)).length)
    const before = await made()
    {
      await using book = await opened(path)
      expect(await book.execute('older-payments', payment)).toMatchObject({ ok: true })
      const refused = await book.importPaths(documents).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(KeyFault)
      expect(refused).toMatchObject({ message: expect.stringContaining(`${path}.key is missing`) })
    }
    expect(await made()).toBe(before)
    renameSync(`${path}.away`, `${path}.key`)
    await using book = await opened(path)
    await book.execute('older-plan', payment)
    expect(await made()).toBeGreaterThan(before + 30)
  })

  it('is made once by two that write at once, and by many calls of one', async () => {
    const path = copied('two.sqlite')
    await using one = await opened(path)
    await using two = await opened(path)
    const accounts = ['older-payments', 'older-plan', 'older-placed']
    await Promise.all([one, two].flatMap((book) => accounts.map((account) => book.execute(account, payment))))
    const left = await onStore(path, leftBy)
    expect(left.filter((row) => row.startsWith('["migration-'))).toHaveLength(migrations.length)
    expect(new Set(left).size).toBe(left.length)
  })

  it('goes on where it was given up', async () => {
    const path = copied('given-up.sqlite')
    const giving = new AbortController()
    await using book = await opened(path, { onMigration: () => giving.abort() })
    const given = book.until(giving.signal).execute('older-payments', payment)
    await expect(given).rejects.toMatchObject({ _tag: 'Aborted' })
    expect(await book.execute('older-payments', payment)).toMatchObject({ ok: true })
    const left = await onStore(path, leftBy)
    expect(left.filter((row) => row.startsWith('["migration-'))).toHaveLength(migrations.length)
  })

  it('the command line says what was made, once, and nothing of it to a question', async () => {
    const db = `sqlite:${copied('said.sqlite')}`
    const daybook = commandLineIn(folder)
    const first = await daybook('aging', '--db', db)
    expect(first).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^daybook: .* rows of fewer bytes were .*\n$/),
    })
    expect(await daybook('aging', '--db', db)).toMatchObject({ status: 0, stderr: '' })
    const took = await daybook('import', ...documents, '--open-missing', '--db', db)
    expect(took.stderr).toMatch(/^(daybook: an older book: \d+ references .* were made from its log, once\n){3}$/)
    expect(await daybook('import', ...documents, '--open-missing', '--db', db)).toMatchObject({ stderr: '' })
  })
})

it('a new book lacks nothing: imported again by another opening, it is as it was', async () => {
  const practice = join(import.meta.dirname, '..', '..', '..', 'examples', 'practice')
  const files = readdirSync(practice)
    .filter((name) => /\.83[57]$/.test(name))
    .slice(0, 4)
    .map((name) => join(practice, name))
  const url = `sqlite:${join(folder, 'new.sqlite')}`
  let head: string
  {
    await using book = await openTestBook(url)
    await book.importPaths(files, { openMissing: true })
    head = await headOf(book)
  }
  await using book = await openTestBook(url)
  await book.importPaths(files, { openMissing: true })
  expect(await headOf(book)).toBe(head)
})

describe('migrations', () => {
  it('are run in order; one that fails is not on record, and stops those behind it', async () => {
    const desk = await memoryDesk()
    const ran: string[] = []
    let fails = true
    const named = (name: string, work: Migration['run']): Migration => ({ name, what: name, run: work })
    const noted = (name: string): Migration =>
      named(name, () =>
        Effect.sync(() => {
          ran.push(name)
          return 0
        }),
      )
    const failing = named('second', () =>
      Effect.suspend(() => (fails ? Effect.die(new Error('killed')) : Effect.succeed(1))),
    )
    const list = [noted('first'), failing, noted('third')]
    await Effect.runPromise(migrate(desk, list)).catch(() => undefined)
    expect(ran).toEqual(['first'])
    fails = false
    await Effect.runPromise(migrate(desk, list))
    await Effect.runPromise(migrate(desk, list))
    expect(ran).toEqual(['first', 'third'])
  })

  it('have names of their own, which a new book keeps in one line', () => {
    const names = migrations.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !/^[a-z][a-z0-9-]{0,59}$/.test(name))).toEqual([])
  })
})
