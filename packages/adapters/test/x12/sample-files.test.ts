import { readFileSync } from 'node:fs'
import { type ClaimSubmission, claimSubmission } from '@daybook/core/account'
import { parseCents, sumCents, sumOf, toDay } from '@daybook/core/kernel'
import { type RemittanceAdvice, remittanceAdvice } from '@daybook/core/remittance'
import { describe, expect, it } from 'vitest'
import { printRemittances, printSubmissions, type X12Transaction } from '../../src/x12/index.ts'
import { type Counted, codes, hasSamples, readAll, samplePath, samplesOf } from './reading.ts'

const cents = (value: unknown): number => parseCents(String(value)) ?? Number.NaN

const tally = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

const interchanges = (results: readonly X12Transaction[]): number => new Set(results.map((r) => r.interchange)).size

/** What an 835 holds, in the manifest's words. */
const remittanceFigures = (results: readonly X12Transaction[]) => {
  const advices = results.flatMap((result) => (result.kind === '835' && result.document ? [result.document] : []))
  const claims = advices.flatMap((advice) => advice.claims)
  const lines = claims.flatMap((claim) => claim.lines)
  const pairs = advices.flatMap((advice) => advice.providerAdjustments)
  return {
    isa: interchanges(results),
    st: results.filter((result) => result.kind === '835').length,
    clp: claims.length,
    svc: lines.length,
    statuses: tally(claims.map((claim) => claim.status)),
    reversals: claims.filter((claim) => claim.status === '22').length,
    sumCLP03: sumOf(claims, (claim) => claim.charge ?? 0),
    sumCLP04: sumOf(claims, (claim) => claim.paid ?? 0),
    sumCLP05: sumOf(claims, (claim) => claim.patientResponsibility ?? 0),
    sumSVC02: sumOf(lines, (line) => line.charge),
    sumSVC03: sumOf(lines, (line) => line.paid),
    sumCASclaim: sumCents(claims.flatMap((claim) => claim.adjustments.map((adjustment) => adjustment.amount))),
    sumCASline: sumCents(lines.flatMap((line) => line.adjustments.map((adjustment) => adjustment.amount))),
    sumPLB: sumOf(pairs, (pair) => pair.amount),
    plbPairs: pairs.length,
    plbCodes: tally(pairs.map((pair) => pair.code)),
    sumBPR02: sumOf(advices, (advice) => advice.payment?.amount ?? 0),
  }
}

const countedRemittance = (counted: Counted) => ({
  isa: counted.isa,
  st: counted.st,
  clp: counted['clp'],
  svc: counted['svc'],
  statuses: counted['statuses'],
  reversals: counted['reversals'],
  sumCLP03: cents(counted['sumCLP03']),
  sumCLP04: cents(counted['sumCLP04']),
  sumCLP05: cents(counted['sumCLP05']),
  sumSVC02: cents(counted['sumSVC02']),
  sumSVC03: cents(counted['sumSVC03']),
  sumCASclaim: cents(counted['sumCASclaim']),
  sumCASline: cents(counted['sumCASline']),
  sumPLB: cents(counted['sumPLB']),
  plbPairs: counted['plbPairs'],
  plbCodes: counted['plbCodes'],
  sumBPR02: cents(counted['sumBPR02']),
})

const submissionFigures = (results: readonly X12Transaction[]) => {
  const claims = results.flatMap((result) => (result.kind === '837' && result.document ? result.document.claims : []))
  const lines = claims.flatMap((claim) => claim.lines)
  return {
    isa: interchanges(results),
    st: results.filter((result) => result.kind === '837').length,
    clm: claims.length,
    sumCLM02: sumOf(claims, (claim) => claim.charge),
    lines: lines.length,
    sumLineCharges: sumOf(lines, (line) => line.charge),
  }
}

const read = (name: string): Promise<X12Transaction[]> => readAll(readFileSync(samplePath(name)))

/** A document without its places in the file and what the reader said of them. */
const content = (document: RemittanceAdvice | ClaimSubmission) => ({
  ...document,
  claims: document.claims.map((claim) => ({ ...claim, segment: 1, findings: [] })),
})

describe.skipIf(!hasSamples)(
  'sample files of other projects (skipped where ../shared/data is absent)',
  { tags: ['samples'] },
  () => {
    it('are there: 25 remittances and 47 submissions', () => {
      expect([samplesOf('835').length, samplesOf('837').length]).toEqual([25, 47])
    })

    it.each(samplesOf('835'))('835 %s: what an independent program counted', async (name, counted) => {
      const results = await read(name)
      expect(remittanceFigures(results)).toEqual(countedRemittance(counted))
      for (const result of results)
        if (result.kind === '835') {
          expect(remittanceAdvice.safeParse(result.document).error).toBeUndefined()
          expect(result.document?.claims.flatMap((claim) => claim.defects)).toEqual([])
        }
      expect(codes(results).includes('interchangeControl')).toBe((counted['env'] as string[]).includes('IEA02!=ISA13'))
    })

    it.each(samplesOf('837'))('837 %s: what an independent program counted', async (name, counted) => {
      const results = await read(name)
      expect(submissionFigures(results)).toEqual({
        isa: counted.isa,
        st: counted.st,
        clm: counted['clm'],
        sumCLM02: cents(counted['sumCLM02']),
        lines: counted['lines'],
        sumLineCharges: cents(counted['sumLineCharges']),
      })
      for (const result of results)
        if (result.kind === '837') {
          expect(claimSubmission.safeParse(result.document).error).toBeUndefined()
          expect(result.document?.claims.flatMap((claim) => claim.defects)).toEqual([])
        }
      expect(codes(results).includes('segmentCount')).toBe((counted['se'] as string[]).length > 0)
    })

    it.each([...samplesOf('835'), ...samplesOf('837')])(
      'L6 %s: reading what is printed gives the same',
      { tags: ['L6'] },
      async (name) => {
        for (const result of await read(name)) {
          if (result.kind !== '835' && result.kind !== '837') continue
          if (!result.document) throw new Error('no document')
          const date = ('date' in result.document && result.document.date) || toDay('2026-01-02')
          const interchange = { sender: 'A', receiver: 'B', date, controlNumber: 1, usage: 'T' } as const
          const printed =
            result.kind === '835'
              ? printRemittances([result.document], interchange)
              : printSubmissions([result.document], interchange)
          const again = (await readAll(printed))[0]
          if (again?.kind !== '835' && again?.kind !== '837') throw new Error('nothing read')
          expect(again.problems.filter((problem) => problem.code !== 'paymentDateSubstituted')).toEqual([])
          expect(again.document && content(again.document)).toStrictEqual(content(result.document))
        }
      },
    )
  },
)
