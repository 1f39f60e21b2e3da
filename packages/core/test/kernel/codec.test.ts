import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { canonicalJson } from '../../src/kernel/canonical.ts'
import { cents, positiveCents } from '../../src/kernel/cents.ts'
import { code } from '../../src/kernel/classes.ts'
import { toDay } from '../../src/kernel/day.ts'
import { event, isUnreadable, makeCodec } from '../../src/kernel/event.ts'

// A made-up event of two versions: version 1 said an amount of dollars as text, version 2 says cents; version 3 also
// says the tender, which all money of the old book was.
const paid = event(
  'FeePaid',
  { amount: positiveCents, tender: code(12) },
  {
    version: 3,
    upcasts: [
      ({ dollars, ...rest }) => ({ ...rest, amount: Math.round(Number(dollars) * 100) }),
      (payload) => ({ ...payload, tender: 'cash' }),
    ],
  },
)
const waived = event('FeeWaived', { amount: cents.optional() })
type Fee = z.infer<typeof paid.schema> | z.infer<typeof waived.schema>
const codec = makeCodec<Fee>([paid, waived])
const on = toDay('2026-11-21')
const stored = (data: string, schemaVersion = 3, type = 'FeePaid') => ({ type, schemaVersion, effectiveDate: on, data })
const sample = (amount: number): Fee =>
  paid.schema.parse({ type: 'FeePaid', effectiveDate: on, amount, tender: 'card' })

describe('writing', () => {
  it('keeps all fields but type and effective date, which stand in columns of their own', () => {
    expect(codec.encode(sample(500))).toEqual({ schemaVersion: 3, payload: { amount: 500, tender: 'card' } })
  })

  it.each([
    ['an unknown field', { amount: 500, tender: 'card', note: 'x' }],
    ['a missing field', { amount: 500 }],
    ['a fraction', { amount: 0.5, tender: 'card' }],
    ['an amount of zero', { amount: 0, tender: 'card' }],
    ['an amount as text', { amount: '500', tender: 'card' }],
    ['null', { amount: 500, tender: null }],
    ['a day that does not exist', { amount: 500, tender: 'card', effectiveDate: '2026-02-30' }],
  ])('%s is refused', (_, fields) => {
    const draft = { type: 'FeePaid', effectiveDate: on, ...fields }
    expect(() => codec.encode(draft as Fee)).toThrow()
  })

  it('an event that the codec does not know is refused, whatever its name', () => {
    for (const type of ['FeeLost', 'constructor', '__proto__', 'toString', '']) {
      expect(() => codec.encode({ ...sample(1), type } as Fee)).toThrow(RangeError)
    }
  })
})

describe('reading', () => {
  it('gives back what was written, with validation and without', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.boolean(), (amount, validate) => {
        const data = canonicalJson(codec.encode(sample(amount)).payload)
        expect(codec.decode(stored(data), validate)).toEqual(sample(amount))
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    ['unknownType', stored('{}', 1, 'FeeLost')],
    ['unknownType', stored('{}', 1, 'constructor')],
    ['newerVersion', stored('{}', 4)],
    ['noSuchVersion', stored('{}', 0)],
    ['noSuchVersion', stored('{}', -1)],
    ['noSuchVersion', stored('{}', 1.5)],
    ['noSuchVersion', stored('{}', Number.NaN)],
    ['notJson', stored('{"amount":1')],
    ['notJson', stored('')],
    ['notAnObject', stored('null')],
    ['notAnObject', stored('[1]')],
    ['notAnObject', stored('"text"')],
    ['notAnObject', stored('7')],
  ])('%s is said, not thrown', (reason, row) => {
    for (const validate of [false, true]) {
      const read = codec.decode(row, validate)
      expect(isUnreadable(read)).toBe(true)
      expect(read).toEqual({ reason })
    }
  })

  it('for audits the schema is asked again: every fault with its place', () => {
    const bad = stored('{"amount":-5,"tender":"card"}')
    expect(isUnreadable(codec.decode(bad))).toBe(false)
    const read = codec.decode(bad, true)
    expect(read).toMatchObject({ reason: 'invalid' })
    expect(isUnreadable(read) && read.reason === 'invalid' && read.issues.join()).toContain('amount')
    expect(codec.decode(stored('{"amount":5,"tender":"card","x":1}'), true)).toMatchObject({ reason: 'invalid' })
    expect(
      codec.decode({ ...stored('{"amount":5,"tender":"card"}'), effectiveDate: '2026-02-30' }, true),
    ).toMatchObject({
      reason: 'invalid',
    })
  })

  it('the salt of sealing is no field of the event', () => {
    const data = '{"amount":5,"salt":"00","tender":"card"}'
    expect(codec.decode(stored(data), true)).toEqual(sample(5))
  })

  it('a stored __proto__ changes no prototype', () => {
    const read = codec.decode(stored('{"__proto__":{"admin":true},"amount":5,"tender":"card"}'))
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
    expect('admin' in read).toBe(false)
    expect('admin' in {}).toBe(false)
    const refused = codec.decode(stored('{"__proto__":{"admin":true},"amount":5,"tender":"card"}'), true)
    expect(refused).toMatchObject({ reason: 'invalid' })
  })
})

describe('C9 an event of an older version', { tags: ['C9'] }, () => {
  const old = [
    stored('{"dollars":"12.50"}', 1),
    stored('{"amount":1250}', 2),
    stored('{"amount":1250,"tender":"cash"}', 3),
  ]
  const balance = (rows: typeof old): number =>
    rows.reduce((sum, row) => {
      const read = codec.decode(row, true)
      return sum + (isUnreadable(read) || read.type !== 'FeePaid' ? Number.NaN : read.amount)
    }, 0)

  it.each([[1], [2], [3]])('v%i is read as the newest, through each step after its own', (version) => {
    const row = old[version - 1] as (typeof old)[number]
    for (const validate of [false, true]) {
      expect(codec.decode(row, validate)).toEqual({ type: 'FeePaid', effectiveDate: on, amount: 1_250, tender: 'cash' })
    }
  })

  it('folds to the balance that was recorded then', () => {
    expect(balance(old)).toBe(3_750)
  })

  it('once upcast and written again it needs no upcast: the second reading changes nothing', () => {
    for (const row of old) {
      const read = codec.decode(row, true)
      if (isUnreadable(read)) throw new Error(read.reason)
      const { schemaVersion, payload } = codec.encode(read)
      expect(codec.decode(stored(canonicalJson(payload), schemaVersion), true)).toEqual(read)
    }
  })

  it('the steps are as many as the versions before: a version without its upcast is no event', () => {
    expect(() => event('FeePaid', {}, { version: 2 })).toThrow(RangeError)
    expect(() => event('FeePaid', {}, { upcasts: [(payload) => payload] })).toThrow(RangeError)
  })
})

describe('declaring events', () => {
  it('a name is letters and digits, so that it can name nothing else', () => {
    for (const name of [
      'feePaid',
      'Fee',
      'F',
      '',
      'Fee Paid',
      'Fee.Paid',
      '../Fee',
      '__proto__',
      'constructor',
      'É1',
      'A\n',
    ]) {
      if (name === 'Fee') expect(event(name, {}).type).toBe('Fee')
      else expect(() => event(name, {})).toThrow(RangeError)
    }
  })

  it('two events of one name are an error of the codec', () => {
    expect(() => makeCodec([paid, event('FeePaid', {})])).toThrow(RangeError)
  })
})
