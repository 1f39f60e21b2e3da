import type { ClaimSubmission } from '@daybook/core/account'
import { type Desk, receiveRemittance, type SubmissionReport, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { controlOf, type Entry, entries, readLog, unbalancedPrefixes } from './support/books.ts'
import { memoryDesk } from './support/desk.ts'
import { advice, type SubmittedOf, submission } from './support/documents.ts'
import { hasSamples, sampleText, submissionSamples, submissionsOf } from './support/samples.ts'

const submitted = (desk: Desk, document: ClaimSubmission): Promise<SubmissionReport> =>
  Effect.runPromise(submitClaims(desk, document))

const imported = async (desk: Desk, file: string): Promise<SubmissionReport['claims']> => {
  const reports: SubmissionReport[] = []
  for (const document of await submissionsOf(sampleText(file))) reports.push(await submitted(desk, document))
  return reports.flatMap(({ claims }) => claims)
}

/** Dollars as the manifest writes them, in cents. */
const cents = (dollars: string | undefined): number => Math.round(Number(dollars ?? 0) * 100)
const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0)
const ofType = <T extends Entry['event']['type']>(log: readonly Entry[], type: T) =>
  log.flatMap(({ event }) => (event.type === type ? [event as Extract<Entry['event'], { type: T }>] : []))

/** Both of its claims are replacements (frequency 7) of claims that are in no file. */
const replacesUnknown = 'simple_837i__source.txt'

describe.skipIf(!hasSamples)('real claims, each file into an empty book', { tags: ['samples'] }, () => {
  it.each(submissionSamples())('%s: claims and charges are those that the manifest counts', async (file, counted) => {
    const desk = await memoryDesk()
    const claims = await imported(desk, file)
    expect(claims.length).toBe(counted.clm)
    expect(total(claims.map(({ charge }) => charge))).toBe(cents(counted.sumCLM02))
    expect(total(claims.map(({ lines }) => lines))).toBe(counted.lines)

    const log = await entries(desk)
    const charges = ofType(log, 'ChargePosted')
    const posted = claims.filter(({ outcome }) => outcome === 'posted')
    if (file.includes('X291')) {
      expect(claims.map(({ outcome }) => outcome)).toEqual(claims.map(() => 'skipped'))
      expect(claims[0]?.problems[0]).toContain('predetermination')
      expect(log).toEqual([])
    } else if (file.endsWith('x12_no_errors.txt')) {
      expect(
        claims.map(({ outcome }) => outcome),
        'it holds one claim twice',
      ).toEqual(['posted', 'duplicate'])
      expect(total(charges.map(({ amount }) => amount))).toBe(cents(counted.sumLineCharges) / 2)
    } else if (file.endsWith(replacesUnknown)) {
      // Clarification 29: replacements whose original is not on file are held; before it they opened visits.
      expect(claims.map(({ outcome }) => outcome)).toEqual(claims.map(() => 'held'))
      expect(log).toEqual([])
    } else {
      expect(claims.map(({ outcome }) => outcome)).toEqual(claims.map(() => 'posted'))
      expect(total(charges.map(({ amount }) => amount))).toBe(cents(counted.sumLineCharges))
    }
    const stated = ofType(log, 'ClaimSubmitted')
    expect(stated.length).toBe(posted.length)
    const offByClaim = counted.claimsWhereChargeNeLines?.slice(0, posted.length) ?? []
    expect(stated.filter(({ findings }) => findings.some((finding) => finding.startsWith('CLM02'))).length).toBe(
      offByClaim.length,
    )
    expect(controlOf(log)['revenue'] ?? 0).toBe(0 - total(charges.map(({ amount }) => amount)))
    expect(unbalancedPrefixes(log)).toEqual([])
  })

  it.each(submissionSamples())('L1 %s twice is once', { tags: ['L1'] }, async (file) => {
    const desk = await memoryDesk()
    await imported(desk, file)
    const events = (await readLog(desk)).length
    const again = await imported(desk, file)
    expect(new Set(again.map(({ outcome }) => outcome))).toEqual(
      new Set([file.includes('X291') ? 'skipped' : file.endsWith(replacesUnknown) ? 'held' : 'duplicate']),
    )
    expect((await readLog(desk)).length).toBe(events)
  })

  it('the first payer’s claim and the second’s of one visit post its charges once', async () => {
    const desk = await memoryDesk()
    const [first] = await imported(desk, 'linuxforhealth-x12/837_005010X222A2/demo.cob.example3.A.837')
    const [second] = await imported(desk, 'linuxforhealth-x12/837_005010X222A2/demo.cob.example3.B.837')
    expect([first?.outcome, second?.outcome]).toEqual(['posted', 'submitted'])
    expect(second?.accountId).toBe(first?.accountId)
    const log = await entries(desk)
    expect(ofType(log, 'ChargePosted').length).toBe(3)
    expect(controlOf(log)).toEqual({ revenue: -7_904 })
    const added = ofType(log, 'CoverageAdded')
    // The first file says that there is a second payer and not which one; the second file names it.
    expect(added.map(({ order, payerName, stub }) => ({ order, payerName, stub }))).toEqual([
      { order: 1, payerName: 'KEY INSURANCE COMPANY', stub: false },
      { order: 2, payerName: '(payer not named)', stub: true },
      { order: 2, payerName: 'GREAT PRAIRIES HEALTH', stub: false },
    ])
    expect(added[2]?.coverageId).toBe(added[1]?.coverageId)
    expect(ofType(log, 'ClaimSubmitted').map(({ sequence }) => sequence)).toEqual(['P', 'S'])
  })
})

