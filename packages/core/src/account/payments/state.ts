import { type Cents, sumOf } from '../../kernel/cents.ts'
import { changedOn, type Dated } from '../../kernel/dated.ts'
import type { Day } from '../../kernel/day.ts'
import type { Effect, Posting, Stage } from '../../kernel/effects.ts'
import type { CreditId, PaymentId } from '../../kernel/ids.ts'
import { type Questions, type ReadonlyTable, Table } from '../../kernel/table.ts'
import { type ReadonlyVersionedMap, VersionedMap } from '../../kernel/versioned-map.ts'
import type {
  CreditMoved,
  RefundDebtCancelled,
  RefundIssued,
  RefundOwedAgain,
  RefundVoided,
} from '../credits/events.ts'
import type { ChargeVoided } from '../ledger/events.ts'
import type {
  Allocation,
  PatientPaymentPosted,
  PaymentCaptureFailed,
  PaymentCapturePending,
  PaymentCaptureSettled,
  PaymentDeallocated,
  PaymentReversed,
  UnappliedApplied,
} from './events.ts'

/** Money of a payment on a layer, the stage in which it found the amount, and the day from which it counts there. */
export interface AppliedPart extends Allocation {
  readonly stage: Stage
  readonly on: Day
  /** Where it had stood until that day, when a credit was used for this item; the same amount in all. */
  readonly cameFrom?: { readonly creditId: CreditId; readonly parts: readonly AppliedPart[] }
}

/** The first of these parts, up to an amount, and what is left of them behind it. */
const cutAt = (
  parts: readonly AppliedPart[],
  amount: number,
): readonly [first: readonly AppliedPart[], rest: readonly AppliedPart[]] => {
  let left = amount
  const first: AppliedPart[] = []
  const rest: AppliedPart[] = []
  for (const part of parts) {
    const taken = Math.min(left, part.amount)
    left -= taken
    const [own, other] =
      taken === part.amount ? [part, undefined] : taken === 0 ? [undefined, part] : halves(part, taken)
    if (own) first.push(own)
    if (other) rest.push(other)
  }
  return [first, rest]
}

const halves = (part: AppliedPart, amount: number): readonly [AppliedPart, AppliedPart] => {
  const { cameFrom } = part
  const [first, rest] = cutAt(cameFrom?.parts ?? [], amount)
  const of = (cents: number, parts: readonly AppliedPart[]): AppliedPart => ({
    ...part,
    amount: cents as Cents,
    ...(cameFrom ? { cameFrom: { ...cameFrom, parts } } : {}),
  })
  return [of(amount, first), of(part.amount - amount, rest)]
}

/** The first of these parts that make up an amount. */
export const partsUpTo = (parts: readonly AppliedPart[], amount: number): readonly AppliedPart[] =>
  cutAt(parts, amount)[0]

/** One patient payment and where its money stands: allocated + unapplied + (refunded − owed again) + reversed = amount (law E1). */
export interface Payment {
  readonly paymentId: PaymentId
  readonly event: PatientPaymentPosted
  readonly receivedOn: Day
  readonly amount: Cents
  /** In order of allocation; what was taken back is gone. */
  readonly allocations: readonly AppliedPart[]
  readonly reversed: number
  /** The day from which nothing of it has stayed: the bank has taken all of it back. */
  readonly goneOn?: Day
  readonly refunded: number
  /** What of the refunded is owed again, because the payment was taken back after it (clarification 34). */
  readonly owedAgain: number
  /** A person took it off an item, and nobody has applied it since: it waits for that person. */
  readonly setAside: boolean
  /** What of it has no item, through time. */
  readonly dated: Dated
}

/** What of a payment has no item yet: amount − allocated − reversed − (refunded − owed again). */
export const unappliedOf = (payment: Payment): number =>
  payment.amount -
  payment.reversed -
  (payment.refunded - payment.owedAgain) -
  payment.allocations.reduce((sum, allocation) => sum + allocation.amount, 0)

/** What equal money has in common, with or without an external reference (law E7). */
export const moneyKey = (money: {
  readonly tender: PatientPaymentPosted['tender']
  readonly amount: number
  readonly receivedDate: Day
}): string => `${money.receivedDate} ${money.tender} ${money.amount}`

const ofPayments = {
  where: {
    unapplied: (payment: Payment) => unappliedOf(payment) > 0,
    overspent: (payment: Payment) => unappliedOf(payment) < 0,
  },
  by: {
    /** Lines on which it has money now. */
    line: (payment: Payment) => payment.allocations.map(({ lineId }) => lineId),
    /** The visit that the payer named. */
    visit: (payment: Payment) => payment.event.designation?.visitId,
    money: (payment: Payment) => moneyKey(payment.event),
  },
  sum: { unapplied: unappliedOf },
  last: {
    /** The day on which money came of which something has stayed. */
    received: (payment: Payment) => (payment.reversed < payment.amount ? payment.receivedOn : undefined),
  },
} satisfies Questions<Payment>

