import { type AccountEvent, accountAsOf, foldAccount, newAccount } from '@daybook/core/account'
import { addDays, type Day, maxDay } from '@daybook/core/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountOn, moneyAsOf } from '../../src/summary/index.ts'
import { arbReachable } from '../explanation/decided-account.ts'

const pageOf = (events: readonly AccountEvent[], asOf: Day) =>
  accountOn(accountAsOf(events, asOf), asOf, moneyAsOf(events, asOf))

/** Days on which a book ended: what was recorded until then counts until then, and what came later counts later. */
const endings = (events: readonly AccountEvent[]): readonly { readonly day: Day; readonly until: number }[] => {
  const ends: { day: Day; until: number }[] = []
  let latest: Day | undefined
  for (const [at, { effectiveDate }] of events.entries()) {
    if (latest !== undefined && effectiveDate > latest) ends.push({ day: addDays(effectiveDate, -1), until: at })
    latest = latest === undefined ? effectiveDate : maxDay(latest, effectiveDate)
  }
  return ends.filter(({ day, until }) =>
    events.every(({ effectiveDate }, at) => (at < until ? effectiveDate <= day : effectiveDate > day)),
  )
}

/** By hand, of the dated events of one thing alone: what of it was there at the end of a day. */
const naively = (events: readonly AccountEvent[], asOf: Day) => {
  const counting = events.filter(({ effectiveDate }) => effectiveDate <= asOf)
  const denials = new Map<string, number>()
  const holdings = new Map<string, number>()
  const credits = new Map<string, number>()
  const placed = new Map<string, number>()
  const plans = new Map<string, string>()
  const frozen = new Set<string>()
  const sum = (lines: readonly { readonly amount: number }[]) => lines.reduce((total, { amount }) => total + amount, 0)
  const less = (left: Map<string, number>, id: string, lines: readonly { readonly amount: number }[] | undefined) => {
    const rest = lines === undefined ? 0 : (left.get(id) ?? 0) - sum(lines)
    if (rest > 0) left.set(id, rest)
    else left.delete(id)
  }
  for (const event of counting) {
    if (event.type === 'DenialRecorded') denials.set(event.denialId, sum(event.lines))
    else if (event.type === 'DenialResolved') less(denials, event.denialId, event.lines)
    else if (event.type === 'ResponsibilityHeld') holdings.set(event.holdingId, sum(event.lines))
    else if (event.type === 'ResponsibilityReleased') less(holdings, event.holdingId, event.lines)
    else if (event.type === 'CreditBalanceIdentified') credits.set(event.creditId, event.amount)
    else if (event.type === 'CreditBalanceResolved') credits.delete(event.creditId)
    else if (event.type === 'AccountPlaced') placed.set(event.placementId, sum(event.items))
    else if (event.type === 'AccountRecalled') less(placed, event.placementId, event.whole ? undefined : event.items)
    else if (event.type === 'PlanProposed') plans.set(event.planId, 'proposed')
    else if (event.type === 'PlanActivated' || event.type === 'PlanCured') plans.set(event.planId, 'active')
    else if (event.type === 'PlanDefaulted') plans.set(event.planId, 'defaulted')
    else if (event.type === 'PlanCompleted') plans.set(event.planId, 'completed')
    else if (event.type === 'PlanCancelled') plans.set(event.planId, 'cancelled')
    else if (event.type === 'PlanSuspended') frozen.add(event.planId)
    else if (event.type === 'PlanResumed') frozen.delete(event.planId)
    else if (event.type === 'InstalmentReopened' && plans.get(event.planId) === 'completed') {
      plans.set(event.planId, 'active')
    }
  }
  for (const id of frozen) if (plans.get(id) === 'active') plans.set(id, 'suspended')
  const inOrder = <V>(map: ReadonlyMap<string, V>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    denials: inOrder(denials),
    holdings: inOrder(holdings),
    credits: inOrder(credits),
    placements: inOrder(placed),
    plans: inOrder(plans),
  }
}

describe('standing-1 an account as of a day', () => {
  it('Q4 is that of a book that ended on the day, where nothing is dated back', { tags: ['Q4'] }, () => {
    let met = 0
    let runs = 0
    fc.assert(
      fc.property(arbReachable, (events) => {
        runs += 1
        for (const { day, until } of endings(events)) {
          met += 1
          const ended = events.slice(0, until)
          expect(pageOf(events, day)).toEqual(accountOn(foldAccount(newAccount, ended), day, moneyAsOf(ended, day)))
        }
      }),
      { numRuns: 1_000 },
    )
    expect(met / runs).toBeGreaterThan(0.5)
  })

  it('Q4 has its plans, placements, denials, holdings and credits by the days of their own events', {
    tags: ['Q4'],
  }, () => {
    let things = 0
    fc.assert(
      fc.property(arbReachable, fc.nat({ max: 120 }), (events, back) => {
        const last = events.reduce((day, { effectiveDate }) => maxDay(day, effectiveDate), '2000-01-01' as Day)
        const asOf = addDays(last, -back)
        const page = pageOf(events, asOf)
        if (page.beforeTheBooks) return
        const inOrder = <T, V>(list: readonly T[], of: (one: T) => readonly [string, V]) =>
          list.map(of).sort(([a], [b]) => (a < b ? -1 : 1))
        const told = {
          denials: inOrder(page.denials, ({ denial, amount }) => [denial, amount]),
          holdings: inOrder(page.holdings, ({ holding, amount }) => [holding, amount]),
          credits: inOrder(page.credits, ({ credit, amount }) => [credit, amount]),
          placements: inOrder(page.placements, ({ placement, amount }) => [placement, amount]),
          plans: inOrder(page.plans, ({ plan, status }) => [plan, status]),
        }
        things += Object.values(told).reduce((sum, list) => sum + list.length, 0)
        expect(told).toEqual(naively(events, asOf))
      }),
      { numRuns: 1_000 },
    )
    expect(things).toBeGreaterThan(0)
  })
})
