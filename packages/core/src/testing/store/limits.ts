import * as Effect from 'effect/Effect'
import * as Exit from 'effect/Exit'
import type { ReadError } from '../../ports/errors.ts'
import { limits, NO_STREAM } from '../../ports/event-store.ts'
import { must, mustEqual, mustFail, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { note, wholeLog, withWorkbook } from './workbook.ts'

const eventSize: StoreCase = {
  suite: 'limits',
  name: `an event of ${limits.eventBytes} bytes of data and meta is stored, one byte more is LimitExceeded`,
  run: (fixture) =>
    withWorkbook(fixture, async ({ store, request }) => {
      const [empty] = request('account-a', NO_STREAM, [note('')]).events
      const room = limits.eventBytes - (empty?.data.length ?? 0) - (empty?.meta.length ?? 0)
      const tooLarge = request('account-a', NO_STREAM, [note('x'.repeat(room + 1))])
      const error = await mustFail('LimitExceeded', store.append(tooLarge), 'one byte too many')
      mustEqual([error.limit, error.retry], ['eventBytes', 'never'], 'the error')
      const wide = request('account-a', NO_STREAM, [note('é'.repeat(Math.ceil(room / 2) + 1))])
      await mustFail('LimitExceeded', store.append(wide), 'bytes are counted, not characters')
      mustEqual(await wholeLog(store), [], 'nothing is written')
      const full = request('account-a', NO_STREAM, [note('x'.repeat(room))])
      await run(store.append(full))
      mustEqual(
        (await wholeLog(store)).map(({ data }) => data),
        [full.events[0]?.data],
        'the largest event',
      )
    }),
}

const appendSize: StoreCase = {
  suite: 'limits',
  name: `an append has 1 to ${limits.eventsPerAppend} events, and a stream name up to ${limits.streamName} characters`,
  run: (fixture) =>
    withWorkbook(fixture, async ({ store, request }) => {
      const many = Array.from({ length: limits.eventsPerAppend }, (_, n) => note(String(n)))
      const tooMany = request('account-a', NO_STREAM, [...many, note('one more')])
      const error = await mustFail('LimitExceeded', store.append(tooMany), 'one event too many')
      mustEqual(error.limit, 'eventsPerAppend', 'the limit')
      await mustFail('LimitExceeded', store.append(request('account-a', NO_STREAM, [])), 'no event')
      const longest = 'a'.repeat(limits.streamName)
      for (const name of [`${longest}a`, '', 'with space', '$system', 'ünïcode', 'line\nbreak']) {
        const refused = await mustFail(
          'LimitExceeded',
          store.append({ ...request('account-a', NO_STREAM, [note('')]), stream: name }),
          `the stream name ${JSON.stringify(name)}`,
        )
        mustEqual(refused.limit, 'streamName', 'the limit')
      }
      mustEqual(await wholeLog(store), [], 'nothing is written')
      const receipt = await run(store.append(request(longest, NO_STREAM, many)))
      mustEqual([receipt.firstVersion, receipt.lastVersion], [0, limits.eventsPerAppend - 1], 'the largest append')
      mustEqual((await wholeLog(store)).length, limits.eventsPerAppend, 'its events')
    }),
}

const pageSize: StoreCase = {
  suite: 'limits',
  name: `a page of more than ${limits.page} is refused: cut short in silence it would look like the end`,
  run: (fixture) =>
    withWorkbook(fixture, async ({ store }) => {
      for (const limit of [limits.page + 1, 0, -1, 1.5, Number.NaN]) {
        const reads: readonly Effect.Effect<readonly unknown[], ReadError>[] = [
          store.readAll({ after: 0, limit }),
          store.readStream('account-a', { after: -1, limit }),
          store.streams({ prefix: '', after: '', limit }),
          store.commands({ limit }),
        ]
        for (const read of reads) {
          must(Exit.isFailure(await Effect.runPromiseExit(read)), `a page of ${limit} must be refused`)
        }
      }
    }),
}

export const limitCases: readonly StoreCase[] = [eventSize, appendSize, pageSize]
