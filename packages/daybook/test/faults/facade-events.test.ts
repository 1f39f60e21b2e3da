import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { Book, EventOf, ViewDefinition } from '../../src/index.ts'
import { openTestBook, testFolder, uuid, write } from '../support/folder.ts'
import { remittanceText } from '../support/remittance-text.ts'

const folder = testFolder()
const roe = uuid(1)
const bea = { id: 'bea' }
const charge = (line: string, amount = 12_500) =>
  ({ type: 'PostCharge', on: '2026-11-02', visit: 'v1', line, code: '99213', amount }) as const

const withCharges = async (url = 'memory:', lines = 3): Promise<Book> => {
  const book = await openTestBook(url)
  await book.open({ account: roe, guarantor: { name: 'Jo Roe' }, on: '2026-11-01' })
  for (let at = 0; at < lines; at += 1) await book.execute(roe, charge(`l${at}`, 1_000 + at), { actor: bea })
  return book
}

const all = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

describe('facade-7 an import of what is no file', () => {
  const text = remittanceText()
  const whole = new TextEncoder().encode(text)
  const contents: readonly (readonly [string, () => Parameters<Book['importContent']>[0]])[] = [
    ['bytes', () => whole],
    ['a buffer', () => Buffer.from(text)],
    ['a text', () => text],
    ['a stream of Node', () => createReadStream(write(folder, 'stream.835', text), { highWaterMark: 7 })],
    ['a stream of the web', () => new Blob([text]).stream()],
    ['pieces', () => [whole.subarray(0, 100), whole.subarray(100)]],
  ]

  it.each(contents)('facade-7 %s is posted as the file is', async (_, content) => {
    await using book = await openTestBook()
    const report = await book.importContent(content(), { name: 'upload.835', openMissing: true, actor: bea })
    await using other = await openTestBook()
    const file = await other.importFile(write(folder, 'same.835', text), { openMissing: true })
    expect(report).toMatchObject({ path: 'upload.835', kind: '835', problems: [] })
    const same = ({ transactions }: typeof file) =>
      transactions.map(({ outcome, split, paid }) => ({ outcome, split, paid }))
    expect(same(report)).toEqual(same(file))
    expect(same(await book.importFile(join(folder, 'same.835'))).map(({ outcome }) => outcome)).toEqual(['duplicate'])
  })

  it('facade-7 an upload that breaks off is told, and sent again it posts nothing twice', async () => {
    const two = `${text.replace(/IEA[\s\S]*$/, '')}`
    async function* broken() {
      yield new TextEncoder().encode(two.slice(0, -20))
      throw new Error('socket hang up')
    }
    await using book = await openTestBook()
    const report = await book.importContent(broken(), { openMissing: true })
    expect(report.problems).toContainEqual(expect.objectContaining({ code: 'sourceFailed', severity: 'error' }))
    await book.importContent(text, { openMissing: true })
    const { items } = await book.remittances()
    expect(items).toMatchObject([{ amount: 15_000, standing: 'closed' }])
    expect(await book.check()).toMatchObject({ findings: [] })
  })

  it('facade-7 what is no content, and what is too much, is told', async () => {
    await using book = await openTestBook()
    await expect(book.importContent(7 as never)).rejects.toMatchObject({
      _tag: 'InvalidCommand',
      issues: [{ path: 'content' }],
    })
    const long = new Uint8Array(32 * 1024 * 1024 + 1)
    expect((await book.importContent(long)).problems).toMatchObject([{ code: 'fileTooLarge' }])
    expect((await book.importContent(Readable.from([]))).problems).toMatchObject([{ code: 'empty' }])
  })
})

