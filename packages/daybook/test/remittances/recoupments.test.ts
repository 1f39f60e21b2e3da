import type { Day, RemittanceId } from '@daybook/core/kernel'
import { type Desk, receiveRemittance, rejectRemittance, releaseRemittance } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { controlOf, entries } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice, type ClaimOf } from '../support/documents.ts'

const run = Effect.runPromise
const open = { openMissing: true }
const on = '2026-11-21' as Day

type Plb = readonly [code: string, reference: string, amount: number]

const paid = (pcn: string, amount = 6_000): ClaimOf => ({
  pcn,
  lines: [{ charge: 10_000, paid: amount, cas: [['CO', '45', 10_000 - amount]] }],
})

const receive = (desk: Desk, trace: string, claims: readonly ClaimOf[], plb: readonly Plb[], off = 0) => {
  const total = claims.reduce((sum, { lines = [] }) => sum + lines.reduce((all, line) => all + (line.paid ?? 0), 0), 0)
  const amount = total - plb.reduce((sum, [, , cents]) => sum + cents, 0) + off
  return run(receiveRemittance(desk, advice({ trace, date: '2026-02-20', claims, plb, amount }), open))
}

/** What stands open by reference: the last that was said of it, unless it has been matched since. */
const exceptions = async (desk: Desk): Promise<Readonly<Record<string, string>>> => {
  const found = new Map<string, string>()
  for (const { event } of await entries(desk)) {
    if (event.type === 'ProviderAdjustmentRecorded') {
      if (event.exception) found.set(event.reference, event.exception)
      else found.delete(event.reference)
    }
    if (event.type === 'RecoupmentMatched') found.delete(event.reference)
  }
  return Object.fromEntries(found)
}

/** payerRecoupment by reference, from the pairs that remittances have recorded. */
const standing = async (desk: Desk): Promise<Readonly<Record<string, number>>> => {
  const sums: Record<string, number> = {}
  for (const { event } of await entries(desk)) {
    if (event.type !== 'ProviderAdjustmentRecorded' || !event.account.startsWith('payerRecoupment:')) continue
    sums[event.reference] = (sums[event.reference] ?? 0) + event.amount
  }
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0))
}

const matches = async (desk: Desk) =>
  (await entries(desk)).flatMap(({ event }) => (event.type === 'RecoupmentMatched' ? [event.reference] : []))

