import { addDays, type Day, formatCents, isPosting } from '@daybook/core/kernel'
import type { RemittanceEvent } from '@daybook/core/remittance'
import { remittanceQueues } from '../queue.ts'
import type { Matter } from '../work.ts'
import { leftOf } from './even-pairs.ts'

// What payers kept of a payment, or gave beside its claims, for reasons that are no claim's (PLB E3, IR, LE, CS and others).

/** What a remittance put to an account that is not of its claims, as often as it did. Debit-positive cents. */
export interface BesideClaims extends Matter {
  readonly account: string
  /** The position of its event in the log. */
  readonly at: number
}

const isKept = (account: string): boolean =>
  /^(withholdReceivable|providerAdjustment):/.test(account) ||
  account === 'taxReceivable' ||
  account === 'levyReceivable'

const initial: readonly BesideClaims[] = []

const put = (matters: readonly BesideClaims[], event: RemittanceEvent, at: number): readonly BesideClaims[] =>
  isPosting(event)
    ? [
        ...matters,
        ...event.contra
          .filter(({ account }) => isKept(account))
          .map(({ account, amount }) => ({ account, amount, since: event.effectiveDate, at })),
      ]
    : matters

/** What an account says to what a remittance gave back beside its claims: a withhold of a visit that it ends. Cents. */
export interface WithholdBack {
  readonly remittance: string
  readonly account: string
  readonly amount: number
  readonly since: Day
}

interface OfPayer {
  readonly remittance: string
  readonly matters: { readonly besideClaims: readonly BesideClaims[] }
}

const keyOf = ({ account, at }: Pick<BesideClaims, 'account' | 'at'>): string => `${account} ${at}`

/** What is left of each: of one account a later payment may give back what an earlier one had kept. */
export const besideLeft = (
  remittances: readonly OfPayer[],
  back: readonly WithholdBack[] = [],
): ReadonlyMap<string, number> => {
  const ended = Map.groupBy(back, ({ remittance, account }) => `${remittance} ${account}`)
  const all = remittances.flatMap(({ remittance, matters }) =>
    matters.besideClaims.map((matter) => {
      const key = `${remittance} ${matter.account}`
      const amount = (ended.get(key) ?? []).reduce((sum, one) => sum + one.amount, matter.amount)
      // Of several of one account the first takes it all: together they are even or they are not.
      ended.delete(key)
      return { ...matter, amount }
    }),
  )
  return new Map(
    [...Map.groupBy(all, ({ account }) => account)].flatMap(([account, of]) =>
      leftOf(of.toSorted((a, b) => a.at - b.at)).map(([at, amount]) => [keyOf({ account, at }), amount] as const),
    ),
  )
}

const words: Readonly<Record<string, string>> = {
  withholdReceivable: 'withheld, to be settled after its year',
  taxReceivable: 'kept for taxes, to be claimed with the return of the year',
  levyReceivable: 'kept for a levy, as its notice says',
}

/** Why it stands there, and for a withhold until when it may: the rest is told to the general ledger, which ends it. */
const reasonFor = (account: string, cents: number, from: string, since: Day): string => {
  const [name = ''] = account.split(':', 1)
  const what = words[name] ?? 'adjusted beside its claims, for the account that the general ledger has for the code'
  return `${from} since ${since}: ${formatCents(cents)} ${what} (${account})`
}

/** What payers have kept, or given, beside their claims, until it is even. */
export const besideClaims = remittanceQueues({
  names: ['payerAccounts'],
  version: 2,
  initial,
  after: { RemittanceClaimRejected: put, RemittanceOpened: put, WithholdGivenUp: put, WithholdReturned: put },
  work: (matters, { payer, trace, beside, policy }) =>
    matters.flatMap(({ account, since, at }) => {
      const amount = beside.get(keyOf({ account, at })) ?? 0
      if (amount === 0) return []
      const says = reasonFor(account, amount, `${payer} trace ${trace}`, since)
      const work = { queue: 'payerAccounts' as const, subject: account, amount, since, reasons: [says] }
      if (!account.startsWith('withholdReceivable:')) {
        return { ...work, waits: { says }, nextAction: 'enter it in the general ledger' }
      }
      return amount > 0
        ? {
            ...work,
            waits: { says, until: addDays(since, policy.posting.withheldDays) },
            nextAction:
              'ask the payer for the settlement of what it has withheld; what came by itself is recorded (daybook release --withheld), what is lost is given up (daybook reject --withheld)',
          }
        : { ...work, nextAction: 'ask the payer what it settles: more was paid than it had withheld' }
    }),
})
