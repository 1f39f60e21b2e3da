import { type AccountEvent, account, unappliedOf } from '@daybook/core/account'
import { accountStream, addDays, type Day, isPosting, maxDay, PATIENT } from '@daybook/core/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Piece, Tally } from '../../src/controls/tally.ts'
import { arbReachable } from '../explanation/decided-account.ts'

const ID = '0197ab12-0000-7000-8000-000000000001'
const ALWAYS = '9999-12-31' as Day

const tallied = (events: readonly AccountEvent[], asOf: Day): ReadonlyMap<string, readonly Piece[]> => {
  const tally = new Tally(asOf)
  for (const event of events) tally.add(accountStream(ID), event)
  return tally.accounts()
}

const sumOf = (amounts: Iterable<number>): number => [...amounts].reduce((sum, amount) => sum + amount, 0)

/** Balances as the postings alone give them, those at zero left out. */
const posted = (events: readonly AccountEvent[], asOf: Day): Readonly<Record<string, number>> => {
  const totals: Record<string, number> = {}
  const book = (name: string, amount: number) => {
    totals[name] = (totals[name] ?? 0) + amount
  }
  for (const event of events) {
    if (!isPosting(event) || event.effectiveDate > asOf) continue
    for (const { stage, amount } of event.effects) book(`receivable:${stage}`, amount)
    for (const { account: name, amount } of event.contra) {
      book(name.startsWith('payerClearing:') ? 'payerClearing' : name, amount)
    }
  }
  return Object.fromEntries(Object.entries(totals).filter(([, amount]) => amount !== 0))
}

/** The parts of an account by what they are of, as a test names them. */
const parts = (
  pieces: readonly Piece[] | undefined,
  name: (piece: Piece) => string,
): Readonly<Record<string, number>> => Object.fromEntries((pieces ?? []).map((piece) => [name(piece), piece.amount]))

const isNot0 = ([, amount]: readonly [string, number]): boolean => amount !== 0

const lastDay = (events: readonly AccountEvent[]): Day =>
  events.reduce((day, { effectiveDate }) => maxDay(day, effectiveDate), '2000-01-01' as Day)

const runs = { numRuns: 500 }

describe('what explains the control accounts of an account’s life', () => {
  it('A2 P6 the parts add up to the balances, and all balances to 0, as of any day', { tags: ['A2', 'P6'] }, () => {
    fc.assert(
      fc.property(arbReachable, fc.nat({ max: 900 }), (events, days) => {
        const asOf = addDays(lastDay(events), -days)
        const accounts = tallied(events, asOf)
        const explained = [...accounts].map(
          ([name, pieces]) => [name, sumOf(pieces.map(({ amount }) => amount))] as const,
        )
        expect(Object.fromEntries(explained.filter(isNot0))).toEqual(posted(events, asOf))
        expect(sumOf(explained.map(([, amount]) => amount))).toBe(0)
        for (const { amount, since } of [...accounts.values()].flat()) {
          expect(amount).not.toBe(0)
          expect(since <= asOf).toBe(true)
        }
      }),
      runs,
    )
  })

  it('E10 unapplied is explained by the payments of which something is unapplied', { tags: ['E10'] }, () => {
    fc.assert(
      fc.property(arbReachable, (events) => {
        const { payments } = account.fold(account.initial, events)
        const unapplied = [...payments.payments.values()].map((one) => [one.paymentId, -unappliedOf(one)] as const)
        const found = parts(tallied(events, ALWAYS).get('unapplied'), ({ matter }) =>
          matter.kind === 'payment' ? matter.payment : matter.kind,
        )
        expect(found).toEqual(Object.fromEntries(unapplied.filter(isNot0)))
      }),
      runs,
    )
  })

  it('G1 refunds payable are the refunds written and not cashed; what is owed again has its refund', {
    tags: ['G1'],
  }, () => {
    fc.assert(
      fc.property(arbReachable, (events) => {
        const refunds = [...account.fold(account.initial, events).credits.refunds.values()]
        const accounts = tallied(events, ALWAYS)
        const byRefund = (name: string) =>
          parts(accounts.get(name), ({ matter }) => (matter.kind === 'refund' ? matter.refund : matter.kind))
        const payable = refunds
          .filter(({ status }) => status === 'issued')
          .map(({ approved }) => [approved.refundId, -approved.amount] as const)
        expect(byRefund('refundsPayable')).toEqual(Object.fromEntries(payable))
        for (const payee of ['payer', 'state']) {
          const owed = refunds
            .filter(({ approved }) => approved.payee === payee)
            .map(
              ({ approved, owedAgain }) => [approved.refundId, sumOf(owedAgain.map(({ amount }) => amount))] as const,
            )
          expect(byRefund(`refundReceivable:${payee}`)).toEqual(Object.fromEntries(owed.filter(isNot0)))
        }
      }),
      runs,
    )
  })

  it('G1 of a refund that takes money from an item too, only the unapplied part is unapplied money', {
    tags: ['G1'],
  }, () => {
    const received = { lineId: 'l1', layerId: 'y1', party: PATIENT, stage: 'active', amount: 500 }
    const issued = {
      type: 'RefundIssued',
      effectiveDate: '2026-03-01',
      refundId: 'r1',
      amount: 800,
      of: [
        { paymentId: 'p1', amount: 300 },
        { paymentId: 'p2', lineId: 'l1', layerId: 'y1', amount: 500 },
      ],
      effects: [received],
      contra: [
        { account: 'unapplied', amount: 300 },
        { account: 'refundsPayable', amount: -800 },
      ],
    } as unknown as AccountEvent
    const accounts = tallied([issued], ALWAYS)
    expect(accounts.get('unapplied')).toMatchObject([{ matter: { kind: 'payment', payment: 'p1' }, amount: 300 }])
    expect(accounts.get('refundsPayable')).toMatchObject([{ matter: { kind: 'refund', refund: 'r1' }, amount: -800 }])
  })

  it('A5 receivables are explained by who owes them', { tags: ['A5'] }, () => {
    fc.assert(
      fc.property(arbReachable, (events) => {
        const { ledger } = account.fold(account.initial, events)
        const accounts = tallied(events, ALWAYS)
        for (const stage of ['active', 'placed'] as const) {
          const owed = new Map<string, number>()
          for (const layer of ledger.layers.values()) {
            const whose = layer.party === PATIENT ? 'patient' : 'insurance'
            owed.set(whose, (owed.get(whose) ?? 0) + layer[stage])
          }
          const found = parts(accounts.get(`receivable:${stage}`), ({ matter }) =>
            matter.kind === 'party' ? matter.party : matter.kind,
          )
          expect(found).toEqual(Object.fromEntries([...owed].filter(isNot0)))
        }
      }),
      runs,
    )
  })
})
