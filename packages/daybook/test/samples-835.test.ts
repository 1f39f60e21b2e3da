import { toCents } from '@daybook/core/kernel'
import type { RemittanceAdvice } from '@daybook/core/remittance'
import { type Desk, type RemittanceReport, receiveRemittance } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import {
  accountName,
  clearingFaults,
  controlOf,
  type Entry,
  entries,
  readLog,
  receivableBy,
  unbalancedPrefixes,
} from './support/books.ts'
import { memoryDesk } from './support/desk.ts'
import { placesOf, postedClaim } from './support/posted-claims.ts'
import { advicesOf, type ExpectedTransaction, remittanceSamples, sampleText } from './support/samples.ts'

const received = (desk: Desk, advice: RemittanceAdvice, openMissing = true): Promise<RemittanceReport> =>
  Effect.runPromise(receiveRemittance(desk, advice, { openMissing }))

const own = (log: readonly Entry[], { remittanceId, accounts }: RemittanceReport): readonly Entry[] =>
  log.filter(({ stored }) =>
    [`remittance-${remittanceId}`, ...accounts.map((id) => `account-${id}`)].includes(stored.stream),
  )

/** The files' transactions with what an independent program made of them; every file is its own book. */
const booked = async (file: string, transactions: readonly ExpectedTransaction[]) => {
  const advices = await advicesOf(sampleText(file))
  expect(advices.length, 'transactions').toBe(transactions.length)
  const desk = await memoryDesk()
  return { desk, pairs: transactions.map((expected, at) => ({ expected, advice: advices[at] as RemittanceAdvice })) }
}

const controlName = (account: string): string => (account === 'interestIncome' ? 'interest' : accountName(account))
const withoutZeros = (amounts: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== 0))

describe.skipIf(remittanceSamples().length === 0)(
  'real remittances, each into an empty book',
  { tags: ['samples'] },
  () => {
    it.each(remittanceSamples())(
      'D2 D3 P1 P6 %s is posted as postings.md says',
      { tags: ['D2', 'D3', 'P1', 'P6'] },
      async (file, { transactions }) => {
        const { desk, pairs } = await booked(file, transactions)
        for (const { expected, advice } of pairs) {
          const report = await received(desk, advice)
          const log = await entries(desk)
          const mine = own(log, report)

          expect(report.outcome, 'verdict').toBe(expected.verdict)
          const heldClaims = report.held.flatMap(({ claims }) => claims)
          expect(heldClaims.length, 'claims held').toBe(expected.heldClaims)
          expect(
            report.held.reduce((sum, { amount }) => sum + amount, 0),
            'amount held',
          ).toBe(expected.heldAmount)
          expect(advice.date?.replaceAll('-', ''), 'the day it counts from').toBe(expected.effectiveDate)
          expect(report.findings.length, report.findings.join()).toBe(expected.findings.length)

          const places = placesOf(log, report.remittanceId)
          for (const [at, claim] of expected.claims.entries()) {
            const words = `claim ${at + 1}, ${claim.clp01}`
            const verdict = heldClaims.includes(at + 1) ? 'held' : places.has(at + 1) ? 'posted' : 'recorded'
            expect(verdict, words).toBe(claim.verdict)
            if (claim.verdict !== 'posted') continue
            const { dispositions, findings, ...picture } = postedClaim(log, places.get(at + 1) ?? '')
            expect(picture, words).toEqual({
              balances: claim.balances,
              charge: claim.charge,
              cash: claim.cash,
              contractual: claim.contractual,
              capitated: claim.capitated,
              withheld: claim.withheld,
              priorPayerSettled: claim.priorPayerSettled,
              denied: claim.denied,
              pending: claim.pending,
              heldResponsibility: claim.heldResponsibility,
              heldOnDenialCarc: claim.heldOnDenialCarc,
              lines: claim.lines.map(({ code, ...line }) => ({ ...line, code: code === '(claim)' ? 'CLAIM' : code })),
            })
            expect(dispositions, words).toEqual(
              (claim.dispositions ?? [])
                .filter(({ amount }) => amount !== 0)
                .map(({ line, group, carc, amount, disposition, derived }) =>
                  [line, group, carc, amount, disposition, derived ? 'derived' : 'reported'].join(' '),
                )
                .sort(),
            )
            expect(findings.filter((finding) => finding.startsWith('B5')).length, words).toBe(
              'B5' in claim.finding ? 1 : 0,
            )
            for (const finding of claim.findings ?? []) expect(findings, words).toContain(finding)
          }

          expect(controlOf(mine, controlName)).toEqual(withoutZeros(expected.control))
          const { patient = 0, insurance = 0 } = receivableBy(mine, ({ party }) =>
            party === 'patient' ? party : 'insurance',
          )
          expect({ patient, insurance }).toEqual({
            patient: expected.receivable.patient,
            insurance: expected.receivable.coverage + expected.receivable.next,
          })

          // Money is conserved: all CLP04 went through clearing, BPR02 is the cash, and what is held is still in clearing.
          const control = controlOf(mine)
          expect(control['cash'] ?? 0).toBe(expected.paymentAmount)
          expect(0 - (control[`payerClearing:${report.remittanceId}`] ?? 0)).toBe(expected.payerClearingHeld)
          expect(clearingFaults(log)).toEqual([])
          expect(unbalancedPrefixes(log)).toEqual([])
          const exceptions = mine.filter(
            ({ event }) =>
              event.type === 'ProviderAdjustmentRecorded' && event.exception === 'recoupmentWithoutReversal',
          )
          expect(exceptions.length, 'law P2: a recoupment without a reversal is an open exception').toBe(
            expected.exceptions.length,
          )
        }
      },
    )

    it.each(remittanceSamples())(
      'D3 %s into a book without accounts: every claim held, its money in clearing',
      { tags: ['D3'] },
      async (file, { transactions }) => {
        const { desk, pairs } = await booked(file, transactions)
        for (const { advice } of pairs) {
          const report = await received(desk, advice, false)
          const log = await entries(desk)
          const paying = advice.claims.filter(({ status }) => status !== '25')
          expect(report.outcome).toBe('partial')
          expect(report.accounts).toEqual([])
          expect(report.held.flatMap(({ claims }) => claims).sort((a, b) => a - b)).toEqual(
            paying.map(({ number }) => number),
          )
          for (const { hits } of report.held) expect(['match', 'R', 'B1', 'B2', 'B4']).toContain(hits[0]?.rule)
          expect(0 - (controlOf(log)[`payerClearing:${report.remittanceId}`] ?? 0)).toBe(
            advice.claims.reduce((sum, claim) => sum + (claim.paid ?? 0), 0),
          )
          expect(unbalancedPrefixes(log)).toEqual([])
        }
      },
    )
  },
)