/** All patient money of the account. */
export interface PaymentState {
  readonly payments: ReadonlyTable<PaymentId, Payment, typeof ofPayments>
  /** Card and ACH money that has not settled, by payment. */
  readonly pending: ReadonlyVersionedMap<PaymentId, PaymentCapturePending>
  /** Captures that have ended: each at most once (law E8). */
  readonly decided: ReadonlyVersionedMap<PaymentId, 'settled' | 'failed'>
}
export interface PaymentBuilder {
  payments: Table<PaymentId, Payment, typeof ofPayments>
  pending: VersionedMap<PaymentId, PaymentCapturePending>
  decided: VersionedMap<PaymentId, 'settled' | 'failed'>
}

export const initial = (): PaymentBuilder => ({
  payments: new Table(ofPayments),
  pending: new VersionedMap(),
  decided: new VersionedMap(),
})
export const builderOf = (state: PaymentState): PaymentBuilder => ({
  payments: state.payments.next(),
  pending: state.pending.next(),
  decided: state.decided.next(),
})

/** What an event takes off the patient's layers, as parts of the payment. */
const partsOf = ({
  effects,
  effectiveDate: on,
}: {
  readonly effects: readonly Effect[]
  readonly effectiveDate: Day
}) =>
  effects.map(
    ({ lineId, layerId, stage, amount }): AppliedPart => ({
      lineId,
      layerId,
      stage,
      amount: -amount as Cents,
      on,
    }),
  )

/** What of an event's own side is unapplied: positive where money has lost its item. */
const freed = ({ contra }: Posting): number =>
  -contra.reduce((sum, { account, amount }) => (account === 'unapplied' ? sum + amount : sum), 0)

const add = (payment: Payment, parts: readonly AppliedPart[]): Payment => ({
  ...payment,
  allocations: [...payment.allocations, ...parts],
})

interface TakenBack {
  readonly payment: Payment
  readonly taken: readonly AppliedPart[]
}

/** Takes money off layers: parts of the day first, then the newest. */
const tookBack = (
  payment: Payment,
  back: readonly { readonly layerId: string; readonly amount: number }[],
  on: Day,
): TakenBack => {
  const wanted = new Map<string, number>()
  for (const { layerId, amount } of back) wanted.set(layerId, (wanted.get(layerId) ?? 0) + amount)
  const taken: AppliedPart[] = []
  const take = (parts: readonly AppliedPart[], fits: (part: AppliedPart) => boolean): readonly AppliedPart[] =>
    parts.flatMap((part) => {
      const amount = fits(part) ? Math.min(part.amount, wanted.get(part.layerId) ?? 0) : 0
      wanted.set(part.layerId, (wanted.get(part.layerId) ?? 0) - amount)
      const [own, rest] = cutAt([part], amount)
      taken.push(...own)
      return rest
    })
  const others = take(payment.allocations.toReversed(), (part) => part.on === on)
  return { payment: { ...payment, allocations: take(others, () => true).toReversed() }, taken }
}

const takeBack = (...given: Parameters<typeof tookBack>): Payment => tookBack(...given).payment

/**
 * What was taken from one item stands on another from a day on. What goes back to where it came from on the very day on which it
 * had come is there as if it had never moved.
 */
const movedTo = (
  { to: { lineId, layerId }, creditId, amount, effectiveDate: on }: CreditMoved,
  taken: readonly AppliedPart[],
): readonly AppliedPart[] => {
  const before = taken.flatMap((part) => (part.on === on ? (part.cameFrom?.parts ?? []) : []))
  const isAll = (parts: readonly AppliedPart[]) => sumOf(parts, (part) => part.amount) === amount
  if (isAll(before) && before.every((part) => part.layerId === layerId)) return before
  const moved = { lineId, layerId, stage: 'active', amount, on } as const
  return [isAll(taken) ? { ...moved, cameFrom: { creditId, parts: taken } } : moved]
}

/** Its unapplied part changes on a day. */
const dates = (payment: Payment, on: Day, amount: number): Payment => ({
  ...payment,
  dated: changedOn(payment.dated, on, amount),
})

const update = (slice: PaymentBuilder, id: PaymentId, change: (payment: Payment) => Payment): void => {
  const payment = slice.payments.get(id)
  if (payment) slice.payments.set(id, change(payment))
}

