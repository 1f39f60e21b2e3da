import * as Effect from 'effect/Effect'
import {
  type Append,
  type EventStoreShape,
  limits,
  NO_STREAM,
  type SealedEvent,
  type StoredEvent,
  type Token,
} from '../../ports/event-store.ts'
import { verifyChain } from '../../service/verify-chain.ts'
import { suiteOf } from './case.ts'
import { must, mustEqual, mustFail, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { anotherWriter, note, notesOf, textOf, type Workbook, wholeLog, wholeStream } from './workbook.ts'

const races = suiteOf('several writers', { laws: ['B10'] })
const whole = suiteOf('the events of a command', { laws: ['B9'] })

const headOf = (events: readonly StoredEvent[]): Token => {
  const last = events.at(-1)
  return last ? { version: last.version, headHash: last.leaf } : NO_STREAM
}

/** Loads, decides on what it saw (how many events there are), appends; after a conflict all over again. */
const execute = async ({ request }: Workbook, store: EventStoreShape, stream: string, command: string) => {
  for (let tries = 0; tries < 100; tries++) {
    const seen = await wholeStream(store, stream)
    const append = request(stream, headOf(seen), [note(`${command} saw ${seen.length}`)], command)
    const written = await run(
      Effect.match(store.append(append), {
        onSuccess: () => true,
        onFailure: (error) => (error._tag === 'Conflict' ? false : error),
      }),
    )
    if (written === true) return
    if (written !== false) throw written
  }
  must(false, `${command} on ${stream}: 100 conflicts`)
}

/** What became of two appends at once: the tag of the error, or `written`. */
const raced = async (stores: readonly [EventStoreShape, EventStoreShape], requests: readonly [Append, Append]) => {
  const answers = await Promise.all(
    requests.map((request, n) => run((stores[n] as EventStoreShape).appendMany([request]))),
  )
  return answers.map(([answer]) => (answer?._tag === 'Failure' ? answer.failure : answer?.success))
}

const oneWins = (where: string, begin: (workbook: Workbook, stream: string) => Promise<Token>): StoreCase =>
  races(`of two who append ${where} at once one wins, and the other is told where the stream is`, async (workbook) => {
    const other = await anotherWriter(workbook)
    for (let round = 0; round < 8; round++) {
      const stream = `account-${round}`
      const token = await begin(workbook, stream)
      const both = [
        workbook.request(stream, token, [note('one')]),
        workbook.request(stream, token, [note('two')]),
      ] as const
      const outcomes = await raced(round % 2 ? [workbook.store, other] : [other, workbook.store], both)
      const conflicts = outcomes.filter((one) => one && '_tag' in one && one._tag === 'Conflict')
      const receipts = outcomes.filter((one) => one && !('_tag' in one))
      mustEqual([receipts.length, conflicts.length], [1, 1], `round ${round}: written and refused`)
      const [conflict] = conflicts
      mustEqual(
        conflict && 'actual' in conflict ? conflict.actual : undefined,
        token.version + 1,
        'where the stream is',
      )
      mustEqual((await wholeStream(workbook.store, stream)).length, token.version + 2, 'events')
    }
  })

const five = notesOf(5)
const wholeOnly = (events: readonly StoredEvent[]): void => {
  for (let start = 0; start < events.length; start += five.length) {
    const group = events.slice(start, start + five.length)
    mustEqual(group.map(textOf), ['n0', 'n1', 'n2', 'n3', 'n4'], `the command at position ${start + 1}`)
    must(new Set(group.map(({ commandId, stream }) => `${stream} ${commandId}`)).size === 1, 'one command')
  }
}

/** While two writers write commands of five events, what is read holds whole commands only. */
const whileWriting = (
  what: string,
  read: (store: EventStoreShape, stream: string) => Promise<readonly StoredEvent[]>,
) =>
  whole(`are there together or not at all, ${what} while others write`, async (workbook) => {
    const { store, request } = workbook
    const writers = [store, await anotherWriter(workbook)] as const
    const writes = Array.from({ length: 16 }, (_, n) =>
      run((writers[n % 2] as EventStoreShape).append(request(`account-${n}`, NO_STREAM, five))),
    )
    for (let reads = 0; reads < 16; reads++) {
      const [events] = await Promise.all([
        read(writers[reads % 2] as EventStoreShape, `account-${reads}`),
        writes[reads],
      ])
      wholeOnly(events)
    }
    await Promise.all(writes)
    const log = await wholeLog(store)
    mustEqual(log.length, writes.length * five.length, 'events')
    wholeOnly(log)
  })

/** A command that is wrong in its midst: nothing of it is written. */
const nothingOf = (
  what: string,
  tag: 'LimitExceeded' | 'Integrity',
  spoil: (event: SealedEvent, workbook: Workbook) => SealedEvent,
): StoreCase =>
  whole(`are all refused where one of them ${what}`, async (workbook) => {
    const { store, request, append } = workbook
    await append('account-z', NO_STREAM, five)
    const good = request('account-a', NO_STREAM, five)
    const events = good.events.map((event, n) => (n === 3 ? spoil(event, workbook) : event))
    await mustFail(tag, store.append({ ...good, events }), what)
    mustEqual((await wholeLog(store)).length, 5, 'events')
    mustEqual((await run(store.append(good))).repeated, false, 'and the right ones are written afterwards')
  })

export const concurrencyCases: readonly StoreCase[] = [
  races('two commands raced by two writers give one of the two serial histories', async (workbook) => {
    const { store } = workbook
    const other = await anotherWriter(workbook)
    const allowed = ['first saw 0, second saw 1', 'second saw 0, first saw 1']
    for (let round = 0; round < 12; round++) {
      const stream = `account-${round}`
      await Promise.all([execute(workbook, store, stream, 'first'), execute(workbook, other, stream, 'second')])
      const history = (await wholeStream(store, stream)).map(textOf).join(', ')
      must(allowed.includes(history), `round ${round} gave: ${history}`)
    }
  }),
  oneWins('to a stream that is not there', async () => NO_STREAM),
  oneWins('behind the same event', async ({ append }, stream) => {
    const receipt = await append(stream, NO_STREAM, [note('seen')])
    return { version: receipt.lastVersion, headHash: receipt.headHash }
  }),
  ...[2, 8, 24].map((count) =>
    races(
      `${count} commands of two writers each at once: each is written once, on the state that it saw`,
      async (workbook) => {
        const { store } = workbook
        const writers = [store, await anotherWriter(workbook)]
        const commands = Array.from({ length: count }, (_, n) => `command-of-${n}`)
        await Promise.all(
          commands.flatMap((command) => writers.map((writer) => execute(workbook, writer, 'account-a', command))),
        )
        const events = await wholeStream(store, 'account-a')
        mustEqual(events.map(({ commandId }) => commandId).sort(), [...commands].sort(), 'each command once')
        for (const event of events) mustEqual(textOf(event), `${event.commandId} saw ${event.version}`, 'what it saw')
      },
      { laws: ['B1', 'B3'] },
    ),
  ),
  races('what two writers have written at once is one intact chain', async (workbook) => {
    const { store, fixture } = workbook
    const writers = [store, await anotherWriter(workbook)]
    await Promise.all(
      writers.flatMap((writer, n) => [0, 1, 2, 3].map((at) => execute(workbook, writer, 'account-a', `${n}-${at}`))),
    )
    const check = verifyChain(await wholeStream(store, 'account-a'), fixture.sha256, store.origin)
    must(check.ok && check.end.version === 7, check.ok ? 'eight events' : check.fault.message)
  }),
  races('both writers read one log, in one order', async (workbook) => {
    const writers = [workbook.store, await anotherWriter(workbook)] as const
    await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        workbook.append(`account-${n}`, NO_STREAM, notesOf(2), writers[n % 2] as EventStoreShape),
      ),
    )
    const [one, other] = [await wholeLog(writers[0]), await wholeLog(writers[1])]
    mustEqual([one.length, other], [24, one], 'the logs')
  }),
  races('what one writer was answered the other reads at once', async (workbook) => {
    const other = await anotherWriter(workbook)
    for (let n = 0; n < 6; n++) {
      const receipt = await workbook.append(`account-${n}`, NO_STREAM, notesOf(1), n % 2 ? other : workbook.store)
      const reader = n % 2 ? workbook.store : other
      mustEqual((await run(reader.head)).position, receipt.lastPosition, 'the head')
      mustEqual((await wholeStream(reader, `account-${n}`)).length, 1, 'the stream')
    }
  }),

  whileWriting('in the log', (store) => wholeLog(store)),
  whileWriting('in their stream', wholeStream),
  whileWriting('for a fold', async (store) => {
    const folded = await run(store.readForFold({ after: 0, limit: limits.page }))
    const log = await wholeLog(store)
    return folded.flatMap(({ position }) => log[position - 1] ?? [])
  }),
  whileWriting('up to the head', async (store) => {
    const { position } = await run(store.head)
    return run(store.readAll({ after: 0, upTo: position, limit: limits.page }))
  }),

  nothingOf('is too large', 'LimitExceeded', (event) => ({ ...event, data: `"${'x'.repeat(limits.eventBytes)}"` })),
  nothingOf('does not chain to the one before it', 'Integrity', (event) => ({ ...event, prev: '0'.repeat(64) })),
  nothingOf('has text that is not well-formed', 'Integrity', (event) => ({ ...event, data: '{"text":"\ud800"}' })),
  nothingOf('closes the stream before its end', 'Integrity', (event) => ({ ...event, meta: '{"closes":true}' })),
  whole('are all refused where one of them has an id that is in the log', async ({ store, request, append }) => {
    await append('account-z', NO_STREAM, five)
    const [known] = await wholeLog(store)
    const good = request('account-a', NO_STREAM, five)
    const events = good.events.map((event, n) => (n === 3 ? { ...event, id: known?.id ?? '' } : event))
    await mustFail('Integrity', store.append({ ...good, events }), 'an id that is there')
    mustEqual((await wholeLog(store)).length, 5, 'events')
  }),
  whole('are all refused where two of them have one id', async ({ store, request, append }) => {
    await append('account-z', NO_STREAM, five)
    const good = request('account-a', NO_STREAM, five)
    const events = good.events.map((event, n) => (n === 3 ? { ...event, id: good.events[0]?.id ?? '' } : event))
    await mustFail('Integrity', store.append({ ...good, events }), 'one id twice')
    mustEqual((await wholeLog(store)).length, 5, 'events')
  }),
]
