import { closesIn } from '../../ports/closing.ts'
import { type Append, NO_STREAM, type Receipt, type Token } from '../../ports/event-store.ts'
import { suiteOf } from './case.ts'
import { must, mustEqual, mustFail, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { instantAt, note, tokenOf, type Workbook, wholeLog, wholeStream } from './workbook.ts'

const closed = suiteOf('closed streams')

/** A stream of two events that is closed, and the receipts of both. */
const closedStream = async ({ append, close }: Workbook): Promise<readonly [Receipt, Receipt]> => {
  const first = await append('account-a', NO_STREAM, [note('first')])
  return [first, await close('account-a', tokenOf(first), [note('last')])]
}

/** A new command that comes too late, by what its writer had seen. */
const tooLate = (seen: string, token: (receipts: readonly [Receipt, Receipt]) => Token): StoreCase =>
  closed(`a new command of a writer who saw ${seen} is StreamClosed, and writes nothing`, async (workbook) => {
    const receipts = await closedStream(workbook)
    const late = workbook.request('account-a', token(receipts), [note('late')])
    const error = await mustFail('StreamClosed', workbook.store.append(late), 'the late command')
    mustEqual([error.stream, error.version, error.retry], ['account-a', 1, 'never'], 'the error')
    mustEqual((await wholeLog(workbook.store)).length, 2, 'events')
  })

/** An append whose closing and whose events do not say the same. */
const atOdds = (what: string, make: (workbook: Workbook) => Append): StoreCase =>
  closed(`${what} is refused: Integrity, and nothing is written`, async (workbook) => {
    await mustFail('Integrity', workbook.store.append(make(workbook)), what)
    mustEqual(await wholeLog(workbook.store), [], 'events')
    await closedStream(workbook)
    mustEqual((await wholeStream(workbook.store, 'account-a')).length, 2, 'one that says so twice is written')
  })

const whole = (workbook: Workbook, meta: readonly object[]): Append => {
  const request = workbook.request(
    'account-a',
    NO_STREAM,
    meta.map((_, n) => note(String(n))),
  )
  let token: Token = NO_STREAM
  const events = meta.map((one, n) => {
    const [event] = workbook.sealed('account-a', token, [note(String(n))], one)
    if (!event) throw new RangeError('an event is sealed')
    token = { version: n, headHash: event.leaf }
    return event
  })
  return { ...request, events }
}

export const closedCases: readonly StoreCase[] = [
  closed('the event that closes a stream says so in its meta', async (workbook) => {
    await closedStream(workbook)
    const said = (await wholeStream(workbook.store, 'account-a')).map(({ meta }) => closesIn(meta))
    mustEqual(said, [false, true], 'what the events say')
  }),

  tooLate('all of it', ([, last]) => tokenOf(last)),
  tooLate('it before it was closed', ([first]) => tokenOf(first)),
  tooLate('no stream', () => NO_STREAM),

  closed('it is closed by its first command, where that one closes it', async ({ close, store, request }) => {
    const receipt = await close('account-a', NO_STREAM, [note('opened and closed')])
    await mustFail('StreamClosed', store.append(request('account-a', tokenOf(receipt), [note('late')])), 'the next')
    mustEqual((await wholeLog(store)).length, 1, 'events')
  }),

  closed('the command that closed it gets its first receipt when it is sent again', async ({ closing, store }) => {
    const request = closing('account-a', NO_STREAM, [note('last')])
    const first = await run(store.append(request))
    mustEqual(await run(store.append(request)), { ...first, repeated: true }, 'the receipt')
    mustEqual((await wholeLog(store)).length, 1, 'events')
  }),

  closed('a command from before it was closed gets its first receipt when it is sent again', async (workbook) => {
    const request = workbook.request('account-a', NO_STREAM, [note('first')])
    const first = await run(workbook.store.append(request))
    await workbook.close('account-a', tokenOf(first), [note('last')])
    mustEqual(await run(workbook.store.append(request)), { ...first, repeated: true }, 'the receipt')
  }),

  closed('a command id used for another command is a CommandMismatch also there', async (workbook) => {
    const request = workbook.closing('account-a', NO_STREAM, [note('last')])
    await run(workbook.store.append(request))
    const other = { ...request, fingerprint: workbook.fixture.sha256('another') }
    await mustFail('CommandMismatch', workbook.store.append(other), 'another command under the id')
  }),

  closed('its commands are found', async ({ closing, store }) => {
    const request = closing('account-a', NO_STREAM, [note('last')])
    const receipt = await run(store.append(request))
    const record = await run(store.findCommand('account-a', request.commandId))
    mustEqual(record, { fingerprint: request.fingerprint, receipt: { ...receipt, repeated: true } }, 'the record')
  }),

  closed('it is still closed after the store was opened again', async (workbook) => {
    const [, last] = await closedStream(workbook)
    const reopened = await workbook.book.reopen()
    const late = workbook.request('account-a', tokenOf(last), [note('late')])
    await mustFail('StreamClosed', reopened.append(late), 'the late command')
    mustEqual((await wholeLog(reopened)).length, 2, 'events')
  }),

  closed('it is closed for another writer', async (workbook) => {
    const other = (await workbook.book.newWriter?.({ clock: () => instantAt(0) })) ?? workbook.store
    const first = await workbook.append('account-a', NO_STREAM, [note('first')], other)
    const last = await workbook.close('account-a', tokenOf(first), [note('last')])
    const late = workbook.request('account-a', tokenOf(last), [note('late')])
    await mustFail('StreamClosed', other.append(late), 'the late command')
  }),

  closed('other streams go on', async (workbook) => {
    const other = await workbook.append('account-b', NO_STREAM, [note('before')])
    const [, last] = await closedStream(workbook)
    await workbook.append('account-b', tokenOf(other), [note('after')])
    mustEqual((await wholeStream(workbook.store, 'account-b')).length, 2, 'events of the other')
    const late = workbook.request('account-a', tokenOf(last), [note('late')])
    await mustFail('StreamClosed', workbook.store.append(late), 'the late command')
  }),

  closed('a member of a batch behind the one that closes the stream is StreamClosed', async (workbook) => {
    const last = workbook.closing('account-a', NO_STREAM, [note('last')])
    const token = { version: 0, headHash: last.events[0]?.leaf ?? '' }
    const late = workbook.request('account-a', token, [note('late')])
    const [, answer] = await run(workbook.store.appendMany([last, late]))
    mustEqual(answer?._tag === 'Failure' ? answer.failure._tag : 'written', 'StreamClosed', 'the second')
    mustEqual((await wholeLog(workbook.store)).length, 1, 'events')
  }),

  closed('it can be read to its end', async (workbook) => {
    const receipts = await closedStream(workbook)
    const leaves = (await wholeStream(workbook.store, 'account-a')).map(({ leaf }) => leaf)
    mustEqual(
      leaves,
      receipts.map(({ headHash }) => headHash),
      'its events',
    )
  }),

  closed('a listing marks it, and marks no other', async (workbook) => {
    await closedStream(workbook)
    await workbook.append('account-b', NO_STREAM, [note('open')])
    const listed = [
      { stream: 'account-a', version: 1, closed: true },
      { stream: 'account-b', version: 0, closed: false },
    ]
    mustEqual(await run(workbook.store.streams({ prefix: '', after: '', limit: 10 })), listed, 'the streams')
  }),

  atOdds('an append that closes the stream with events that do not say so', (workbook) => ({
    ...whole(workbook, [{}, {}]),
    closes: true,
  })),
  atOdds('an append that does not close the stream with a last event that says so', (workbook) =>
    whole(workbook, [{}, { closes: true }]),
  ),
  atOdds('an append that closes the stream by an event before its last', (workbook) => ({
    ...whole(workbook, [{ closes: true }, {}]),
    closes: true,
  })),

  closed('a meta that speaks of closing elsewhere than at its top closes nothing', async (workbook) => {
    const inputs = [{ inputs: { closes: true } }, { closes: 'true' }, { closes: false }]
    await run(workbook.store.append(whole(workbook, inputs)))
    const stream = await wholeStream(workbook.store, 'account-a')
    const token = { version: 2, headHash: stream.at(-1)?.leaf ?? '' }
    await workbook.append('account-a', token, [note('it goes on')])
    mustEqual((await wholeStream(workbook.store, 'account-a')).length, 4, 'events')
  }),

  closed('of a command and the closing raced, each sees the other or is told so', async (workbook) => {
    const other = (await workbook.book.newWriter?.({ clock: () => instantAt(0) })) ?? workbook.store
    for (let round = 0; round < 8; round++) {
      const stream = `account-${round}`
      const first = await workbook.append(stream, NO_STREAM, [note('first')])
      const [late, last] = [
        workbook.request(stream, tokenOf(first), [note('late')]),
        workbook.closing(stream, tokenOf(first), [note('last')]),
      ]
      const outcome = (store: typeof other, request: Append) => run(store.appendMany([request])).then(([one]) => one)
      const both =
        round % 2 === 0
          ? await Promise.all([outcome(workbook.store, late), outcome(other, last)])
          : (await Promise.all([outcome(other, last), outcome(workbook.store, late)])).toReversed()
      const [command, closing] = both.map((one) => (one?._tag === 'Failure' ? one.failure._tag : 'written'))
      const allowed = ['written and Conflict', 'StreamClosed and written']
      must(allowed.includes(`${command} and ${closing}`), `round ${round}: ${command} and ${closing}`)
      mustEqual((await wholeStream(workbook.store, stream)).length, 2, 'events')
    }
  }),
]
