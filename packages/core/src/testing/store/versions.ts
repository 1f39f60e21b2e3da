import { NO_STREAM } from '../../ports/event-store.ts'
import { must, mustEqual, mustFail, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { call, note, tokenOf, wholeLog, wholeStream, withWorkbook } from './workbook.ts'

const versions: StoreCase = {
  suite: 'versions',
  name: 'B1 versions are 0, 1, 2 … in a stream, positions 1, 2, 3 … in the log, and receipts name them',
  laws: ['B1'],
  run: (fixture) =>
    withWorkbook(fixture, async ({ store, append }) => {
      const first = await append('account-a', NO_STREAM, [note('1'), note('2')])
      const other = await append('account-b', NO_STREAM, [note('3')])
      const last = await append('account-a', tokenOf(first), [call(1), note('5'), note('6')])
      const ranges = [first, other, last].map(
        ({ firstVersion, lastVersion, firstPosition, lastPosition, repeated }) => [
          firstVersion,
          lastVersion,
          firstPosition,
          lastPosition,
          repeated,
        ],
      )
      const wanted = [
        [0, 1, 1, 2, false],
        [0, 0, 3, 3, false],
        [2, 4, 4, 6, false],
      ]
      mustEqual(ranges, wanted, 'versions and positions of the receipts')
      const log = (await wholeLog(store)).map(({ position, stream, version }) => `${position} ${stream} ${version}`)
      const places = ['account-a 0', 'account-a 1', 'account-b 0', 'account-a 2', 'account-a 3', 'account-a 4']
      mustEqual(
        log,
        places.map((place, index) => `${index + 1} ${place}`),
        'the log',
      )
      const stream = await wholeStream(store, 'account-a')
      mustEqual(
        stream.map(({ version }) => version),
        [0, 1, 2, 3, 4],
        'the stream',
      )
      must(stream.at(-1)?.leaf === last.headHash, 'the receipt names the leaf of its last event')
      must(stream.at(-1)?.committedAt === last.committedAt, 'the receipt names the time of its last event')
      const { position } = await run(store.head)
      mustEqual(position, 6, 'the head of the log')
    }),
}

const conflict: StoreCase = {
  suite: 'versions',
  name: 'B2 a wrong expected version is a Conflict that says where the stream is; nothing is written; a resync goes on',
  laws: ['B2'],
  run: (fixture) =>
    withWorkbook(fixture, async ({ store, append, request }) => {
      const seen = await append('account-a', NO_STREAM, [note('seen')])
      const missed = await append('account-a', tokenOf(seen), [note('missed 1'), note('missed 2')])
      const stale = request('account-a', tokenOf(seen), [note('late')])
      const error = await mustFail('Conflict', store.append(stale), 'a stale writer')
      mustEqual([error.stream, error.expected, error.actual, error.retry], ['account-a', 0, 2, 'after-resync'], 'it')
      const ahead = request('account-a', { version: 9, headHash: missed.headHash }, [note('ahead')])
      await mustFail('Conflict', store.append(ahead), 'a writer ahead of the stream')
      mustEqual((await wholeLog(store)).length, 3, 'events after two conflicts')
      const resync = await run(store.readStream('account-a', { after: error.expected, limit: 100 }))
      mustEqual(
        resync.map(({ version }) => version),
        [1, 2],
        'what the stale writer had missed',
      )
      const head = resync.at(-1)
      const token = { version: head?.version ?? -1, headHash: head?.leaf ?? '-' }
      const again = await append('account-a', token, [note('late')])
      mustEqual(again.lastVersion, 3, 'the append after a resync')
    }),
}

const expectingNone: StoreCase = {
  suite: 'versions',
  name: 'B2 expecting none: the first to open a stream wins, and no stream is not an empty one',
  laws: ['B2'],
  run: (fixture) =>
    withWorkbook(fixture, async ({ store, append, request }) => {
      const missing = request('account-a', { version: 0, headHash: 'f'.repeat(64) }, [note('nothing there')])
      const error = await mustFail('Conflict', store.append(missing), 'expecting a stream that is not there')
      mustEqual([error.expected, error.actual], [0, -1], 'a stream that is not there is at version −1')
      mustEqual(await wholeStream(store, 'account-a'), [], 'a conflict opens no stream')
      await append('account-a', NO_STREAM, [note('first')])
      const second = request('account-a', NO_STREAM, [note('second')])
      const taken = await mustFail('Conflict', store.append(second), 'expecting none where a stream is')
      mustEqual([taken.expected, taken.actual], [-1, 0], 'the conflict')
      mustEqual((await wholeLog(store)).length, 1, 'events')
    }),
}

const headHash: StoreCase = {
  suite: 'versions',
  name: 'B2 the same version with another head hash is a Conflict: the writer saw another history',
  laws: ['B2'],
  run: (fixture) =>
    withWorkbook(fixture, async ({ store, append, request }) => {
      await append('account-a', NO_STREAM, [note('as stored')])
      const other = request('account-a', { version: 0, headHash: '0'.repeat(64) }, [note('on another history')])
      await mustFail('Conflict', store.append(other), 'a token with another head hash')
      mustEqual((await wholeLog(store)).length, 1, 'events')
    }),
}

export const versionCases: readonly StoreCase[] = [versions, conflict, expectingNone, headHash]
