import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { account, foldAccount, newAccount } from '../../src/account/account.ts'
import { comparable, contextOf, fromIntegers, randomHistory } from '../../src/testing/index.ts'
import { office } from '../support/desk.ts'

const choices = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 200, size: 'max' })

describe('an older version of an account', () => {
  it('stays what the events up to it give, whatever was decided after it, was refused or was dropped', () => {
    fc.assert(
      fc.property(choices, fc.nat(), (integers, pick) => {
        const { steps } = randomHistory(fromIntegers(integers), { office, longest: 25 })
        // A decision on an old version that nobody stores: its account is dropped, and others go on.
        const old = steps[pick % steps.length]
        if (old) account.decide(old.before, old.command, contextOf(office, old.recordedOn, 1 + (pick % steps.length)))
        let fresh = newAccount
        for (const { before, decision, after } of steps) {
          expect(comparable(before)).toBe(comparable(fresh))
          if (decision.ok) fresh = foldAccount(fresh, decision.events)
          expect(comparable(after)).toBe(comparable(fresh))
        }
      }),
      { numRuns: 100 },
    )
  })
})
