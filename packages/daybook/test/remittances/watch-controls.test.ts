import type { RemittanceId } from '@daybook/core/kernel'
import { executeOnAccount, receiveRemittance, rejectHeldClaim } from '@daybook/core/service'
import type { Explained } from '@daybook/projections/controls'
import type { WorkItem } from '@daybook/projections/worklist'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entries } from '../support/books.ts'
import { memoryDesk } from '../support/desk.ts'
import { advice, type ClaimOf } from '../support/documents.ts'
import { bookOf, paid, today, total } from '../support/watch.ts'

// Law Q6 from the side of the control accounts: what stands there of payers' money is on a list of the day, with its amount.

const run = Effect.runPromise

/** What of a control account the items of a queue do not say. */
const unlisted = (
  { accounts, items }: Pick<Awaited<ReturnType<typeof bookOf>>, 'accounts' | 'items'>,
  account: string,
  queue: string,
  isOf: (item: WorkItem, part: Explained) => boolean,
  sign: 1 | -1,
): readonly string[] => {
  const parts = accounts.filter((row) => row.account.split(':', 1)[0] === account).flatMap((row) => row.explanation)
  const listed = items.filter((item) => item.queue === queue)
  const unseen = parts.flatMap((part) => {
    const rest = sign * part.amount - total(listed.filter((item) => isOf(item, part)))
    return rest === 0 ? [] : [`${account} ${part.says}: ${rest}`]
  })
  const ended = listed.filter((item) => !parts.some((part) => isOf(item, part)))
  // Items of which nothing stands together say nothing that is not so: their matter has ended.
  const over = [...Map.groupBy(ended, ({ subject }) => subject)].filter(([, of]) => total(of) !== 0)
  return [...unseen, ...over.map(([subject]) => `${queue} ${subject}: nothing stands there`)]
}

const reference = ({ subject }: WorkItem): string => subject.replace(/ \d+$/, '')

