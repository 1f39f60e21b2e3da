import { toCents } from '@daybook/core/kernel'
import type { RemittanceAdvice } from '@daybook/core/remittance'
import { type Desk, type RemittanceReport, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accountName,
  clearingFaults,
  controlOf,
  type Entry,
  entriesOf,
  readLog,
  unbalancedPrefixes,
} from '../support/books.ts'
import { type CrashPractice, importDay, kinds, practiceOf } from '../support/crash-practice.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice, type ClaimOf } from '../support/documents.ts'
import { openByClaim } from '../support/open-by-claim.ts'
import { orders } from '../support/orders.ts'

// Every run opens books in memory and imports whole files: small ones mostly, so that a thousand runs are soon done.
const runs = { numRuns: 1_000 }
const claimsOf = (maxLength: number) => fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength })
const dayArb = fc.oneof({ weight: 19, arbitrary: claimsOf(3) }, { weight: 1, arbitrary: claimsOf(9) }).map(practiceOf)

const received = (desk: Desk, document: RemittanceAdvice, options: object = {}): Promise<RemittanceReport> =>
  Effect.runPromise(receiveRemittance(desk, document, { openMissing: false, ...options }))
const billed = (desk: Desk, { bills }: CrashPractice) => Effect.runPromise(submitClaims(desk, bills))
const booked = async (desk: Desk): Promise<readonly Entry[]> => entriesOf(await readLog(desk))

const expectBooks = (log: readonly Entry[]): void => {
  expect(unbalancedPrefixes(log)).toEqual([])
  expect(clearingFaults(log)).toEqual([])
}

/** Where the money stands: control accounts, what is open by claim, and what is denied. */
const standing = (log: readonly Entry[]) => {
  const resolved = new Set(log.flatMap(({ event }) => (event.type === 'DenialResolved' ? [event.denialId] : [])))
  return {
    control: controlOf(log),
    open: openByClaim(log),
    denied: log
      .flatMap(({ event }) => (event.type === 'DenialRecorded' && !resolved.has(event.denialId) ? [event] : []))
      .map(({ category, lines }) => `${category} ${lines.reduce((sum, { amount }) => sum + amount, 0)}`)
      .sort(),
  }
}

/** Every layer that is not empty, ids apart: whose, since when, how much. */
const layers = (log: readonly Entry[]): readonly string[] => {
  const opened = new Map<string, string>()
  const amounts = new Map<string, number>()
  const claims = new Map<string, string>()
  for (const { event } of log) {
    if (event.type === 'VisitOpened') claims.set(event.visitId, event.patientControlNumber ?? '')
    if (event.type === 'ChargePosted') claims.set(event.lineId, `${claims.get(event.visitId)} ${event.code}`)
    if (!('effects' in event)) continue
    for (const { layerId, lineId, party, agingFrom } of event.opens ?? []) {
      opened.set(layerId, `${claims.get(lineId)} ${party === 'patient' ? party : 'coverage'} since ${agingFrom}`)
    }
    for (const { layerId, amount } of event.effects) amounts.set(layerId, (amounts.get(layerId) ?? 0) + amount)
  }
  return [...amounts].flatMap(([id, amount]) => (amount === 0 ? [] : [`${opened.get(id)}: ${amount}`])).sort()
}

