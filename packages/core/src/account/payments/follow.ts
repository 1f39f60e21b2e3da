import { isPosting, PATIENT } from '../../kernel/effects.ts'
import type { LineId } from '../../kernel/ids.ts'
import type { Follow } from '../follow.ts'
import { workingOn } from '../ledger/working.ts'
import { allocate, designatedLines } from './allocate.ts'
import { unappliedEvents } from './post.ts'
import { type Payment, unappliedOf } from './state.ts'

/**
 * Money that waited for its item meets it in the unit that opens the item (W5): a copay taken before the payer spoke, a
 * payment on a plan. Only designated money moves by itself; for the rest a person decides, or nobody pays twice what
 * nobody asked for. Deallocated and restored amounts open no layer, so nothing that was taken off is put back here.
 */
export const follow: Follow = (_before, after, events, context) => {
  const opened = new Set<LineId>(
    events
      .flatMap((event) => (isPosting(event) ? (event.opens ?? []) : []))
      .filter((layer) => layer.party === PATIENT)
      .map((layer) => layer.lineId),
  )
  if (opened.size === 0) return []
  const working = workingOn(after, context)
  return waiting(after.payments.payments.where('unapplied')).flatMap((payment) => {
    const named = designatedLines(after, payment.event.designation)
    const directed = [...(named ?? [])].filter((line) => opened.has(line)).map((line) => ({ line }))
    if (directed.length === 0) return []
    const money = {
      amount: unappliedOf(payment),
      receivedOn: payment.receivedOn,
      dated: payment.dated,
      source: payment.event.source,
      designation: { lines: directed.map(({ line }) => line) },
    }
    return unappliedEvents(payment.paymentId, allocate(after, working, money, context).applied)
  })
}

/** Designated money among what has no item, oldest first. */
const waiting = (payments: readonly Payment[]): readonly Payment[] =>
  payments
    .filter((payment) => payment.event.designation !== undefined)
    .sort((a, b) => (a.receivedOn === b.receivedOn ? 0 : a.receivedOn < b.receivedOn ? -1 : 1))
