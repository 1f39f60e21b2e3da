import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverageEvents } from '../../src/account/coverage/events.ts'
import { creditEvents } from '../../src/account/credits/events.ts'
import { ledgerEvents } from '../../src/account/ledger/events.ts'
import { paymentEvents } from '../../src/account/payments/events.ts'
import { placementEvents } from '../../src/account/placement/events.ts'
import { planEvents } from '../../src/account/plans/events.ts'
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

describe('random lives', () => {
  it('reach every event of these facets, and refusals too: a law that never meets its event says nothing', () => {
    const seen = new Set<string>()
    let refused = 0
    const many = fc.sample(fc.array(fc.nat({ max: 1_000_000 }), { minLength: 150, maxLength: 300, size: 'max' }), {
      numRuns: 600,
      seed: 20_261_121,
    })
    for (const [at, integers] of many.entries()) {
      for (const { decision } of randomHistory(fromIntegers(integers), { office: at % 2 ? office : settling }).steps) {
        if (decision.ok) for (const event of decision.events) seen.add(event.type)
        else refused += 1
      }
    }
    const facets = [ledgerEvents, paymentEvents, creditEvents, coverageEvents, planEvents, placementEvents].flat()
    // Nothing in the scripts re-orders coverages or pays a default off in time; test/account/coverage and test/plans do.
    const left = new Set(['CobOrderSet', 'PlanCured'])
    expect(facets.map((event) => event.type).filter((type) => !seen.has(type) && !left.has(type))).toEqual([])
    expect(refused).toBeGreaterThan(500)
  })
})
