import type { Day, Instant } from '@daybook/core/kernel'
import { event, freeText, makeCodec } from '@daybook/core/kernel'
import { type EventStoreShape, Integrity, NO_STREAM, type RecordedCommand, type Token } from '@daybook/core/ports'
import { seal } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sha256 } from '../src/book/world.ts'
import { commandLines, eventIn, headerLine } from '../src/move/log-lines.ts'
import { type LogSource, logOfStore } from '../src/move/log-source.ts'
import { takeOver } from '../src/move/take-over.ts'
import { uuid } from './support/folder.ts'
import { serverShelves } from './support/server-shelves.ts'
import { onPlace, type Shelf, shelves } from './support/shelves.ts'

interface Note {
  readonly type: 'NoteTaken'
  readonly effectiveDate: Day
  readonly text: string
}
const codec = makeCodec<Note>([event('NoteTaken', { text: freeText() })])

/** What is written to a log: on which stream, what, and whether that closes it. */
interface Written {
  readonly stream: number
  readonly texts: readonly string[]
  readonly closes: boolean
}

const text = fc.string({ unit: 'binary', maxLength: 12 }).filter((one) => one.isWellFormed())
const logs = fc.array(
  fc.record({
    stream: fc.integer({ min: 0, max: 3 }),
    texts: fc.array(text, { minLength: 1, maxLength: 4 }),
    closes: fc.integer({ min: 0, max: 7 }).map((one) => one === 0),
  }),
  { minLength: 1, maxLength: 12 },
)

/** Writes a log, event ids and salts counted; what comes after a stream was closed is left out. */
const write = async (store: EventStoreShape, written: readonly Written[]): Promise<void> => {
  const tokens = new Map<string, Token>()
  const closed = new Set<string>()
  let made = 0
  for (const [nth, { texts, closes, ...of }] of written.entries()) {
    const stream = `account-${of.stream}`
    if (closed.has(stream)) continue
    const token = tokens.get(stream) ?? NO_STREAM
    const events = seal(
      codec,
      texts.map((one) => ({ type: 'NoteTaken', effectiveDate: '2026-11-20' as Day, text: one })),
      texts.map(() => ({ id: uuid(++made), salt: String(made).padStart(32, '0'), meta: {} })),
      {
        stream,
        token,
        origin: store.origin,
        recordedAt: '2026-11-21T09:00:00.000Z' as Instant,
        actor: 'anna',
        sha256,
        closes,
      },
    )
    const commandId = `command-${nth}`
    const request = { stream, commandId, expected: token, fingerprint: sha256(commandId), events }
    const receipt = await Effect.runPromise(store.append(closes ? { ...request, closes } : request))
    tokens.set(stream, { version: receipt.lastVersion, headHash: receipt.headHash })
    if (closes) closed.add(stream)
  }
  await Effect.runPromise(store.keepSecretCheck('check'))
}

const linesOf = async (source: LogSource): Promise<readonly string[]> => {
  const lines = [headerLine(source.header)]
  await Effect.runPromise(source.each((commands) => Effect.sync(() => lines.push(...commands.flatMap(commandLines)))))
  return lines
}

/** The log that lines tell of, given in so many commands at once: as a file would give it. */
const logIn = (header: LogSource['header'], lines: readonly string[], atOnce: number): LogSource => {
  const commands: RecordedCommand[] = []
  let events: RecordedCommand['events'] = []
  for (const [at, line] of lines.slice(1).entries()) {
    const found = eventIn(line, at + 2)
    if (found instanceof Integrity) throw found
    events = [...events, found.event]
    if (found.fingerprint === undefined) continue
    commands.push({ fingerprint: found.fingerprint, events })
    events = []
  }
  const pages = Array.from({ length: Math.ceil(commands.length / atOnce) }, (_, n) =>
    commands.slice(n * atOnce, (n + 1) * atOnce),
  )
  return { name: 'lines', header, each: (use) => Effect.forEach(pages, use, { discard: true }) }
}

/** Always among them: what comes after a stream was closed. */
const withAClosedStream: readonly Written[] = [
  { stream: 0, texts: ['first', 'zwölf'], closes: false },
  { stream: 1, texts: [''], closes: true },
  { stream: 0, texts: ['\u{1f600}'], closes: false },
]

/** Exports a log, has another place take it over, and exports that. */
const movesWhole = async (from: Shelf, to: Shelf, written: readonly Written[], atOnce: number): Promise<void> =>
  onPlace(from, (there) =>
    onPlace(to, async (here) => {
      const [store, target] = [await there.open(), await here.open()]
      await write(store, written)
      const source = await Effect.runPromise(logOfStore(store, 'first'))
      const lines = await linesOf(source)
      const moved = await Effect.runPromise(takeOver(logIn(source.header, lines, atOnce), target))
      expect(moved.events).toBe(lines.length - 1)
      const again = await Effect.runPromise(logOfStore(target, 'again'))
      expect(await linesOf(again)).toEqual(lines)
      const streams = { prefix: '', after: '', limit: 10 }
      expect(await Effect.runPromise(target.streams(streams))).toEqual(await Effect.runPromise(store.streams(streams)))
    }),
  )

const all = [...shelves, ...serverShelves()]
for (const from of all) {
  for (const to of all) {
    const way = from === to ? from.name : `${from.name} to ${to.name}`
    // The page of laws names the stores on which fewer runs are made.
    const { name: over, runs } = from.runs < to.runs ? from : to
    it(`L4 N10 N13 export, import and export again gives the same bytes and the same head, in parts of any size: ${way}`, {
      tags: ['L4', 'N10', 'N13', 'long'],
      meta: { over },
    }, async () => {
      let closed = 0
      await fc.assert(
        fc.asyncProperty(logs, fc.integer({ min: 1, max: 5 }), async (written, atOnce) => {
          if (written.some(({ closes }) => closes)) closed += 1
          await movesWhole(from, to, written, atOnce)
        }),
        { numRuns: runs, examples: [[[...withAClosedStream], 1]] },
      )
      expect(closed).toBeGreaterThan(0)
    })
  }
}
