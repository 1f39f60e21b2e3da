import type { RemittanceAdvice } from '@daybook/core/remittance'
import { type Desk, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { clearingFaults, controlOf, type Entry, entries, unbalancedPrefixes } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice, submission } from '../support/documents.ts'
import { openByClaim } from '../support/open-by-claim.ts'
import { referenceText } from '../support/reference-sample.ts'
import { advicesOf } from '../support/samples.ts'

const plan = { payer: '123456789', payerName: 'SAMPLE HEALTH PLAN' }
const jane = { id: 'W123456789', last: 'DOE', first: 'JANE' }
const richard = { id: 'W222222222', last: 'ROE', first: 'RICHARD' }
const pat = { id: 'W333333333', last: 'POE', first: 'PAT' }
const lee = { id: 'W444444444', last: 'LOE', first: 'LEE' }

const received = (desk: Desk, document: RemittanceAdvice, openMissing = false) =>
  Effect.runPromise(receiveRemittance(desk, document, { openMissing }))
const submitted = (desk: Desk, ...given: Parameters<typeof submission>) =>
  Effect.runPromise(submitClaims(desk, submission(...given)))

/** A practice that has billed the claims of the sample; ACC-C to a first payer, ACC-D paid once and then replaced. */
const practice = async ({ originalOfD = true } = {}): Promise<Desk> => {
  const desk = await memoryDesk({ now: '2026-03-03T15:00:00.000Z' })
  await submitted(desk, [
    {
      pcn: 'ACC-A',
      to: plan,
      patient: jane,
      lines: [
        { code: '99214', charge: 35_000, controlNumber: 'L1', on: '2026-02-01' },
        { code: '73562', charge: 15_000, controlNumber: 'L2', on: '2026-02-01' },
      ],
    },
    { pcn: 'ACC-B', to: plan, patient: richard, lines: [{ code: '29881', charge: 30_000, on: '2026-02-03' }] },
    {
      pcn: 'ACC-C',
      to: { payer: 'FIRST' },
      others: [{ ...plan, sequence: 'S' }],
      patient: pat,
      lines: [{ code: '99213', charge: 20_000, on: '2026-01-10' }],
    },
    { pcn: 'ACC-D', to: plan, patient: lee, lines: [{ code: '99215', charge: 40_000, on: '2025-12-01' }] },
  ])
  const first = advice({
    payer: 'FIRST',
    trace: 'F1',
    claims: [
      {
        pcn: 'ACC-C',
        patient: pat,
        lines: [
          {
            charge: 20_000,
            paid: 7_000,
            cas: [
              ['CO', '45', 5_000],
              ['PR', '2', 8_000],
            ],
          },
        ],
      },
    ],
  })
  expect((await received(desk, first)).outcome).toBe('posted')
  if (!originalOfD) return desk
  await received(desk, originalAdvice)
  const replaced = { pcn: 'ACC-D', to: plan, patient: lee, frequency: '7', originalReference: 'PCN0004' }
  await submitted(desk, [{ ...replaced, lines: [{ code: '99214', charge: 40_000, on: '2025-12-01' }] }], {
    created: '2026-02-10',
  })
  return desk
}

const originalAdvice = advice({
  ...plan,
  trace: 'EARLIER',
  date: '2026-01-15',
  claims: [
    {
      pcn: 'ACC-D',
      icn: 'PCN0004',
      patient: lee,
      lines: [{ code: '99215', charge: 40_000, paid: 30_000, cas: [['CO', '45', 10_000]], on: '2025-12-01' }],
    },
  ],
})

const expectBooks = (log: readonly Entry[]): void => {
  expect(unbalancedPrefixes(log)).toEqual([])
  expect(clearingFaults(log)).toEqual([])
}