const acme = { payer: 'ACME' }
const beta = { payer: 'BETA', sequence: 'S' }
const visit: SubmittedOf = {
  pcn: 'V1',
  to: acme,
  lines: [
    { code: '99213', charge: 10_000 },
    { code: '73562', charge: 15_000 },
  ],
}

describe('claims of one visit', () => {
  it('to the second payer: submitted, no charge again, and the same again on any day is no other charge', async () => {
    const desk = await memoryDesk()
    await submitted(desk, submission([visit]))
    const toBeta = { ...visit, to: beta, others: [{ ...acme, statedPaid: 12_000 }] }
    expect((await submitted(desk, submission([toBeta], { created: '2026-03-01' }))).claims[0]?.outcome).toBe(
      'submitted',
    )
    const log = await entries(desk)
    expect(controlOf(log)).toEqual({ revenue: -25_000 })
    expect(ofType(log, 'ClaimSubmitted').at(-1)).toMatchObject({ sequence: 'S', statedPriorPaid: 12_000 })
    expect((await submitted(desk, submission([toBeta], { created: '2026-03-01' }))).claims[0]?.outcome).toBe(
      'duplicate',
    )
    const later = submission([{ pcn: 'V2', lines: [{ charge: 100 }] }, toBeta], { created: '2026-04-01' })
    expect((await submitted(desk, later)).claims.map(({ outcome }) => outcome)).toEqual(['posted', 'duplicate'])
    expect(controlOf(await entries(desk))).toEqual({ revenue: -25_100 })
  })

  it('frequency 7 voids what it no longer has and posts what is new; the rest stays', async () => {
    const desk = await memoryDesk()
    await submitted(desk, submission([visit]))
    const replacement = {
      ...visit,
      frequency: '7',
      originalReference: 'ICN-V1',
      lines: [
        { code: '99213', charge: 10_000 },
        { code: '73564', charge: 18_000 },
      ],
    }
    expect((await submitted(desk, submission([replacement], { created: '2026-02-01' }))).claims[0]?.outcome).toBe(
      'replaced',
    )
    const log = await entries(desk)
    expect(ofType(log, 'ChargePosted').map(({ code, amount }) => [code, amount])).toEqual([
      ['99213', 10_000],
      ['73562', 15_000],
      ['73564', 18_000],
    ])
    expect(ofType(log, 'ChargeVoided').length).toBe(1)
    expect(controlOf(log)).toEqual({ revenue: -28_000 })
    expect((await submitted(desk, submission([replacement], { created: '2026-02-01' }))).claims[0]?.outcome).toBe(
      'duplicate',
    )
    expect(controlOf(await entries(desk))).toEqual({ revenue: -28_000 })
  })

  it('D1 frequency 8 voids them all; payer money on a line stays as the payer’s credit', { tags: ['D1'] }, async () => {
    const desk = await memoryDesk()
    await submitted(desk, submission([visit]))
    const paid = advice({
      claims: [
        {
          pcn: 'V1',
          lines: [
            { code: '99213', charge: 10_000, paid: 6_000, cas: [['CO', '45', 4_000]] },
            { code: '73562', charge: 15_000, cas: [['CO', '197', 15_000]] },
          ],
        },
      ],
    })
    await Effect.runPromise(receiveRemittance(desk, paid, { openMissing: false }))
    const cancelled = submission([{ ...visit, frequency: '8', originalReference: 'ICN-V1' }], { created: '2026-03-01' })
    expect((await submitted(desk, cancelled)).claims[0]?.outcome).toBe('voided')
    const log = await entries(desk)
    expect(ofType(log, 'ChargeVoided').length).toBe(2)
    expect(controlOf(log)).toEqual({ cash: 6_000 })
    expect(ofType(log, 'CreditBalanceIdentified').at(-1)).toMatchObject({ owner: 'payer', amount: 6_000 })
    expect(unbalancedPrefixes(log)).toEqual([])
    expect((await submitted(desk, cancelled)).claims[0]?.outcome).toBe('duplicate')
  })

  it('a number that the practice uses again, for the same patient, is another visit of the account', async () => {
    const desk = await memoryDesk()
    const first = await submitted(desk, submission([visit]))
    const other = { ...visit, lines: [{ code: '29881', charge: 90_000, on: '2026-06-01' }] }
    const second = await submitted(desk, submission([other], { created: '2026-06-02' }))
    expect(second.claims[0]).toMatchObject({ outcome: 'posted', accountId: first.claims[0]?.accountId })
    expect(controlOf(await entries(desk))).toEqual({ revenue: -115_000 })
  })

  it('a claim with a defect or a negative charge is rejected, the others are posted', async () => {
    const desk = await memoryDesk()
    const report = await submitted(desk, submission([{ pcn: 'BAD', lines: [{ charge: -100 }] }, visit]))
    expect(report.claims.map(({ outcome }) => outcome)).toEqual(['rejected', 'posted'])
    expect(report.claims[0]?.problems).toEqual(['line 1: a charge of −1.00'])
  })

  it('AMT*F5 is a statement, not cash: a work item of what the book does not have', async () => {
    const desk = await memoryDesk()
    await submitted(desk, submission([{ ...visit, patientPaid: 3_000 }]))
    const log = await entries(desk)
    expect(controlOf(log)).toEqual({ revenue: -25_000 })
    expect(ofType(log, 'ClaimWorkItemRaised')).toMatchObject([{ code: 'statedPatientPayment', amount: 3_000 }])
  })
})
