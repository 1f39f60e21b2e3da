import { addDays, type Day, formatCents, maxDay, sumOf } from '@daybook/core/kernel'
import type { RemittanceClaimPosted, RemittanceClaimRejected } from '@daybook/core/remittance'
import { remittanceQueues } from '../queue.ts'

interface HeldUnit {
  readonly claims: readonly number[]
  /** Cents. */
  readonly amount: number
}

/** How far the posting of a remittance has come. */
export interface Unposted {
  /** Neither opened nor held where it is `receiving`. */
  readonly standing: 'receiving' | 'open' | 'done'
  /** Claims that are stored, and those that are posted or given up. */
  readonly claims: number
  readonly settled: number
  /** Cents in clearing: Σ CLP04 of what is opened and not settled. */
  readonly clearing: number
  readonly held: readonly HeldUnit[]
  /** The day from which its opening counts. */
  readonly openedOn?: Day
  /** The day on which a person let it through: its claims are posted then. */
  readonly releasedOn?: Day
}

const initial: Unposted = { standing: 'receiving', claims: 0, settled: 0, clearing: 0, held: [] }

const without = (held: readonly HeldUnit[], claims: readonly number[]): readonly HeldUnit[] =>
  held.filter((unit) => !unit.claims.some((claim) => claims.includes(claim)))

const settle = (matters: Unposted, { claims, amount }: RemittanceClaimPosted | RemittanceClaimRejected): Unposted => ({
  ...matters,
  settled: matters.settled + claims.length,
  clearing: matters.clearing - amount,
  held: without(matters.held, claims),
})

const done = (matters: Unposted): Unposted => ({ ...matters, standing: 'done' })
const again = 'import the file again: it goes on where it stopped'

/**
 * Remittances whose import stopped before its end: received and not opened, or opened with claims that are neither posted
 * nor held. On the day of the import that is the import itself; from the next day on nobody else would look (law Q6).
 */
export const unpostedClaims = remittanceQueues({
  names: ['unpostedClaims'],
  version: 1,
  initial,
  after: {
    RemittanceClaimsRecorded: (matters, { claims }) => ({ ...matters, claims: matters.claims + claims.length }),
    RemittanceHeld: done,
    RemittanceReleased: (matters, { effectiveDate }) => ({ ...matters, releasedOn: effectiveDate }),
    RemittanceRejected: done,
    RemittanceOpened: (matters, { contra, effectiveDate }): Unposted => ({
      ...matters,
      standing: 'open',
      openedOn: effectiveDate,
      clearing:
        matters.clearing - sumOf(contra, ({ account, amount }) => (account.startsWith('payerClearing:') ? amount : 0)),
    }),
    RemittanceClaimHeld: (matters, { claims, amount }) => ({
      ...matters,
      held: [...without(matters.held, claims), { claims, amount }],
    }),
    RemittanceClaimPosted: settle,
    RemittanceClaimRejected: settle,
    RemittanceClosed: done,
  },
  work: (matters, { remittance, payer, trace, amount, receivedOn, paymentDate }) => {
    const { standing, claims, settled, clearing, held, openedOn, releasedOn } = matters
    const importedOn = maxDay(receivedOn, releasedOn ?? receivedOn)
    const work = { queue: 'unpostedClaims' as const, subject: remittance, nextAction: again }
    const until = addDays(importedOn, 1)
    if (standing === 'receiving') {
      const says = `${payer} trace ${trace} pays ${formatCents(amount)}: received on ${receivedOn}, nothing of it is posted`
      // What is dated ahead is opened from that day on: until then nobody can tell here.
      const since = maxDay(receivedOn, paymentDate ?? receivedOn)
      return [{ ...work, amount, since, reasons: [says], waits: { says: `${says} yet`, until } }]
    }
    const left = claims - settled - sumOf(held, (unit) => unit.claims.length)
    if (standing !== 'open' || openedOn === undefined || left <= 0) return []
    const money = clearing - sumOf(held, (unit) => unit.amount)
    const which = left === 1 ? '1 claim is' : `${left} claims are`
    const says = `${payer} trace ${trace}, imported on ${importedOn}: ${which} not posted, ${formatCents(money)} in clearing`
    return [{ ...work, amount: money, since: openedOn, reasons: [says], waits: { says, until } }]
  },
})
