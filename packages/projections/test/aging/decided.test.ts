import { addDays, toDay } from '@daybook/core/kernel'
import { eventsOf, fromIntegers, randomHistory, standingAt } from '@daybook/core/testing'
import { agingBases, agingReport } from '@daybook/projections/aging'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { office } from '../explanation/decided-account.ts'
import { openBook } from './book.ts'

const lives = fc
  .array(fc.nat({ max: 1_000_000 }), { minLength: 10, maxLength: 120, size: 'max' })
  .map((integers) => randomHistory(fromIntegers(integers), { office, longest: 25 }))

describe('aging of accounts that commands have led to', () => {
  it('K1 buckets, credits and unapplied sum to the net that the events give, whatever the basis and the day', {
    tags: ['K1'],
  }, async () => {
    let tried = 0
    let figures = 0
    await fc.assert(
      fc.asyncProperty(lives, fc.integer({ min: -60, max: 200 }), async (history, days) => {
        tried += 1
        const book = await openBook()
        for (const { decision, recordedOn } of history.steps) {
          if (decision.ok && decision.events.length > 0) await book.post('account-a', recordedOn, ...decision.events)
        }
        const known = history.steps.at(-1)?.recordedOn ?? toDay('2026-03-02')
        const asOf = addDays(known, days)
        const standing = standingAt(history, asOf, known)
        for (const basis of agingBases) {
          const report = await book.run(agingReport({ asOf, knownAtPosition: eventsOf(history).length, basis }))
          const sum = report.buckets.reduce((all, { amount }) => all + amount, 0)
          expect(sum + report.credits + report.unapplied).toBe(report.net)
          expect(report.net).toBe(standing.net)
          expect(report.unapplied).toBe(standing.unapplied)
          figures += sum === 0 ? 0 : 1
        }
        await book.close()
      }),
      { numRuns: 1_000 },
    )
    expect(figures).toBeGreaterThan(tried / 3)
  })
})
