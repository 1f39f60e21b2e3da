import { balanceOf, foldAccount, newAccount, owedOn, unappliedTotal } from '@daybook/core/account'
import { addDays, type LineId, PATIENT, toDay } from '@daybook/core/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explain } from '../../src/explanation/index.ts'
import { historyOf } from '../../src/history/index.ts'
import { moneyAsOf, moneyOf, summarise, totalsOf } from '../../src/summary/index.ts'
import { recorded } from '../history/book.ts'
import { arbReachable } from './decided-account.ts'
import { arbAccount } from './random-account.ts'

const late = toDay('2099-01-01')
const runs = { numRuns: 1_000 }

describe.each([
  ['decided', arbReachable],
  ['scripted', arbAccount],
])('laws of what is told about an account (%s histories)', (_name, arbHistory) => {
  it('A3 A4 an explanation adds up: parts to shares, shares to lines, lines and unapplied to the net', {
    tags: ['A3', 'A4'],
  }, () => {
    fc.assert(
      fc.property(arbHistory, (events) => {
        const state = foldAccount(newAccount, events)
        const explained = explain(recorded(events), late)
        for (const line of explained.lines) {
          for (const share of line.parties) {
            expect(share.parts.reduce((sum, { amount }) => sum + amount, 0)).toBe(share.balance)
            expect(share.parts.every((part) => part.events.length > 0)).toBe(true)
            const party = share.party === PATIENT ? PATIENT : { coverageId: share.party as never }
            expect(share.balance).toBe(owedOn(state.ledger, line.line as LineId, party))
            if (share.party !== PATIENT) {
              expect(share.open.reduce((sum, { amount }) => sum + amount, 0)).toBe(share.balance)
            }
          }
          expect(line.balance).toBe(owedOn(state.ledger, line.line as LineId))
        }
        expect(explained.unapplied.reduce((sum, { amount }) => sum - amount, 0)).toBe(unappliedTotal(state.payments))
        expect(explained.net).toBe(balanceOf(state.ledger) - unappliedTotal(state.payments))
      }),
      runs,
    )
  })

  it('C4 as of a day, the explanation and the summary are the sum of the effects dated until then', {
    tags: ['C4'],
  }, () => {
    fc.assert(
      fc.property(arbHistory, fc.nat({ max: 90 }), (events, days) => {
        const asOf = addDays(events.at(-1)?.effectiveDate ?? late, -days)
        const money = moneyAsOf(events, asOf)
        expect(explain(recorded(events), asOf).net).toBe(totalsOf(money).net)
        expect(summarise(foldAccount(newAccount, events), asOf, money).totals.net).toBe(totalsOf(money).net)
      }),
      runs,
    )
  })

  it('a sentence tells what stands: what a reversal took back is in the parts, nothing in it is zero', () => {
    fc.assert(
      fc.property(arbHistory, (events) => {
        for (const { says } of explain(recorded(events), late).lines) {
          expect(says).not.toMatch(/: undone| 0\.00\b/)
        }
      }),
      runs,
    )
  })

  it('A3 A4 the running balance of a history ends where the fold stands', { tags: ['A3', 'A4'] }, () => {
    fc.assert(
      fc.property(arbHistory, (events) => {
        const state = foldAccount(newAccount, events)
        const history = historyOf(recorded(events))
        expect(history).toHaveLength(events.length)
        const last = history.at(-1)
        expect(last?.net).toBe(balanceOf(state.ledger) - unappliedTotal(state.payments))
        expect(last?.unapplied).toBe(unappliedTotal(state.payments))
        expect(history.reduce((sum, { moved }) => sum + moved, 0)).toBe(balanceOf(state.ledger))
      }),
      runs,
    )
  })

  it('E10 owed, credits and unapplied stand apart and sum to the net; parties sum to both columns', {
    tags: ['E10'],
  }, () => {
    fc.assert(
      fc.property(arbHistory, (events) => {
        const state = foldAccount(newAccount, events)
        const { totals, balances, visits } = summarise(state, late)
        const negative = [...state.ledger.layers.values()].map((layer) => Math.min(0, layer.active + layer.placed))
        expect(totals.credits).toBe(negative.reduce((sum, amount) => sum + amount, 0))
        expect(totals.unapplied).toBe(unappliedTotal(state.payments))
        expect(totals.net).toBe(totals.owed + totals.credits - totals.unapplied)
        expect(balances.reduce((sum, one) => sum + one.active + one.placed, 0)).toBe(totals.owed)
        expect(balances.reduce((sum, one) => sum + one.credits, 0)).toBe(totals.credits)
        expect(visits.reduce((sum, one) => sum + one.balance, 0)).toBe(totals.owed + totals.credits)
        expect(totalsOf(moneyOf(state))).toEqual(totalsOf(moneyAsOf(events, late)))
      }),
      runs,
    )
  })
})
