import { type EventStoreShape, type FoldedEvent, type LogPage, limits } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { type Mutant, mutant, reading } from './mutant.ts'

const log = 'versions and positions'
const pages = 'pages'
const parts = 'parts of the log'
const many = 'several streams at once'
const listing = 'listing streams'
const found = 'finding a command'
const records = 'the records of all commands'

/** A fault in the pages of the log, of both kinds of reads. */
const ofLog = (suite: string, fault: string, page: (asked: LogPage) => LogPage): Mutant =>
  mutant(suite, fault, (right) => ({
    readAll: (asked) => right.readAll(page(asked)),
    readForFold: (asked) => right.readForFold(page(asked)),
  }))

const rows = (
  suite: string,
  fault: string,
  change: <E extends FoldedEvent>(events: readonly E[], asked: LogPage) => readonly E[],
): Mutant =>
  mutant(suite, fault, (right) => ({
    readAll: (asked) => Effect.map(right.readAll(asked), (events) => change(events, asked)),
    readForFold: (asked) => Effect.map(right.readForFold(asked), (events) => change(events, asked)),
  }))

const whole = (right: EventStoreShape) => right.readAll({ after: 0, limit: limits.page })

const ofPages: readonly Mutant[] = [
  reading(log, 'counts versions from 1', (event) => ({ ...event, version: event.version + 1 })),
  reading(log, 'counts positions from 0', (event) => ({ ...event, position: event.position - 1 })),
  reading(log, 'counts one version for all streams', (event) => ({ ...event, version: event.position - 1 })),
  rows(log, 'drops every 1000th event', (events) => events.filter(({ position }) => position % 1_000 !== 0)),
  rows(log, 'swaps two events', (events) => {
    const at = events.findIndex(({ position }) => position === 2)
    const [one, other] = [events[at], events[at + 1]]
    return one && other
      ? [...events.slice(0, at), { ...other, position: 2 }, { ...one, position: 3 }, ...events.slice(at + 2)]
      : events
  }),
  rows(log, 'gives the newest first', (events) => events.toReversed()),
  ofLog(pages, 'reads pages inclusively', (asked) => ({ ...asked, after: Math.max(0, asked.after - 1) })),
  ofLog(pages, 'skips one at the border of pages', (asked) => ({
    ...asked,
    after: asked.after > 0 ? asked.after + 1 : 0,
  })),
  rows(pages, 'fills no page', (events, { limit }) =>
    events.length === limit && limit > 1 ? events.slice(0, -1) : events,
  ),
  rows(pages, 'ends at the 29th', (events) => events.filter(({ position }) => position !== 30)),
  rows(pages, 'gives at most seven rows', (events) => events.slice(0, 7)),
  mutant(pages, 'cuts a page of a stream in its midst', (right) => ({
    readStream: (stream, page) =>
      Effect.map(right.readStream(stream, page), (events) => events.filter(({ version }) => version !== 9)),
  })),
  mutant(pages, 'reads a stream inclusively', (right) => ({
    readStream: (stream, page) => right.readStream(stream, { ...page, after: Math.max(-1, page.after - 1) }),
  })),
  mutant(pages, 'reads a stream by the beginning of its name', (right) => ({
    readStream: (stream, page) =>
      Effect.map(whole(right), (events) =>
        events.filter((event) => event.stream.startsWith(stream) && event.version > page.after).slice(0, page.limit),
      ),
  })),
  mutant(pages, 'gives the head where there is nothing behind', (right) => ({
    readAll: (asked) =>
      Effect.flatMap(right.readAll(asked), (events) =>
        events.length > 0 || asked.types || asked.upTo !== undefined
          ? Effect.succeed(events)
          : Effect.map(whole(right), (all) => all.slice(-1)),
      ),
    readStream: (stream, page) =>
      Effect.flatMap(right.readStream(stream, page), (events) =>
        events.length > 0 ? Effect.succeed(events) : right.readStream(stream, { after: -1, limit: 1 }),
      ),
  })),
  ...(['readAll', 'readForFold', 'readStream', 'readMany', 'streams', 'commands'] as const).map((name) =>
    mutant('pages that no store gives', `cuts large pages short in silence: ${name}`, (right) => {
      const cut = (limit: number) => (Number.isSafeInteger(limit) && limit > 0 ? Math.min(limit, limits.page) : 1)
      const ways: Partial<EventStoreShape> = {
        readAll: (page) => right.readAll({ ...page, limit: cut(page.limit) }),
        readForFold: (page) => right.readForFold({ ...page, limit: cut(page.limit) }),
        readStream: (stream, page) => right.readStream(stream, { ...page, limit: cut(page.limit) }),
        readMany: (asked) => right.readMany(asked.map((page) => ({ ...page, limit: cut(page.limit) }))),
        streams: (page) => right.streams({ ...page, limit: cut(page.limit) }),
        commands: (page) => right.commands({ ...page, limit: cut(page.limit) }),
      }
      return { [name]: ways[name] }
    }),
  ),
]

