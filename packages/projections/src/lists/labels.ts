import { type EventStore, ViewStore } from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import { catchUp, documentIn, type ProjectionError } from '../runner/index.ts'
import type { AccountListed, ListDocument, Named, RemittanceListed } from './documents.ts'
import { coverageKey, listsView, payerKey } from './view.ts'

/** Names for what reports call by ids, as far as the book has names for it. */
export type Labels = ReadonlyMap<string, string>

const AT_ONCE = 1_000

/** The documents under keys, in parts. */
const documentsOf = (keys: readonly string[]) =>
  Effect.gen(function* () {
    const views = yield* ViewStore
    const found = new Map<string, ListDocument>()
    for (let at = 0; at < keys.length; at += AT_ONCE) {
      for (const [key, body] of yield* views.docsOf(listsView, keys.slice(at, at + AT_ONCE))) {
        found.set(key, yield* documentIn<ListDocument>(listsView, key, body))
      }
    }
    return found
  })

const whoIs = ({ guarantor, patients }: AccountListed): string => guarantor.name ?? patients[0]?.name ?? 'no name'

const labelled = (ids: Iterable<string>, label: (id: string) => string | undefined): Labels =>
  new Map(
    [...ids].flatMap((id): (readonly [string, string])[] => {
      const one = label(id)
      return one === undefined ? [] : [[id, one]]
    }),
  )

/** Payers by their names. */
export const payerLabels = (ids: readonly string[]): Effect.Effect<Labels, ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    yield* catchUp(listsView)
    const found = yield* documentsOf(ids.map(payerKey))
    return labelled(ids, (id) => (found.get(payerKey(id)) as Named | undefined)?.payerName)
  })

/** A coverage, by the account that has it. */
export interface CoverageOf {
  readonly account: string
  readonly coverage: string
}

/** As labels name it. */
export const coverageName = ({ account, coverage }: CoverageOf): string => coverageKey(account, coverage)

/** Coverages by their payers and whose they are: `MEADOW HEALTH PLAN, Jo Roe`. */
export const coverageLabels = (
  coverages: readonly CoverageOf[],
): Effect.Effect<Labels, ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    yield* catchUp(listsView)
    const found = yield* documentsOf(coverages.map(coverageName))
    const accounts = yield* documentsOf([...new Set(coverages.map(({ account }) => `account-${account}`))])
    return labelled(coverages.map(coverageName), (name) => {
      const named = found.get(name) as Named | undefined
      if (!named) return undefined
      const account = accounts.get(`account-${named.account}`) as AccountListed | undefined
      const patient = account?.patients.find((one) => one.id === named.patient)?.name ?? (account && whoIs(account))
      return [named.payerName, patient].filter((part) => part !== undefined).join(', ')
    })
  })

/** Accounts by their guarantors, remittances by payer and trace. */
export const ownerLabels = (owners: {
  readonly accounts: readonly string[]
  readonly remittances: readonly string[]
}): Effect.Effect<Labels, ProjectionError, EventStore | ViewStore> =>
  Effect.gen(function* () {
    yield* catchUp(listsView)
    const accounts = new Set(owners.accounts)
    const remittances = new Set(owners.remittances)
    const found = yield* documentsOf([
      ...[...accounts].map((id) => `account-${id}`),
      ...[...remittances].map((id) => `remittance-${id}`),
    ])
    return new Map([
      ...labelled(accounts, (id) => {
        const account = found.get(`account-${id}`) as AccountListed | undefined
        return account && whoIs(account)
      }),
      ...labelled(remittances, (id) => {
        const remittance = found.get(`remittance-${id}`) as RemittanceListed | undefined
        return remittance && `${remittance.payer} ${remittance.trace}`
      }),
    ])
  })