describe('P2 recoupments that payments carry to each other', { tags: ['P2'] }, () => {
  it('P2 put off by one remittance and collected by a later one: matched, nothing stands', async () => {
    const desk = await memoryDesk()
    await receive(desk, 'T1', [paid('V1')], [['WO', 'ICN-X', -2_000]])
    expect(await exceptions(desk)).toEqual({ 'ICN-X': 'recoupmentOutstanding' })
    await receive(desk, 'T2', [paid('V2')], [['WO', 'ICN-X', 2_000]])
    expect(await exceptions(desk)).toEqual({})
    expect(await standing(desk)).toEqual({})
    expect(await matches(desk)).toEqual(['ICN-X'])
  })

  it('P2 collected in two parts: outstanding until the last part', async () => {
    const desk = await memoryDesk()
    await receive(desk, 'T1', [paid('V1')], [['WO', 'ICN-X', -2_000]])
    await receive(desk, 'T2', [paid('V2')], [['WO', 'ICN-X', 500]])
    expect(await exceptions(desk)).toEqual({ 'ICN-X': 'recoupmentOutstanding' })
    expect(await matches(desk)).toEqual([])
    await receive(desk, 'T3', [paid('V3')], [['WO', 'ICN-X', 1_500]])
    expect(await exceptions(desk)).toEqual({})
  })

  it('P2 a recoupment without an origin is an exception, and so is what is collected beyond one', async () => {
    const desk = await memoryDesk()
    await receive(desk, 'T1', [paid('V1')], [['WO', 'ICN-X', 2_000]])
    expect(await exceptions(desk)).toEqual({ 'ICN-X': 'recoupmentWithoutReversal' })
    await receive(desk, 'T2', [paid('V2')], [['WO', 'ICN-Y', -2_000]])
    await receive(desk, 'T3', [paid('V3')], [['WO', 'ICN-Y', 2_001]])
    expect(await exceptions(desk)).toEqual({
      'ICN-X': 'recoupmentWithoutReversal',
      'ICN-Y': 'recoupmentWithoutReversal',
    })
  })

  it('P2 another payer’s balance under the same reference explains nothing', async () => {
    const desk = await memoryDesk()
    const other = advice({ trace: 'T1', payer: 'BETA', claims: [paid('V1')], plb: [['WO', 'ICN-X', -2_000]] })
    await run(receiveRemittance(desk, other, open))
    await receive(desk, 'T2', [paid('V2')], [['WO', 'ICN-X', 2_000]])
    expect(await matches(desk)).toEqual([])
    expect(await exceptions(desk)).toEqual({ 'ICN-X': 'recoupmentWithoutReversal' })
  })

  it('a forwarded balance that was announced and is collected is no finding; collected without one, it is', async () => {
    const announced = await memoryDesk()
    await receive(announced, 'T1', [paid('V1')], [['FB', 'T1', -1_000]])
    await receive(announced, 'T2', [paid('V2')], [['FB', 'T1', 1_000]])
    expect(await exceptions(announced)).toEqual({})
    const bare = await memoryDesk()
    await receive(bare, 'T1', [paid('V1')], [['FB', 'T0', 1_000]])
    expect(await exceptions(bare)).toEqual({ T0: 'forwardBalanceWithoutOrigin' })
  })

  it('P2 a held remittance counts from its release on: then it finds, and leaves, what others carry', async () => {
    const desk = await memoryDesk()
    const held = await receive(desk, 'T1', [paid('V1')], [['WO', 'ICN-X', 2_000]], 100)
    expect(held.outcome).toBe('held')
    await receive(desk, 'T2', [paid('V2')], [['WO', 'ICN-X', -2_000]])
    expect(await exceptions(desk)).toEqual({ 'ICN-X': 'recoupmentOutstanding' })
    const release = { on, reason: 'the bank shows it', differenceAccount: 'providerAdjustment:CS' }
    await run(releaseRemittance(desk, held.remittanceId as RemittanceId, release, open))
    expect(await matches(desk)).toEqual(['ICN-X'])
    expect(await exceptions(desk)).toEqual({})
    expect((await run(releaseRemittance(desk, held.remittanceId as RemittanceId, release, open))).outcome.ok).toBe(
      false,
    )
  })

  it('P2 a held remittance that is rejected leaves nothing to later ones', async () => {
    const desk = await memoryDesk()
    const held = await receive(desk, 'T1', [paid('V1')], [['WO', 'ICN-X', -2_000]], 100)
    await run(rejectRemittance(desk, held.remittanceId as RemittanceId, { on, reason: 'not ours' }))
    await receive(desk, 'T2', [paid('V2')], [['WO', 'ICN-X', 2_000]])
    expect(await exceptions(desk)).toEqual({ 'ICN-X': 'recoupmentWithoutReversal' })
  })

  const pair = fc.tuple(
    fc.constantFrom('WO', 'WO', '72', 'OB'),
    fc.constantFrom('ICN-X', 'ICN-Y'),
    fc.constantFrom(-2_000, -500, 500, 1_500, 2_000),
  )
  const remittances = fc.array(fc.record({ plb: fc.array(pair, { minLength: 1, maxLength: 3 }), held: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  })

  it('P2 whatever remittances put off, collect, are held or released: what stands is named by an exception', async () => {
    let tried = 0
    let stood = 0
    let matched = 0
    await fc.assert(
      fc.asyncProperty(remittances, async (list) => {
        tried += 1
        const desk = await memoryDesk()
        const waiting: RemittanceId[] = []
        const check = async () => {
          const open = await standing(desk)
          expect(Object.keys(await exceptions(desk)).sort()).toEqual(Object.keys(open).sort())
          const total = controlOf(await entries(desk))['payerRecoupment:ACME'] ?? 0
          expect(Object.values(open).reduce((sum, amount) => sum + amount, 0)).toBe(total)
          stood += Object.keys(open).length
        }
        for (const [at, { plb, held }] of list.entries()) {
          // Interest keeps the payment above zero without a claim.
          const pairs: readonly Plb[] = [...plb, ['L6', '', -20_000]]
          const report = await receive(desk, `T${at}`, [], pairs, held ? 100 : 0)
          if (held) waiting.push(report.remittanceId as RemittanceId)
          await check()
        }
        for (const id of waiting) {
          await run(releaseRemittance(desk, id, { on, reason: 'x', differenceAccount: 'providerAdjustment:CS' }, open))
          await check()
        }
        matched += (await matches(desk)).length
      }),
      { numRuns: 1_000 },
    )
    expect(stood).toBeGreaterThan(tried / 2)
    expect(matched).toBeGreaterThan(tried / 50)
  })
})
