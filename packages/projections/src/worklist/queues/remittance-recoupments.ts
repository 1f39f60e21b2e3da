import { type Day, formatCents } from '@daybook/core/kernel'
import type { ProviderAdjustmentRecorded } from '@daybook/core/remittance'
import { remittanceQueues } from '../queue.ts'
import type { Matter } from '../work.ts'
import { unanswered } from './recoupment-answers.ts'

/** A forwarded balance is the payer's as a whole, with a queue of its own. */
type Exception = Exclude<ProviderAdjustmentRecorded['exception'], undefined | 'forwardBalanceWithoutOrigin'>

/** A recoupment that somebody has to look at (errata 1, clarification 16). */
export interface Recoupment extends Matter {
  readonly reference: string
  readonly exception: Exception
  /** PLB03-1. */
  readonly code: string
  /** Its position in the log: which came first is told by it, payments are dated in any order. */
  readonly at: number
}

export interface Recoupments {
  readonly recoupments: readonly Recoupment[]
  /** References that this remittance made even: what stood open under them before is done. */
  readonly evened: readonly { readonly reference: string; readonly since: Day; readonly at: number }[]
}

const workFor: Readonly<
  Record<Exception, { readonly says: (payer: string, one: Recoupment) => string; readonly next: string }>
> = {
  recoupmentWithoutReversal: {
    says: (payer, one) => `${payer} recoups ${formatCents(one.amount)} for ${one.reference} without a reversal`,
    next: 'find the claim: push the recoupment to it, or dispute it',
  },
  recoupmentOutstanding: {
    says: (payer, one) => `${payer} put off a recoupment of ${formatCents(-one.amount)} for ${one.reference}`,
    next: 'expect it on a later payment',
  },
}

/** PLB 72 below zero: the payer shows that what we had sent back reached it (postings.md row 20). */
const isOurRefund = ({ code, amount }: Recoupment): boolean => code === '72' && amount < 0

const ourRefund = {
  says: (payer: string, one: Recoupment) =>
    `${payer} shows for ${one.reference} that ${formatCents(-one.amount)} which we had sent back reached it`,
  next: 'acknowledge the refund of that claim (AcknowledgeRefund)',
}

const initial: Recoupments = { recoupments: [], evened: [] }
const evenedKey = (payerId: string, reference: string): string => `${payerId}|${reference}`

/**
 * References that were even again by a day, by payer: the last position of the log at which each was. A later payment may
 * even an earlier one, and of two payments of one day the second may open what the first had closed.
 */
export const evenedBy = (
  remittances: Iterable<{ readonly payerId: string; readonly matters: { readonly recoupments: Recoupments } }>,
  asOf: Day,
): ReadonlyMap<string, number> => {
  const evened = new Map<string, number>()
  for (const { payerId, matters } of remittances) {
    for (const { reference, since, at } of matters.recoupments.evened) {
      const key = evenedKey(payerId, reference)
      if (since <= asOf) evened.set(key, Math.max(at, evened.get(key) ?? 0))
    }
  }
  return evened
}

/** Recoupments without a reversal, or put off. */
export const recoupments = remittanceQueues({
  names: ['recoupments'],
  version: 4,
  initial,
  after: {
    ProviderAdjustmentRecorded: (matters, { code, exception, reference, amount, effectiveDate }, at) =>
      exception === undefined || exception === 'forwardBalanceWithoutOrigin'
        ? matters
        : {
            ...matters,
            recoupments: [...matters.recoupments, { code, reference, amount, since: effectiveDate, at, exception }],
          },
    RecoupmentMatched: (matters, { reference, effectiveDate }, at) => ({
      ...matters,
      evened: [...matters.evened, { reference, since: effectiveDate, at }],
    }),
    RemittanceRejected: (matters) => ({ ...matters, recoupments: [] }),
  },
  work: (matters, { payer, payerId, evened, answers }) => {
    const open = matters.recoupments
      .map((one, index) => ({ ...one, subject: `${one.reference} ${index + 1}` }))
      .filter(({ reference, at }) => (evened.get(evenedKey(payerId, reference)) ?? 0) < at)
    return unanswered(open, answers).map((one) => {
      const { says, next } = isOurRefund(one) ? ourRefund : workFor[one.exception]
      return {
        queue: 'recoupments' as const,
        subject: one.subject,
        amount: one.amount,
        since: one.since,
        reasons: [says(payer, one)],
        nextAction: next,
      }
    })
  },
})
