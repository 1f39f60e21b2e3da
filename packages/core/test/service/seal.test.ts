import { createHash, hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { count, type Day, event, freeText, type Instant, makeCodec, NotCanonical } from '../../src/kernel/index.ts'
import type { StoredEvent } from '../../src/ports/event-store.ts'
import { type Envelope, type Seal, seal, verifyChain } from '../../src/service/index.ts'

const noted = event('Noted', { text: freeText(), count: count().optional(), tags: z.array(z.string()).optional() })
const salted = event('Salted', { salt: z.string() })
type Noted = z.infer<typeof noted.schema>
type Salted = z.infer<typeof salted.schema>
const codec = makeCodec<Noted | Salted>([noted, salted])
const sha256 = (text: string): string => hash('sha256', text, 'hex')

interface Golden {
  readonly place: Omit<Seal, 'sha256'>
  readonly drafts: readonly Noted[]
  readonly envelopes: readonly Envelope[]
  readonly sealed: readonly {
    readonly data: string
    readonly meta: string
    readonly prev: string
    readonly leaf: string
  }[]
}
const golden: Golden = JSON.parse(readFileSync(new URL('./golden/sealed-events.json', import.meta.url), 'utf8'))
const place: Seal = { ...golden.place, sha256 }

const day = '2026-11-21' as Day
const note = (text: string): Noted => ({ type: 'Noted', effectiveDate: day, text })
const envelope = (n: number): Envelope => ({
  id: `01939a00-0000-7000-8000-${String(n).padStart(12, '0')}`,
  salt: n.toString(16).padStart(32, '0'),
  meta: { n },
})

const store = (texts: readonly string[], from: Seal = place): StoredEvent[] =>
  seal(
    codec,
    texts.map(note),
    texts.map((_, index) => envelope(index)),
    from,
  ).map((sealed, index) => ({
    ...sealed,
    position: 100 + index,
    stream: from.stream,
    version: from.token.version + 1 + index,
    committedAt: from.recordedAt,
    commandId: 'c1',
  }))

describe('sealing', () => {
  it('gives the golden bytes and leaf hashes (design §3.14)', () => {
    const sealed = seal(codec, golden.drafts, golden.envelopes, place)
    expect(sealed.map(({ data, meta, prev, leaf }) => ({ data, meta, prev, leaf }))).toEqual(golden.sealed)
  })

  it('the golden leaves are right by another way: thirteen lines under 0x00, hashed as bytes', () => {
    let prev = golden.place.token.headHash
    const { origin, stream, token, recordedAt, actor } = golden.place
    for (const [index, { data, meta, leaf }] of golden.sealed.entries()) {
      const digest = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')
      const lines = [
        'daybook-event/v1',
        origin,
        golden.envelopes[index]?.id,
        stream,
        token.version + 1 + index,
        'Noted',
      ]
      lines.push(1, golden.drafts[index]?.effectiveDate, recordedAt, actor, prev, digest(data), digest(meta))
      expect(digest(Buffer.concat([Buffer.from([0]), Buffer.from(lines.join('\n'), 'utf8')]))).toBe(leaf)
      prev = leaf
    }
  })

  it('B5 equal inputs give equal bytes, and another salt gives another hash', { tags: ['B5'] }, () => {
    expect(seal(codec, [note('a')], [envelope(1)], place)).toEqual(seal(codec, [note('a')], [envelope(1)], place))
    const [one] = seal(codec, [note('a')], [envelope(1)], place)
    const [other] = seal(codec, [note('a')], [{ ...envelope(1), salt: 'f'.repeat(32) }], place)
    expect(other?.leaf).not.toBe(one?.leaf)
  })

  it('A8 an integer beyond 2^53, a fraction and −0 can not be sealed', { tags: ['A8'] }, () => {
    for (const value of [2 ** 53, -(2 ** 53), 0.5, -0, Number.NaN]) {
      expect(() => seal(codec, [note('a')], [{ ...envelope(1), meta: { value } }], place)).toThrow(NotCanonical)
    }
    expect(() => seal(codec, [{ ...note('a'), count: 2 ** 53 }], [envelope(1)], place)).toThrow()
  })

  it('refuses what would make the bytes ambiguous', () => {
    const one = envelope(1)
    expect(() => seal(codec, [note('a')], [], place)).toThrow(/envelopes|as many/)
    expect(() => seal(codec, [note('a')], [{ ...one, salt: 'short' }], place)).toThrow(/salt/)
    expect(() => seal(codec, [{ type: 'Salted', effectiveDate: day, salt: 'x' }], [one], place)).toThrow(/salt/)
    expect(() => seal(codec, [note('a')], [one], { ...place, actor: 'an\nna' })).toThrow(/control/)
    expect(() => seal(codec, [note('a')], [one], { ...place, actor: '\ud800' })).toThrow(/well-formed/)
    expect(() => seal(codec, [note('\ud800')], [one], place)).toThrow(NotCanonical)
  })
})

describe('verifying a chain', () => {
  const texts = ['a', 'b', 'c', 'd']
  const start = place.token

  it('an intact chain is intact, whole or in pages', () => {
    const events = store(texts)
    const whole = verifyChain(events, sha256, place.origin, start)
    expect(whole).toEqual({
      ok: true,
      end: {
        version: start.version + 4,
        headHash: events[3]?.leaf,
        recordedAt: place.recordedAt,
        position: events[3]?.position,
      },
    })
    const first = verifyChain(events.slice(0, 2), sha256, place.origin, start)
    expect(first.ok && verifyChain(events.slice(2), sha256, place.origin, first.end)).toEqual(whole)
  })

  it('another origin, a dropped, doubled or swapped event is found where it stands (M2)', { tags: ['M2'] }, () => {
    const [a, b, c, d] = store(texts) as [StoredEvent, StoredEvent, StoredEvent, StoredEvent]
    const fault = (events: StoredEvent[], origin = place.origin) => {
      const check = verifyChain(events, sha256, origin, start)
      return check.ok ? undefined : `${check.fault.fault} @${check.fault.position}`
    }
    expect(fault([a, b, c, d], 'another')).toBe('leaf @100')
    expect(fault([a, c, d])).toBe('version @102')
    expect(fault([a, b, b, c, d])).toBe('version @101')
    expect(fault([a, c, b, d])).toBe('version @102')
    expect(fault([a, { ...c, version: b.version }, d])).toBe('prev @102')
    expect(fault([a, { ...b, stream: 'account-other' }])).toBe('stream @101')
    expect(fault([a, { ...b, recordedAt: '2000-01-01T00:00:00.000Z' as Instant }])).toBe('recordedAt @101')
    expect(fault([a, { ...b, position: 102 }, { ...c, position: 101 }, d])).toBe('position @101')
    expect(fault([a, { ...b, position: a.position }, c, d])).toBe('position @100')
    expect(fault([a, { ...b, actor: 'x\ny' }])).toBe('leaf @101')
    expect(fault([b, c, d])).toBe('version @101')
  })

  it('M1 any change of a hashed field of any event is found at that event or before', { tags: ['M1'] }, () => {
    const fields = ['id', 'type', 'effectiveDate', 'recordedAt', 'actor', 'data', 'meta', 'prev', 'leaf'] as const
    const flip = (text: string, at: number): string => {
      const index = at % text.length
      return `${text.slice(0, index)}${String.fromCharCode(text.charCodeAt(index) ^ 1)}${text.slice(index + 1)}`
    }
    fc.assert(
      fc.property(fc.nat(3), fc.constantFrom(...fields), fc.nat(), (which, field, at) => {
        const events = store(texts).map((stored, index) =>
          index === which ? { ...stored, [field]: flip(stored[field], at) } : stored,
        )
        const check = verifyChain(events, sha256, place.origin, start)
        expect(check.ok).toBe(false)
        if (!check.ok) expect(check.fault.version).toBe(start.version + 1 + which)
      }),
      { numRuns: 1000 },
    )
  })
})