describe('facade-8 events', () => {
  it('facade-8 are gone through in order, with their fields by their type, and who and when', async () => {
    await using book = await withCharges()
    const events = await all(book.events())
    expect(events.map(({ position }) => position)).toEqual(events.map((_, at) => at + 1))
    expect(events[0]).toMatchObject({ type: 'PolicyPublished', actor: 'anna' })
    const charges = await all(book.events({ types: ['ChargePosted'], account: roe }))
    for (const { event } of charges) expectTypeOf(event).toEqualTypeOf<EventOf<'ChargePosted'>>()
    expect(charges.map(({ event: { amount } }) => amount)).toEqual([1_000, 1_001, 1_002])
    expect(charges[0]).toMatchObject({
      account: roe,
      actor: 'bea',
      event: { type: 'ChargePosted', effectiveDate: '2026-11-02' },
    })
    expect(JSON.stringify(events)).not.toContain('"salt"')
    const after = charges[1]?.position ?? 0
    expect(await all(book.events({ types: ['ChargePosted'], after }))).toEqual(charges.slice(2))
    expect(await all(book.events({ account: roe, after, types: ['ChargePosted'] }))).toEqual(charges.slice(2))
  })

  it('facade-8 a name that is no event, and an account that is not there, are told', async () => {
    await using book = await openTestBook()
    await expect(all(book.events({ types: ['ChargePost' as 'ChargePosted'] }))).rejects.toMatchObject({
      _tag: 'InvalidQuery',
      issues: [{ path: 'types.0' }],
    })
    await expect(all(book.events({ account: 'nobody' }))).rejects.toMatchObject({ _tag: 'NotFound' })
    await expect(all(book.events({ after: -1 }))).rejects.toMatchObject({ issues: [{ path: 'after' }] })
  })

  it('facade-8 every event once, however long the log', async () => {
    await using book = await withCharges('memory:', 250)
    const events = await all(book.events())
    expect(events.map(({ position }) => position)).toEqual(events.map((_, at) => at + 1))
    expect(await all(book.events({ account: roe }))).toEqual(events.filter(({ account }) => account === roe))
  })

  it('facade-8 a subscription sees what comes, also by another opening of the book, and ends with the book', async () => {
    const url = `sqlite:${join(folder, 'subscribed.db')}`
    const book = await withCharges(url, 2)
    const seen: string[] = []
    const watching = (async () => {
      for await (const { event } of book.subscribe({ types: ['ChargePosted'], every: 10 })) seen.push(event.lineId)
    })()
    await using other = await openTestBook(url)
    await other.execute(roe, charge('by-another'))
    await book.execute(roe, charge('by-itself'))
    await expect.poll(() => seen).toEqual(['l0', 'l1', 'by-another', 'by-itself'])
    await book.close()
    await watching
  })

  it('facade-8 a subscription goes on behind a position, and ends by its signal with the error Aborted', async () => {
    await using book = await withCharges()
    const stop = new AbortController()
    const last = (await all(book.events())).at(-1)?.position ?? 0
    const seen: number[] = []
    const watching = (async () => {
      for await (const { position } of book.until(stop.signal).subscribe({ after: last, every: 10 })) {
        seen.push(position)
        stop.abort()
      }
    })()
    await book.execute(roe, charge('l9'))
    await expect(watching).rejects.toMatchObject({ _tag: 'Aborted' })
    expect(seen).toEqual([last + 1])
  })
})

interface Takings {
  readonly charged: number
  readonly lines: number
}

const byDay: ViewDefinition<'ChargePosted' | 'ChargeVoided', Takings> = {
  name: 'charges-by-line',
  version: 1,
  types: ['ChargePosted', 'ChargeVoided'],
  key: ({ event }) => event.lineId,
  apply: (before, { event }) =>
    event.type === 'ChargeVoided'
      ? undefined
      : { charged: (before?.charged ?? 0) + event.amount, lines: (before?.lines ?? 0) + 1 },
}

const sums = (version = 1): ViewDefinition<'ChargePosted', Takings> => ({
  name: 'charges',
  version,
  types: ['ChargePosted'],
  key: ({ event }) => ['all', `day ${event.effectiveDate}`],
  apply: (before, { event }) => ({
    charged: (before?.charged ?? 0) + event.amount * version,
    lines: (before?.lines ?? 0) + 1,
  }),
})