describe('the balanced sample of reference §12.6', () => {
  it.each(['in the guide’s order', 'with CAS after NM1'])(
    '%s: every claim posts as the reference says',
    async (order) => {
      const [document] = await advicesOf(referenceText({ misordered: order !== 'in the guide’s order' }))
      if (!document) throw new Error('no remittance')
      const desk = await practice()
      const before = controlOf(await entries(desk))
      const report = await received(desk, document)
      expect(report).toMatchObject({ outcome: 'posted', held: [], differences: [] })
      const log = await entries(desk)
      expect(openByClaim(log)).toEqual({ 'ACC-A patient': 15_000, 'ACC-B insurance': 30_000, 'ACC-D patient': 6_000 })
      const control = controlOf(log)
      expect((control['cash'] ?? 0) - (before['cash'] ?? 0), 'BPR02').toBe(15_300)
      expect(control).toMatchObject({ interestIncome: -300, 'payerRecoupment:123456789': 5_000 })
      expect(control['priorPayerUnverified'], 'ACC-C: the first payer is on file').toBeUndefined()
      const exceptions = log.flatMap(({ event }) =>
        event.type === 'ProviderAdjustmentRecorded' && event.exception ? [`${event.reference} ${event.exception}`] : [],
      )
      expect(exceptions, 'P2: what is reversed is PCN0004').toEqual(['PCN0009 recoupmentWithoutReversal'])
      const denied = log.flatMap(({ event }) => (event.type === 'DenialRecorded' ? [event] : []))
      expect(denied).toMatchObject([{ category: 'auth', lines: [{ carc: '197', remarks: ['M62'], amount: 30_000 }] }])
      expectBooks(log)
    },
  )

  it('L2 ACC-D without its original is held whole; it completes when the original arrives', {
    tags: ['L2'],
  }, async () => {
    const [document] = await advicesOf(referenceText())
    if (!document) throw new Error('no remittance')
    const desk = await practice({ originalOfD: false })
    const report = await received(desk, document)
    expect(report.outcome).toBe('partial')
    expect(report.held).toMatchObject([
      { claims: [4, 5], patientControlNumber: 'ACC-D', amount: -8_000, hits: [{ rule: 'R' }] },
    ])
    expect(-(controlOf(await entries(desk))[`payerClearing:${report.remittanceId}`] ?? 0)).toBe(-8_000)

    const inOrder = await memoryDesk()
    const late = {
      ...document,
      claims: document.claims
        .filter(({ patientControlNumber }) => patientControlNumber === 'ACC-D')
        .map((claim) => ({
          ...claim,
          lines: claim.lines.map((line) => ({ ...line, adjudicated: { ...line.adjudicated, code: '99215' } })),
        })),
    }
    const alone = { ...late, payment: { ...late.payment, amount: -12_700 } } as RemittanceAdvice
    const bill = [
      { pcn: 'ACC-D', to: plan, patient: lee, lines: [{ code: '99215', charge: 40_000, on: '2025-12-01' }] },
    ]
    await submitted(inOrder, bill)
    await received(inOrder, originalAdvice)
    expect((await received(inOrder, alone)).outcome).toBe('posted')
    const backwards = await memoryDesk()
    await submitted(backwards, bill)
    expect((await received(backwards, alone)).outcome).toBe('partial')
    await received(backwards, originalAdvice)
    const [a, b] = [await entries(inOrder), await entries(backwards)]
    expect(openByClaim(b)).toEqual({ 'ACC-D patient': 6_000 })
    expect(openByClaim(b)).toEqual(openByClaim(a))
    expect(controlOf(b)).toEqual(controlOf(a))
    expectBooks(b)
  })

  it('F07 PR-2 of ACC-A 20.00 → 19.00: errata 7 holds that claim alone by B1 and B2, the others post', async () => {
    const [document] = await advicesOf(referenceText({ deductible: '19.00' }))
    if (!document) throw new Error('no remittance')
    const desk = await practice()
    const report = await received(desk, document)
    expect(report.outcome).toBe('partial')
    expect(report.held).toMatchObject([{ claims: [1], patientControlNumber: 'ACC-A', amount: 20_000 }])
    expect(report.held[0]?.hits.map(({ rule }) => rule)).toEqual(['B1', 'B2'])
    expect(report.differences).toEqual([
      { level: 'claim', reference: 'ACC-A', rule: 'B1', amount: 100 },
      { level: 'claim', reference: 'ACC-A', rule: 'B2', amount: 100 },
    ])
    const log = await entries(desk)
    expect(openByClaim(log)).toEqual({ 'ACC-A insurance': 50_000, 'ACC-B insurance': 30_000, 'ACC-D patient': 6_000 })
    expect(-(controlOf(log)[`payerClearing:${report.remittanceId}`] ?? 0)).toBe(20_000)
    expectBooks(log)
  })

  it('D3 BPR02 off by a cent (B6): the transaction is held with the difference, nothing of it is posted', {
    tags: ['D3'],
  }, async () => {
    const [document] = await advicesOf(referenceText({ payment: '153.01' }))
    if (!document) throw new Error('no remittance')
    const desk = await practice()
    const before = await entries(desk)
    const report = await received(desk, document)
    expect(report).toMatchObject({ outcome: 'held', reasons: ['outOfBalance'], postedClaims: 0, accounts: [] })
    expect(report.differences).toEqual([{ level: 'transaction', reference: 'transaction', rule: 'B6', amount: 1 }])
    expect(controlOf(await entries(desk))).toEqual(controlOf(before))
  })
})
