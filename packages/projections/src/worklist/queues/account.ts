import type { AccountState } from '@daybook/core/account'
import type { FacetQueues, Kept, NoQueue } from '../queue.ts'
import { claims } from './claims.ts'
import { coverage } from './coverage.ts'
import { credits } from './credits.ts'
import { ledger } from './ledger.ts'
import { payments } from './payments.ts'
import { placement } from './placement.ts'
import { plans } from './plans.ts'

/** For every facet of an account its queues, or why it has none: all of them, or it does not compile. */
export type QueuesByFacet<State = AccountState> = { readonly [Facet in keyof State]: Kept | NoQueue }

/** The work on accounts, facet by facet. */
export const accountQueues = {
  claims,
  coverage,
  credits,
  ledger,
  payments,
  placement,
  plans,
  registration: { none: 'who answers for an account is asked where the patient owes, in selfPay' },
} satisfies QueuesByFacet

type Table = typeof accountQueues
/** A facet that has queues. */
export type QueueFacet = { [Facet in keyof Table]: Table[Facet] extends NoQueue ? never : Facet }[keyof Table]
/** What the view keeps of an account: each facet's own part. */
export type AccountMatters = { readonly [Facet in QueueFacet]: ReturnType<Table[Facet]['matters']> }
export type AccountQueue = Table[QueueFacet]['names'][number]
/** Gates that queues ask. Whoever asks for the worklist brings what each would say, or the queue stays empty. */
export type ReviewedGate = NonNullable<Table[QueueFacet]['reviewed']>['gate']

/** The facets that have queues. */
export const queueFacets = Object.entries(accountQueues).flatMap(([facet, queues]) =>
  'none' in queues ? [] : [facet as QueueFacet],
)

/** A facet's queues by its name, each with its own matters. */
export const accountQueuesOf: {
  readonly [Facet in QueueFacet]: FacetQueues<AccountQueue, AccountMatters[Facet], ReviewedGate>
} = accountQueues
