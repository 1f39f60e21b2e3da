import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  canonicalJson,
  cents,
  code,
  count,
  day,
  event,
  freeText,
  instant,
  isUnreadable,
  makeCodec,
  type Parts,
  parts,
  phi,
} from '../../src/kernel/index.ts'
import { classificationOf } from '../../src/kernel/inventory.ts'
import {
  everyEvent,
  type Recorded,
  recordedEvents,
  SAMPLE_DAY,
  SAMPLE_INSTANT,
  type WireGolden,
  wireChanges,
  wireGolden,
  wireSamples,
} from '../../src/testing/index.ts'

const golden: WireGolden = JSON.parse(readFileSync(new URL('./golden/v1.json', import.meta.url), 'utf8'))
const codec = makeCodec<{ readonly type: string; readonly effectiveDate: string }>(everyEvent)
const advice =
  'The wire contract changed. Add a version and an upcast to the event; or, before 1.0 and where no book is kept yet, ' +
  'regenerate the golden record by `npm run wire:golden` and say so in the commit.'

const recorded = recordedEvents(golden, everyEvent)
const stored = (row: Recorded) => ({ ...row, effectiveDate: SAMPLE_DAY })

describe('the wire contract', () => {
  it('no name, field, limit, class or byte of a recorded event has changed (design §3.14, §3.16)', () => {
    expect(wireChanges(golden, wireGolden(everyEvent, golden)), advice).toEqual([])
  })

  it('C9 every recorded text is still read, whatever its version, and passes the schema of today', {
    tags: ['C9'],
  }, () => {
    const unread = recorded.flatMap((row) => {
      const read = codec.decode(stored(row), true)
      return isUnreadable(read) ? [`${row.of}: ${JSON.stringify(read)}`] : []
    })
    expect(unread).toEqual([])
    expect(recorded.length).toBeGreaterThan(everyEvent.length)
  })

  it('trusted reading gives what validated reading gives (design §3.16)', () => {
    for (const row of recorded) expect(codec.decode(stored(row))).toEqual(codec.decode(stored(row), true))
  })

  it('B7 what is read is written again to the same bytes', { tags: ['B7'] }, () => {
    for (const row of recorded) {
      const read = codec.decode(stored(row), true)
      if (isUnreadable(read)) throw new Error(row.type)
      const { schemaVersion, payload } = codec.encode(read)
      if (row.current) expect([schemaVersion, canonicalJson(payload)]).toEqual([row.schemaVersion, row.data])
    }
  })

  it('the samples of an event hold a value at every place of its schema', () => {
    const placesOf = (value: unknown, path: string, out: Set<string>): void => {
      if (Array.isArray(value)) for (const item of value) placesOf(item, `${path}[]`, out)
      else if (typeof value === 'object' && value !== null && !('$enc' in value)) {
        for (const [name, field] of Object.entries(value)) placesOf(field, path ? `${path}.${name}` : name, out)
      } else out.add(path)
    }
    const empty = everyEvent.flatMap(({ type, schema }) => {
      const places = new Set(['effectiveDate'])
      for (const row of recorded) {
        if (row.type === type && row.current) placesOf(JSON.parse(row.data), '', places)
      }
      const rows = classificationOf([{ type, schema }])
      return rows.filter((row) => !places.has(row.path)).map((row) => `${type} ${row.path}`)
    })
    expect(empty).toEqual([])
  })
})

describe('an event that names an instant', () => {
  const called = event('Called', { at: instant, again: instant.optional(), heard: phi(instant), on: day })

  it('has samples with an instant where it names one and a day where it names a day, readable again', () => {
    const samples = Object.entries(wireSamples(called))
    const texts = samples.map(([, data]) => data)
    expect(JSON.parse(texts[0] ?? '')).toEqual({ at: SAMPLE_INSTANT, heard: SAMPLE_INSTANT, on: SAMPLE_DAY })
    expect(texts.some((data) => JSON.parse(data).again === SAMPLE_INSTANT)).toBe(true)
    for (const data of texts) {
      const read = makeCodec<{ readonly type: string; readonly effectiveDate: string }>([called]).decode(
        { type: 'Called', schemaVersion: 1, effectiveDate: SAMPLE_DAY, data },
        true,
      )
      expect(isUnreadable(read), data).toBe(false)
    }
  })

  it('is in the inventory by the class of its days and instants, and in the golden record a day is no instant', () => {
    expect(classificationOf([called]).map(({ path, class: of }) => `${path} ${of}`)).toEqual([
      'effectiveDate date',
      'at date',
      'again date',
      'heard phi',
      'on date',
    ])
    const before = wireGolden([called])
    const now = event('Called', { at: day, again: instant.optional(), heard: phi(instant), on: day })
    expect(wireChanges(before, wireGolden([now], before))).not.toEqual([])
  })
})

