import { DatabaseSync } from 'node:sqlite'
import { type Day, event, freeText, type Instant, makeCodec } from '@daybook/core/kernel'
import { NO_STREAM, type StoredEvent } from '@daybook/core/ports'
import { seal } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { sqliteEventStore } from '../src/sqlite/index.ts'
import { packId, packName, unpackId, unpackName } from '../src/sqlite/packed.ts'
import { opened, temporaryFolder } from './store/fixtures.ts'
import { noteAppend } from './store/samples.ts'
import { sha256 } from './store/sha256.ts'
import { uuidv7 } from './store/uuid.ts'

// What a file keeps in fewer bytes than it was given is given back as it was.

const folder = temporaryFolder()
afterAll(folder.remove)

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
const part = fc.oneof(
  fc.uuid(),
  fc.integer({ min: 0, max: 300 }).chain(hex),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.constantFrom('claim:', ':', '-', '\u0000', '\u0080', '=', 'AB', 'ü'),
)
const id = fc.array(part, { maxLength: 5 }).map((parts) => parts.join(''))
const name = fc.oneof(
  fc
    .integer({ min: 60, max: 66 })
    .chain(hex)
    .map((text) => `ref-${text}`),
  fc.constantFrom('ref-', 'ref-0', 'ref-g', 'ref_0', 'ref', 'rega', 'ref-ffff', 'ref-F0'),
  fc.uuid().map((text) => `account-${text}`),
  fc.constant(1).chain(() => hex(64).map((text) => `ref-${text.slice(0, 62).toUpperCase()}aa`)),
)

describe('an id and a name in a file of SQLite', () => {
  it('are read as they were written, whatever they are', () => {
    fc.assert(fc.property(id, (text) => unpackId(packId(text)) === text))
    fc.assert(fc.property(fc.oneof(name, id), (text) => unpackName(packName(text)) === text))
  })

  it('are written alike only where they are alike', () => {
    const letters = (packed: ReturnType<typeof packId>) =>
      packed instanceof Uint8Array ? `bytes ${Buffer.from(packed).toString('hex')}` : `text ${packed}`
    fc.assert(
      fc.property(id, id, (one, other) => {
        expect(letters(packId(one)) === letters(packId(other))).toBe(one === other)
      }),
    )
  })

  it('take the bytes of what they say in hex', () => {
    const sizeOf = (text: string) => Buffer.from(packId(text) as Uint8Array).length
    expect(sizeOf(uuidv7())).toBe(16)
    expect(sizeOf(`claim:${'0a'.repeat(20)}`)).toBe(27)
    expect(sizeOf(`person:${uuidv7()}:${uuidv7()}`)).toBe(42)
  })
})

describe('streams of a file of SQLite, some of whose names stand as bytes', () => {
  it('are listed in the order of their names, wherever a page begins', async () => {
    const names = [...new Set(fc.sample(name, { numRuns: 120, seed: 7 }))]
    const { store, close } = await opened(sqliteEventStore({ path: folder.file('listed.db') }))
    for (const stream of names) await Effect.runPromise(store.append(noteAppend(store, stream, NO_STREAM, ['a'])))
    const bounds = fc.oneof(
      fc.constantFrom('', 'r', 'ref', 'ref-', 'ref-\u{10ffff}', 's', ...names),
      fc.tuple(fc.constantFrom(...names), fc.nat({ max: 70 })).map(([text, length]) => text.slice(0, length)),
      fc.tuple(fc.constantFrom(...names), fc.nat({ max: 70 })).map(([text, length]) => `${text.slice(0, length)}g`),
    )
    await fc.assert(
      fc.asyncProperty(bounds, bounds, fc.integer({ min: 1, max: 130 }), async (prefix, after, limit) => {
        const page = await Effect.runPromise(store.streams({ prefix, after, limit }))
        const due = names.filter((one) => one.startsWith(prefix) && one > after).sort()
        expect(page.map(({ stream }) => stream)).toEqual(due.slice(0, limit))
      }),
    )
    await close()
  })
})

interface Note {
  readonly type: string
  readonly effectiveDate: Day
  readonly text: string
}
const codec = makeCodec<Note>(['NoteTaken', 'NoteRead'].map((type) => event(type, { text: freeText() })) as never)

