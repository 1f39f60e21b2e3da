import fc from 'fast-check'
import { expect, it } from 'vitest'
import { accountAsOf } from '../../src/account/as-of.ts'
import type { CreditSource } from '../../src/account/credits/events.ts'
import type { AccountState } from '../../src/account/index.ts'
import { sumOf } from '../../src/kernel/cents.ts'
import type { Day } from '../../src/kernel/day.ts'
import { coverageParty, PATIENT, type Party, partyKey } from '../../src/kernel/effects.ts'
import type { LineId } from '../../src/kernel/ids.ts'
import { eventsOf, fromIntegers, randomHistory } from '../../src/testing/index.ts'
import { pays, visitWith } from '../claims/visit.ts'
import { office, settling } from '../support/desk.ts'

// Kind “standing”, of credits: a reversal that is dated back takes the money from its own day on, and the credit with it.

/** What stands on a payment or an item, cents, by going through all of it. */
const moneyOn = ({ payments, ledger }: AccountState, source: CreditSource): number => {
  if ('party' in source) return -owedBy(ledger, source.lineId, source.party)
  if (source.lineId !== undefined) return -owedBy(ledger, source.lineId, PATIENT)
  const payment = payments.payments.get(source.paymentId)
  const used = payment?.allocations.reduce((sum, { amount }) => sum + amount, 0) ?? 0
  return payment ? payment.amount - payment.reversed - payment.refunded + payment.owedAgain - used : 0
}

const owedBy = ({ layers }: AccountState['ledger'], line: LineId, party: Party): number =>
  [...layers.values()]
    .filter((layer) => layer.lineId === line && partyKey(layer.party) === partyKey(party))
    .reduce((sum, { active, placed }) => sum + active + placed, 0)

const choices = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 100, maxLength: 400, size: 'max' })

it('standing-1 Q4 no day shows more of a credit than the money that stood there on that day, also where something was dated back', {
  tags: ['Q4'],
}, () => {
  const met = { credits: 0, endedBack: 0 }
  fc.assert(
    fc.property(choices, fc.constantFrom(office, settling), (integers, at) => {
      const recorded = eventsOf(randomHistory(fromIntegers(integers), { office: at }))
      const events = recorded.map(({ event }) => event)
      met.endedBack += recorded.filter(
        ({ event, recordedOn }) => event.type === 'CreditBalanceResolved' && event.effectiveDate < recordedOn,
      ).length
      for (const day of new Set(events.map(({ effectiveDate }) => effectiveDate))) {
        const then = accountAsOf(events, day)
        for (const { creditId, sources, amount } of then.credits.credits.values()) {
          met.credits += 1
          expect({ day, creditId, of: sumOf(sources, (source) => source.amount) }).toEqual({
            day,
            creditId,
            of: amount,
          })
          const [first] = sources
          const there = first === undefined ? 0 : moneyOn(then, first)
          expect({ day, creditId, shown: Math.min(amount, there) }).toEqual({ day, creditId, shown: amount })
        }
      }
    }),
    { numRuns: 1_000 },
  )
  expect(met.credits).toBeGreaterThan(100)
  expect(met.endedBack).toBeGreaterThan(0)
})

it('standing-1 what is dated back into a credit that was used since leaves it what it was in between, but for the amount', () => {
  const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
  desk.does(pays('acme', { lines: [{ charge: 10_000, paid: 10_000 }] }, '2026-02-20'), '2026-02-20')
  desk.does({ type: 'PostPayment', on: '2026-04-01', payment: 'p1', amount: 30_000, tender: 'check' }, '2026-04-01')
  const owes = { type: 'PostCharge', visit: 'v1', code: '99213', party: 'patient' } as const
  desk.does({ ...owes, on: '2026-05-01', line: 'l2', amount: 8_000 }, '2026-05-01')
  desk.does({ ...owes, on: '2026-04-15', line: 'l3', amount: 1_000 }, '2026-06-01')
  const events = eventsOf(desk.history).map(({ event }) => event)
  const creditOn = (day: string) =>
    [...accountAsOf(events, day as Day).credits.credits.values()].map(({ amount, sources }) => ({ amount, sources }))
  expect(creditOn('2026-04-10')).toEqual([{ amount: 30_000, sources: [{ paymentId: 'p1', amount: 30_000 }] }])
  expect(creditOn('2026-04-20')).toEqual([{ amount: 29_000, sources: [{ paymentId: 'p1', amount: 29_000 }] }])
  expect(creditOn('2026-06-01')).toEqual([{ amount: 21_000, sources: [{ paymentId: 'p1', amount: 21_000 }] }])
})

