import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromIntegers, laws, randomHistory } from '../../src/testing/index.ts'
import { office, settling } from '../support/desk.ts'

/** Integers that drive a random life of an account; shrinking them keeps the life reachable. */
const choices = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 150 })

describe('laws of every reachable history', () => {
  it.each(laws.map((law) => [law.id, law] as const))('%s holds', (_id, law) => {
    fc.assert(
      fc.property(choices, fc.constantFrom(office, settling), (integers, at) => {
        const history = randomHistory(fromIntegers(integers), { office: at })
        expect(law.holds(history, at)).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })
})
