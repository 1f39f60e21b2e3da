import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromIntegers, laws, randomHistory } from '../../src/testing/index.ts'
import { office, settling } from '../support/desk.ts'

/** Integers that drive a random life of an account; shrinking them keeps the life reachable. */
const choices = (maxLength: number) => fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength, size: 'max' })

/** Laws of one letter share their histories: making a history costs more than checking it. */
const byLetter = Map.groupBy(laws, (law) => law.id[0] ?? '')

/** These compare whole states at every step: shorter lives. */
const dear = ['A', 'B', 'C']

describe('laws of every reachable history', () => {
  it.each([...byLetter].map(([letter, group]) => [group.map((law) => law.id).join(' '), letter, group] as const))(
    '%s hold',
    (_ids, letter, group) => {
      fc.assert(
        fc.property(choices(dear.includes(letter) ? 60 : 150), fc.constantFrom(office, settling), (integers, at) => {
          const history = randomHistory(fromIntegers(integers), { office: at })
          expect(group.flatMap((law) => law.holds(history, at))).toEqual([])
        }),
        { numRuns: 1_000 },
      )
    },
  )
})