it('standing-1 a charge that never was leaves no denial on any day, and no holding', () => {
  const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }] })
  const lines = [{ charge: 10_000, paid: 0, cas: [['PR', '204', 10_000] as const] }]
  desk.does(pays('acme', { lines }, '2026-02-20'), '2026-02-20')
  desk.does(
    { type: 'VoidCharge', on: '2026-06-07', line: 'l1', mode: 'correction', reason: 'not performed' },
    '2026-06-08',
  )
  const events = eventsOf(desk.history).map(({ event }) => event)
  const { claims, ledger } = accountAsOf(events, '2026-04-01' as Day)
  expect([...claims.denials.values()].map(({ resolved }) => resolved?.kind)).toEqual(['voided'])
  expect([...ledger.holdings.values()].map(({ open }) => open)).toEqual([false])
})

it('standing-1 charges that never were leave none either where they are voided one by one', () => {
  const second = { line: 'l2', amount: 5_000, code: '99214' }
  const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }, second] })
  const lines = [
    { charge: 10_000, paid: 0, cas: [['PR', '204', 10_000] as const] },
    { code: '99214', charge: 5_000, paid: 0, cas: [['PR', '204', 5_000] as const] },
  ]
  desk.does(pays('acme', { lines }, '2026-02-20'), '2026-02-20')
  const never = { type: 'VoidCharge', mode: 'correction', reason: 'not performed' } as const
  desk.does({ ...never, on: '2026-06-07', line: 'l1' }, '2026-06-08')
  desk.does({ ...never, on: '2026-07-07', line: 'l2' }, '2026-07-08')
  const events = eventsOf(desk.history).map(({ event }) => event)
  const { claims, ledger } = accountAsOf(events, '2026-04-01' as Day)
  expect([...claims.denials.values()].map(({ resolved }) => resolved?.kind)).toEqual(['voided'])
  expect([...ledger.holdings.values()].map(({ open }) => open)).toEqual([false])
})

it('D2 Q4 on no day a payer has denied, or holds back, more of a line than is open at it', {
  tags: ['D2', 'Q4'],
}, () => {
  const met = { denied: 0, held: 0 }
  fc.assert(
    fc.property(choices, fc.constantFrom(office, settling), (integers, at) => {
      const { steps, ...history } = randomHistory(fromIntegers(integers), { office: at })
      const events = eventsOf({ steps, ...history }).map(({ event }) => event)
      const days = [...new Set(events.map(({ effectiveDate }) => effectiveDate))]
      const states = [...days.map((day) => accountAsOf(events, day)), ...steps.map(({ after }) => after)]
      for (const { claims, ledger } of states) {
        const denials = [...claims.denials.values()].filter(({ resolved }) => resolved === undefined)
        const held = [...ledger.holdings.values()].filter(({ open }) => open)
        met.denied += denials.length
        met.held += held.length
        for (const said of [denials, held]) {
          const beyond = new Map<string, number>()
          for (const { event } of said) {
            for (const { lineId, amount } of event.lines) {
              const key = `${lineId} ${event.coverageId}`
              // What was denied of a line that was voided since stays in the denial for as long as another line waits.
              if (ledger.lines.get(lineId)?.voided) continue
              const before = beyond.get(key) ?? -owedBy(ledger, lineId, coverageParty(event.coverageId))
              beyond.set(key, before + amount)
            }
          }
          expect([...beyond].filter(([, amount]) => amount > 0)).toEqual([])
        }
      }
    }),
    { numRuns: 1_000 },
  )
  expect(met.denied).toBeGreaterThan(0)
  expect(met.held).toBeGreaterThan(0)
})
