import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, MAX_DEPTH, NotCanonical } from '../../src/kernel/canonical.ts'

const text = fc.string({ unit: 'binary', maxLength: 20 }).filter((value) => value.isWellFormed())
const key = fc.oneof(text, fc.constantFrom('constructor', 'prototype', 'toString', '', '10', '9', 'é', 'z'))
const leaf = fc.oneof(
  text,
  fc.boolean(),
  fc.maxSafeInteger().map((n) => (n === 0 ? 0 : n)),
)
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(
      key.filter((name) => name !== '__proto__'),
      tie('value'),
      { maxKeys: 6, noNullPrototype: false },
    ),
  ),
}))

const nested = (depth: number): unknown => {
  let value: unknown = 'leaf'
  for (let n = 0; n < depth; n++) value = n % 2 ? { a: value } : [value]
  return value
}

describe('canonical JSON (design §3.14)', () => {
  it('is RFC 8785 for the values that it takes', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value))
      }),
      { numRuns: 1_000 },
    )
  })

  it('reads back as what was written', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(value)
      }),
      { numRuns: 1_000 },
    )
  })

  it('does not depend on the order in which keys were given', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 4 }), fc.nat()), (value) => {
        fc.pre(!Object.keys(value).includes('__proto__'))
        const turned = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalJson(turned)).toBe(canonicalJson(value))
      }),
      { numRuns: 1_000 },
    )
  })

  it('orders keys by code unit and escapes as little as it may', () => {
    expect(canonicalJson({ b: 1, a: [true, ''], A: -1, 10: 0, 9: 0 })).toBe('{"10":0,"9":0,"A":-1,"a":[true,""],"b":1}')
    expect(canonicalJson({ '\u{1f600}': 1, '\ufb33': 2 })).toBe('{"\u{1f600}":1,"\ufb33":2}')
    expect(canonicalJson('€\u2028"\\/\b\f\n\r\t\u0000\u001f\u007f')).toBe(
      '"€\u2028\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f"',
    )
  })

  it('leaves out what is undefined, so an absent leaf and an undefined one give equal bytes', () => {
    expect(canonicalJson({ a: undefined, b: { c: undefined } })).toBe('{"b":{}}')
    expect(canonicalJson(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}')
  })

  it('writes objects of more shapes than it remembers, and of more keys', () => {
    const key = (n: number) => `k${n}`
    for (let n = 0; n < 10_000; n++) canonicalJson({ [key(n)]: n })
    expect(canonicalJson({ zz: 1, aa: { yy: 2, bb: 3 } })).toBe('{"aa":{"bb":3,"yy":2},"zz":1}')
    const wide = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [key(299 - n), n]))
    expect(canonicalJson(wide)).toBe(canonicalize(wide))
  })

  const cyclic: Record<string, unknown> = {}
  cyclic['self'] = cyclic

  it.each([
    ['a fraction', { amount: 0.1 }, '/amount'],
    ['−0', { amount: -0 }, '/amount'],
    ['NaN', [1, Number.NaN], '/1'],
    ['infinity', { a: [{ b: Number.NEGATIVE_INFINITY }] }, '/a/0/b'],
    ['2^53', { n: 2 ** 53 }, '/n'],
    ['−2^53', { n: -(2 ** 53) }, '/n'],
    ['a lone surrogate', { note: 'a\ud800b' }, '/note'],
    ['a lone surrogate in a key', { 'a\udc00': 1 }, '/a\udc00'],
    ['null', { a: { b: null } }, '/a/b'],
    ['undefined in a list', [undefined], '/0'],
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
    ['a hole in a list', [1, , 2], '/1'],
    ['undefined itself', undefined, ''],
    ['a bigint', { a: 1n }, '/a'],
    ['a function', { a: () => 1 }, '/a'],
    ['a symbol', { a: Symbol('a') }, '/a'],
    ['a Map', { a: new Map([['b', 1]]) }, '/a'],
    ['a Set', { a: new Set([1]) }, '/a'],
    ['a Date', { at: new Date(0) }, '/at'],
    ['an instance of a class', { a: new (class Money {})() }, '/a'],
    ['a boxed string', { a: Object('text') }, '/a'],
    ['__proto__ as read from JSON', JSON.parse('{"a":{"__proto__":{"admin":true}}}'), '/a/__proto__'],
    ['a step with a slash and a tilde', { 'a/b': { 'c~d': null } }, '/a~1b/c~0d'],
    ['depth 65', nested(MAX_DEPTH + 1), `/${Array.from({ length: 65 }, (_, n) => (n % 2 ? 'a' : '0')).join('/')}`],
  ])('refuses %s and says where', (_, value, path) => {
    let caught: unknown
    try {
      canonicalJson(value)
    } catch (fault) {
      caught = fault
    }
    expect(caught).toBeInstanceOf(NotCanonical)
    expect(caught).toMatchObject({ path })
  })

  it('takes depth 64, and stops in a circle before the stack does', () => {
    expect(canonicalJson(nested(MAX_DEPTH))).toContain('leaf')
    expect(() => canonicalJson(cyclic)).toThrow(NotCanonical)
    expect(() => canonicalJson(nested(100_000))).toThrow(NotCanonical)
  })

  it('a refused value leaves nothing behind: the next one is written as ever', () => {
    expect(() => canonicalJson({ a: [{ b: null }] })).toThrow(NotCanonical)
    expect(canonicalJson({ a: [{ b: 1 }] })).toBe('{"a":[{"b":1}]}')
    expect(() => canonicalJson({ c: { d: null } })).toThrow('/c/d: null')
  })

  it('keys beyond those it remembers are written the same', () => {
    const many = Object.fromEntries(Array.from({ length: 6_000 }, (_, n) => [`key "${n}"`, n]))
    expect(canonicalJson(many)).toBe(canonicalize(many))
    expect(canonicalJson(many)).toBe(canonicalize(many))
  })
})