describe('facade-8 a view of one’s own', () => {
  it('facade-8 sees the writes before each question, and is kept with the book', async () => {
    const url = `sqlite:${join(folder, 'viewed.db')}`
    {
      await using book = await withCharges(url)
      const view = book.view(sums())
      expect(await view.get('all')).toEqual({ charged: 3_003, lines: 3 })
      await book.execute(roe, charge('l9', 97))
      expect(await view.get('all')).toEqual({ charged: 3_100, lines: 4 })
      expect(await view.get('day 2026-11-03')).toBeUndefined()
    }
    await using again = await openTestBook(url)
    const view = again.view(sums())
    expect(await view.list({ prefix: 'day ' })).toMatchObject({ items: [{ key: 'day 2026-11-02', doc: { lines: 4 } }] })
    expect(await again.view(sums(2)).get('all')).toEqual({ charged: 6_200, lines: 4 })
    await view.rebuild()
    expect(await view.get('all')).toEqual({ charged: 3_100, lines: 4 })
    expect(await again.check()).toMatchObject({ findings: [] })
  })

  it('facade-8 drops a document, and lists part by part', async () => {
    await using book = await withCharges()
    const view = book.view(byDay)
    expect((await view.list({ limit: 2 })).next).toBe('l1')
    expect((await view.list({ limit: 2, after: 'l1' })).items.map(({ key }) => key)).toEqual(['l2'])
    await book.execute(roe, { type: 'VoidCharge', on: '2026-11-03', line: 'l1', reason: 'twice' })
    expect((await view.list()).items.map(({ key }) => key)).toEqual(['l0', 'l2'])
  })

  it('facade-8 a definition that is none is told at once, and an error of its own keeps nothing of the page', async () => {
    await using book = await withCharges()
    expect(() => book.view({ ...sums(), name: 'a b', version: 0, types: ['ChargePost' as 'ChargePosted'] })).toThrow(
      expect.objectContaining({
        _tag: 'InvalidQuery',
        issues: [{ path: 'name' }, { path: 'version' }, { path: 'types.0' }].map((issue) =>
          expect.objectContaining(issue),
        ),
      }),
    )
    let fails = true
    const failing = {
      ...sums(),
      name: 'failing',
      apply: (...given: Parameters<ReturnType<typeof sums>['apply']>) => {
        if (fails && given[1].event.lineId === 'l1') throw new Error('not like this')
        return sums().apply(...given)
      },
    }
    await expect(book.view(failing).get('all')).rejects.toThrow('not like this')
    fails = false
    expect(await book.view(failing).get('all')).toEqual({ charged: 3_003, lines: 3 })
  })

  it('facade-8 is the same whenever it is asked: the fold of the events that are there', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 9_999 }), fc.boolean()), { maxLength: 12 }),
        async (steps) => {
          await using book = await withCharges('memory:', 0)
          const view = book.view(sums())
          let charged = 0
          for (const [at, [amount, asked]] of steps.entries()) {
            await book.execute(roe, charge(`p${at}`, amount))
            charged += amount
            if (asked) expect(await view.get('all')).toEqual({ charged, lines: at + 1 })
          }
          const end = await view.get('all')
          expect(end ?? { charged: 0, lines: 0 }).toEqual({ charged, lines: steps.length })
          await view.rebuild()
          expect(await view.get('all')).toEqual(end)
        },
      ),
      { numRuns: 100 },
    )
  })
})

it('facade-7 the practice by content is the practice by its files', async () => {
  const practice = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'practice')
  const files = ['2026-04-02-claims.837', '2026-04-20-remittances.835'].map((name) => join(practice, name))
  await using byFile = await openTestBook()
  await using byContent = await openTestBook()
  await byFile.importPaths(files)
  for (const file of files) await byContent.importContent(readFileSync(file))
  const figures = async (book: Book) => {
    const { knownAt: _known, ...aging } = await book.aging({ accounts: true })
    return aging
  }
  expect(await figures(byContent)).toEqual(await figures(byFile))
})
