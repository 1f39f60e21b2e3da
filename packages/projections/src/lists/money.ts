import type { Day } from '@daybook/core/kernel'
import type { EventStore, ViewStore } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import type { ProjectionError } from '../runner/index.ts'
import type { PaymentSummary } from '../summary/sections/payments.ts'
import type { PlanSummary } from '../summary/sections/plans.ts'
import type { AccountListed, RemittanceListed } from './documents.ts'
import { type Listing, type ListPage, listBy, readLists } from './page.ts'
import { dayKey } from './view.ts'

/** Whose it is. */
interface Owned {
  readonly account: string
  /** The guarantor's name, where it is known and readable. */
  readonly guarantor?: string
}

/** A patient payment in a list. */
export interface PaymentRow extends Owned, PaymentSummary {}
/** A plan in a list, with its schedule. */
export interface PlanRow extends Owned, PlanSummary {}
/** A remittance in a list. */
export type RemittanceRow = Omit<RemittanceListed, 'kind'>

const owned = ({ account, guarantor: { name } }: AccountListed): Owned => ({
  account,
  ...(name === undefined ? {} : { guarantor: name }),
})

interface Between extends ListPage {
  readonly asOf: Day
  /** First and last day. */
  readonly from?: Day
  readonly to?: Day
}

/** The part of an index between two days. */
const between = (kind: 'payment' | 'plan' | 'remittance', { from, to, after, limit }: Between) => {
  // A beginning that no key has, just before those of the first day.
  const begin = from === undefined ? '' : dayKey(kind, from, '')
  return {
    prefix: `${kind} `,
    limit,
    after: after !== undefined && after > begin ? after : begin,
    ...(to === undefined ? {} : { upTo: dayKey(kind, to, '\u{10ffff}') }),
  }
}

/** Patient payments by the day on which they were received. */
export const listPayments = ({
  account: wanted,
  ...query
}: Between & { readonly account?: string }): Effect.Effect<
  Listing<PaymentRow>,
  ProjectionError,
  EventStore | ViewStore
> =>
  Effect.gen(function* () {
    const reading = yield* readLists(query.asOf)
    return yield* listBy(reading, between('payment', query), (key, { account }) =>
      Effect.gen(function* () {
        const listed = yield* reading.document<AccountListed>(`account-${account}`)
        if (!listed || (wanted !== undefined && account !== wanted)) return undefined
        const id = key.split(' ').slice(3).join(' ')
        const summary = yield* reading.summaryOf(account)
        const payment = summary.beforeTheBooks ? undefined : summary.payments.find((one) => one.payment === id)
        return payment && { ...owned(listed), ...payment }
      }),
    )
  })

/** Plans by the day on which they were proposed. */
export const listPlans = ({
  account: wanted,
  status,
  ...query
}: Between & { readonly account?: string; readonly status?: string }): Effect.Effect<
  Listing<PlanRow>,
  ProjectionError,
  EventStore | ViewStore
> =>
  Effect.gen(function* () {
    const reading = yield* readLists(query.asOf)
    return yield* listBy(reading, between('plan', query), (key, { account }) =>
      Effect.gen(function* () {
        const listed = yield* reading.document<AccountListed>(`account-${account}`)
        if (!listed || (wanted !== undefined && account !== wanted)) return undefined
        const id = key.split(' ').slice(3).join(' ')
        const summary = yield* reading.summaryOf(account)
        const plan = summary.beforeTheBooks ? undefined : summary.plans.find((one) => one.plan === id)
        return plan && (status === undefined || plan.status === status) ? { ...owned(listed), ...plan } : undefined
      }),
    )
  })

/** Which remittances: `held` are those of which anything is held, as a whole or claim by claim. */
export type RemittancesWanted = RemittanceRow['standing'] | 'all'

const isWanted = ({ standing, held }: RemittanceListed, wanted: RemittancesWanted): boolean =>
  wanted === 'all' || standing === wanted || (wanted === 'held' && held.length > 0)

/** Remittances by the day on which they were received. */
export const listRemittances = ({
  wanted,
  ...query
}: Between & { readonly wanted: RemittancesWanted }): Effect.Effect<
  Listing<RemittanceRow>,
  ProjectionError,
  EventStore | ViewStore
> =>
  Effect.gen(function* () {
    const reading = yield* readLists(query.asOf)
    return yield* listBy(reading, between('remittance', query), (_, { account: stream }) =>
      Effect.map(reading.document<RemittanceListed>(stream), (listed) => {
        if (!listed || !isWanted(listed, wanted)) return undefined
        const { kind: _kind, ...row } = listed
        return row
      }),
    )
  })
