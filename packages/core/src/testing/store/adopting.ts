import { adoptionOf } from '../../ports/adoption.ts'
import type { AppendError } from '../../ports/errors.ts'
import {
  type EventStoreShape,
  type LogPart,
  NO_STREAM,
  type RecordedCommand,
  type StoredEvent,
} from '../../ports/event-store.ts'
import { suiteOf } from './case.ts'
import { must, mustEqual, mustFail, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { instantAt, note, tokenOf, type Workbook, wholeLog, wholeStream, withWorkbook } from './workbook.ts'

const adopting = suiteOf('taking a log over', { needs: { adopts: true } })

/** A log of four commands on two streams, the last of which closes one; as parts of one command each. */
const otherLog = async ({ store, clock, request, append, close }: Workbook): Promise<LogPart> => {
  const first = await run(store.append(request('account-a', NO_STREAM, [note('1'), note('zwölf')], 'open')))
  clock.set(60_000)
  const other = await append('account-b', NO_STREAM, [note('3')])
  await append('account-a', tokenOf(first), [note('4')])
  clock.set(120_000)
  await close('account-b', tokenOf(other), [note('5')])
  const events = await wholeLog(store)
  mustEqual(events.length, 5, 'events of the other log')
  const commands: RecordedCommand[] = []
  for (const ids of new Set(events.map(({ stream, commandId }) => `${stream} ${commandId}`))) {
    const its = events.filter(({ stream, commandId }) => `${stream} ${commandId}` === ids)
    const [one] = its
    const record = one && (await run(store.findCommand(one.stream, one.commandId)))
    if (record) commands.push({ fingerprint: record.fingerprint, events: its })
  }
  return { origin: store.origin, commands }
}

const rest = ({ origin, commands }: LogPart, from: number, to = commands.length): LogPart => ({
  origin,
  commands: commands.slice(from, to),
})

/** A case over a log that stands in another book, and an empty one that is to take it over. */
const between = (
  name: string,
  check: (source: Workbook, target: Workbook, log: LogPart) => Promise<void>,
  laws: StoreCase['laws'] = [],
): StoreCase =>
  adopting(
    name,
    (source) =>
      withWorkbook(source.fixture, async (target) => {
        target.clock.set(3_000_000)
        await check(source, target, await otherLog(source))
      }),
    { laws: laws ?? [] },
  )

const takenWhole = async (target: EventStoreShape, log: LogPart, secret?: string): Promise<void> => {
  await run(adoptionOf(target).take(log))
  await run(adoptionOf(target).finish(secret))
}

/** A part that does not follow: refused with all that stands in it. */
const doesNotFollow = (what: string, change: (event: StoredEvent) => Partial<StoredEvent>, at = 1): StoreCase =>
  between(`a part in which ${what} is Integrity, and nothing of it is taken`, async (_, { store }, log) => {
    const commands = log.commands.map((command, index) =>
      index === at ? { ...command, events: command.events.map((event) => ({ ...event, ...change(event) })) } : command,
    )
    await mustFail('Integrity', adoptionOf(store).take({ ...log, commands }), what)
    mustEqual(await wholeLog(store), [], 'events')
    await takenWhole(store, log)
    mustEqual((await wholeLog(store)).length, 5, 'the log as it was is taken all the same')
  })

const refusedMeanwhile = async (tag: AppendError['_tag'], { store, request }: Workbook): Promise<void> => {
  await mustFail(tag, store.append(request('account-z', NO_STREAM, [note('meanwhile')])), 'an append meanwhile')
}

export const adoptionCases: readonly StoreCase[] = [
  between(
    'a log that was taken over is the other one: name, positions, versions, times, bytes and hashes, also when opened again',
    async (source, { store, book }, log) => {
      await takenWhole(store, log)
      for (const open of [() => Promise.resolve(store), book.reopen]) {
        const one = await open()
        mustEqual(one.origin, source.store.origin, 'the origin')
        mustEqual(await wholeLog(one), await wholeLog(source.store), 'the log')
        mustEqual(await wholeStream(one, 'account-a'), await wholeStream(source.store, 'account-a'), 'a stream')
        mustEqual(await run(one.head), await run(source.store.head), 'the head')
      }
    },
    ['N13'],
  ),
  between(
    'a command of a log that was taken over, sent again, gets its first receipt',
    async (source, { store }, log) => {
      await takenWhole(store, log)
      const [first] = log.commands
      const record = await run(source.store.findCommand('account-a', 'open'))
      mustEqual(await run(store.findCommand('account-a', 'open')), record, 'the record')
      const events = first?.events ?? []
      const fingerprint = first?.fingerprint ?? ''
      const again = { stream: 'account-a', commandId: 'open', fingerprint, expected: NO_STREAM, events }
      mustEqual(await run(store.append(again)), record?.receipt, 'the receipt')
    },
    ['B3'],
  ),
  between('times of a log that was taken over are found by the other one’s clock', async (source, { store }, log) => {
    await takenWhole(store, log)
    const positions = [
      [0, 2],
      [59_999, 2],
      [60_000, 4],
      [130_000, 5],
    ] as const
    for (const [at, position] of positions) {
      const there = await run(source.store.positionAt(instantAt(at)))
      const due = source.fixture.injectsClock ? position : there
      mustEqual(await run(store.positionAt(instantAt(at))), due, `the position at ${at}`)
    }
  }),
  between('a log that was taken over goes on: appends follow its last events', async (_, { store, append }, log) => {
    await takenWhole(store, log)
    const [head] = (await wholeStream(store, 'account-a')).slice(-1)
    const receipt = await append('account-a', { version: 2, headHash: head?.leaf ?? '' }, [note('6')])
    mustEqual([receipt.firstPosition, receipt.firstVersion], [6, 3], 'where it stands')
  }),
  between('a stream that was closed there is closed here', async (_, { store, request }, log) => {
    await takenWhole(store, log)
    const [head] = (await wholeStream(store, 'account-b')).slice(-1)
    const late = request('account-b', { version: 1, headHash: head?.leaf ?? '' }, [note('late')])
    await mustFail('StreamClosed', store.append(late), 'a command on it')
  }),
  between('until the end is said the log takes no append, also when opened again', async (_, target, log) => {
    const { store, book } = target
    mustEqual(await run(adoptionOf(store).begun), false, 'of an empty log')
    await run(adoptionOf(store).take(rest(log, 0, 2)))
    mustEqual(await run(adoptionOf(store).begun), true, 'after the first part')
    await refusedMeanwhile('ReadOnly', target)
    const reopened = await book.reopen()
    mustEqual(await run(adoptionOf(reopened).begun), true, 'when opened again')
    await refusedMeanwhile('ReadOnly', { ...target, store: reopened })
    await run(adoptionOf(reopened).take(rest(log, 2)))
    await run(adoptionOf(reopened).finish(undefined))
    mustEqual(await run(adoptionOf(reopened).begun), false, 'at the end')
    mustEqual((await wholeLog(reopened)).length, 5, 'events')
  }),
  between(
    'a part that does not begin behind the head is Conflict, and nothing of it is taken',
    async (_, { store }, log) => {
      await mustFail('Conflict', adoptionOf(store).take(rest(log, 1)), 'a later part first')
      await run(adoptionOf(store).take(rest(log, 0, 1)))
      await mustFail('Conflict', adoptionOf(store).take(rest(log, 0, 1)), 'the same part again')
      await mustFail('Conflict', adoptionOf(store).take(rest(log, 2)), 'a part left out')
      mustEqual(
        await run(adoptionOf(store).take(rest(log, 1))),
        { ...(await run(store.head)) },
        'the next one gives the head',
      )
      mustEqual((await wholeLog(store)).length, 5, 'events')
    },
  ),
  between('a log with an event of its own takes none over, and stays as it was', async (_, { store, append }, log) => {
    await append('account-z', NO_STREAM, [note('own')])
    const [before, name] = [await wholeLog(store), store.origin]
    await mustFail('ReadOnly', adoptionOf(store).take(log), 'a part')
    mustEqual(await wholeLog(store), before, 'the log')
    mustEqual([store.origin, await run(adoptionOf(store).begun)], [name, false], 'its name')
  }),
  between('a log that keeps a check value of its own takes none over', async (_, { store }, log) => {
    await run(store.keepSecretCheck('own'))
    await mustFail('ReadOnly', adoptionOf(store).take(log), 'a part')
    mustEqual(await run(store.secretCheck), 'own', 'the check value')
  }),
  between('in the midst of one log no other one is taken over', async (_, { store }, log) => {
    await run(adoptionOf(store).take(rest(log, 0, 1)))
    await mustFail(
      'ReadOnly',
      adoptionOf(store).take({ ...rest(log, 1), origin: 'log-of-another' }),
      'a part of another',
    )
    mustEqual((await wholeLog(store)).length, 2, 'events')
  }),
  between('a log that has come to its end takes no more parts', async (_, { store }, log) => {
    await run(adoptionOf(store).take(rest(log, 0, 2)))
    await run(adoptionOf(store).finish(undefined))
    await mustFail('ReadOnly', adoptionOf(store).take(rest(log, 2)), 'one more part')
  }),
  between(
    'the check value of the other log is kept for good, at the end and not before',
    async (_, { store, book }, log) => {
      await run(adoptionOf(store).take(log))
      mustEqual(await run(store.secretCheck), undefined, 'before the end')
      await run(adoptionOf(store).finish('theirs'))
      await run(adoptionOf(store).finish('another'))
      mustEqual(await run(store.keepSecretCheck('own')), 'theirs', 'what is kept')
      mustEqual(await run((await book.reopen()).secretCheck), 'theirs', 'when opened again')
    },
  ),
  adopting('the end of nothing changes nothing', async ({ store, append }) => {
    await run(adoptionOf(store).finish('theirs'))
    mustEqual(await run(store.secretCheck), undefined, 'the check value')
    const receipt = await append('account-a', NO_STREAM, [note('1')])
    must(receipt.firstPosition === 1 && (await wholeLog(store)).length === 1, 'it takes appends as before')
  }),
  doesNotFollow('a version is left out', ({ version }) => ({ version: version + 1 })),
  doesNotFollow('an event names another leaf before it', () => ({ prev: '0'.repeat(64) }), 2),
  doesNotFollow('a time goes back', () => ({ committedAt: '2026-11-21T08:00:00.000Z' as never }), 2),
  doesNotFollow('a position is left out', ({ position }) => ({ position: position + 1 })),
  doesNotFollow('the events of a command are of two times', ({ version }) => ({ committedAt: instantAt(version) }), 0),
  between(
    'a part with an event id that is there already is Integrity, and nothing of it is taken',
    async (_, { store }, log) => {
      await run(adoptionOf(store).take(rest(log, 0, 1)))
      const id = log.commands[0]?.events[0]?.id ?? ''
      const commands = rest(log, 1).commands.map((command) => ({
        ...command,
        events: command.events.map((event) => ({ ...event, id })),
      }))
      await mustFail('Integrity', adoptionOf(store).take({ ...log, commands }), 'the part')
      mustEqual((await wholeLog(store)).length, 2, 'events')
    },
  ),
]
