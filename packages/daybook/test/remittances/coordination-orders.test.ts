import { type Desk, receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { accountName, clearingFaults, controlOf, entriesOf, readLog, unbalancedPrefixes } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice, submission } from '../support/documents.ts'
import { openByClaim } from '../support/open-by-claim.ts'
import { orders } from '../support/orders.ts'

// Three payers of one visit, heard in any order (law L2, rule N, clarification 6).

type Cas = readonly (readonly [string, string, number])[]
const decision = (payer: string, status: string, paid: number, cas: Cas, date: string) =>
  advice({
    trace: `T-${payer}`,
    payer,
    date,
    claims: [{ pcn: 'V1', icn: `${payer}-1`, status, lines: [{ charge: 50_000, paid, cas: [...cas] }] }],
  })
const advices = [
  decision(
    'ACME',
    '1',
    20_000,
    [
      ['CO', '45', 15_000],
      ['PR', '2', 15_000],
    ],
    '2026-02-20',
  ),
  decision(
    'BETA',
    '2',
    10_000,
    [
      ['OA', '23', 35_000],
      ['PR', '2', 5_000],
    ],
    '2026-03-10',
  ),
  decision(
    'GAMMA',
    '3',
    3_000,
    [
      ['OA', '23', 45_000],
      ['PR', '2', 2_000],
    ],
    '2026-03-15',
  ),
]
const billed = [
  ['P', 'ACME'],
  ['S', 'BETA'],
  ['T', 'GAMMA'],
] as const
const bill = async (desk: Desk, at: number): Promise<void> => {
  const [sequence, payer] = billed[at] ?? billed[0]
  const claims = [{ pcn: 'V1', to: { payer, sequence }, lines: [{ charge: 50_000 }] }]
  await Effect.runPromise(submitClaims(desk, submission(claims)))
}
const hear = async (desk: Desk, at: number): Promise<void> => {
  const document = advices[at]
  if (document) await Effect.runPromise(receiveRemittance(desk, document, { openMissing: false }))
}

describe('L2 three payers of one visit', { tags: ['L2'] }, () => {
  it.each(orders(3))('decide in the order %i %i %i: the patient owes what the last one left', async (...order) => {
    const desk = await memoryDesk()
    for (const at of [0, 1, 2]) await bill(desk, at)
    for (const at of order) await hear(desk, at)
    const log = entriesOf(await readLog(desk))
    expect(unbalancedPrefixes(log)).toEqual([])
    expect(clearingFaults(log)).toEqual([])
    expect(openByClaim(log)).toEqual({ 'V1 patient': 2_000 })
    expect(controlOf(log, accountName)).toEqual({ cash: 33_000, contractual: 15_000, revenue: -50_000 })
  })

  it.each(orders(3))('are billed in the order %i %i %i: the charge stands with the first of them', async (...order) => {
    const desk = await memoryDesk()
    for (const at of order) await bill(desk, at)
    await hear(desk, 0)
    await hear(desk, 1)
    await hear(desk, 2)
    const log = entriesOf(await readLog(desk))
    expect(unbalancedPrefixes(log)).toEqual([])
    expect(openByClaim(log)).toEqual({ 'V1 patient': 2_000 })
  })
})
