import * as Effect from 'effect/Effect'
import { type EventStoreShape, limits, NO_STREAM, type StoredEvent, type Token } from '../../ports/event-store.ts'
import { verifyChain } from '../../service/verify-chain.ts'
import { must, mustEqual, mustFail, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { instantAt, note, type Workbook, wholeLog, wholeStream, withWorkbook } from './workbook.ts'

const headOf = (events: readonly StoredEvent[]): Token => {
  const last = events.at(-1)
  return last ? { version: last.version, headHash: last.leaf } : NO_STREAM
}

const textOf = ({ data }: StoredEvent): string => JSON.parse(data).text

const secondWriter = ({ book, store }: Workbook, clock = () => instantAt(0)): Promise<EventStoreShape> =>
  book.newWriter ? book.newWriter({ clock }) : Promise.resolve(store)

/** Loads, decides on what it saw (how many events there are), appends; after a conflict all over again. */
const execute = async ({ request }: Workbook, store: EventStoreShape, stream: string, command: string) => {
  for (let tries = 0; tries < 500; tries++) {
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
  must(false, `${command} on ${stream}: 500 conflicts`)
}

const race: StoreCase = {
  suite: 'several writers',
  name: 'B10 two commands raced by two writers give one of the two serial histories',
  laws: ['B10'],
  run: (fixture) =>
    withWorkbook(fixture, async (workbook) => {
      const { store } = workbook
      const other = await secondWriter(workbook)
      const allowed = ['first saw 0, second saw 1', 'second saw 0, first saw 1']
      for (let round = 0; round < 20; round++) {
        const stream = `account-${round}`
        await Promise.all([execute(workbook, store, stream, 'first'), execute(workbook, other, stream, 'second')])
        const history = (await wholeStream(store, stream)).map(textOf).join(', ')
        must(allowed.includes(history), `round ${round} gave: ${history}`)
      }
    }),
}

const manyWriters: StoreCase = {
  suite: 'several writers',
  name: 'B1 B3 many commands of two writers at once: each written once, on the state that it saw, in one intact chain',
  laws: ['B1', 'B3'],
  run: (fixture) =>
    withWorkbook(fixture, async (workbook) => {
      const { store } = workbook
      const writers = [store, await secondWriter(workbook)]
      const commands = Array.from({ length: 16 }, (_, n) => `command-of-${n}`)
      await Promise.all(
        commands.flatMap((command) => writers.map((writer) => execute(workbook, writer, 'account-a', command))),
      )
      const events = await wholeStream(store, 'account-a')
      mustEqual(events.map(({ commandId }) => commandId).sort(), [...commands].sort(), 'each command once')
      for (const event of events) mustEqual(textOf(event), `${event.commandId} saw ${event.version}`, 'what it saw')
      const check = verifyChain(events, workbook.fixture.sha256, store.origin)
      must(check.ok, check.ok ? '' : check.fault.message)
      mustEqual((await wholeLog(writers[1] as EventStoreShape)).length, commands.length, 'the log by the other writer')
    }),
}

const atomicity: StoreCase = {
  suite: 'several writers',
  name: 'B9 the events of a command are there together, side by side, or not at all, also while others write',
  laws: ['B9'],
  run: (fixture) =>
    withWorkbook(fixture, async (workbook) => {
      const { store, request } = workbook
      const writers = [store, await secondWriter(workbook)]
      const size = 5
      const five = Array.from({ length: size }, (_, n) => note(`${n} of 5`))
      const wholeOnly = (events: readonly StoredEvent[]): void => {
        for (let start = 0; start < events.length; start += size) {
          const group = events.slice(start, start + size)
          mustEqual(
            group.map(textOf),
            five.map((_, n) => `${n} of 5`),
            `the command at position ${start + 1}`,
          )
          must(new Set(group.map(({ commandId, stream }) => `${stream} ${commandId}`)).size === 1, 'one command')
        }
      }
      const writes = Array.from({ length: 20 }, (_, n) =>
        run((writers[n % 2] as EventStoreShape).append(request(`account-${n}`, NO_STREAM, five))),
      )
      for (let reads = 0; reads < 10; reads++) {
        const [log] = await Promise.all([wholeLog(writers[reads % 2] as EventStoreShape), writes[reads]])
        wholeOnly(log)
      }
      await Promise.all(writes)
      const log = await wholeLog(store)
      mustEqual(log.length, writes.length * size, 'events')
      wholeOnly(log)
      const good = request('account-x', NO_STREAM, five)
      const events = good.events.map((event, n) =>
        n === 4 ? { ...event, data: `"${'x'.repeat(limits.eventBytes)}"` } : event,
      )
      await mustFail('LimitExceeded', store.append({ ...good, events }), 'a command whose last event is too large')
      mustEqual(await wholeStream(store, 'account-x'), [], 'nothing of it')
    }),
}

export const concurrencyCases: readonly StoreCase[] = [race, manyWriters, atomicity]
