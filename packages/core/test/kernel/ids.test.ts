import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as ids from '../../src/kernel/ids.ts'

const every = Object.entries(ids)
const accepted = (text: unknown) => every.filter(([, schema]) => schema.safeParse(text).success).map(([name]) => name)
const names = every.map(([name]) => name)

describe('ids', () => {
  it.each([['0197a3c1-6f00-7000-8000-000000000001'], ['a'], ['A1_b.c:d-e'], ['x'.repeat(80)]])(
    '%s may be any id',
    (text) => {
      expect(accepted(text)).toEqual(names)
    },
  )

  it.each([
    ['empty', ''],
    ['too long', 'x'.repeat(81)],
    ['a path', '../x'],
    ['a leading mark', '-x'],
    ['a space', 'a b'],
    ['a line feed at its end', 'a\n'],
    ['a NUL', 'a\u0000'],
    ['a letter beyond ASCII', 'é'],
    ['a lone surrogate', '\ud800'],
    ['a slash', 'a/b'],
    ['a number', 1],
    ['nothing', undefined],
  ])('%s is no id of any kind', (_, text) => {
    expect(accepted(text)).toEqual([])
  })

  it('an id can stand on a line of a leaf: no control character passes (design §3.14)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        if (ids.eventId.safeParse(text).success) expect(text).toMatch(/^[\x21-\x7e]{1,80}$/)
      }),
      { numRuns: 1_000 },
    )
  })
})