const filtered = (change: (asked: LogPage) => LogPage, fault: string): readonly Mutant[] => [
  mutant(parts, `${fault}: readAll`, (right) => ({ readAll: (asked) => right.readAll(change(asked)) })),
  mutant(parts, `${fault}: readForFold`, (right) => ({ readForFold: (asked) => right.readForFold(change(asked)) })),
]

const ofParts: readonly Mutant[] = [
  ...filtered(({ upTo: _upTo, ...asked }) => asked, 'forgets where to stop'),
  ...filtered(
    (asked) => (asked.upTo === undefined ? asked : { ...asked, upTo: asked.upTo - 1 }),
    'stops one too early',
  ),
  ...filtered((asked) => (asked.upTo === 99 ? { ...asked, upTo: 0 } : asked), 'gives nothing up to what has not come'),
  ...filtered(
    (asked) => (asked.types?.length === 0 ? { ...asked, types: undefined } : asked),
    'takes no type for every type',
  ),
  ...filtered(
    (asked) => (asked.types ? { ...asked, types: asked.types.slice(0, 1) } : asked),
    'knows one type at a time',
  ),
  ...filtered(({ types: _types, ...asked }) => asked, 'forgets the types'),
  mutant(parts, 'filters types after the page is cut', (right) => ({
    readAll: ({ types, ...page }) =>
      Effect.map(right.readAll(page), (events) => events.filter(({ type }) => types?.includes(type) ?? true)),
    readForFold: ({ types, ...page }) =>
      Effect.map(right.readForFold(page), (events) => events.filter(({ type }) => types?.includes(type) ?? true)),
  })),
  mutant(many, 'gives them in the order of their names', (right) => ({
    readMany: (asked) => right.readMany([...asked].sort((a, b) => (a.stream < b.stream ? -1 : 1))),
  })),
  mutant(many, 'gives each from its beginning', (right) => ({
    readMany: (asked) => right.readMany(asked.map((one) => ({ ...one, after: -1 }))),
  })),
  mutant(many, 'leaves out those that are not there', (right) => ({
    readMany: (asked) => Effect.map(right.readMany(asked), (all) => all.filter((events) => events.length > 0)),
  })),
  mutant(many, 'reads each stream once', (right) => ({
    readMany: (asked) =>
      Effect.map(right.readMany(asked), (all) =>
        all.map((_, at) => all[asked.findIndex(({ stream }) => stream === asked[at]?.stream)] ?? []),
      ),
  })),
  mutant(many, 'reads at most a hundred', (right) => ({ readMany: (asked) => right.readMany(asked.slice(0, 100)) })),
  mutant(many, 'gives something for nothing', (right) => ({
    readMany: (asked) => (asked.length === 0 ? Effect.succeed([[]]) : right.readMany(asked)),
  })),
]

