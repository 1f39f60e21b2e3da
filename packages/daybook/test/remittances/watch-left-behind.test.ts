import { memoryEventStore } from '@daybook/adapters/memory'
import { addDays } from '@daybook/core/kernel'
import { type Desk, receiveRemittance } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccountCommandInput } from '../../src/index.ts'
import { entries } from '../support/books.ts'
import { deskOn } from '../support/desk.ts'
import { advice, type ClaimOf } from '../support/documents.ts'
import { dyingAfter } from '../support/dying-store.ts'
import { openTestBook } from '../support/folder.ts'
import { bookOf, paid, today, total } from '../support/watch.ts'

// Law Q6: what somebody began and did not end, an import or a refund, is on a list, or waits with its day.

const run = Effect.runPromise

describe('watch-1 nothing that was begun is out of sight', () => {
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
})
