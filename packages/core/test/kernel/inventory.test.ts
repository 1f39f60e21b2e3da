import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cents } from '../../src/kernel/cents.ts'
import {
  classified,
  clearText,
  code,
  count,
  encryptedLeaf,
  flag,
  freeText,
  leafClasses,
  phi,
  pii,
} from '../../src/kernel/classes.ts'
import { day } from '../../src/kernel/day.ts'
import { party } from '../../src/kernel/effects.ts'
import { event } from '../../src/kernel/event.ts'
import { classificationOf, leavesOf } from '../../src/kernel/inventory.ts'

const lines = (schema: z.ZodType) => leavesOf(schema).map((leaf) => `${leaf.path} ${leaf.class}`)

describe('the walk over a schema', () => {
  it('finds the leaves through all that wraps them', () => {
    const schema = z.strictObject({
      optional: code().optional(),
      nullable: code().nullable(),
      withDefault: count().default(1),
      readonly: flag().readonly(),
      branded: code().brand<'B'>(),
      piped: z.string().pipe(code()),
      list: z.array(z.strictObject({ deep: z.array(day) })),
      atLeastOne: z.array(code()).min(1),
      record: z.record(code(), cents),
      pair: z.tuple([code(), cents]),
      late: z.lazy(() => freeText()),
    })
    expect(lines(schema)).toEqual([
      'optional? code',
      'nullable code',
      'withDefault count',
      'readonly code',
      'branded code',
      'piped code',
      'list[].deep[] date',
      'atLeastOne[1..] code',
      'record{key} code',
      'record{} financial',
      'pair[0] code',
      'pair[1] financial',
      'late phi',
    ])
  })

  it('goes into each form of a union, by its tag where it has one', () => {
    const tagged = z.discriminatedUnion('kind', [
      z.strictObject({ kind: classified(z.literal('a'), 'code'), amount: cents }),
      z.strictObject({ kind: classified(z.literal('b'), 'code'), on: day }),
    ])
    expect(lines(z.strictObject({ of: tagged, party }))).toEqual([
      'of(a).kind code',
      'of(a).amount financial',
      'of(b).kind code',
      'of(b).on date',
      'party(1) code',
      'party(2).coverageId id',
    ])
  })

  it.each([
    ['a bare string', z.strictObject({ a: z.string() }), 'a undefined'],
    ['a bare literal', z.strictObject({ a: z.literal('x') }), 'a undefined'],
    ['deep in a list of a union', z.array(z.union([code(), z.strictObject({ a: z.number() })])), '[](2).a undefined'],
    ['anything at all', z.strictObject({ a: z.unknown() }), 'a undefined'],
    ['an object that lets more in', z.looseObject({ a: code() }), '* undefined'],
    ['an object that drops the rest', z.object({ a: code() }), '* undefined'],
    [
      'a class on a container, which hides what is inside',
      classified(z.strictObject({ a: z.string() }), 'code'),
      'a undefined',
    ],
  ])('fails closed: %s has no class', (_, schema, expected) => {
    expect(lines(schema)).toContain(expected)
  })
})

describe('classes', () => {
  it('a personal leaf may be stored encrypted, and is one leaf', () => {
    const [leaf] = leavesOf(phi(z.string().max(5)))
    expect(leaf).toMatchObject({ path: '', class: 'phi', encryptable: true })
    const schema = z.strictObject({ name: pii(z.string().max(5)) })
    const sealed = { $enc: 'v1', kid: 'k1', iv: 'AAAA', ct: 'AAAA' }
    expect(schema.safeParse({ name: 'Jo' }).success).toBe(true)
    expect(schema.safeParse({ name: sealed }).success).toBe(true)
    expect(schema.safeParse({ name: 'longer' }).success).toBe(false)
    expect(schema.safeParse({ name: { ...sealed, extra: 'x' } }).success).toBe(false)
  })

  it('every leaf of the encrypted envelope has a class too', () => {
    expect(leavesOf(encryptedLeaf).filter((leaf) => leaf.class === undefined)).toEqual([])
  })

  it('a day that is personal somewhere stays a date everywhere else', () => {
    expect(leavesOf(z.strictObject({ born: phi(day), on: day })).map((leaf) => leaf.class)).toEqual(['phi', 'date'])
    expect(leafClasses.get(day)).toEqual({ class: 'date' })
  })

  it('a schema can not be given a second class', () => {
    expect(() => classified(day, 'phi')).toThrow(RangeError)
    expect(classified(day, 'date')).toBe(day)
  })

  it('encrypted text is never shown as something else', () => {
    const sealed = encryptedLeaf.parse({ $enc: 'v1', kid: 'k1', iv: 'AAAA', ct: 'AAAA' })
    expect([clearText('Jo'), clearText(undefined), clearText(sealed)]).toEqual(['Jo', '', '(protected)'])
  })
})

describe('the inventory', () => {
  it('has one row a place, and none for the name of the event', () => {
    const moved = event('Moved', { to: z.array(party).optional(), note: freeText(), by: code() })
    expect(classificationOf([moved])).toEqual([
      { event: 'Moved', path: 'effectiveDate', class: 'date', encryptable: false },
      { event: 'Moved', path: 'to[]', class: 'code', encryptable: false },
      { event: 'Moved', path: 'to[].coverageId', class: 'id', encryptable: false },
      { event: 'Moved', path: 'note', class: 'phi', encryptable: true },
      { event: 'Moved', path: 'by', class: 'code', encryptable: false },
    ])
  })
})