/** The separators that an interchange declares: element, component, segment. */
const declared = (text: string): readonly [string, string, string] => {
  const isa = text.slice(text.indexOf('ISA'))
  const last = isa.split(isa.charAt(3))[16] ?? ''
  return [isa.charAt(3), last.charAt(0), last.charAt(1)]
}

/** The same segments with other separators, indented, each on a line of its own: other bytes, the same document. */
const reprinted = (text: string): string => {
  const [element, component, end] = declared(text)
  return text
    .slice(text.indexOf('ISA'))
    .split(end)
    .map((segment) => segment.trim())
    .filter((segment) => segment !== '')
    .map((segment) => segment.split(component).join('\u001f').split(element).join('|'))
    .map((segment) => `${segment}\u001d\r\n`)
    .join('')
}

describe.skipIf(remittanceSamples().length === 0)('a remittance that comes again', { tags: ['samples'] }, () => {
  it.each(remittanceSamples())(
    'L1 %s: the same, or the same printed otherwise, is a duplicate and posts nothing',
    { tags: ['L1'] },
    async (file, { transactions }) => {
      const { desk, pairs } = await booked(file, transactions)
      for (const { advice } of pairs) await received(desk, advice)
      const log = await readLog(desk)
      const text = sampleText(file)
      const other = reprinted(text)
      expect(other).not.toBe(text)
      const copies = [...pairs.map(({ advice }) => advice), ...(await advicesOf(other))]
      expect(copies.length).toBe(2 * pairs.length)
      for (const copy of copies) {
        for (const openMissing of [true, false]) {
          expect(await received(desk, copy, openMissing)).toMatchObject({ outcome: 'duplicate', postedClaims: 0 })
        }
      }
      expect((await readLog(desk)).length, 'events').toBe(log.length)
    },
  )

  const paying = remittanceSamples().filter(([, { transactions }]) => transactions[0]?.paymentAmount !== 0)
  it.each(paying)(
    'AR-03 %s: the same trace with another amount on one claim is a conflict',
    async (file, { transactions }) => {
      const { desk, pairs } = await booked(file, transactions)
      const advice = pairs[0]?.advice
      const [claim, ...others] = advice?.claims ?? []
      if (!advice || !claim) throw new Error('no claim')
      const first = await received(desk, advice)
      const before = controlOf(await entries(desk))
      const changed = { ...advice, claims: [{ ...claim, paid: toCents((claim.paid ?? 0) + 100) }, ...others] }
      const report = await received(desk, changed)
      expect(report).toMatchObject({ outcome: 'held', conflictsWith: first.remittanceId, postedClaims: 0 })
      expect(report.reasons).toEqual(['outOfBalance', 'conflict'])
      expect(report.differences).toEqual([
        { level: 'transaction', reference: 'transaction', rule: 'B6', amount: -100 },
        { level: 'claim', reference: claim.patientControlNumber, rule: 'conflict', amount: 100 },
      ])
      expect(controlOf(await entries(desk)), 'nothing is posted').toEqual(before)
      expect(await received(desk, changed), 'and it is known when it comes again').toMatchObject({
        outcome: 'duplicate',
      })
    },
  )
})
