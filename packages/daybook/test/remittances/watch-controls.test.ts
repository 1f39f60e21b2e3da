import { memoryEventStore, memoryViewStore } from '@daybook/adapters/memory'
import { addDays, type Day, type Instant, type RemittanceId } from '@daybook/core/kernel'
import { presets } from '@daybook/core/policy'
import { EventStore, ViewStore } from '@daybook/core/ports'
import { type Desk, executeOnAccount, receiveRemittance, rejectHeldClaim } from '@daybook/core/service'
import { usZones } from '@daybook/core/testing'
import { controlAccounts, type Explained } from '@daybook/projections/controls'
import { type WorkItem, worklist } from '@daybook/projections/worklist'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/index.ts'
import { entries } from '../support/books.ts'
import { deskOn, memoryDesk } from '../support/desk.ts'
import { advice, type ClaimOf } from '../support/documents.ts'
import { dyingAfter } from '../support/dying-store.ts'
import { openTestBook } from '../support/folder.ts'

// Law Q6 from the side of the control accounts: what stands there of payers' money is on a list of the day, with its amount.

const run = Effect.runPromise
const today = '2026-11-21' as Day

const bookOf = async ({ service }: Desk, on: Day = today) => {
  const views = await run(memoryViewStore())
  const ask = <A, E>(question: Effect.Effect<A, E, EventStore | ViewStore>): Promise<A> =>
    run(question.pipe(Effect.provideService(EventStore, service.store), Effect.provideService(ViewStore, views)))
  const { physicianPracticeMN: policy } = presets
  const day = { asOf: on, now: `${on}T18:00:00.000Z` as Instant, localTime: usZones, policy }
  const { accounts } = await ask(controlAccounts({ asOf: on }))
  const { items, waiting } = await ask(worklist(day))
  return { accounts, items, waiting }
}

const total = (of: readonly { readonly amount: number }[]): number => of.reduce((sum, { amount }) => sum + amount, 0)

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

