import { NO_STREAM, type Receipt, type Token } from '../../ports/event-store.ts'
import { suiteOf } from './case.ts'
import { must, mustEqual, mustFail, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { anotherWriter, note, notesOf, tokenOf, type Workbook, wholeLog, wholeStream } from './workbook.ts'

const versions = suiteOf('versions and positions', { laws: ['B1'] })
const expectations = suiteOf('expectations', { laws: ['B2'] })

const sizes = [1, 2, 3, 10, 100, 1_000]

/** An append behind others, of so many events: one thing that must be true of it. */
const ofSize = (
  what: string,
  check: (receipt: Receipt, size: number, workbook: Workbook) => Promise<void>,
): readonly StoreCase[] =>
  sizes.map((size) =>
    versions(`of an append of ${size} ${what}`, async (workbook) => {
      await workbook.append('account-z', NO_STREAM, notesOf(3))
      const first = await workbook.append('account-a', NO_STREAM, notesOf(2))
      await check(await workbook.append('account-a', tokenOf(first), notesOf(size)), size, workbook)
    }),
  )

const lengths = [0, 1, 2, 5]
const seen = (length: number): string => (length === 0 ? 'no stream' : `${length} event${length === 1 ? '' : 's'}`)

/** A stream so long, and the token of a writer who has seen another part of it. */
const streamOf = async ({ append }: Workbook, length: number, claimed: number): Promise<Token> => {
  const tokens: Token[] = [NO_STREAM]
  for (let n = 0; n < length; n++)
    tokens.push(tokenOf(await append('account-a', tokens.at(-1) ?? NO_STREAM, [note(`${n}`)])))
  return tokens[claimed] ?? { version: claimed - 1, headHash: 'f'.repeat(64) }
}

const right = lengths.map((length) =>
  expectations(`a writer who saw ${seen(length)} of ${seen(length)} appends`, async (workbook) => {
    const token = await streamOf(workbook, length, length)
    const receipt = await workbook.append('account-a', token, [note('next')])
    mustEqual([receipt.firstVersion, receipt.repeated], [length, false], 'the receipt')
    mustEqual((await wholeStream(workbook.store, 'account-a')).length, length + 1, 'events')
  }),
)

const wrong = lengths.flatMap((length) =>
  [0, 1, 2, 3, 4, 6, 9]
    .filter((claimed) => claimed !== length)
    .map((claimed) =>
      expectations(`a writer who saw ${seen(claimed)} of ${seen(length)} gets a Conflict`, async (workbook) => {
        const token = await streamOf(workbook, length, claimed)
        const stale = workbook.request('account-a', token, [note('stale')])
        const error = await mustFail('Conflict', workbook.store.append(stale), 'the append')
        mustEqual([error.expected, error.actual], [claimed - 1, length - 1], 'expected and actual')
        mustEqual((await wholeLog(workbook.store)).length, length, 'events')
      }),
    ),
)

/** A conflict on a stream of three, of a writer who saw the first only. */
const conflicted = async ({ append, request, store }: Workbook) => {
  const first = await append('account-a', NO_STREAM, [note('seen')])
  await append('account-a', tokenOf(first), notesOf(2))
  const stale = request('account-a', tokenOf(first), [note('late')], 'late')
  return { first, stale, error: await mustFail('Conflict', store.append(stale), 'a stale writer') }
}

export const versionCases: readonly StoreCase[] = [
  ...ofSize('the versions follow the stream', async (_receipt, size, { store }) => {
    const stream = await wholeStream(store, 'account-a')
    mustEqual(
      stream.map(({ version }) => version),
      Array.from({ length: size + 2 }, (_, n) => n),
      'versions',
    )
  }),
  ...ofSize('the positions follow the log without a gap', async (_receipt, size, { store }) => {
    const log = await wholeLog(store)
    mustEqual(
      log.map(({ position }) => position),
      Array.from({ length: size + 5 }, (_, n) => n + 1),
      'positions',
    )
  }),
  ...ofSize('the receipt names the first and the last version', async (receipt, size, { store }) => {
    mustEqual([receipt.firstVersion, receipt.lastVersion], [2, size + 1], 'versions')
    mustEqual((await wholeStream(store, 'account-a')).at(-1)?.version ?? -1, receipt.lastVersion, 'of the last event')
  }),
  ...ofSize('the receipt names the first and the last position', async (receipt, size, { store }) => {
    mustEqual([receipt.firstPosition, receipt.lastPosition], [6, size + 5], 'positions')
    mustEqual((await run(store.head)).position, size + 5, 'the head')
  }),
  ...ofSize('the events stand in the order in which they were given', async (_receipt, size, { store }) => {
    const log = (await wholeLog(store)).slice(5)
    mustEqual(
      log.map(({ data }) => JSON.parse(data).text),
      Array.from({ length: size }, (_, n) => `n${n}`),
      'texts',
    )
  }),

  versions('the receipt names the leaf of its last event', async ({ append, store }) => {
    const receipt = await append('account-a', NO_STREAM, notesOf(3))
    mustEqual((await wholeStream(store, 'account-a')).at(-1)?.leaf, receipt.headHash, 'the leaf')
  }),
  versions('the receipt names the time of its events', async ({ append, store, clock }) => {
    await append('account-b', NO_STREAM, notesOf(1))
    clock.set(2_000)
    const receipt = await append('account-a', NO_STREAM, notesOf(3))
    const times = (await wholeStream(store, 'account-a')).map(({ committedAt }) => committedAt)
    mustEqual(times, [receipt.committedAt, receipt.committedAt, receipt.committedAt], 'the times')
  }),
  versions('the receipt names its stream and its command', async ({ request, store }) => {
    const receipt = await run(store.append(request('account-a', NO_STREAM, notesOf(1), 'pay-1')))
    mustEqual([receipt.stream, receipt.commandId], ['account-a', 'pay-1'], 'the receipt')
    const [event] = await wholeLog(store)
    mustEqual([event?.stream, event?.commandId], ['account-a', 'pay-1'], 'its event')
  }),
  versions('what is written for the first time is not said to be repeated', async ({ append, store }) => {
    const receipt = await append('account-a', NO_STREAM, notesOf(1))
    mustEqual([receipt.repeated, (await run(store.head)).position], [false, 1], 'the receipt')
  }),
  versions('every stream counts for itself', async ({ append, store }) => {
    for (const stream of ['account-a', 'account-b', 'account-c']) await append(stream, NO_STREAM, notesOf(2))
    mustEqual(
      (await wholeLog(store)).map(({ version }) => version),
      [0, 1, 0, 1, 0, 1],
      'versions',
    )
  }),
  versions('an append that was refused takes no version and no position', async (workbook) => {
    const { first, stale } = await conflicted(workbook)
    await mustFail('Conflict', workbook.store.append({ ...stale, commandId: 'later' }), 'again')
    const receipt = await workbook.append('account-b', NO_STREAM, [note('next')])
    mustEqual([first.firstPosition, receipt.firstPosition, receipt.firstVersion], [1, 4, 0], 'the next one')
  }),
  versions('versions and positions go on after the store was opened again', async (workbook) => {
    const first = await workbook.append('account-a', NO_STREAM, notesOf(2))
    const reopened = await workbook.book.reopen()
    const next = await workbook.append('account-a', tokenOf(first), notesOf(1), reopened)
    mustEqual([next.firstVersion, next.firstPosition], [2, 3], 'the next one')
    mustEqual((await wholeLog(reopened)).length, 3, 'events')
  }),
  versions('versions and positions go on for another writer', async (workbook) => {
    const other = await anotherWriter(workbook)
    const first = await workbook.append('account-a', NO_STREAM, notesOf(2))
    const next = await workbook.append('account-a', tokenOf(first), notesOf(1), other)
    const last = await workbook.append('account-a', tokenOf(next), notesOf(1))
    mustEqual([next.firstVersion, next.firstPosition, last.firstVersion, last.firstPosition], [2, 3, 3, 4], 'receipts')
    mustEqual((await wholeLog(workbook.store)).length, 4, 'events')
  }),
  versions('an append that has ended before another begins stands before it', async (workbook) => {
    const other = await anotherWriter(workbook)
    const ends: number[] = []
    for (let n = 0; n < 8; n++) {
      const receipt = await workbook.append(`account-${n}`, NO_STREAM, notesOf(1), n % 2 ? other : workbook.store)
      ends.push(receipt.lastPosition)
    }
    mustEqual(ends, [1, 2, 3, 4, 5, 6, 7, 8], 'positions in the order of their ends')
    mustEqual((await wholeLog(workbook.store)).length, 8, 'events')
  }),

  ...right,
  ...wrong,

  expectations('a Conflict names the stream, and may be decided again', async (workbook) => {
    const { error } = await conflicted(workbook)
    mustEqual([error.stream, error.retry], ['account-a', 'after-resync'], 'the error')
  }),
  expectations('after a Conflict what was missed is behind what the writer had expected', async (workbook) => {
    const { error } = await conflicted(workbook)
    const missed = await run(workbook.store.readStream('account-a', { after: error.expected, limit: 100 }))
    mustEqual(
      missed.map(({ version }) => version),
      [1, 2],
      'what was missed',
    )
  }),
  expectations('after a Conflict and a resync the command is written', async (workbook) => {
    await conflicted(workbook)
    const head = (await wholeStream(workbook.store, 'account-a')).at(-1)
    const token = { version: head?.version ?? -1, headHash: head?.leaf ?? '-' }
    const again = await run(workbook.store.append(workbook.request('account-a', token, [note('late')], 'late')))
    mustEqual([again.lastVersion, again.repeated], [3, false], 'the receipt')
  }),
  expectations('a Conflict leaves no command behind', async (workbook) => {
    const { first } = await conflicted(workbook)
    must((await run(workbook.store.findCommand('account-a', 'late'))) === undefined, 'the command is not found')
    must((await run(workbook.store.findCommand('account-a', first.commandId))) !== undefined, 'that before it is')
  }),
  expectations('a Conflict does not move the head', async (workbook) => {
    const before = await conflicted(workbook)
    mustEqual((await run(workbook.store.head)).position, 3, 'the head')
    mustEqual(before.error.actual, 2, 'where the stream is')
  }),
  expectations('a Conflict opens no stream', async ({ request, store, append }) => {
    const missing = request('account-a', { version: 0, headHash: 'f'.repeat(64) }, [note('nothing there')])
    await mustFail('Conflict', store.append(missing), 'expecting a stream that is not there')
    await append('account-b', NO_STREAM, [note('1')])
    const listed = await run(store.streams({ prefix: '', after: '', limit: 10 }))
    mustEqual(
      listed.map(({ stream }) => stream),
      ['account-b'],
      'the streams',
    )
  }),
  expectations(
    'the same version with another last leaf is a Conflict: the writer saw another history',
    async ({ append, request, store }) => {
      await append('account-a', NO_STREAM, [note('as stored')])
      const other = request('account-a', { version: 0, headHash: '0'.repeat(64) }, [note('on another history')])
      await mustFail('Conflict', store.append(other), 'a token with another head hash')
      mustEqual((await wholeLog(store)).length, 1, 'events')
    },
  ),
  expectations(
    'a version that another stream has reached is a Conflict on this one',
    async ({ append, request, store }) => {
      const other = await append('account-b', NO_STREAM, notesOf(3))
      await append('account-a', NO_STREAM, [note('1')])
      await mustFail(
        'Conflict',
        store.append(request('account-a', tokenOf(other), [note('2')])),
        'the token of another',
      )
      mustEqual((await wholeLog(store)).length, 4, 'events')
    },
  ),
]
