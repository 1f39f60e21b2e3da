import { addDays, formatCents } from '@daybook/core/kernel'
import { remittanceQueues } from '../queue.ts'
import type { Matter } from '../work.ts'
import { leftOf } from './even-pairs.ts'

/** A balance that a payer carries from one payment to another (PLB FB): announced below zero, collected above. */
export interface Forwarded extends Matter {
  readonly reference: string
  /** Its position in the log: which came first is told by it, payments are dated in any order. */
  readonly at: number
}

const initial: readonly Forwarded[] = []

interface OfPayer {
  readonly payerId: string
  readonly matters: { readonly forwardedBalances: readonly Forwarded[] }
}

/**
 * What payers have announced and not collected, or collected and never announced: cents, by the position of the pair. The
 * balance is the payer's as a whole, so what is left of all its payments adds up to its control account (errata 1).
 */
export const forwardedLeft = (remittances: readonly OfPayer[]): ReadonlyMap<number, number> =>
  new Map(
    [...Map.groupBy(remittances, ({ payerId }) => payerId).values()].flatMap((of) =>
      leftOf(of.flatMap(({ matters }) => matters.forwardedBalances).sort((a, b) => a.at - b.at)),
    ),
  )

/** Balances that payers carry forward, until they are even. */
export const forwardedBalances = remittanceQueues({
  names: ['forwardedBalances'],
  version: 1,
  initial,
  after: {
    ProviderAdjustmentRecorded: (matters, { account, reference, amount, effectiveDate }, at) =>
      account.startsWith('forwardBalance:') && amount !== 0
        ? [...matters, { reference, amount, since: effectiveDate, at }]
        : matters,
  },
  work: (matters, { payer, trace, forwarded, policy }) =>
    matters.flatMap(({ reference, since, at }, index) => {
      const amount = forwarded.get(at) ?? 0
      if (amount === 0) return []
      const work = { queue: 'forwardedBalances' as const, subject: `${reference} ${index + 1}`, amount, since }
      if (amount > 0) {
        return {
          ...work,
          reasons: [`${payer} collects a forwarded balance of ${formatCents(amount)} that it never announced`],
          nextAction: 'ask the payer for the payment that it carries forward',
        }
      }
      const says = `${payer} trace ${trace} carries ${formatCents(-amount)} forward (${reference}), announced on ${since}`
      return {
        ...work,
        reasons: [`${says}: no payment has collected it`],
        nextAction: 'ask the payer which payment collects it, or send it back',
        waits: {
          says: `${says}: a later payment collects it`,
          until: addDays(since, policy.posting.forwardedDays),
        },
      }
    }),
})
