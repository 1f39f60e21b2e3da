import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideAccount, review } from '../../src/account/index.ts'
import { type Behind, nextActionOf } from '../../src/account/next-action.ts'
import { accountCommand } from '../../src/account/rooms.ts'
import type { Medium } from '../../src/kernel/contact.ts'
import { addDays, type Day } from '../../src/kernel/day.ts'
import { contextOf } from '../../src/testing/history.ts'
import { fromIntegers, randomHistory } from '../../src/testing/index.ts'
import { office } from '../support/desk.ts'

// What a next action promises, over random lives of an account and whoever stands behind it.

const night = {
  rule: 'CT-03',
  reason: 'an inconvenient time',
  citation: '12 CFR 1006.6(b)(1)(i)',
  jurisdiction: 'federal',
}
const asks: ReadonlySet<string> = new Set(['remindOfPromise', 'followUpPromise', 'cureNotice', 'call', 'remind'])
const media: readonly Medium[] = ['call', 'text', 'email', 'mail']

const lives = fc.record({
  integers: fc.array(fc.nat({ max: 1_000_000 }), { minLength: 40, maxLength: 300, size: 'max' }),
  free: fc.subarray([...media]),
  later: fc.nat({ max: 200 }),
  special: fc.boolean(),
  vulnerable: fc.boolean(),
  reachable: fc.boolean(),
  nobody: fc.boolean(),
})

describe('a next action, whatever has happened to the account', () => {
  it('has passed its gates or says what it waits for, with its source; it is looked at again in time', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(lives, ({ integers, free, later, special, vulnerable, reachable, nobody }) => {
        const history = randomHistory(fromIntegers(integers), { office })
        const last = history.steps.at(-1)?.recordedOn
        if (!last || !history.state.registration.account) return
        const today: Day = addDays(last, later)
        const given = contextOf(office, today, 0)
        const behind: Behind = {
          special: special ? ['an attorney speaks for them (CT-05)'] : [],
          vulnerable,
          reachable,
          may: (medium) => (free.includes(medium) ? { allowed: true, hits: [] } : { allowed: false, hits: [night] }),
        }
        const next = nextActionOf(history.state, given, nobody ? undefined : behind)
        seen.set(next.step, (seen.get(next.step) ?? 0) + 1)
        expect(next.allowed).toBe(next.blockedBy.length === 0)
        for (const { rule, reason, citation } of next.blockedBy) {
          expect([rule, reason, citation].filter((text) => text.trim() === '')).toEqual([])
        }
        if (next.allowed) expect(next.earliest).toBeUndefined()
        const { snoozeDays } = office.policy.policy.work
        expect(next.reviewOn > today && next.reviewOn <= addDays(today, snoozeDays)).toBe(true)
        // Nobody is asked by what may not be used, and nobody is asked at all where none stands behind the account.
        if (asks.has(next.step) && next.allowed && next.nextAction !== 'evaluate the plan (EvaluatePlan)') {
          expect(nobody).toBe(false)
          expect(media.some((medium) => free.includes(medium) && next.nextAction.endsWith(`(${medium})`))).toBe(true)
        }
        if (special && !nobody) expect(next.step).toBe('special')
        if (next.step === 'send' && next.allowed) {
          const command = accountCommand.parse({ type: 'IssueStatement', on: today })
          expect(decideAccount(history.state, command, given).ok).toBe(true)
        }
        if (next.step === 'place') expect(next.allowed).toBe(review('placeAccount', history.state, given).pass)
        // The same account, moment and person: the same answer.
        expect(nextActionOf(history.state, given, nobody ? undefined : behind)).toEqual(next)
      }),
      { numRuns: 1_000 },
    )
    // Rows that random lives come by: a property that met none of them would say nothing.
    for (const step of ['none', 'special', 'workDispute', 'namePerson'])
      expect(seen.get(step) ?? 0, step).toBeGreaterThan(0)
  })
})
