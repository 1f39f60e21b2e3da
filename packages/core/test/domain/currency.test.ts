import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountCommand } from '../../src/account/index.ts'
import { comparable, eventsOf, fromIntegers, randomHistory } from '../../src/testing/index.ts'
import { office } from '../support/desk.ts'

const runs = { numRuns: 1_000 }
const lives = fc
  .array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 70, size: 'max' })
  .map((integers) => randomHistory(fromIntegers(integers), { office, longest: 20 }))
const code = fc.stringMatching(/^[A-Z]{3}$/)

/** Every object inside a value, itself first. */
const objectsIn = (value: unknown): readonly object[] =>
  typeof value !== 'object' || value === null ? [] : [value, ...Object.values(value).flatMap(objectsIn)]

// A book has one currency (cents of the dollar), so a law of currencies holds by there being no word for another one.
describe('one currency', () => {
  it('A7 no event names a currency: none can change one', { tags: ['A7'] }, () => {
    fc.assert(
      fc.property(lives, (history) => {
        for (const { event } of eventsOf(history)) expect(comparable(event)).not.toMatch(/currency/i)
      }),
      runs,
    )
  })

  it('A7 a command that names a currency, wherever in it, is no command', { tags: ['A7'] }, () => {
    fc.assert(
      fc.property(lives, fc.nat(), fc.nat(), code, (history, which, where, currency) => {
        const step = history.steps[which % history.steps.length]
        const command: unknown = JSON.parse(JSON.stringify(step?.command))
        expect(accountCommand.safeParse(command).success).toBe(true)
        const objects = objectsIn(command).filter((each) => !Array.isArray(each))
        Object.assign(objects[where % objects.length] ?? {}, { currency })
        expect(accountCommand.safeParse(command).success).toBe(false)
      }),
      runs,
    )
  })
})
