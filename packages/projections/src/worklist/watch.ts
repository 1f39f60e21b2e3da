import { type AccountState, besides, deniedAmount, owedOn, receivableOf, unappliedTotal } from '@daybook/core/account'
import { type DenialId, formatCents, type HoldingId, type LineId, PATIENT, partyKey } from '@daybook/core/kernel'
import { besideOf } from './beside.ts'
import { accountDocument } from './documents.ts'
import { accountDay } from './items.ts'
import type { WorkContext } from './work.ts'

// Law Q6, from the side of the money: what stands open in the ledger beside what the lists of the day say of it.

/** An amount that stands open, is on no list of the day, and has no dated reason why not: nobody would ever look. */
export interface Unwatched {
  /** In words, with ids. */
  readonly what: string
  /** Cents. */
  readonly amount: number
}

interface Listed {
  readonly queue: string
  readonly subject: string
  readonly amount: number
}

const sumOf = (list: readonly { readonly amount: number }[]): number =>
  list.reduce((sum, { amount }) => sum + amount, 0)

/** What lists say stands at a coverage for a visit, by `visit coverage`; all of a stub's by its coverage alone. */
const listedAtPayers = (state: AccountState, listed: readonly Listed[]): ReadonlyMap<string, number> => {
  const amounts = new Map<string, number>()
  const add = (key: string, amount: number) => amounts.set(key, (amounts.get(key) ?? 0) + amount)
  for (const { queue, subject, amount } of listed) {
    const [name] = queue.split(':', 1)
    if (name === 'stubCoverages') add(subject, Number.POSITIVE_INFINITY)
    else if (name === 'denials') {
      const denial = state.claims.denials.get(subject as DenialId)
      if (denial) add(`${denial.event.visitId} ${denial.event.coverageId}`, deniedAmount(denial))
    } else if (name === 'heldResponsibility') {
      const holding = state.ledger.holdings.get(subject as HoldingId)
      if (holding) add(`${holding.event.visitId} ${holding.event.coverageId}`, amount)
    } else if (name !== 'withheld') {
      // What is withheld goes by the same name and is owed beside what stands open: it tells nobody of that.
      add(subject, amount)
    }
  }
  return amounts
}

const atPayers = (state: AccountState, listed: readonly Listed[]): readonly Unwatched[] => {
  const known = listedAtPayers(state, listed)
  const open = new Map<string, { visit: string; coverage: string; amount: number }>()
  for (const layer of state.ledger.layers.values()) {
    if (layer.party === PATIENT || receivableOf(layer) <= 0) continue
    const { coverageId } = layer.party
    const key = `${layer.visitId} ${coverageId}`
    const found = open.get(key) ?? { visit: layer.visitId, coverage: coverageId, amount: 0 }
    open.set(key, { ...found, amount: found.amount + receivableOf(layer) })
  }
  return [...open].flatMap(([key, { visit, coverage, amount }]) => {
    const rest = amount - (known.get(key) ?? 0) - (known.get(coverage) ?? 0)
    return rest > 0 ? [{ what: `at coverage ${coverage} for visit ${visit}`, amount: rest }] : []
  })
}

const atPatient = (state: AccountState, listed: readonly Listed[], context: WorkContext): readonly Unwatched[] => {
  const planned = new Set<LineId>()
  for (const plan of state.plans.plans.values())
    if (plan.status === 'active') for (const id of plan.lines) planned.add(id)
  let asked = 0
  let onPlans = 0
  let placed = 0
  for (const layer of state.ledger.layers.values()) {
    if (layer.party !== PATIENT) continue
    placed += Math.max(0, layer.placed)
    if (planned.has(layer.lineId)) onPlans += Math.max(0, layer.active)
    else asked += Math.max(0, layer.active)
  }
  const of = (...names: readonly string[]) =>
    sumOf(listed.filter(({ queue }) => names.includes(queue.split(':', 1)[0] ?? '')))
  const own = besides(besideOf(state), context.policy)
  return [
    { what: 'asked of the patient', amount: asked - own - of('selfPay', 'blocked') },
    { what: 'on plans of the patient', amount: onPlans - own - of('planMisses', 'plansDue') },
    { what: 'with agencies', amount: placed - of('placed') },
  ].filter(({ amount }) => amount > 0)
}

const credits = (state: AccountState, listed: readonly Listed[]): readonly Unwatched[] => {
  const pairs = new Map<string, number>()
  for (const { lineId, party } of state.ledger.layers.values()) {
    pairs.set(`${lineId} ${partyKey(party)}`, Math.min(0, owedOn(state.ledger, lineId, party)))
  }
  const owed = -[...pairs.values()].reduce((sum, amount) => sum + amount, 0) + unappliedTotal(state.payments)
  const rest = owed - sumOf(listed.filter(({ queue }) => queue === 'credits' || queue === 'unapplied'))
  return rest > 0 ? [{ what: 'credits and money on account', amount: rest }] : []
}

/** What stands in refunds payable: issued, and neither cashed nor void. */
const refunds = (state: AccountState, listed: readonly Listed[]): readonly Unwatched[] => {
  const underway = [...state.credits.refunds.values()].flatMap(({ status, issued }) =>
    issued && status === 'issued' ? [issued] : [],
  )
  const rest = sumOf(underway) - sumOf(listed.filter(({ queue }) => queue === 'refundsIssued'))
  return rest > 0 ? [{ what: 'in refunds that are issued and not cashed', amount: rest }] : []
}

/** What payers have withheld of what they allowed. */
const withheld = (state: AccountState, listed: readonly Listed[]): readonly Unwatched[] => {
  const stands = [...state.ledger.control].filter(([account]) => account.startsWith('withhold:'))
  const rest =
    stands.reduce((sum, [, amount]) => sum + amount, 0) - sumOf(listed.filter(({ queue }) => queue === 'withheld'))
  return rest === 0 ? [] : [{ what: 'withheld by payers', amount: rest }]
}

/** What of an account that stands as it stood on the day nobody would look at; empty when all is well. */
export const unwatched = (state: AccountState, context: WorkContext): readonly Unwatched[] => {
  const document = accountDocument(state)
  if (!document) return []
  const { items, waiting } = accountDay(document, context)
  const listed = [...items, ...waiting]
  return [
    ...atPayers(state, listed),
    ...atPatient(state, listed, context),
    ...credits(state, listed),
    ...refunds(state, listed),
    ...withheld(state, listed),
  ]
}

export const unwatchedWords = ({ what, amount }: Unwatched): string =>
  `${formatCents(amount)} ${what} is on no list of the day, and no dated reason says why`
