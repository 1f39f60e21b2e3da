import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { acceptedBy } from '../../src/kernel/accepts.ts'
import { everyEvent, recordedEvents, SAMPLE_DAY, type WireGolden } from '../../src/testing/index.ts'

const golden: WireGolden = JSON.parse(readFileSync(new URL('./golden/v1.json', import.meta.url), 'utf8'))

/** One of so many changes is tried; all of them where all runs are meant. */
const EVERY = process.env['PROPERTY_RUNS'] === 'full' ? 1 : 15

type Step = string | number
type Tree = Record<Step, unknown>

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null

/** Each place of a value, by the steps that lead to it. */
const placesOf = (value: unknown, path: readonly Step[] = []): readonly (readonly Step[])[] =>
  isTree(value) ? [path, ...Object.keys(value).flatMap((name) => placesOf(value[name], [...path, name]))] : [path]

const at = (value: unknown, path: readonly Step[]): unknown =>
  path.reduce<unknown>((held, step) => (held as Tree)[step], value)

/** Asks about the value with something else at one place, or with nothing there, and leaves it as it was. */
const changed = (value: unknown, path: readonly Step[], others: readonly unknown[], ask: (value: unknown) => void) => {
  const last = path.at(-1)
  if (last === undefined) {
    for (const other of others) ask(other)
    return
  }
  const parent = at(value, path.slice(0, -1)) as Tree
  const held = parent[last]
  for (const other of others) {
    parent[last] = other
    ask(value)
  }
  delete parent[last]
  ask(value)
  parent[last] = held
}

const replacements = (held: unknown): readonly unknown[] => [
  null,
  undefined,
  '',
  ' ',
  'x',
  'x'.repeat(3_000),
  'line\u0000',
  '2026-02-30',
  SAMPLE_DAY,
  '2026-11-21T15:14:00.000Z',
  0,
  -0,
  1,
  -1,
  0.5,
  Number.NaN,
  2 ** 53,
  true,
  [],
  {},
  ...(Array.isArray(held) ? [[...held, held[0]], [undefined], held.slice(1)] : []),
  ...(isTree(held) && !Array.isArray(held)
    ? [{ ...held, unknown: 1 }, { ...held, unknown: undefined }, { $enc: 'v1' }]
    : []),
  ...(typeof held === 'string' ? [`${held}!`, held.toUpperCase(), [held]] : []),
]

/** What may be kept as it is by the schema: it takes it, and gives back an equal value. */
const keeps = (schema: z.ZodType, value: unknown): boolean => {
  const parsed = schema.safeParse(value)
  return parsed.success && isSame(parsed.data, value)
}

const isSame = (a: unknown, b: unknown): boolean => {
  if (!isTree(a) || !isTree(b)) return Object.is(a, b)
  const [names, others] = [Object.keys(a), Object.keys(b)]
  return names.length === others.length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
}

describe('a schema as a function that answers yes or no', () => {
  it('agrees with the schema about every recorded event, and about each with one thing changed', {
    tags: ['long'],
  }, () => {
    let met = 0
    let tried = 0
    let taken = 0
    for (const row of recordedEvents(golden, everyEvent)) {
      const definition = everyEvent.find(({ type, version }) => type === row.type && version === row.schemaVersion)
      if (!definition) continue
      const { salt: _salt, ...fields } = JSON.parse(row.data)
      const event = { ...fields, type: row.type, effectiveDate: SAMPLE_DAY }
      const accepts = acceptedBy(definition.schema)
      const ask = (value: unknown): void => {
        met += 1
        if (met % EVERY !== 0) return
        const expected = keeps(definition.schema, value)
        tried += 1
        if (expected) taken += 1
        if (accepts(value) !== expected) expect.fail(`${row.of}: ${expected}: ${JSON.stringify(value)}`)
      }
      ask(event)
      for (const path of placesOf(event)) changed(event, path, replacements(at(event, path)), ask)
    }
    expect(met).toBeGreaterThan(200_000)
    expect(taken).toBeGreaterThan(tried / 20)
  })

  it.each<[string, z.ZodType, unknown]>([
    ['changes values', z.strictObject({ name: z.string().trim() }), { name: ' Ann ' }],
    ['fills in values', z.strictObject({ name: z.string().default('Ann') }), {}],
    ['fills in values of what may be left out', z.strictObject({ name: z.string().default('Ann').optional() }), {}],
    ['fills in values that are undefined', z.strictObject({ n: z.int().prefault(3) }), { n: undefined }],
    ['drops a name that no record has', z.record(z.string(), z.int()), JSON.parse('{"__proto__": 1}')],
    ['drops what it does not know', z.object({ name: z.string() }), { name: 'Ann', more: 1 }],
    ['is of a kind that is not known', z.strictObject({ at: z.date() }), { at: new Date(0) }],
    ['wants every name of a list', z.record(z.enum(['a', 'b']), z.int()), { a: 1 }],
  ])('leaves a value to the schema where that %s', (_what, schema, value) => {
    expect(acceptedBy(schema)(value)).toBe(false)
  })

  it('takes plain objects alone: another could say something else the next time it is asked', () => {
    const accepts = acceptedBy(z.strictObject({ name: z.string().optional() }))
    expect([{}, { name: 'Ann' }].map(accepts)).toEqual([true, true])
    expect([new Date(0), Object.create({ name: 'Ann' }), Object.create(null), []].map(accepts)).not.toContain(true)
  })

  it('asks a pattern that remembers where it was as the schema does', () => {
    const schema = z.string().regex(/^a/g)
    const answers = [1, 2, 3].map(() => acceptedBy(schema)('a'))
    expect(answers).toEqual([1, 2, 3].map(() => z.string().regex(/^a/g).safeParse('a').success))
  })
})
