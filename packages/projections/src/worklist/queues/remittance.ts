import type { RemittanceEvent } from '@daybook/core/remittance'
import type { Kept, RemittanceQueues } from '../queue.ts'
import { besideClaims } from './remittance-accounts.ts'
import { unmatchedClaims } from './remittance-claims.ts'
import { forwardedBalances } from './remittance-forwarded.ts'
import { heldRemittances } from './remittance-held.ts'
import { recoupments } from './remittance-recoupments.ts'
import { refundsPayable } from './remittance-refunds.ts'
import { unpostedClaims } from './remittance-unposted.ts'

/** The work on remittances. */
export const remittanceQueues = {
  besideClaims,
  forwardedBalances,
  heldRemittances,
  recoupments,
  refundsPayable,
  unmatchedClaims,
  unpostedClaims,
} satisfies Readonly<Record<string, Kept>>

type Table = typeof remittanceQueues
/** What the view keeps of a remittance: each queue's own part. */
export type RemittanceMatters = { readonly [Key in keyof Table]: Table[Key]['initial'] }
export type RemittanceQueue = Table[keyof Table]['names'][number]
type Heard = { [Key in keyof Table]: keyof Table[Key]['after'] }[keyof Table]

/** Events that no queue hears of, and why. A new event is heard by a queue or stands here, or it does not compile. */
export const unheard: { readonly [Type in Exclude<RemittanceEvent['type'], Heard>]: string } = {
  GivenBackFreed: 'the worklist of the account says whether its withhold has ended',
  GivenBackNamed: 'the account that names it takes it off the list, by its own event',
  RemittanceClaimRetried: 'what comes of the new try is heard: the claims are posted, or held again',
  RemittanceReceived: 'it begins the document',
}

/** What a remittance's matters are kept under. */
export const remittanceKeys = Object.keys(remittanceQueues) as readonly (keyof Table)[]

const byKey: {
  readonly [Key in keyof Table]: RemittanceQueues<RemittanceQueue, RemittanceMatters[Key], never>
} = remittanceQueues

/** Some queues of remittances, with their own matters. */
export const remittanceQueuesOf = <Key extends keyof Table>(
  key: Key,
): RemittanceQueues<RemittanceQueue, RemittanceMatters[Key], never> => byKey[key]
