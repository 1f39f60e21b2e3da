import { type AccountEvent, accountAsOf, foldAccount, newAccount } from '@daybook/core/account'
import { addDays, type Day, type LineId, maxDay } from '@daybook/core/kernel'
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

type EventOf<T extends AccountEvent['type']> = Extract<AccountEvent, { type: T }>

/** A promise as its own events and the money after it tell it. */
interface Promised {
  readonly made: EventOf<'PromiseMade'>
  status: 'open' | 'kept' | 'partlyKept' | 'broken' | 'closed'
  readonly money: { readonly payment: string; readonly on: Day; readonly amount: number }[]
}

const lastDay = ({ graceDays, parts }: EventOf<'PromiseMade'>, at: number): Day =>
  addDays(parts[at]?.due ?? ('2000-01-01' as Day), graceDays)

/** Money posted after a promise, of the guarantor's own, in time, and meant for nothing else. */
const isFor = (
  { made }: Promised,
  { source, designation, effectiveDate: on }: EventOf<'PatientPaymentPosted'>,
  planned: ReadonlyMap<string, readonly LineId[]>,
): boolean => {
  const inTime = on >= made.effectiveDate && made.parts.some((_, at) => on <= lastDay(made, at))
  const meant = designation?.lines ?? planned.get(designation?.planId ?? '')
  const lines = made.lines.map(({ lineId }) => lineId)
  const fits = meant
    ? meant.some((line) => lines.includes(line))
    : designation?.planId === undefined &&
      (designation?.visitId === undefined || made.lines.some(({ visitId }) => visitId === designation.visitId))
  return source !== 'agency' && inTime && fits
}

/** What postings say of a promise that nobody has judged. */
const judged = ({ made, money }: Promised, asOf: Day): string => {
  let asked = 0
  for (const [at, { amount }] of made.parts.entries()) {
    asked += amount
    const last = lastDay(made, at)
    const paid = money.reduce((total, { on, amount: came }) => (on <= last ? total + came : total), 0)
    if (paid >= asked) continue
    if (asOf <= last) return 'open'
    return paid > 0 && paid * 10_000 >= asked * made.partlyFrom ? 'partlyKept' : 'broken'
  }
  return 'kept'
}

/** The same of promises, disputes, inquiries and what reviews found. */
const naivelyOfPeople = (events: readonly AccountEvent[], asOf: Day) => {
  const promises = new Map<string, Promised>()
  const planned = new Map<string, readonly LineId[]>()
  const disputes = new Map<string, string>()
  const inquiries = new Map<string, { identifiers: Set<string>; to?: string }>()
  const findings = new Set<string>()
  const stands = (id: string, status: Promised['status']) => {
    const promise = promises.get(id)
    if (promise) promise.status = status
  }
  for (const event of events.filter(({ effectiveDate }) => effectiveDate <= asOf)) {
    if (event.type === 'PromiseMade') promises.set(event.promiseId, { made: event, status: 'open', money: [] })
    else if (event.type === 'PromiseKept') stands(event.promiseId, 'kept')
    else if (event.type === 'PromisePartiallyKept') stands(event.promiseId, 'partlyKept')
    else if (event.type === 'PromiseBroken') stands(event.promiseId, 'broken')
    else if (event.type === 'PromiseReopened') stands(event.promiseId, 'open')
    else if (event.type === 'PromiseClosed') stands(event.promiseId, 'closed')
    else if (event.type === 'PlanProposed' || event.type === 'PlanAmended') planned.set(event.planId, event.lines)
    else if (event.type === 'PatientPaymentPosted') {
      const { paymentId: payment, effectiveDate: on, amount } = event
      for (const each of promises.values()) if (isFor(each, event, planned)) each.money.push({ payment, on, amount })
    } else if (event.type === 'PaymentReversed') {
      const { paymentId: payment, effectiveDate: on, amount } = event
      for (const { money } of promises.values()) {
        if (money.some((came) => came.payment === payment)) money.push({ payment, on, amount: -amount })
      }
    } else if (event.type === 'DisputeOpened') disputes.set(event.disputeId, 'received')
    else if (event.type === 'DisputeAcknowledged' && disputes.get(event.disputeId) === 'received') {
      disputes.set(event.disputeId, 'acknowledged')
    } else if (event.type === 'DisputeInvestigated' && disputes.get(event.disputeId) !== 'decided') {
      disputes.set(event.disputeId, 'investigating')
    } else if (event.type === 'DisputeDecided') disputes.set(event.disputeId, 'decided')
    else if (event.type === 'DisputeClosed') disputes.delete(event.disputeId)
    else if (event.type === 'InquiryReceived') {
      inquiries.set(event.inquiryId, { identifiers: new Set(event.identifiers) })
    } else if (event.type === 'InquirerVerified') {
      for (const identifier of event.identifiers) inquiries.get(event.inquiryId)?.identifiers.add(identifier)
    } else if (event.type === 'InquiryEscalated') {
      const inquiry = inquiries.get(event.inquiryId)
      if (inquiry) inquiry.to = event.to
    } else if (event.type === 'InquiryAnswered') inquiries.delete(event.inquiryId)
    else if (event.type === 'DiscrepancyFound') findings.add(event.findingId)
    else if (event.type === 'DiscrepancyResolved') findings.delete(event.findingId)
  }
  const watched = [...promises].filter(([, { status }]) => status !== 'closed' && status !== 'kept')
  return {
    promises: watched.map(([id, one]) => [id, one.status === 'open' ? judged(one, asOf) : one.status]),
    disputes: [...disputes],
    inquiries: [...inquiries].map(([id, { identifiers, to }]) => [id, identifiers.size, to]),
    findings: [...findings],
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

  it('Q4 has its promises, disputes, inquiries and findings by the days of their own events', { tags: ['Q4'] }, () => {
    const met = { promises: 0, disputes: 0, inquiries: 0, findings: 0 }
    let runs = 0
    fc.assert(
      fc.property(arbReachable, fc.nat({ max: 120 }), (events, back) => {
        runs += 1
        const last = events.reduce((day, { effectiveDate }) => maxDay(day, effectiveDate), '2000-01-01' as Day)
        const asOf = addDays(last, -back)
        const page = pageOf(events, asOf)
        if (page.beforeTheBooks) return
        const { promises = [], disputes = [], inquiries = [], reviews: { findings = [] } = {} } = page
        met.promises += promises.length
        met.disputes += disputes.length
        met.inquiries += inquiries.length
        met.findings += findings.length
        expect({
          promises: promises.map(({ promise, status }) => [promise, status]),
          disputes: disputes.map(({ dispute, status }) => [dispute, status]),
          inquiries: inquiries.map(({ inquiry, identifiers, escalatedTo }) => [inquiry, identifiers, escalatedTo]),
          findings: findings.map(({ finding }) => finding),
        }).toEqual(naivelyOfPeople(events, asOf))
      }),
      { numRuns: 1_000 },
    )
    // Of few, as a short run tries, one kind may be missing by chance.
    const missing = Object.entries(met).filter(([, times]) => times === 0)
    expect(missing.length).toBeLessThanOrEqual(runs < 1_000 ? 1 : 0)
  })
})