describe('laws of import, over generated days', () => {
  it('P1 P6 L5 what goes in is posted, recorded or held, in count and in money', {
    tags: ['P1', 'P6', 'L5'],
  }, async () => {
    await fc.assert(
      fc.asyncProperty(dayArb, fc.boolean(), async (day, openMissing) => {
        const desk = await memoryDesk()
        await billed(desk, day)
        for (const document of [day.earlier, day.remittance]) {
          const report = await received(desk, document, { openMissing })
          const log = await booked(desk)
          const held = report.held.flatMap(({ claims }) => claims)
          expect(report.postedClaims + report.recordedClaims + held.length).toBe(document.claims.length)
          const posted = log.flatMap(({ stored, event }) =>
            event.type === 'RemittanceClaimPosted' && stored.stream === `remittance-${report.remittanceId}`
              ? [event.amount]
              : [],
          )
          const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)
          expect(sum(posted) + sum(report.held.map(({ amount }) => amount))).toBe(
            sum(document.claims.map(({ paid = 0 }) => paid)),
          )
          expectBooks(log)
        }
      }),
      runs,
    )
  })

  it('D3 a transaction that does not add up is held with the difference, and nothing of it is posted', {
    tags: ['D3'],
  }, async () => {
    await fc.assert(
      fc.asyncProperty(dayArb, fc.integer({ min: -9_999, max: 9_999 }), async (day, off) => {
        const { payment } = day.remittance
        if (off === 0 || !payment) return
        const desk = await memoryDesk()
        await billed(desk, day)
        const before = controlOf(await booked(desk))
        const amount = toCents(payment.amount + off)
        const report = await received(desk, { ...day.remittance, payment: { ...payment, amount } })
        expect(report).toMatchObject({ outcome: 'held', postedClaims: 0, differences: [{ rule: 'B6', amount: off }] })
        expect(controlOf(await booked(desk))).toEqual(before)
      }),
      runs,
    )
  })

  it('D3 L3 a claim that does not add up is held alone, its money in clearing; the others post as without it', {
    tags: ['D3', 'L3'],
  }, async () => {
    const paid = (pcn: string, off = 0): ClaimOf => ({
      pcn,
      paid: 6_000,
      lines: [{ charge: 10_000, paid: 6_000, cas: [['CO', '45', 4_000 - off]] }],
    })
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.nat(),
        fc.integer({ min: -500, max: 500 }),
        async (count, which, off) => {
          const bad = which % count
          if (off === 0) return
          const desk = await memoryDesk()
          const claims = Array.from({ length: count }, (_, at) => paid(`V${at}`, at === bad ? off : 0))
          const report = await received(desk, advice({ claims }), { openMissing: true })
          expect(report).toMatchObject({ outcome: 'partial', postedClaims: count - 1 })
          expect(report.held).toMatchObject([{ claims: [bad + 1], amount: 6_000 }])
          expect(report.differences.map(({ rule, amount }) => [rule, amount])).toEqual([
            ['B1', off],
            ['B2', off],
          ])
          const log = await booked(desk)
          const badVisit = log.some(
            ({ event }) => event.type === 'VisitOpened' && event.patientControlNumber === `V${bad}`,
          )
          expect(badVisit, 'nothing of the bad claim is applied').toBe(false)
          const adjudicated = log.filter(({ event }) => event.type === 'ClaimAdjudicated')
          expect(adjudicated.length + report.held.length).toBe(count)
          const control = controlOf(log, accountName)
          expect(control).toMatchObject({ payerClearing: -6_000, cash: 6_000 * count })
        },
      ),
      runs,
    )
  })

  it('A7 an advice in another currency than the dollar is held, and nothing of it is posted', {
    tags: ['A7'],
  }, async () => {
    const code = fc.stringMatching(/^[A-Z]{3}$/).filter((currency) => currency !== 'USD')
    await fc.assert(
      fc.asyncProperty(dayArb, code, async (day, currency) => {
        const desk = await memoryDesk()
        const report = await received(desk, { ...day.remittance, currency }, { openMissing: true })
        expect(report).toMatchObject({ outcome: 'held', postedClaims: 0, reasons: ['currency'] })
        expect(controlOf(await booked(desk))).toEqual({})
      }),
      runs,
    )
  })

  it('L1 the same day again, in the same or in another order, adds nothing', { tags: ['L1'] }, async () => {
    await fc.assert(
      fc.asyncProperty(dayArb, fc.nat({ max: 5 }), async (day, order) => {
        const desk = await memoryDesk()
        await importDay(desk, day)
        const log = await readLog(desk)
        for (const step of orders(3)[order] ?? []) {
          if (step === 0) await billed(desk, day)
          else expect((await received(desk, step === 1 ? day.remittance : day.earlier)).outcome).toBe('duplicate')
        }
        expect((await readLog(desk)).length).toBe(log.length)
      }),
      runs,
    )
  })

  it('L2 claims, the advice that paid and the one that corrects it, in any order, end alike', {
    tags: ['L2'],
  }, async () => {
    await fc.assert(
      fc.asyncProperty(dayArb, fc.nat({ max: 5 }), async (day, order) => {
        const imported = async (steps: readonly number[]) => {
          const desk = await memoryDesk()
          for (const step of steps) {
            if (step === 0) await billed(desk, day)
            else await received(desk, step === 1 ? day.earlier : day.remittance)
          }
          const log = await booked(desk)
          expectBooks(log)
          return standing(log)
        }
        expect(await imported(orders(3)[order] ?? [])).toEqual(await imported([0, 1, 2]))
      }),
      runs,
    )
  })

  it('P4 N15 any batches and any concurrency give the same layers', { tags: ['P4', 'N15'] }, async () => {
    await fc.assert(
      fc.asyncProperty(
        dayArb,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        async (day, batch, concurrency) => {
          const imported = async (options: object) => {
            const desk = await memoryDesk()
            await billed(desk, day)
            await received(desk, day.earlier, { openMissing: true, ...options })
            await received(desk, day.remittance, { openMissing: true, ...options })
            const log = await booked(desk)
            expectBooks(log)
            return { layers: layers(log), control: controlOf(log) }
          }
          expect(await imported({ batch, concurrency })).toEqual(await imported({}))
        },
      ),
      runs,
    )
  })
})
