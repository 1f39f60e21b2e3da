import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Book, openDaybook, presets } from 'daybook'
import { type Bench, type Opened, scratch } from './measure.ts'

const practice = join(import.meta.dirname, '..', 'examples', 'practice')
const files = readdirSync(practice)
  .filter((name) => /\.8\d\d$/.test(name))
  .sort()
  .map((name) => join(practice, name))

/** Commands in flight at once. */
const IN_FLIGHT = 64

/** Processor time that this thread has taken, in milliseconds: what others on the machine do does not count. */
const ownTime = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

/** The longest that work keeps the event loop from its next turn, in milliseconds of this thread's processor time. */
const longestHold = async (work: () => Promise<unknown>): Promise<number> => {
  let longest = 0
  let before = ownTime()
  let goesOn = true
  const turn = (): void => {
    const now = ownTime()
    longest = Math.max(longest, now - before)
    before = now
    if (goesOn) setImmediate(turn)
  }
  setImmediate(turn)
  await work()
  goesOn = false
  return longest
}

/** The longest that anything of the book's work holds the event loop, as whoever embeds it has it: by the front door. */
export const open = async (quick: boolean): Promise<Opened> => {
  const disk = scratch()
  let books = 0
  const onBook = async <A>(work: (book: Book) => Promise<A>): Promise<A> => {
    books += 1
    await using book = await openDaybook(`sqlite:${disk.path(`book-${books}.db`)}`, {
      practice: presets.physicianPracticeMN,
      actor: 'bench',
    })
    return await work(book)
  }
  const each = quick ? 2 : 20
  const commands = (book: Book) =>
    longestHold(() =>
      Promise.all(
        Array.from({ length: IN_FLIGHT }, async (_, n) => {
          const opened = await book.open({ guarantor: { name: `Jo Roe ${n}` }, on: '2026-11-02' })
          if (!opened.ok) throw new RangeError('not opened')
          for (let line = 0; line < each; line += 1) {
            const charge = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', code: '99213', amount: 12_500 } as const
            const receipt = await book.execute(opened.account, { ...charge, line: `l${line}` })
            if (!receipt.ok) throw new RangeError(receipt.hits[0]?.reason)
          }
        }),
      ),
    )
  const imported = (book: Book) => longestHold(() => book.importPaths(files, { openMissing: true }))
  const after =
    (work: (book: Book) => Promise<unknown>) =>
    async (book: Book): Promise<number> => {
      await book.importPaths(files, { openMissing: true })
      return await longestHold(() => work(book))
    }
  const row = (name: string, work: (book: Book) => Promise<number>): Bench => ({
    name: `event loop held by ${name}`,
    unit: 'ms of its thread at most',
    limitIs: 'one account opened',
    ours: () => onBook(work),
    limit: () => onBook((book) => longestHold(() => book.open({ guarantor: {}, on: '2026-11-02' }))),
    bars: [{ of: 'measured', is: 'at most', value: 50 }],
  })
  return {
    benches: [
      row(`${IN_FLIGHT} commands in flight`, commands),
      row('an import of 14 files', imported),
      row(
        'check',
        after((book) => book.check()),
      ),
      row(
        'rebuild',
        after((book) => book.rebuild()),
      ),
      row(
        'the first worklist',
        after((book) => book.worklist({ limit: 10, nextActions: 10 })),
      ),
    ],
    close: disk.remove,
  }
}
