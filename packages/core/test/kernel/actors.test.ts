import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { approval } from '../../src/account/approval.ts'
import { sameActor } from '../../src/kernel/actors.ts'

describe('law F4: two persons are two, however their names are written', { tags: ['F4'] }, () => {
  it.each([
    ['anna', 'Anna'],
    ['anna', ' anna '],
    ['ren\u00e9e', 'rene\u0301e'],
    ['STRASSE', 'stra\u00dfe'],
    ['\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2', '\u03a3\u038a\u03a3\u03a5\u03a6\u039f\u03a3'],
  ])('%j and %j are one', (a, b) => {
    expect(sameActor(a, b)).toBe(true)
  })

  it.each([
    ['anna', 'ann'],
    ['anna', 'anna2'],
    ['a nna', 'anna'],
  ])('%j and %j are two', (a, b) => {
    expect(sameActor(a, b)).toBe(false)
  })

  it('is the same both ways, and of everybody with himself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(sameActor(a, a.toUpperCase())).toBe(true)
        expect(sameActor(a, b)).toBe(sameActor(b, a))
      }),
      { numRuns: 1_000 },
    )
  })

  it('nobody approves as the system: that is a process', () => {
    expect(approval.safeParse({ by: 'dora', roles: ['director'] }).success).toBe(true)
    expect(approval.safeParse({ by: 'dora', roles: ['director', 'system'] }).error?.issues[0]?.path).toEqual([
      'roles',
      1,
    ])
  })
})
