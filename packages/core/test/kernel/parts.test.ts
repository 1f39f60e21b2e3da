import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { count, type Day, event, makeCodec, type Part, parts } from '../../src/kernel/index.ts'

const day = '2026-11-21' as Day
const hours = { schema: z.strictObject({ from: count(), to: count() }), upcasts: [] }

/** Three programs of one book, each later than the one before: the second adds a figure, the third a part. */
const first = { hours, calls: { schema: z.strictObject({ aWeek: count() }), upcasts: [] } }
const second = {
  hours,
  calls: {
    schema: z.strictObject({ aWeek: count(), daysAfterATalk: count() }),
    upcasts: [(values: object) => ({ ...values, daysAfterATalk: 7 })],
  },
}
const third = {
  hours,
  calls: {
    schema: z.strictObject({ aWeek: count(), daysAfterATalk: count(), words: z.string() }),
    upcasts: [
      ...second.calls.upcasts,
      (values: Record<string, unknown>) => ({ ...values, words: `${values['aWeek']} a week` }),
    ],
  },
  letters: { schema: z.strictObject({ aMonth: count() }), upcasts: [], before: { aMonth: 1 } },
}

const codecOf = (held: Readonly<Record<string, Part>>) =>
  makeCodec<{ type: string; effectiveDate: string; held: Readonly<Record<string, { values: unknown }>> }>([
    event('Set', { held: parts(held) }),
  ])
const write = (held: Readonly<Record<string, Part>>, values: Readonly<Record<string, unknown>>) => {
  const given = Object.entries(values).map(([name, each]) => {
    return [name, { version: (held[name]?.upcasts.length ?? 0) + 1, values: each }] as const
  })
  const event = {
    type: 'Set',
    effectiveDate: day,
    held: Object.fromEntries(given) as Record<string, { values: unknown }>,
  }
  const { schemaVersion, payload } = codecOf(held).encode(event)
  return { type: 'Set', schemaVersion, effectiveDate: day, data: JSON.stringify(payload) }
}
const read = (held: Readonly<Record<string, Part>>, stored: ReturnType<typeof write>) => {
  const [trusted, checked] = [codecOf(held).decode(stored), codecOf(held).decode(stored, true)]
  expect(trusted).toEqual(checked)
  return trusted
}

const nine = { from: 9, to: 17 }
const oldest = write(first, { hours: nine, calls: { aWeek: 3 } })

describe('a part of an event has a version of its own (decision 0009)', () => {
  it('is stored with it, and read as it was written', () => {
    expect(JSON.parse(oldest.data)).toEqual({
      held: { hours: { version: 1, values: nine }, calls: { version: 1, values: { aWeek: 3 } } },
    })
    expect(read(first, oldest)).toMatchObject({ held: { hours: { values: nine }, calls: { values: { aWeek: 3 } } } })
  })

  it('an older version of it is brought to today’s, step by step, and the other parts stay as they are', () => {
    expect(read(second, oldest)).toMatchObject({
      held: { hours: { version: 1, values: nine }, calls: { version: 2, values: { aWeek: 3, daysAfterATalk: 7 } } },
    })
    expect(read(third, oldest)).toMatchObject({
      held: { calls: { version: 3, values: { aWeek: 3, daysAfterATalk: 7, words: '3 a week' } } },
    })
    const between = write(second, { hours: nine, calls: { aWeek: 3, daysAfterATalk: 14 } })
    expect(read(third, between)).toMatchObject({
      held: { calls: { version: 3, values: { aWeek: 3, daysAfterATalk: 14, words: '3 a week' } } },
    })
  })

  it('an event from before there was the part is read with what the program knew then', () => {
    expect(read(third, oldest)).toMatchObject({ held: { letters: { version: 1, values: { aMonth: 1 } } } })
  })

  it('the version of the event is the same for all of them', () => {
    const latest = write(third, {
      hours: nine,
      calls: { aWeek: 3, daysAfterATalk: 7, words: 'three' },
      letters: { aMonth: 2 },
    })
    expect([oldest, latest].map(({ schemaVersion }) => schemaVersion)).toEqual([1, 1])
    expect(read(first, latest)).toEqual({ reason: 'newerVersion' })
    expect(read(second, latest)).toEqual({ reason: 'newerVersion' })
  })

  it('is written in today’s version only', () => {
    const event = { type: 'Set', effectiveDate: day, held: { hours: { version: 2, values: nine } } }
    expect(() => codecOf({ hours }).encode(event)).toThrow(/version/)
  })
})