describe('watch-1 nothing of a payer’s money is out of sight', () => {
  it('Q6 what stands in clearing or is to be sent back is on a list, under its remittance', {
    tags: ['Q6'],
  }, async () => {
    const step = fc.record({
      claims: fc.array(fc.constantFrom('fits', 'unbalanced', 'unknown'), { minLength: 1, maxLength: 4 }),
      openMissing: fc.boolean(),
      /** Which held claim is given up, if any. */
      given: fc.option(fc.nat({ max: 3 })),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async (steps) => {
        const desk = await memoryDesk()
        for (const [at, { claims, openMissing, given }] of steps.entries()) {
          const of = claims.map((kind, number): ClaimOf => {
            const pcn = `V${at}-${number}`
            return kind === 'unbalanced' ? { pcn, lines: [{ charge: 10_000, paid: 6_000 + number }] } : paid(pcn)
          })
          const document = advice({ trace: `T${at}`, claims: of })
          const { remittanceId, held } = await run(receiveRemittance(desk, document, { openMissing }))
          const [claim] = held[given ?? -1]?.claims ?? []
          if (claim === undefined) continue
          const giveUp = { on: today, claim, differenceAccount: 'refundsPayable', reason: 'not ours' }
          await run(rejectHeldClaim(desk, remittanceId as RemittanceId, giveUp))
        }
        const book = await bookOf(desk)
        const ofRemittance = (item: WorkItem, part: Explained) =>
          part.kind === 'remittance' && item.remittance === part.remittance
        expect(unlisted(book, 'payerClearing', 'unmatchedClaims', ofRemittance, 1)).toEqual([])
        expect(unlisted(book, 'refundsPayable', 'refundsPayable', ofRemittance, -1)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('Q6 what a payer takes under a reference is on a list until it is even, whichever payment comes first', {
    tags: ['Q6'],
  }, async () => {
    const pair = fc.record({
      code: fc.constantFrom('WO', '72', 'OB'),
      reference: fc.constantFrom('ICN-1', 'ICN-2'),
      amount: fc.integer({ min: -2, max: 2 }).filter((amount) => amount !== 0),
    })
    const payment = fc.record({
      day: fc.constantFrom('2026-02-20', '2026-03-20'),
      pairs: fc.array(pair, { maxLength: 3 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(payment, { maxLength: 4 }), async (payments) => {
        const desk = await memoryDesk()
        for (const [at, { day, pairs }] of payments.entries()) {
          const plb = pairs.map(({ code, reference: name, amount }) => [code, name, amount * 100] as const)
          const document = advice({ trace: `T${at}`, date: day, claims: [paid(`V${at}`)], plb })
          await run(receiveRemittance(desk, document, { openMissing: true }))
        }
        const ofReference = (item: WorkItem, part: Explained) =>
          part.kind === 'reference' && part.reference === reference(item)
        expect(unlisted(await bookOf(desk), 'payerRecoupment', 'recoupments', ofReference, 1)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('Q6 a balance that a payer carries forward waits with its day or is on a list, until it is even', {
    tags: ['Q6'],
  }, async () => {
    const amount = fc.integer({ min: -3, max: 3 }).filter((one) => one !== 0)
    const payment = fc.record({
      // The last of them is not as old as policy lets a balance wait.
      day: fc.constantFrom('2026-02-20', '2026-09-20', '2026-11-10'),
      pairs: fc.array(fc.record({ reference: fc.constantFrom('T0', 'NOTE'), amount }), { maxLength: 3 }),
      payer: fc.constantFrom('ACME', 'BETA'),
    })
    let [waited, listed, even] = [0, 0, 0]
    await fc.assert(
      fc.asyncProperty(fc.array(payment, { minLength: 1, maxLength: 4 }), async (payments) => {
        const desk = await memoryDesk()
        for (const [at, { day, pairs, payer }] of payments.entries()) {
          const plb = pairs.map(({ reference: name, amount: of }) => ['FB', name, of * 100] as const)
          const document = advice({ trace: `T${at}`, date: day, payer, claims: [paid(`V${at}`)], plb })
          await run(receiveRemittance(desk, document, { openMissing: true }))
        }
        const { accounts, items, waiting } = await bookOf(desk)
        const told = [...items, ...waiting].filter(({ queue }) => queue === 'forwardedBalances')
        const stands = accounts.filter(({ account }) => account.startsWith('forwardBalance:'))
        expect(total(told)).toBe(stands.reduce((sum, { balance }) => sum + balance, 0))
        // What has ended is told of no more: nothing is told on both sides of one payer.
        expect(total(told.map((one) => ({ amount: Math.abs(one.amount) })))).toBe(
          stands.reduce((sum, { balance }) => sum + Math.abs(balance), 0),
        )
        for (const one of waiting) expect(one.reason).toMatch(/announced on 2026-11-10: a later payment collects it$/)
        waited += waiting.length
        listed += told.length - waiting.length
        even += told.length === 0 && payments.some(({ pairs }) => pairs.length > 1) ? 1 : 0
      }),
      { numRuns: 200 },
    )
    expect(Math.min(waited, listed, even)).toBeGreaterThan(0)
  })

  it('Q6 what a payer keeps or gives beside its claims waits with its day, or is on a list, until it is even', {
    tags: ['Q6'],
  }, async () => {
    const codes = { E3: 'withholdReceivable:', IR: 'taxReceivable', LE: 'levyReceivable', CS: 'providerAdjustment:CS' }
    const amount = fc.integer({ min: -3, max: 3 }).filter((one) => one !== 0)
    const payment = fc.record({
      // What was withheld on the last of them may wait for its settlement still.
      day: fc.constantFrom('2025-02-20', '2026-09-20'),
      pairs: fc.array(fc.record({ code: fc.constantFrom('E3', 'IR', 'LE', 'CS'), amount }), { maxLength: 3 }),
      payer: fc.constantFrom('ACME', 'BETA'),
    })
    const kept = (day: '2025-02-20' | '2026-09-20', amount: number) => ({
      day,
      pairs: [{ code: 'E3' as const, amount }],
      payer: 'ACME' as const,
    })
    let [waited, listed, even] = [0, 0, 0]
    await fc.assert(
      fc.asyncProperty(fc.array(payment, { minLength: 1, maxLength: 4 }), async (payments) => {
        const desk = await memoryDesk()
        for (const [at, { day, pairs, payer }] of payments.entries()) {
          const plb = pairs.map(({ code, amount: of }) => [code, 'NOTE', of * 100] as const)
          const document = advice({ trace: `T${at}`, date: day, payer, claims: [paid(`V${at}`)], plb })
          await run(receiveRemittance(desk, document, { openMissing: true }))
        }
        const { accounts, items, waiting } = await bookOf(desk)
        const told = [...items, ...waiting].filter(({ queue }) => queue === 'payerAccounts')
        const stands = accounts.filter(({ account }) => Object.values(codes).some((name) => account.startsWith(name)))
        const bySubject = Map.groupBy(told, ({ subject }) => subject)
        expect(Object.fromEntries([...bySubject].map(([account, of]) => [account, total(of)]))).toEqual(
          Object.fromEntries(stands.filter(({ balance }) => balance !== 0).map((row) => [row.account, row.balance])),
        )
        for (const of of bySubject.values()) expect(new Set(of.map((one) => Math.sign(one.amount))).size).toBe(1)
        for (const one of waiting) expect(one.reason).toMatch(/ since 202[56]-\d\d-20: /)
        waited += waiting.length
        listed += told.length - waiting.length
        even += told.length === 0 && payments.some(({ pairs }) => pairs.length > 0) ? 1 : 0
      }),
      {
        numRuns: 200,
        examples: [
          [[kept('2026-09-20', 2)]],
          [[kept('2025-02-20', 2)]],
          [[kept('2025-02-20', 2), kept('2026-09-20', -1), kept('2026-09-20', -1)]],
        ],
      },
    )
    expect(Math.min(waited, listed, even)).toBeGreaterThan(0)
  })

  it('Q6 also where the payer calls one claim by several names', { tags: ['Q6'] }, async () => {
    const amount = fc.integer({ min: -2, max: 2 }).filter((one) => one !== 0)
    const of = (reference: string, amount: number) => ({ reference, amount })
    // The payer's numbers of two claims, and ours.
    const pair = fc.record({ reference: fc.constantFrom('X0', 'V0', 'X1', 'V1'), amount })
    const payments = fc.array(fc.array(pair, { maxLength: 3 }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(payments, async (all) => {
        const desk = await memoryDesk()
        const known = [0, 1].map((at) => ({ ...paid(`V${at}`), icn: `X${at}` }))
        await run(receiveRemittance(desk, advice({ trace: 'T0', claims: known }), { openMissing: true }))
        for (const [at, pairs] of all.entries()) {
          const plb = pairs.map(({ reference: name, amount: of }) => ['WO', name, of * 100] as const)
          const document = advice({ trace: `T${at + 1}`, claims: [paid(`V${at + 2}`)], plb })
          await run(receiveRemittance(desk, document, { openMissing: true }))
        }
        const { accounts, items } = await bookOf(desk)
        const parts = accounts.filter(({ account }) => account.startsWith('payerRecoupment:'))
        const stands = parts.flatMap(({ explanation }) => explanation)
        const listed = items.filter(({ queue }) => queue === 'recoupments')
        expect(total(listed)).toBe(total(stands))
      }),
      {
        numRuns: 200,
        // Two names on one payment are even together: the later payment's evening of one had ended one item of the two.
        examples: [
          [
            [
              [of('V1', -2), of('X1', 2)],
              [of('X1', -1), of('X1', 1)],
            ],
          ],
        ],
      },
    )
  })

  it('Q6 what is pushed to the claim is off the list and out of the account, also by a part of the reference', {
    tags: ['Q6'],
  }, async () => {
    const desk = await memoryDesk()
    const first = await run(
      receiveRemittance(desk, advice({ trace: 'T1', claims: [paid('V1')] }), { openMissing: true }),
    )
    const taking = advice({ trace: 'T2', claims: [paid('V2')], plb: [['WO', 'ICN-V1 T1', 2_000]] })
    const { remittanceId } = await run(receiveRemittance(desk, taking, { openMissing: true }))
    const state = async () => {
      const { accounts, items } = await bookOf(desk)
      const stands = accounts.find(({ account }) => account.startsWith('payerRecoupment:'))
      const listed = items.filter(({ queue }) => queue === 'recoupments')
      return { stands: stands?.explanation.map(({ amount }) => amount), listed: listed.map(({ amount }) => amount) }
    }
    expect(await state()).toEqual({ stands: [2_000], listed: [2_000] })
    const account = first.accounts[0] ?? ''
    const all = (await entries(desk)).map(({ event }) => event)
    const charged = all.find(({ type }) => type === 'ChargePosted')
    if (charged?.type !== 'ChargePosted' || charged.party === 'patient') throw new Error('nothing was charged')
    const takeback = {
      type: 'PostTakeback' as const,
      on: today,
      visit: charged.visitId,
      coverage: charged.party.coverageId,
      lines: [{ line: charged.lineId, amount: 2_000 }],
      recoupment: { payerId: 'ACME', payerControlNumber: 'ICN-V1', remittanceId },
      reason: 'PLB WO',
    }
    expect(await run(executeOnAccount(desk, account, takeback, 'takeback'))).toMatchObject({ ok: true })
    expect(await state()).toEqual({ stands: undefined, listed: [] })
  })
})