describe('the golden record notices', () => {
  const first = event('Made', { amount: cents, by: code(10), note: freeText().optional() })
  const before = wireGolden([first])
  const changes = (...now: Parameters<typeof wireGolden>[0]) => wireChanges(before, wireGolden(now, before))

  it('nothing, where nothing changed', () => {
    expect(changes(event('Made', { amount: cents, by: code(10), note: freeText().optional() }))).toEqual([])
  })

  it.each([
    ['a field renamed', event('Made', { amount: cents, author: code(10), note: freeText().optional() })],
    ['a field more', event('Made', { amount: cents, by: code(10), at: code(), note: freeText().optional() })],
    ['a field less', event('Made', { amount: cents, by: code(10) })],
    [
      'a field that may now be absent',
      event('Made', { amount: cents, by: code(10).optional(), note: freeText().optional() }),
    ],
    ['another limit', event('Made', { amount: cents, by: code(11), note: freeText().optional() })],
    [
      'another class',
      event('Made', { amount: cents, by: phi(z.string().min(1).max(10)), note: freeText().optional() }),
    ],
    ['another kind of value', event('Made', { amount: cents, by: cents, note: freeText().optional() })],
    ['another name', event('Done', { amount: cents, by: code(10), note: freeText().optional() })],
  ])('%s', (_, now) => {
    expect(changes(now)).not.toEqual([])
  })

  it('a new version asks to be recorded and leaves the old record as it is', () => {
    const second = event('Made', { amount: cents }, { version: 2, upcasts: [({ amount }) => ({ amount })] })
    expect(changes(second)).toEqual(['Made v2: not yet recorded'])
    const after = wireGolden([second], before)
    expect(after['Made']?.['1']).toEqual(before['Made']?.['1'])
    expect(wireChanges(after, wireGolden([second], after))).toEqual([])
  })

  describe('of an event that holds parts', () => {
    const plans = { schema: z.strictObject({ grace: count() }), upcasts: [] }
    const calls = { schema: z.strictObject({ aWeek: count() }), upcasts: [] }
    const set = (held: Parts) => event('Set', { name: code(8), held: parts(held) })
    const more = { schema: z.strictObject({ grace: count(), cure: count() }), upcasts: [] }
    const raised = { ...more, upcasts: [(values: object) => ({ ...values, cure: 15 })] }
    const was = wireGolden([set({ plans, calls })])
    const heldChanges = (held: Parts) => wireChanges(was, wireGolden([set(held)], was))

    it('nothing, where nothing changed, in whatever order they stand', () => {
      expect(heldChanges({ calls, plans })).toEqual([])
    })

    it('a part that changed without a version of its own, and only that part', () => {
      expect(heldChanges({ calls, plans: more })).toEqual([
        expect.stringMatching(/^Set\.held\.plans v1 cure: was absent/),
        expect.stringMatching(/^Set\.held\.plans v1 sample least/),
      ])
    })

    it('a part’s new version and a part more ask to be recorded, and leave all else as it is', () => {
      expect(heldChanges({ calls, plans: raised })).toEqual(['Set.held.plans v2: not yet recorded'])
      const late = { ...calls, before: { aWeek: 7 } }
      expect(heldChanges({ calls, late, plans })).toEqual(['Set.held.late v1: not yet recorded'])
      const after = wireGolden([set({ calls, plans: raised })], was)
      expect(after['Set']).toEqual(was['Set'])
      expect(after['Set.held.plans']?.['1']).toEqual(was['Set.held.plans']?.['1'])
    })

    it('a part that is gone', () => {
      expect(heldChanges({ calls })[0]).toMatch(/^Set\.held\.plans is gone/)
    })

    it('and gives each recorded text of a part back as a whole event, which is read', () => {
      const definition = set({ calls, plans: raised })
      const texts = recordedEvents(wireGolden([definition], was), [definition])
      expect(texts.map((row) => [row.of, row.current])).toEqual([
        ['Set v1 least', true],
        ['Set.held.calls v1 least', true],
        ['Set.held.plans v1 least', false],
        ['Set.held.plans v2 least', true],
      ])
      const plansRead = texts.map((row) => {
        const read = makeCodec<z.infer<typeof definition.schema>>([definition]).decode(stored(row), true)
        return isUnreadable(read) ? read : read.held['plans']
      })
      expect(plansRead).toEqual([
        { version: 2, values: { grace: 1, cure: 1 } },
        { version: 2, values: { grace: 1, cure: 1 } },
        { version: 2, values: { grace: 1, cure: 15 } },
        { version: 2, values: { grace: 1, cure: 1 } },
      ])
    })
  })
})
