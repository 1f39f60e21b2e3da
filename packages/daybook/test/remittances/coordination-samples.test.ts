import type { RemittanceAdvice } from '@daybook/core/remittance'
import { type Desk, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { accountName, clearingFaults, controlOf, entries, receivableBy, unbalancedPrefixes } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice, SERVED, submission } from '../support/documents.ts'
import { advicesOf, hasSamples, sampleText } from '../support/samples.ts'

const files: Readonly<Record<string, string>> = {
  '1a': '835_12__X221-coordination-of-benefits-example-1a.edi',
  '1b': '835_13__X221-coordination-of-benefits-example-1b.edi',
  '2a': '835_14__X221-coordination-of-benefits-example-2a.edi',
  '2b': '835_15__X221-coordination-of-benefits-example-2b.edi',
  '3a': '835_16__X221-coordination-of-benefits-example-3a.edi',
  '3b': '835_17__X221-coordination-of-benefits-example-3b.edi',
  '4aa': '835_18__X221-coordination-of-benefits-example-4aa.edi',
  '4ab': '835_19__X221-coordination-of-benefits-example-4ab.edi',
  '4ba': '835_20__X221-coordination-of-benefits-example-4ba.edi',
  '4bb': '835_21__X221-coordination-of-benefits-example-4bb.edi',
}

const received = (desk: Desk, document: RemittanceAdvice, openMissing: boolean) =>
  Effect.runPromise(receiveRemittance(desk, document, { openMissing }))

const sample = async (name: string): Promise<RemittanceAdvice> => {
  const [document] = await advicesOf(sampleText(`x12-types/835/${files[name]}`))
  if (!document) throw new Error(`no remittance in ${name}`)
  return document
}

/** The visit billed to a first payer, then to the payer of the sample, and what the first payer said of its 500.00. */
const afterFirst = async (document: RemittanceAdvice, [paid, reduced, share]: readonly [number, number, number]) => {
  const desk = await memoryDesk()
  const [claim] = document.claims
  if (!claim) throw new Error('no claim')
  const pcn = claim.patientControlNumber
  const text = (leaf: unknown) => (typeof leaf === 'string' ? leaf : '')
  const { id, last, first: given } = claim.patient
  const on = claim.statementFrom ?? claim.lines[0]?.serviceFrom ?? SERVED
  const patient = { id: text(id), last: text(last), first: text(given) }
  const [first, second] = [
    { payer: 'FIRST' },
    { payer: '512345678', payerName: document.payer.name, sequence: 'S', member: patient.id },
  ]
  const bill = { pcn, patient, to: first, others: [second], lines: [{ code: '99213', charge: 50_000, on }] }
  await Effect.runPromise(submitClaims(desk, submission([bill])))
  const cas = [
    ['CO', '45', reduced],
    ['PR', '1', share],
  ] as const
  const said = advice({ payer: 'FIRST', claims: [{ pcn, patient, lines: [{ charge: 50_000, paid, cas, on }] }] })
  expect((await received(desk, said, false)).outcome).toBe('posted')
  return desk
}

const books = async (desk: Desk) => {
  const log = await entries(desk)
  expect(unbalancedPrefixes(log)).toEqual([])
  expect(clearingFaults(log)).toEqual([])
  const control = controlOf(log, accountName)
  const open = receivableBy(log, ({ party }) => (party === 'patient' ? party : 'insurance'))
  return {
    open: Object.values(open).filter((amount) => amount !== 0),
    cash: control['cash'] ?? 0,
    contractual: control['contractual'] ?? 0,
    stoodIn: control['priorPayerUnverified'] ?? 0,
    findings: log.flatMap(({ event }) => (event.type === 'ClaimAdjudicated' ? event.findings : [])),
  }
}

describe.skipIf(!hasSamples)('X12 coordination of benefits examples, a claim of 500.00', { tags: ['samples'] }, () => {
  // What the second payer's advice alone gives: the first payer is stood in for by OA-23.
  it.each([
    { name: '1a', cash: 10_000, contractual: 0, stoodIn: 40_000 },
    { name: '1b', cash: 10_000, contractual: 0, stoodIn: 40_000 },
    { name: '2a', cash: 35_000, contractual: -10_000, stoodIn: 25_000 },
    { name: '2b', cash: 35_000, contractual: -10_000, stoodIn: 25_000 },
    { name: '3a', cash: 10_000, contractual: -20_000, stoodIn: 60_000 },
    { name: '3b', cash: 10_000, contractual: -20_000, stoodIn: 60_000 },
    { name: '4aa', cash: 10_000, contractual: -10_000, stoodIn: 50_000 },
    { name: '4ab', cash: 10_000, contractual: -10_000, stoodIn: 50_000 },
    { name: '4ba', cash: 0, contractual: 0, stoodIn: 50_000 },
    { name: '4bb', cash: 0, contractual: 0, stoodIn: 50_000 },
  ])('$name into an empty book: nothing stays open', async ({ name, ...expected }) => {
    const desk = await memoryDesk()
    expect((await received(desk, await sample(name), true)).outcome).toBe('posted')
    const { findings, ...found } = await books(desk)
    expect(found).toEqual({ open: [], ...expected })
    expect(findings.length > 0, 'an OA-23 above the charge is a finding').toBe(name.startsWith('3'))
  })

  // With the first payer's own advice on file: OA-23 posts nothing, the second payer's reduction is what is left.
  it.each([
    { name: '1a', first: [30_000, 10_000, 10_000], contractual: 10_000, agrees: true },
    { name: '1b', first: [30_000, 10_000, 10_000], contractual: 10_000, agrees: true },
    { name: '2a', first: [15_000, 10_000, 25_000], contractual: 0, agrees: true },
    { name: '2b', first: [15_000, 10_000, 25_000], contractual: 0, agrees: true },
    { name: '3a', first: [50_000, 0, 0], contractual: -10_000, agrees: false },
    { name: '3b', first: [50_000, 0, 0], contractual: -10_000, agrees: false },
    { name: '4aa', first: [45_000, 5_000, 0], contractual: -5_000, agrees: true },
    { name: '4ab', first: [45_000, 5_000, 0], contractual: -5_000, agrees: true },
    { name: '4ba', first: [40_000, 10_000, 0], contractual: 10_000, agrees: true },
    { name: '4bb', first: [40_000, 10_000, 0], contractual: 10_000, agrees: true },
  ] as const)(
    'rule N $name after the first payer: nothing stays open',
    async ({ name, first, contractual, agrees }) => {
      const document = await sample(name)
      const desk = await afterFirst(document, first)
      expect(await received(desk, document, false)).toMatchObject({ outcome: 'posted', held: [] })
      const { findings, ...found } = await books(desk)
      expect(found).toEqual({ open: [], cash: first[0] + (document.payment?.amount ?? 0), contractual, stoodIn: 0 })
      expect(
        findings.some((finding) => finding.includes('OA-23')),
        findings.join(),
      ).toBe(!agrees)
    },
  )

  it.each([
    { name: '1a', first: [30_000, 5_000, 15_000], difference: 5_000 },
    { name: '4ba', first: [40_000, 5_000, 5_000], difference: 5_000 },
  ] as const)(
    'rule N $name where the first payer left more open than it explains: held with the difference',
    async ({ name, first, difference }) => {
      const document = await sample(name)
      const desk = await afterFirst(document, first)
      const report = await received(desk, document, false)
      expect(report.outcome).toBe('partial')
      expect(report.differences).toMatchObject([{ level: 'claim', rule: 'N', amount: difference }])
    },
  )
})