describe('the meta of an event in a file of SQLite', () => {
  const metas = fc.array(fc.constantFrom({}, { n: 1 }, { n: 2 }), { minLength: 1, maxLength: 6 })

  it('is read as it was written, from wherever a page begins, of whatever types', async () => {
    let n = 0
    await fc.assert(
      fc.asyncProperty(fc.array(metas, { minLength: 1, maxLength: 6 }), async (commands) => {
        n += 1
        const { store, close } = await opened(sqliteEventStore({ path: folder.file(`metas-${n}.db`) }))
        const written: string[] = []
        const types: string[] = []
        let expected = NO_STREAM
        for (const command of commands) {
          const drafts = command.map((_, at): Note => {
            return { type: at % 2 === 0 ? 'NoteTaken' : 'NoteRead', effectiveDate: '2026-11-20' as Day, text: 'x' }
          })
          const events = seal(
            codec,
            drafts,
            command.map((meta) => ({ id: uuidv7(), salt: uuidv7().replaceAll('-', ''), meta })),
            {
              ...{ stream: 'account-a', token: expected, origin: store.origin, actor: 'anna', sha256 },
              recordedAt: '2026-11-21T09:00:00.000Z' as Instant,
            },
          )
          const commandId = uuidv7()
          const request = { stream: 'account-a', expected, commandId, fingerprint: sha256(commandId), events }
          const { lastVersion, headHash } = await Effect.runPromise(store.append(request))
          expected = { version: lastVersion, headHash }
          written.push(...events.map(({ meta }) => meta))
          types.push(...events.map(({ type }) => type))
        }
        const metasOf = (events: readonly StoredEvent[]) => events.map(({ meta }) => meta)
        for (const after of written.keys()) {
          const ofStream = await Effect.runPromise(store.readStream('account-a', { after: after - 1, limit: 3 }))
          expect(metasOf(ofStream)).toEqual(written.slice(after, after + 3))
          const ofType = await Effect.runPromise(store.readAll({ after, limit: 9, types: ['NoteRead'] }))
          const due = written.filter((_, at) => at >= after && types[at] === 'NoteRead').slice(0, 9)
          expect(metasOf(ofType)).toEqual(due)
        }
        await close()
      }),
      { numRuns: 40 },
    )
  })
})

describe('types of a file of SQLite', () => {
  it('have one number each, whoever writes them first', async () => {
    const path = folder.file('types.db')
    const [one, other] = await Promise.all([0, 1].map(() => opened(sqliteEventStore({ path }))))
    if (!one || !other) throw new Error('two were opened')
    for (const [at, { store }] of [one, other, other, one].entries()) {
      await Effect.runPromise(store.append(noteAppend(store, `account-${at}`, NO_STREAM, ['a', 'b'])))
    }
    for (const { close } of [one, other]) await close()
    const db = new DatabaseSync(path, { readOnly: true })
    expect(db.prepare('SELECT number, name FROM types').all()).toEqual([{ number: 1, name: 'NoteTaken' }])
    db.close()
  })

  it('a number that was taken by a transaction that was rolled back is not written afterwards', async () => {
    const path = folder.file('rolled-back.db')
    const { store, close } = await opened(sqliteEventStore({ path }))
    const good = noteAppend(store, 'account-a', NO_STREAM, ['a'])
    const [first] = good.events
    if (!first) throw new Error('one event')
    await Effect.runPromise(store.append(good))
    // The second event has the id of one that is there: all is rolled back, the type of the first too.
    const another = noteAppend(store, 'account-b', NO_STREAM, ['b', 'c'])
    const bad = {
      ...another,
      events: another.events.map((each, at) => ({ ...each, type: 'NoteRead', ...(at === 1 ? { id: first.id } : {}) })),
    }
    expect(await Effect.runPromise(Effect.flip(store.append(bad)))).toMatchObject({ _tag: 'Integrity' })
    const later = noteAppend(store, 'account-c', NO_STREAM, ['d'])
    const events = later.events.map((each) => ({ ...each, type: 'NoteRead' }))
    await Effect.runPromise(store.append({ ...later, events }))
    const log = await Effect.runPromise(store.readAll({ after: 0, limit: 9 }))
    expect(log.map(({ type }) => type)).toEqual(['NoteTaken', 'NoteRead'])
    await close()
  })
})