const paid = (pcn: string): ClaimOf => ({ pcn, lines: [{ charge: 10_000, paid: 6_000, cas: [['CO', '45', 4_000]] }] })

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

  it('Q6 what an import that was killed has left is on a list from the next day on, until the file is imported again', {
    tags: ['Q6'],
  }, async () => {
    const kinds = fc.array(fc.constantFrom('fits', 'unbalanced', 'denied'), { minLength: 1, maxLength: 5 })
    const next = addDays(today, 1)
    let killed = 0
    await fc.assert(
      fc.asyncProperty(kinds, fc.nat({ max: 30 }), async (claims, appends) => {
        const store = await run(memoryEventStore())
        const of = claims.map((kind, number): ClaimOf => {
          const pcn = `V${number}`
          if (kind === 'denied') return { pcn, lines: [{ charge: 10_000, paid: 0, cas: [['CO', '197', 10_000]] }] }
          return kind === 'unbalanced' ? { pcn, lines: [{ charge: 10_000, paid: 6_000 + number }] } : paid(pcn)
        })
        const take = (desk: Desk) =>
          run(receiveRemittance(desk, advice({ trace: 'T1', claims: of }), { openMissing: true }))
        const died = await take(deskOn(dyingAfter(store, appends))).then(
          () => false,
          () => true,
        )
        const desk = deskOn(store)
        const left = await bookOf(desk)
        const clearing = left.accounts.find(({ account }) => account === 'payerClearing')?.balance ?? 0
        const told = (all: readonly { readonly queue: string; readonly amount: number }[]) =>
          all.filter(({ queue }) => queue === 'unpostedClaims' || queue === 'unmatchedClaims')
        // What is posted and not told of yet is said to be in clearing still: the next import tells of it.
        expect(total(told([...left.items, ...left.waiting]))).toBeGreaterThanOrEqual(clearing)
        expect(left.items.filter(({ queue }) => queue === 'unpostedClaims')).toEqual([])
        const later = await bookOf(desk, next)
        expect(told(later.waiting)).toEqual([])
        expect(total(told(later.items))).toBe(total(told([...left.items, ...left.waiting])))
        const begun = (await entries(desk)).some(({ event }) => event.type === 'RemittanceReceived')
        const isOn = later.items.some(({ queue }) => queue === 'unpostedClaims')
        if (isOn) {
          killed += 1
          expect(died && begun).toBe(true)
        }
        await take(desk)
        const mended = await bookOf(desk, next)
        const stands = mended.accounts.find(({ account }) => account === 'payerClearing')?.balance ?? 0
        expect(mended.items.filter(({ queue }) => queue === 'unpostedClaims')).toEqual([])
        expect(total(told(mended.items))).toBe(stands)
      }),
      { numRuns: 200 },
    )
    expect(killed).toBeGreaterThan(0)
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

  it('Q6 a refund that is not cashed, or that somebody else owes again, is on a list with what stands of it', {
    tags: ['Q6'],
  }, async () => {
    const life = fc.record({
      amount: fc.integer({ min: 2, max: 90 }),
      refunded: fc.integer({ min: 1, max: 90 }),
      back: fc.integer({ min: 1, max: 90 }),
      payee: fc.constantFrom('guarantor' as const, 'state' as const),
      after: fc.constantFrom('cleared' as const, 'void' as const, 'nothing' as const),
    })
    let [stood, issued] = [0, 0]
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 2 }), async (lives) => {
        await using book = await openTestBook()
        const { account } = await book.open({ guarantor: { name: 'Jo Roe', born: '1980-02-01' }, on: '2026-09-01' })
        const give = async (command: AccountCommandInput) => {
          const { ok } = await book.execute(account, command, {
            actor: { id: 'sue', roles: ['supervisor', 'manager'] },
          })
          return ok
        }
        for (const [at, { amount, refunded, back, payee, after }] of lives.entries()) {
          const [payment, refund] = [`p${at}`, `r${at}`]
          const pay = { type: 'PostPayment', tender: 'check', payment, externalRef: payment } as const
          await give({ ...pay, on: '2026-09-02', amount: amount * 100 })
          const approve = { type: 'ApproveRefund', on: '2026-09-03', refund, payment, payee, method: 'check' } as const
          const part = Math.min(refunded, amount) * 100
          await give({ ...approve, amount: part, reason: 'r', ...(payee === 'state' ? { override: 'unclaimed' } : {}) })
          await give({ type: 'IssueRefund', on: '2026-09-04', refund })
          if (after === 'cleared') await give({ type: 'ClearRefund', on: '2026-09-05', refund })
          const taken = { type: 'ReversePayment', on: '2026-09-10', payment, kind: 'nsf', reason: 'returned' } as const
          await give({ ...taken, amount: Math.min(back, amount) * 100 })
          if (after === 'void') await give({ type: 'VoidRefund', on: '2026-09-12', refund, reason: 'never cashed' })
        }
        const payable = await book.controlAccounts({ account: 'refundsPayable' })
        const list = await book.worklist({ queue: 'refundsIssued' })
        const onItsWay = payable.accounts.flatMap(({ explanation }) =>
          explanation.flatMap((part) => (part.kind === 'refund' ? [`${part.refund} ${-part.amount}`] : ['?'])),
        )
        const said = [...list.items, ...list.waiting].map(({ subject, amount }) => `${subject} ${amount}`)
        expect(said.toSorted()).toEqual(onItsWay.toSorted())
        issued += onItsWay.length
        const { accounts } = await book.controlAccounts({ account: 'refundReceivable' })
        const { items } = await book.worklist({ queue: 'returnedRefunds' })
        const stands = accounts.flatMap(({ explanation }) =>
          explanation.flatMap((part) => (part.kind === 'refund' ? [`${part.refund} ${part.amount}`] : ['?'])),
        )
        stood += stands.length
        expect(items.map(({ subject, amount }) => `${subject} ${amount}`).toSorted()).toEqual(stands.toSorted())
      }),
      { numRuns: 100 },
    )
    expect(Math.min(stood, issued)).toBeGreaterThan(0)
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