const ofLists: readonly Mutant[] = [
  mutant(listing, 'lists streams in the order of their making', (right) => ({
    streams: (page) =>
      Effect.map(whole(right), (events) =>
        [...new Map(events.map(({ stream, version }) => [stream, version]))]
          .map(([stream, version]) => ({ stream, version, closed: false }))
          .filter(({ stream }) => stream.startsWith(page.prefix) && stream > page.after)
          .slice(0, page.limit),
      ),
  })),
  mutant(listing, 'takes a line for any letter', (right) => ({
    streams: (page) =>
      Effect.map(right.streams({ ...page, prefix: '', limit: limits.page }), (all) =>
        all
          .filter(({ stream }) => new RegExp(`^${page.prefix.replaceAll('_', '.')}`).test(stream))
          .slice(0, page.limit),
      ),
  })),
  mutant(listing, 'takes small for capital letters', (right) => ({
    streams: (page) =>
      Effect.map(right.streams({ ...page, prefix: '', limit: limits.page }), (all) =>
        all.filter(({ stream }) => stream.toLowerCase().startsWith(page.prefix.toLowerCase())).slice(0, page.limit),
      ),
  })),
  mutant(listing, 'forgets the prefix', (right) => ({ streams: (page) => right.streams({ ...page, prefix: '' }) })),
  mutant(listing, 'tells how many events there are', (right) => ({
    streams: (page) =>
      Effect.map(right.streams(page), (all) => all.map((one) => ({ ...one, version: one.version + 1 }))),
  })),
  mutant(listing, 'lists at most three', (right) => ({
    streams: (page) => Effect.map(right.streams(page), (all) => all.slice(0, Math.min(3, page.limit - 1))),
  })),
  mutant(listing, 'begins anew behind a name that no stream has', (right) => ({
    streams: (page) => right.streams(page.after.endsWith('zz') ? { ...page, after: '' } : page),
  })),
  mutant(found, 'finds a command by its id alone', (right) => ({
    findCommand: (_stream, id) =>
      Effect.flatMap(right.commands({ limit: limits.page }), (all) => {
        const one = all.find(({ commandId }) => commandId.startsWith(id) || id.startsWith(commandId))
        return one ? right.findCommand(one.stream, one.commandId) : Effect.succeed(undefined)
      }),
  })),
  mutant(found, 'finds no command that another process wrote', (_right, { nth }) =>
    nth === 0 ? {} : { findCommand: () => Effect.succeed(undefined) },
  ),
  mutant(found, 'gives another fingerprint', (right) => ({
    findCommand: (stream, id) =>
      Effect.map(right.findCommand(stream, id), (one) => one && { ...one, fingerprint: one.fingerprint.toUpperCase() }),
  })),
  mutant(found, 'finds every command', (right) => ({
    findCommand: (stream, id) =>
      Effect.flatMap(right.findCommand(stream, id), (one) =>
        one
          ? Effect.succeed(one)
          : Effect.flatMap(right.commands({ limit: 1 }), ([any]) =>
              any ? right.findCommand(any.stream, any.commandId) : Effect.succeed(undefined),
            ),
      ),
  })),
  mutant(records, 'lists them inclusively', (right) => ({
    commands: ({ after, ...page }) =>
      Effect.map(right.commands({ limit: limits.page }), (all) => {
        const last = all.findIndex((one) => one.stream === after?.stream && one.commandId === after.commandId)
        return all.slice(Math.max(0, last), Math.max(0, last) + page.limit)
      }),
  })),
  mutant(records, 'lists one of each command id', (right) => ({
    commands: (page) =>
      Effect.map(right.commands(page), (entries) => [
        ...new Map(entries.map((entry) => [entry.commandId, entry])).values(),
      ]),
  })),
  mutant(records, 'lists them in another order where all fit on a page', (right) => ({
    commands: (page) =>
      page.limit < 100
        ? right.commands(page)
        : page.after
          ? Effect.succeed([])
          : Effect.map(right.commands(page), (all) => all.toReversed()),
  })),
  mutant(records, 'names the place before the first event', (right) => ({
    commands: (page) =>
      Effect.map(right.commands(page), (all) => all.map((one) => ({ ...one, firstPosition: one.firstPosition - 1 }))),
  })),
]

/** Bugs in reading the log, streams and lists. */
export const ofReads: readonly Mutant[] = [...ofPages, ...ofParts, ...ofLists]
