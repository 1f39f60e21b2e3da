import { accountAsOf, foldAccount, newAccount } from '@daybook/core/account'
import { addDays, type Day, type Instant, maxDay } from '@daybook/core/kernel'
import { usZones } from '@daybook/core/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unwatched, unwatchedWords } from '../../src/worklist/index.ts'
import { arbReachable } from '../explanation/decided-account.ts'
import { policy } from './book.ts'

describe('watch-1 nothing is out of sight', () => {
  it('Q6 every open receivable and credit is on a list of today, or has a dated reason why not', {
    tags: ['Q6'],
  }, () => {
    fc.assert(
      fc.property(arbReachable, fc.nat({ max: 400 }), (events, days) => {
        const last = events.reduce((day, { effectiveDate }) => maxDay(day, effectiveDate), '2000-01-01' as Day)
        const asOf = addDays(last, days)
        const now = `${asOf}T18:00:00.000Z` as Instant
        const missing = unwatched(accountAsOf(events, asOf), { asOf, now, localTime: usZones, policy })
        expect(missing.map(unwatchedWords)).toEqual([])
      }),
      { numRuns: 1_000, endOnFailure: true },
    )
  })

  it('Q6 standing-2 the same of every day on which something of it began to count', { tags: ['Q6'] }, () => {
    let days = 0
    let runs = 0
    fc.assert(
      fc.property(arbReachable, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (events, at) => {
        runs += 1
        for (const asOf of new Set(at.map((n) => events[n % events.length]?.effectiveDate))) {
          if (asOf === undefined) continue
          days += 1
          const now = `${asOf}T18:00:00.000Z` as Instant
          const missing = unwatched(accountAsOf(events, asOf), { asOf, now, localTime: usZones, policy })
          expect({ asOf, missing: missing.map(unwatchedWords) }).toEqual({ asOf, missing: [] })
        }
      }),
      { numRuns: 1_000, endOnFailure: true },
    )
    expect(days).toBeGreaterThan(runs)
  })

  it('such lives reach what the law is about: a law that never meets it says nothing', () => {
    const met = { receivable: 0, credit: 0, placed: 0, onPlan: 0, refund: 0, withheld: 0 }
    for (const events of fc.sample(arbReachable, { numRuns: 300, seed: 20_261_121 })) {
      const { ledger, credits, plans } = foldAccount(newAccount, events)
      const layers = [...ledger.layers.values()]
      met.receivable += layers.filter(({ active }) => active > 0).length
      met.credit += credits.credits.size
      met.placed += layers.filter(({ placed }) => placed > 0).length
      met.onPlan += [...plans.plans.values()].filter(({ status }) => status === 'active').length
      met.refund += [...credits.refunds.values()].filter(({ status }) => status === 'issued').length
      met.withheld += [...ledger.control].filter(([name, sum]) => name.startsWith('withhold:') && sum > 0).length
    }
    expect(Object.entries(met).filter(([, times]) => times === 0)).toEqual([])
  })
})
