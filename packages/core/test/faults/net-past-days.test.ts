import fc from 'fast-check'
import { expect, it } from 'vitest'
import { accountAsOf } from '../../src/account/as-of.ts'
import { unappliedOf } from '../../src/account/payments/state.ts'
import { amountOn } from '../../src/kernel/dated.ts'
import { isPosting } from '../../src/kernel/effects.ts'
import { eventsOf, fromIntegers, randomHistory } from '../../src/testing/index.ts'
import { office, settling } from '../support/desk.ts'

// Kind “net”, on past days: what had no item then, told three ways.

it('net-4 money without an item on a past day is that of the day: by the account’s effects, by each payment, by the account as of it', () => {
  let days = 0
  const choices = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 100, maxLength: 400, size: 'max' })
  fc.assert(
    fc.property(choices, fc.constantFrom(office, settling), (integers, at) => {
      const history = randomHistory(fromIntegers(integers), { office: at })
      const events = eventsOf(history).map(({ event }) => event)
      const payments = [...history.state.payments.payments.values()]
      const changed = new Set(payments.flatMap(({ dated }) => dated.map(({ on }) => on)))
      for (const day of changed) {
        days += 1
        const byEffects = events
          .flatMap((event) => (isPosting(event) && event.effectiveDate <= day ? event.contra : []))
          .reduce((sum, { account, amount }) => (account === 'unapplied' ? sum - amount : sum), 0)
        const byPayments = payments.reduce((sum, { dated }) => sum + amountOn(dated, day), 0)
        const asOf = [...accountAsOf(events, day).payments.payments.values()]
        expect([day, byPayments]).toEqual([day, byEffects])
        expect([day, asOf.reduce((sum, payment) => sum + unappliedOf(payment), 0)]).toEqual([day, byEffects])
      }
    }),
    { numRuns: 1_000 },
  )
  expect(days).toBeGreaterThan(50)
})