export const evolve = {
  PatientPaymentPosted: (slice: PaymentBuilder, event: PatientPaymentPosted) => {
    slice.pending.delete(event.paymentId)
    slice.payments.set(event.paymentId, {
      paymentId: event.paymentId,
      event,
      receivedOn: event.effectiveDate,
      amount: event.amount,
      allocations: partsOf(event),
      reversed: 0,
      refunded: 0,
      owedAgain: 0,
      setAside: false,
      dated: changedOn([], event.effectiveDate, freed(event)),
    })
  },
  PaymentCapturePending: (slice: PaymentBuilder, event: PaymentCapturePending) => {
    slice.pending.set(event.paymentId, event)
  },
  PaymentCaptureSettled: (slice: PaymentBuilder, event: PaymentCaptureSettled) => {
    slice.pending.delete(event.paymentId)
    slice.decided.set(event.paymentId, 'settled')
  },
  PaymentCaptureFailed: (slice: PaymentBuilder, event: PaymentCaptureFailed) => {
    slice.pending.delete(event.paymentId)
    slice.decided.set(event.paymentId, 'failed')
  },
  UnappliedApplied: (slice: PaymentBuilder, event: UnappliedApplied) => {
    update(slice, event.paymentId, (payment) => ({
      ...dates(add(payment, partsOf(event)), event.effectiveDate, freed(event)),
      setAside: false,
    }))
  },
  PaymentDeallocated: (slice: PaymentBuilder, event: PaymentDeallocated) => {
    update(slice, event.paymentId, (payment) => ({
      ...dates(takeBack(payment, event.allocations, event.effectiveDate), event.effectiveDate, freed(event)),
      setAside: true,
    }))
  },
  PaymentReversed: (slice: PaymentBuilder, event: PaymentReversed) => {
    update(slice, event.paymentId, (payment) => {
      const reversed = payment.reversed + event.amount
      return {
        ...dates(takeBack(payment, event.released, event.effectiveDate), event.effectiveDate, freed(event)),
        reversed,
        ...(reversed < payment.amount ? {} : { goneOn: event.effectiveDate }),
        setAside: false,
      }
    })
  },
  RefundIssued: (slice: PaymentBuilder, event: RefundIssued) => {
    for (const source of event.of) {
      if (!('paymentId' in source)) continue
      const { layerId, amount } = source
      update(slice, source.paymentId, (payment) => ({
        ...(layerId === undefined
          ? dates(payment, event.effectiveDate, -amount)
          : takeBack(payment, [{ layerId, amount }], event.effectiveDate)),
        refunded: payment.refunded + amount,
      }))
    }
  },
  RefundVoided: (slice: PaymentBuilder, event: RefundVoided) => {
    for (const source of event.of) {
      if (!('paymentId' in source)) continue
      const { layerId, lineId, amount } = source
      const onLayer = layerId !== undefined && lineId !== undefined ? [{ lineId, layerId, amount }] : []
      update(slice, source.paymentId, (payment) => ({
        ...add(
          onLayer.length > 0 ? payment : dates(payment, event.effectiveDate, amount),
          onLayer.map((part) => ({ ...part, stage: 'active', on: event.effectiveDate })),
        ),
        refunded: payment.refunded - amount,
      }))
    }
  },
  CreditMoved: (slice: PaymentBuilder, event: CreditMoved) => {
    const { of, from, amount, effectiveDate: on } = event
    if (!('paymentId' in of)) return
    update(slice, of.paymentId, (given) => {
      const { payment, taken } = tookBack(given, [{ layerId: from.layerId, amount }], on)
      return add(payment, movedTo(event, taken))
    })
  },
  RefundOwedAgain: (slice: PaymentBuilder, event: RefundOwedAgain) => {
    update(slice, event.paymentId, (payment) => ({
      ...dates(payment, event.effectiveDate, event.amount),
      owedAgain: payment.owedAgain + event.amount,
    }))
  },
  RefundDebtCancelled: (slice: PaymentBuilder, event: RefundDebtCancelled) => {
    update(slice, event.paymentId, (payment) => ({
      ...dates(payment, event.effectiveDate, -event.amount),
      owedAgain: payment.owedAgain - event.amount,
    }))
  },
  // By what it says it released, not by what is on its line: on a past day a payment may stand there that the void, since it
  // was decided later, no longer found.
  ChargeVoided: (slice: PaymentBuilder, event: ChargeVoided) => {
    for (const { paymentId, amount } of event.released) {
      update(slice, paymentId, (payment) => {
        let left: number = amount
        const back = payment.allocations.toReversed().flatMap(({ lineId, layerId, amount: on }) => {
          const part = lineId === event.lineId ? Math.min(left, on) : 0
          left -= part
          return part > 0 ? [{ layerId, amount: part }] : []
        })
        return dates(takeBack(payment, back, event.effectiveDate), event.effectiveDate, amount)
      })
    }
  },
}

/** What of a payment can still be taken back by whoever made it: what was refunded meanwhile too (clarification 34). */
export const remainingOf = (payment: Payment): number => payment.amount - payment.reversed

/** Unapplied money of the account: its own column in every report, never netted with credits (law E10). */
export const unappliedTotal = (state: PaymentState): number => state.payments.sum('unapplied')
