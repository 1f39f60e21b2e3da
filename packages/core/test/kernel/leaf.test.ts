import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Day, Instant } from '../../src/kernel/day.ts'
import { type LeafFields, leafHash, leafPreimage } from '../../src/kernel/leaf.ts'

const leaf: LeafFields = {
  origin: 'log-1',
  eventId: 'event-1',
  stream: 'account-1',
  version: 0,
  type: 'ChargePosted',
  schemaVersion: 1,
  effectiveDate: '2026-11-20' as Day,
  recordedAt: '2026-11-21T09:14:00.000Z' as Instant,
  actor: 'anna',
  prev: '-',
  dataHash: 'd'.repeat(64),
  metaHash: 'e'.repeat(64),
}
const control = /\p{Cc}/u
const field = fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !control.test(text))
const anyLeaf: fc.Arbitrary<LeafFields> = fc.record({
  origin: field,
  eventId: field,
  stream: field,
  version: fc.nat(),
  type: field,
  schemaVersion: fc.nat(),
  effectiveDate: field.map((text) => text as Day),
  recordedAt: field.map((text) => text as Instant),
  actor: field,
  prev: field,
  dataHash: field,
  metaHash: field,
})

describe('the leaf of an event (design §3.14)', () => {
  it('is thirteen lines, the first of which names its form', () => {
    expect(leafPreimage(leaf).split('\n')).toEqual([
      'daybook-event/v1',
      'log-1',
      'event-1',
      'account-1',
      '0',
      'ChargePosted',
      '1',
      '2026-11-20',
      '2026-11-21T09:14:00.000Z',
      'anna',
      '-',
      'd'.repeat(64),
      'e'.repeat(64),
    ])
  })

  it('two leaves that differ have preimages that differ', () => {
    fc.assert(
      fc.property(anyLeaf, anyLeaf, fc.subarray(Object.keys(leaf)), (one, other, taken) => {
        const mixed = { ...one, ...Object.fromEntries(Object.entries(other).filter(([name]) => taken.includes(name))) }
        const same = JSON.stringify(mixed, Object.keys(leaf)) === JSON.stringify(one, Object.keys(leaf))
        expect(leafPreimage(mixed) === leafPreimage(one)).toBe(same)
      }),
      { numRuns: 1_000 },
    )
  })

  it('text can not move from one field to the next', () => {
    fc.assert(
      fc.property(field, field, (a, b) => {
        fc.pre(b !== '')
        expect(leafPreimage({ ...leaf, origin: a + b, eventId: '' })).not.toBe(
          leafPreimage({ ...leaf, origin: a, eventId: b }),
        )
      }),
      { numRuns: 1_000 },
    )
  })

  const texts = Object.keys(leaf).filter((name) => typeof leaf[name as keyof LeafFields] === 'string')
  it.each(texts.map((name) => [name]))('a control character in %s is refused', (name) => {
    for (const character of ['\n', '\r', '\t', '\u0000', '\u001f', '\u007f', '\u0085']) {
      expect(() => leafPreimage({ ...leaf, [name]: `a${character}b` })).toThrow(RangeError)
    }
  })

  it('is hashed under 0x00, so that no leaf is an inner node (RFC 6962)', () => {
    expect(leafHash((text) => text, leaf)).toBe(`\u0000${leafPreimage(leaf)}`)
  })
})
