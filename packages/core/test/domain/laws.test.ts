import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromIntegers, laws, randomHistory } from '../../src/testing/index.ts'
import { office } from '../support/desk.ts'

/** Integers that drive a random life of an account; shrinking them keeps the life reachable. */
const choices = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 150 })

describe('laws of every reachable history', () => {
  it.each(laws.map((law) => [law.id, law] as const))('%s holds', (_id, law) => {
    fc.assert(
      fc.property(choices, (integers) => {
        const history = randomHistory(fromIntegers(integers), { office })
        expect(law.holds(history, office)).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })
})
